"""The folders of data and models that ship with the package: inside it (wheel) or beside it (checkout)."""

import lzma
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the path of a shipped folder, `data` or `models`.

    >>> (folder("data") / "forms").is_dir()
    True
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@cache
def knowledge(name: str) -> dict[str, Any]:
    """Return what the file data/`name`.toml holds.

    >>> knowledge("cells")["units"]["money"]["万元"]
    10000
    """
    return tomllib.loads((folder("data") / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def division_rows() -> tuple[list[str], ...]:
    """Return the rows of data/divisions/divisions.tsv: code, name, last year, code of today.

    >>> division_rows()[0]
    ['110000', '北京市', '', '']
    """
    lines = (folder("data") / "divisions" / "divisions.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines[1:])


@cache
def town_rows() -> tuple[tuple[str, str], ...]:
    """Return the towns and streets of data/divisions/towns.tsv.xz, each with the codes of its counties."""
    packed = (folder("data") / "divisions" / "towns.tsv.xz").read_bytes()
    lines = lzma.decompress(packed).decode().splitlines()
    parted = (line.partition("\t") for line in lines)
    return tuple((name, codes) for name, _, codes in parted)
