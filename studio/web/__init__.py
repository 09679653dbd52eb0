"""Pages around the films: fragments to embed, an article to read, and a server to look at them.

:func:`studio.web.pages.write` writes them, :func:`studio.web.server.serve` shows them.
"""
