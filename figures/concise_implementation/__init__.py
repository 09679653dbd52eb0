"""Figures of the chapter "Concise implementation"."""
