"""What the studio keeps between runs: the cache, and the record of what films were made from."""
