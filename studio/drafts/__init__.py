"""Chapters that are being written: what is wrong with their frames, and a page that shows them.

:func:`studio.drafts.checking.check` is ``./render.sh check``, and
:func:`studio.drafts.watching.watch` is ``./render.sh watch``.
"""
