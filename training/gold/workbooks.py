"""Writes workbooks for a person to correct, and reads them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from msgspec.json import encode

from nlp.writers.output import keep
from training.scoring.files import load_all
from training.scoring.matching import Unscorable
from training.scoring.placed import Placed
from training.scoring.texts import Texts

ENDING = ".xlsx"


class NotInstalled(Exception):
    """The library that reads and writes workbooks is not there."""


class NoGold(Exception):
    """Workbooks that give no gold records: every reason, as letters to a person."""


@dataclass(frozen=True)
class Written:
    """What became of some records: workbooks written, left as they were, left out."""

    done: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def export(paths: Iterable[str], folder: Path, texts: Path | None, overwrite: bool) -> Written:
    """Write a workbook for each record; Unscorable, Unwritable or NotInstalled where that cannot be."""
    exporting = _installed("exporting")
    records = [one for found in load_all(*paths) for one in found]
    _refuse_twice(records)
    written = Written()
    for one in records:
        place = folder / f"{one.key}{ENDING}"
        if one.failed or not one.parts:
            written.failed.append(one.key)
        elif place.exists() and not overwrite:
            written.kept.append(str(place))
        else:
            record = one.read()
            keep(place, exporting.workbook(record, Texts(texts).lines(record)))
            written.done.append(str(place))
    return written


def _refuse_twice(records: list[Placed]) -> None:
    names = [one.key for one in records]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unscorable([f"“{name}” stands several times; keep one record a name." for name in twice])


def imported(paths: Iterable[str]) -> bytes:
    """Return the gold records of workbooks as JSON Lines; NoGold names all that is amiss in any."""
    importing = _installed("importing")
    lines: list[bytes] = []
    faults: list[str] = []
    for file in _files(paths, faults):
        try:
            lines.append(encode(importing.gold(str(file), file.read_bytes())) + b"\n")
        except importing.BadSheet as reason:
            faults.append(str(reason))
        except OSError as error:
            faults.append(f"{file}: could not be read ({error.strerror}).")
    if faults:
        raise NoGold("\n".join(faults))
    return b"".join(lines)


def _files(paths: Iterable[str], faults: list[str]) -> list[Path]:
    """Return workbooks, sorted, without the lock files of programs that have them open."""
    found: list[Path] = []
    for path in map(Path, paths):
        inside = [one for one in sorted(path.rglob(f"*{ENDING}")) if not one.name.startswith(("~", "."))]
        if path.is_dir() and not inside:
            faults.append(f"{path}: there is no workbook ({ENDING}) in this folder.")
        found += inside if path.is_dir() else [path]
    return found


def _installed(module: str) -> ModuleType:
    try:
        if module == "exporting":
            from training.gold import exporting

            return exporting
        from training.gold import importing

        return importing
    except ModuleNotFoundError as missing:
        raise NotInstalled(f"{missing.name} is not installed: pip install 'nianbao[gold]'.") from missing
