"""From the chapters' films to what people watch: the lecture, its captions, and the clips.

Nothing here draws. A chapter's film comes from the cache with a record of its beats and its
captions; all else is made of these with PyAV.
"""
