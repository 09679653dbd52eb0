"""Figures of the chapter on one feature."""
