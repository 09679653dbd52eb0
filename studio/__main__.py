"""``python -m studio`` is ``./render.sh`` after the set-up."""

import sys

# Workers import this file as well, by another name: they need nothing of the command line.
if __name__ == "__main__":
    if sys.platform == "win32":
        sys.exit("studio: workers are forked, which Windows cannot do; run ./render.sh in WSL")

    from studio.cli import main

    main()
