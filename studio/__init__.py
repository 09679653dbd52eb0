"""From scenes to films: jobs, workers, cache and the command line.

:mod:`studio.cli` is what ``./render.sh`` runs. It imports neither manim nor torch: only a worker
does, in a process of its own.
"""
