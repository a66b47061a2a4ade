"""Runs the command line: `python -m nlp`."""

from nlp.commands.cli import main

if __name__ == "__main__":
    main()
