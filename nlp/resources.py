"""The folders of data and models that ship with the package: inside it (wheel) or beside it (checkout)."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the path of a shipped folder, `data` or `models`.

    >>> (folder("data") / "forms").is_dir()
    True
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
