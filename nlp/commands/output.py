"""Writes the result of a command to standard output."""

from __future__ import annotations

from nlp.commands.exits import Exit, ending


def tell(text: str) -> None:
    """Write a text; a stream that cannot be written ends the command."""
    from nlp.writers.output import Unwritable, output

    with ending(Unwritable, Exit.UNWRITABLE), output(None) as file:
        file.write(text.encode("utf-8"))
