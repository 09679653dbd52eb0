"""Figures of the chapter on the exact answer."""
