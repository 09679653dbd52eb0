"""Storage between runs: the cache, and the record of everything that a film was made from."""
