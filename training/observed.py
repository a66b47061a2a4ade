"""What was seen on the pages that shipped figures are fitted on, kept so that records can be added to it."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from nlp.labelling.model_folder import ModelError, to_fit
from nlp.resources import folder
from nlp.writers.output import keep

CHOICES = folder("models") / "tables" / "choices.jsonl.xz"
"""The choices between readings that `python -m training.readings` saw."""
CELLS = folder("models") / "cells" / "observed.jsonl.xz"
"""The circumstances of cells that `python -m training.confidence` saw, with how many were right."""
LEADS = folder("models") / "identity" / "leads.jsonl.xz"
"""The leads of agencies and years that `python -m training.identity` saw, with whether they were right."""

Seen = TypeVar("Seen")


def write(file: Path, seen: Iterable[object]) -> None:
    """Write what was seen, a JSON value a line, compressed; the folder is made where it is missing."""
    lines = [msgspec.json.encode(one) + b"\n" for one in seen]
    file.parent.mkdir(exist_ok=True)
    keep(file, lzma.compress(b"".join(lines), preset=9))


def read(file: Path, type: type[Seen], program: str) -> Sequence[Seen]:
    """Return what a file keeps; raises ModelError, with what to do, where it is damaged or not there."""
    try:
        content = lzma.decompress(file.read_bytes())
        return msgspec.json.decode(b"[" + b",".join(content.splitlines()) + b"]", type=list[type])  # type: ignore[valid-type]
    except OSError as error:
        raise ModelError(f"{file} cannot be read ({error.strerror}): {to_fit(program)}") from error
    except (lzma.LZMAError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ModelError(f"{file} does not hold what was seen ({error}): {to_fit(program)}") from error
