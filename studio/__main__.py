"""``python -m studio`` is ``./render.sh`` after the set-up."""

# Workers import this file as well, by another name: they need nothing of the command line.
if __name__ == "__main__":
    from studio.cli import main

    main()
