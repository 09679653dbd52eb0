"""Figures of the chapter on faults that raise no error."""
