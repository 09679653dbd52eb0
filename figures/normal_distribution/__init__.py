"""Figures of the chapter "The normal distribution"."""
