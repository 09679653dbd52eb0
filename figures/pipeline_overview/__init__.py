"""Figures of the chapter "The pipeline"."""
