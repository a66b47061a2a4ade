"""Writes rows of a table into a page, in the place of those that it had of the same kind."""

from __future__ import annotations

from pathlib import Path

from nlp.writers.output import keep

_MORE = "| … "
"""How rows begin that belong to the one before them."""


def write(page: Path, mark: str, table: str, kind: str) -> None:
    """Write the rows of a table between the marks of a page, `<!-- mark -->` and `<!-- /mark -->`."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->\n"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    old, _, after = rest.partition(end)
    keep(page, f"{before}{begin}{replaced(old, table, kind)}{end}{after}".encode())


def replaced(old: str, new: str, kind: str) -> str:
    r"""Return a table with the rows of another in the place of those of a kind, or else at its end.

    The head is that of the other table. Both are Markdown.

    >>> old = "| a | n |\n|---|---|\n| killed | 10 |\n| … lost | 1 |\n| told | 4 |\n"
    >>> print(replaced(old, "| a | n |\n|---|---|\n| killed | 30 |\n", "killed"))
    | a | n |
    |---|---|
    | killed | 30 |
    | told | 4 |
    <BLANKLINE>
    """
    lines = new.splitlines()
    kept: list[str] = []
    place = None
    is_of_kind = False
    for row in old.splitlines()[2:]:
        if not row.startswith(_MORE):
            is_of_kind = row.startswith(f"| {kind} |")
        if not is_of_kind:
            kept.append(row)
        elif place is None:
            place = len(kept)
    place = len(kept) if place is None else place
    return "\n".join([*lines[:2], *kept[:place], *lines[2:], *kept[place:]]) + "\n"
