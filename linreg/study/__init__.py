"""Numbers that the lecture tells about a run; their code is never on the screen."""
