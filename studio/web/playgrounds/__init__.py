"""Figures of the article that a reader can touch: their numbers, from the run, and their HTML.

``assets/web/playground.js`` computes with these numbers as :mod:`linreg` does; without it they are
still pictures.
"""
