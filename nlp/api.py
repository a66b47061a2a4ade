"""What `import nlp` offers: reports from files and bytes, shown in notebooks, turned into data frames."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET, json
from msgspec.structs import fields

from nlp.auditing.audit import Audit
from nlp.auditing.audit import audit as audited
from nlp.reading.document import Unreadable
from nlp.reading.inputs import BytesInput, Input, find
from nlp.record import model as record
from nlp.running.cluster.engines import working
from nlp.running.extraction import Extraction, loaded

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = [
    "Audit",
    "Report",
    "Unreadable",
    "audit",
    "read",
    "read_bytes",
    "read_many",
    "to_pandas",
    "to_polars",
]

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Report(record.Report, frozen=True, kw_only=True):
    """A record that shows itself in notebooks and turns into data frames.

    It is the record of `nianbao extract`, field by field.
    """

    def to_pandas(self, table: str = "cells") -> pandas.DataFrame:
        """Return one of its tables as a DataFrame of pandas: `cells`, `reports`, `items` or `checks`."""
        return to_pandas(self, table)

    def to_polars(self, table: str = "cells") -> polars.DataFrame:
        """Return one of its tables as a DataFrame of polars: `cells`, `reports`, `items` or `checks`."""
        return to_polars(self, table)

    def audit(self) -> Audit:
        """Return what `nianbao check` tells: broken sums, reasons to look, in Chinese."""
        return audited(self)

    def _repr_html_(self) -> str:
        from nlp.showing.record import fragment

        return fragment(self)


def read(
    path: str | os.PathLike[str], *, model: str | os.PathLike[str] | None = None, lines: bool = False
) -> Report:
    """Return the report of a file; `lines` adds the label of every line that is not blank.

    It is read in this process, without limits of time and memory. Unreadable, with a `code` and a message,
    where it gives no text.
    """
    return _read(Input(os.fspath(path)), model, lines)


def read_bytes(
    content: bytes,
    name: str = "bytes",
    *,
    model: str | os.PathLike[str] | None = None,
    lines: bool = False,
) -> Report:
    """Return the report of a document that was fetched already; `name` is what its record calls it."""
    return _read(BytesInput(name, content=content), model, lines)


def read_many(
    paths: Paths,
    *,
    jobs: int = 1,
    model: str | os.PathLike[str] | None = None,
    lines: bool = False,
    engine: str | None = None,
) -> Iterator[Report]:
    """Yield the report of each file, in the order given; those of a folder in the order of their names.

    `jobs` processes share the work, 0 for one a processor, or the cluster that `engine` names does
    (`dask=ADDRESS`, `ray`, `ray=ADDRESS`), within the limits of docs/inputs.md. What cannot be read is a
    report with an `error`, whatever happened to the process that read it.
    """
    inputs = _inputs(paths)
    work = Extraction(_folder(model), lines)
    loaded(work.model)  # a model that is refused is told of here, not once a file
    results = working(engine, jobs, warnings.warn)
    return (_decoded(one.line) for one in results(work, inputs))


def audit(report: record.Report) -> Audit:
    """Return what `nianbao check` tells of a report: broken sums and reasons to look, in Chinese."""
    return audited(report)


def to_pandas(reports: record.Report | Iterable[record.Report], table: str = "cells") -> pandas.DataFrame:
    """Return a table of one or many reports as a DataFrame of pandas; ImportError where it is not there."""
    from nlp.writers.frames import pandas_frame

    return pandas_frame(_several(reports), table)


def to_polars(reports: record.Report | Iterable[record.Report], table: str = "cells") -> polars.DataFrame:
    """Return a table of one or many reports as a DataFrame of polars; ImportError where it is not there."""
    from nlp.writers.frames import polars_frame

    return polars_frame(_several(reports), table)


def _several(reports: record.Report | Iterable[record.Report]) -> Iterable[record.Report]:
    return (reports,) if isinstance(reports, record.Report) else reports


def _read(input: Input, model: str | os.PathLike[str] | None, lines: bool) -> Report:
    found = loaded(_folder(model)).read(input, lines)
    if found.error is not UNSET:
        raise Unreadable(found.error.code, found.error.message)
    return Report(**{field.name: getattr(found, field.name) for field in fields(found)})


def _decoded(line: bytes) -> Report:
    return json.decode(line, type=Report)


def _folder(model: str | os.PathLike[str] | None) -> Path | None:
    return None if model is None else Path(model).absolute()


def _inputs(paths: Paths) -> list[Input]:
    named = [paths] if isinstance(paths, str | os.PathLike) else paths
    return list(chain.from_iterable(find([os.fspath(path)]) for path in named))
