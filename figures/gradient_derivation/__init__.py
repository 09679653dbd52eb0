"""Figures of the chapter "The gradient is error times input, averaged"."""
