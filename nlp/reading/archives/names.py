"""The names of files in archives: as people gave them, fit for a path, and whether they are documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from zipfile import ZipInfo

from nlp.reading.passed_over import HIDDEN, kind_by_name

Key = TypeVar("Key")

ENDINGS = (".zip", ".7z")
"""What the names of archives end with that are read as folders."""
_IS_UTF8 = 0x800
"""The flag of a name that says that it is in UTF-8."""
_OF_MACS = "__MACOSX"
"""The folder for what only macOS knows of the other files."""


def shown_name(member: ZipInfo) -> str:
    """Return the name of a member, with its folders, as people gave it.

    Chinese programs write names in GBK. Without the flag for UTF-8, zipfile takes every name for one in
    code page 437.

    >>> shown_name(ZipInfo("年报.docx".encode("gbk").decode("cp437")))
    '年报.docx'
    """
    name = member.orig_filename
    if member.flag_bits & _IS_UTF8 or name.isascii():
        return name
    try:
        stored = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def by_path(members: Iterable[tuple[str, Key]]) -> dict[str, Key]:
    """Return the keys of members by paths that lead nowhere else; of equal ones the later are counted.

    >>> by_path([("../a.txt", 1), ("in\\\\b.txt", 2), ("/c.txt", 3), ("c.txt", 4)])
    {'_/a.txt': 1, 'in/b.txt': 2, 'c.txt': 3, 'c.txt~2': 4}
    """
    keys: dict[str, Key] = {}
    for name, key in members:
        path = _inside(name)
        unique, count = path, 1
        while unique in keys:
            count += 1
            unique = f"{path}~{count}"
        keys[unique] = key
    return keys


def _inside(name: str) -> str:
    parts = name.partition("\0")[0].replace("\\", "/").split("/")
    return "/".join("_" if part == ".." else part for part in parts if part not in ("", "."))


def kind_left_out(path: str) -> str:
    """Return the kind of what is left out of folders that a member is; "" for what may be a document.

    >>> kind_left_out("a/.git/b.txt"), kind_left_out("__MACOSX/a.txt"), kind_left_out("b.txt")
    ('hidden', 'hidden', '')
    """
    parts = path.split("/")
    if any(part.startswith(".") or part == _OF_MACS for part in parts):
        return HIDDEN
    return kind_by_name(parts[-1])
