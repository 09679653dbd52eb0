"""Figures of the chapter "Gradient descent"."""
