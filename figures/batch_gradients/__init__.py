"""Figures of the chapter "What one batch can say"."""
