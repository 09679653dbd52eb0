"""Pictures that one chapter alone draws: a folder a chapter, none of which imports another."""
