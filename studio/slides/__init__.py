"""Slides for a class: every beat plays and holds its last frame, in a browser, a PDF, PowerPoint.

They are cut from the chapters' films that the cache has; nothing here draws.
"""
