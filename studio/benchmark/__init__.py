"""How fast the films are made, measured against manim as it comes.

``./bench.sh`` runs it. All that it prints is a comparison within one run on one machine: seconds
on their own say more of the machine than of the program.
"""
