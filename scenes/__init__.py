"""The lecture, one chapter a file; :mod:`scenes.manifest` has their order."""
