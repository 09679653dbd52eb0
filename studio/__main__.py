"""``python -m studio`` is ``./render.sh`` after the set-up."""

import os
import signal
import sys


def stop(*_: object) -> None:
    """End at once: while modules are imported, nothing has begun that would have to be ended."""
    os.write(2, b"render.sh: stopped before anything was begun\n")
    os._exit(130)


# Workers import this file as well, by another name: they need nothing of the command line.
if __name__ == "__main__":
    if sys.platform == "win32":
        sys.exit("studio: workers are forked, which Windows cannot do; run ./render.sh in WSL")

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)

    from studio.cli import main

    main()
