"""Speed of the render, measured against stock manim.

``./bench.sh`` runs it. It prints comparisons within one run on one machine: seconds on their own
tell more about the machine than about the program.
"""
