"""Figures of the chapter "The scatter plots"."""
