"""What a search for documents leaves out, by kind, and how that is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

HIDDEN = "hidden"
RECORDS = "records, tables or label files"
LOCK_FILES = "Word's lock files"
LINKED_FOLDERS = "links to folders"
WORKBOOKS = "workbooks without the form"
_TABLES = (".csv", ".parquet", ".duckdb", ".sqlite", ".gz")
NO_DOCUMENTS = (".json", ".jsonl", ".ndjson", ".tsv", *_TABLES)
"""Endings that are left out of folders: what this program and others write about reports."""
_LOCK_FILE = "~$"
"""How the files begin with which Word and WPS keep others from a document that is open."""


@dataclass
class PassedOver:
    """What a search left out, by kind: how many there are, and the path of the first.

    >>> passed = PassedOver()
    >>> for name in ("in/.git", "in/.cache", "in/~$2023.docx"):
    ...     passed.add(HIDDEN if "/." in name else LOCK_FILES, name)
    >>> passed.sentence()
    "Word's lock files: 1 (in/~$2023.docx), hidden: 2 (first: in/.git)"
    """

    kinds: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, kind: str, path: str) -> None:
        """Count what was left out."""
        count, first = self.kinds.get(kind, (0, path))
        self.kinds[kind] = (count + 1, first)

    def sentence(self, translated: Callable[[str], str] = str) -> str:
        """Return it in words, each part `translated`; "" where nothing was left out."""
        told = []
        for kind, (count, first) in sorted(self.kinds.items()):
            told.append(translated(f"{kind}: {count:,} ({'first: ' if count > 1 else ''}{first})"))
        return ", ".join(told)

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind."""
        return {kind: count for kind, (count, _) in self.kinds.items()}


def kind_by_name(name: str) -> str:
    """Return the kind of what is left out that a file is by its name; "" for what may be a document.

    >>> kind_by_name("~$2023.docx"), kind_by_name("records.JSONL"), kind_by_name("2023.docx")
    ("Word's lock files", 'records, tables or label files', '')
    """
    if name.startswith(_LOCK_FILE):
        return LOCK_FILES
    return RECORDS if name.lower().endswith(NO_DOCUMENTS) else ""
