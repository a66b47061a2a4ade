"""Writes records as workbooks for a person to correct, and reads the corrected workbooks as gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from msgspec.json import encode

from nlp.overview.workbooks.returned import Explanation
from nlp.record.corrections import Correction
from nlp.writers.output import keep
from training.scoring.files import load_all
from training.scoring.matching import Unscorable
from training.scoring.placed import Placed
from training.scoring.telling_apart import told_apart
from training.scoring.texts import Texts

ENDING = ".xlsx"
Read = TypeVar("Read")


class NotInstalled(Exception):
    """The library that reads and writes workbooks is not installed."""


class NoGold(Exception):
    """Workbooks give no gold records; the message has a line for each reason."""


@dataclass(frozen=True)
class Written:
    """The workbooks that were written (`done`) and left as they were (`kept`), and the records left out."""

    done: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def export(paths: Iterable[str], folder: Path, texts: Path | None, overwrite: bool) -> Written:
    """Write a workbook for each record at the paths to a folder; `texts` is a folder of decoded texts.

    Records of one name go into the folders that tell them apart. Raises Unscorable if a record cannot be
    read or a name with its path occurs twice, Unwritable if a workbook cannot be written, NotInstalled if
    the library is missing.
    """
    try:
        from training.gold import exporting
    except ModuleNotFoundError as missing:
        raise _not_installed(missing) from missing

    records: list[Placed] = []
    for records_at_path in load_all(*paths):
        records.extend(records_at_path)
    records = told_apart(records)
    _refuse_repeated_names(records)
    written = Written()
    for placed in records:
        file = folder / f"{placed.key}{ENDING}"
        if placed.failed or not placed.parts:
            written.failed.append(placed.key)
        elif file.exists() and not overwrite:
            written.kept.append(str(file))
        else:
            record = placed.read()
            keep(file, exporting.workbook(record, Texts(texts).lines(record)))
            written.done.append(str(file))
    return written


def _refuse_repeated_names(records: list[Placed]) -> None:
    counts = Counter(placed.key for placed in records)
    repeated = sorted(name for name, count in counts.items() if count > 1)
    if repeated:
        raise Unscorable([f"“{name}” stands several times; keep one record a name." for name in repeated])


def imported(paths: Iterable[str]) -> bytes:
    """Return the gold records of the workbooks at the paths as JSON Lines.

    Raises NoGold with everything that is wrong in any of them, NotInstalled if the library is missing.
    """
    try:
        from training.gold import importing
    except ModuleNotFoundError as missing:
        raise _not_installed(missing) from missing
    records = _read_all(paths, lambda name, content: encode(importing.gold(name, content)) + b"\n")
    return b"".join(records)


def corrected(paths: Iterable[str], by: str, at: str, confirm: bool) -> list[Correction]:
    """Return what was changed in the workbooks at the paths since they were written.

    With `confirm` the cells that were left as they are count as confirmed. Raises NoGold with everything
    that is wrong in any of them, NotInstalled if the library is missing.
    """
    try:
        from training.gold import differences
    except ModuleNotFoundError as missing:
        raise _not_installed(missing) from missing
    made = _read_all(paths, lambda name, content: differences.corrections(name, content, by, at, confirm))
    return [correction for of_file in made for correction in of_file]


def explained(paths: Iterable[str]) -> list[Explanation]:
    """Return what people explained in the workbooks of `nianbao overview` at the paths.

    Raises NoGold, NotInstalled.
    """
    try:
        from training.gold import differences
    except ModuleNotFoundError as missing:
        raise _not_installed(missing) from missing
    made = _read_all(paths, differences.explanations)
    return [explanation for of_file in made for explanation in of_file]


def _read_all(paths: Iterable[str], read: Callable[[str, bytes], Read]) -> list[Read]:
    """Return what `read` makes of the name and the content of each workbook at the paths.

    Raises NoGold with everything that is wrong in any of them.
    """
    from training.gold.importing import BadSheet

    made: list[Read] = []
    faults: list[str] = []
    for file in _files(paths, faults):
        try:
            made.append(read(str(file), file.read_bytes()))
        except BadSheet as reason:
            faults.append(str(reason))
        except OSError as error:
            faults.append(f"{file}: could not be read ({error.strerror}).")
    if faults:
        raise NoGold("\n".join(faults))
    return made


def _files(paths: Iterable[str], faults: list[str]) -> list[Path]:
    """Return the workbooks at the paths, those of a folder sorted; a folder without any adds a fault.

    The lock files of programs that have a workbook open are left out.
    """
    files: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            files.append(path)
            continue
        workbooks = sorted(path.rglob(f"*{ENDING}"))
        workbooks = [file for file in workbooks if not file.name.startswith(("~", "."))]
        if not workbooks:
            faults.append(f"{path}: there is no workbook ({ENDING}) in this folder.")
        files += workbooks
    return files


def _not_installed(missing: ModuleNotFoundError) -> NotInstalled:
    return NotInstalled(f"{missing.name} is not installed: pip install 'nianbao[gold]'.")
