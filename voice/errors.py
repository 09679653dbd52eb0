"""The one error of this room."""

from __future__ import annotations


class VoiceError(ValueError):
    """A voice or a text that cannot be spoken; its text is one line for the user."""
