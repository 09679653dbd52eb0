"""Figures of the chapter "How backward works"."""
