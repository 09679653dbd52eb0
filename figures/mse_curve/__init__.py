"""Figures of the chapter "The MSE curve"."""
