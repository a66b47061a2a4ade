"""Rewrites texts and their gold in traditional characters by OpenCC, if it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

WAYS = ("s2t", "s2tw", "s2hk")
"""Of OpenCC: its own standard, that of Taiwan, that of Hong Kong; each keeps to characters."""

Gold = dict[str, object]


def ways() -> tuple[str, ...]:
    """Return the ways that can be tried here: none without OpenCC."""
    return WAYS if find_spec("opencc") else ()


def rewritten(texts: Path, folder: Path, way: str) -> None:
    """Write each text of a folder in traditional characters into another folder."""
    convert = _converting(way)
    folder.mkdir(exist_ok=True)
    for file in sorted(texts.glob("*.txt")):
        (folder / file.name).write_text(convert(file.read_text(encoding="utf-8")), encoding="utf-8")


def saying(gold: Gold, way: str) -> Gold:
    """Return what a report says in traditional characters; ids and numbers are no Chinese."""
    said: Gold = json.loads(_converting(way)(json.dumps(gold, ensure_ascii=False)))
    return said


def _converting(way: str) -> Callable[[str], str]:
    convert: Callable[[str], str] = import_module("opencc").OpenCC(way).convert
    return convert
