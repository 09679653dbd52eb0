"""Films for viewers, made from the chapters' films: the lecture, its captions, and the clips.

Nothing here draws. A chapter's film comes from the cache with a record of its beats and its
captions; everything else is made of these with PyAV.
"""
