"""Figures of the chapter on the learning rate."""
