"""Pages around the films: fragments to embed, an article to read, and a server to see them.

:func:`studio.web.pages.pages` makes them, :func:`studio.web.server.serve` shows them.
"""
