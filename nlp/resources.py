"""The folders of data and models that ship with the package: inside it (wheel) or beside it (checkout)."""

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
