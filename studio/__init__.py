"""From scenes to films: jobs, workers, cache and the command line.

``./render.sh`` runs :mod:`studio.cli`. A run with nothing to draw imports neither manim nor torch.
"""
