"""Figures of the chapter "Sampled batches"."""
