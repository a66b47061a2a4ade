"""Gives sheets and files names that Excel and file systems take, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST_SHEET, _LONGEST_FILE = 31, 80
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")
_NAMELESS = "_"


def sheet_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return a name of a sheet for each name: at most 31 characters, none twice whatever its case.

    >>> sheet_names(["甲县[水利]局", "甲县(水利)局", "History"])
    ['甲县(水利)局', '甲县(水利)局~2', 'History_']
    >>> [len(name) for name in sheet_names(["字" * 40, "字" * 50])]
    [31, 31]
    """
    used = {name.lower() for name in taken}
    made: list[str] = []
    for name in names:
        plain = _NOT_IN_SHEETS.sub(_replaced, name).strip("' ") or _NAMELESS
        plain = f"{plain}_" if plain.lower() == "history" else plain
        made.append(_once(plain, used, _LONGEST_SHEET))
    return made


def file_name(name: str, used: set[str]) -> str:
    """Return a name of a file without its ending that every system takes; `used` has those that are taken.

    >>> used = set()
    >>> file_name("甲县/水利局", used), file_name("甲县\\\\水利局", used), file_name("CON", used)
    ('甲县_水利局', '甲县_水利局~2', 'CON_')
    """
    plain = _NOT_IN_FILES.sub("_", name).strip(". ") or _NAMELESS
    plain = f"{plain}_" if _RESERVED.fullmatch(plain) else plain
    return _once(plain, used, _LONGEST_FILE)


def _replaced(match: re.Match[str]) -> str:
    return {"[": "(", "]": ")"}.get(match[0], "_")


def _once(name: str, used: set[str], longest: int) -> str:
    candidate, number = _cut(name, longest), 1
    while candidate.lower() in used:
        number += 1
        ending = f"~{number}"
        candidate = _cut(name, longest - len(ending)) + ending
    used.add(candidate.lower())
    return candidate


def _cut(name: str, longest: int) -> str:
    """Return as much of a name as so many UTF-16 units hold, which is how Excel counts."""
    return name.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore").rstrip("' ")
