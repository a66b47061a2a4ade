"""Runs the command line: `python -m nlp`."""

from nlp.cli import main

if __name__ == "__main__":
    main()
