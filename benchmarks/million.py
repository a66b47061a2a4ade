"""Scales the measured times of one report up to a million."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.figure import Measured

_MILLION = 10**6
_KINDS = {"text": "text_extraction", "PDF": "pdf_over_text"}
_OURS, _RECORD = "nianbao, ms", "a record, KB"
_ON_THE_WAY = "over_dask"


def million(found: Mapping[str, Measured]) -> str:
    """Return a chapter on a million reports; "" where what it is scaled from was not measured.

    >>> print(million({"text_extraction": Measured(0.3, {"nianbao, ms": 3.6}, "")}).splitlines()[-1])
    | text | 3.6 | 1.0 | 0.1 |
    """
    times = {
        kind: found[figure].parts[_OURS]
        for kind, figure in _KINDS.items()
        if figure in found and _OURS in found[figure].parts
    }
    if not times:
        return ""
    rows = "".join(
        f"| {kind} | {ms:.3g} | {_hours(ms):.1f} | {_hours(ms) / 8:.1f} |\n" for kind, ms in times.items()
    )
    return f"{_OPENING}{rows}{_records(found)}"


_OPENING = """\
## A million reports

The medians below, times a million, on processors like this one; [clusters.md](clusters.md) says how to share
them out. What reading from the storage takes comes on top.

| kind of file | CPU ms a report | CPU hours a million | hours on 8 processors |
|---|---|---|---|
"""


def _hours(ms: float) -> float:
    return ms * _MILLION / 1e3 / 3600


def _records(found: Mapping[str, Measured]) -> str:
    """Tell what the records take, where they were weighed."""
    size = found[_ON_THE_WAY].parts.get(_RECORD) if _ON_THE_WAY in found else None
    if size is None:
        return ""
    gigabytes = size * _MILLION / 1e6
    return f"\nThe records of a million texts are {gigabytes:.0f} GB of JSON Lines ({size:.0f} KB each).\n"
