"""Runs the command line: `python -m nlp`, `nianbao`."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of the process, and exit.

    Told to end while it starts, it ends at once and without a traceback.
    """
    try:
        from nlp.commands import stopping

        stopping.heed()
    except KeyboardInterrupt:
        sys.exit(130)
    from nlp.commands import streams

    streams.settle()
    from nlp.commands.cli import main

    main()


if __name__ == "__main__":
    main()
