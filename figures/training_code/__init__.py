"""Figures of the chapter "The training code"."""
