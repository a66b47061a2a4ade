"""Reads government information disclosure reports (政府信息公开工作年度报告) into checked records."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET, json
from msgspec.structs import fields

from nlp.auditing.audit import Audit, Reason
from nlp.auditing.audit import audit as _audit
from nlp.auditing.claims import Difference
from nlp.auditing.sums import BrokenSum, Printed
from nlp.reading.document import Unreadable
from nlp.reading.inputs import BytesInput, Input, find
from nlp.record import model as record
from nlp.record.agencies import Agency, AgencyCandidate
from nlp.record.claims import Claim, Derived
from nlp.record.corrections import Correction, Decision
from nlp.record.model import (
    AsRead,
    Cell,
    Check,
    Failure,
    Improvement,
    LabelledLine,
    Model,
    Place,
    Problem,
    Review,
    Section,
    Source,
)

if TYPE_CHECKING:
    import pandas
    import polars

    from nlp.reading.scan.engine import Ocr

__all__ = [
    "Agency",
    "AgencyCandidate",
    "AsRead",
    "Audit",
    "BrokenSum",
    "Cell",
    "Check",
    "Claim",
    "Correction",
    "Decision",
    "Derived",
    "Difference",
    "Failure",
    "Improvement",
    "LabelledLine",
    "Model",
    "Place",
    "Printed",
    "Problem",
    "Reason",
    "Report",
    "Review",
    "Section",
    "Source",
    "Unreadable",
    "audit",
    "read",
    "read_bytes",
    "read_many",
    "to_pandas",
    "to_polars",
]

FilePath = str | os.PathLike[str]

# The reader, its model and the data frames are imported by the functions that need them: whoever wants the
# types alone does not wait for numpy.


class Report(record.Report, frozen=True, kw_only=True):
    """The record of one document, field by field that of `nianbao extract`.

    In a notebook it is shown as its tables in the look of the form.
    """

    def to_pandas(self, table: str = "cells") -> pandas.DataFrame:
        """Return one table of the report as a pandas DataFrame; `nianbao.to_pandas` has the details."""
        return to_pandas(self, table)

    def to_polars(self, table: str = "cells") -> polars.DataFrame:
        """Return one table of the report as a polars DataFrame; `nianbao.to_polars` has the details."""
        return to_polars(self, table)

    def audit(self) -> Audit:
        """Return the findings of `nianbao check`: the broken sums and the reasons for review, in Chinese."""
        return _audit(self)

    def _repr_html_(self) -> str:
        from nlp.showing.record import fragment

        return fragment(self)


def read(path: FilePath, *, model: FilePath | None = None, lines: bool = False, ocr: Ocr = "auto") -> Report:
    """Return the report in a file of any kind that `nianbao extract` reads.

    `model` is the folder of a line model, by default the one that ships. `lines` adds the label of every
    line that is not blank. `ocr` says which pages are recognised in their pictures: `auto` those without
    text, where the extra `ocr` is installed, `never` none, `always` every page of a PDF. The file is read in
    this process, without limits of time and memory. Raises Unreadable, with a `code` and a message, when the
    file gives no text.

    >>> report = read("data/samples/02-pipes-2019.txt")
    >>> report.organization, report.year, report.cell("disclosure.licensing.decisions").value
    ('古塔区气象局', 2019, 2939)
    """
    return _read(Input(os.fspath(path)), model, lines, ocr)


def read_bytes(
    content: bytes,
    name: str = "bytes",
    *,
    model: FilePath | None = None,
    lines: bool = False,
    ocr: Ocr = "auto",
) -> Report:
    """Return the report in the bytes of a file; its record has `name` as the name of the source.

    `model`, `lines`, `ocr` and the errors are those of `read`.

    >>> read_bytes("西工区城市管理局2022年政府信息公开工作年度报告".encode(), "2022.txt").year
    2022
    """
    return _read(BytesInput(name, content=content), model, lines, ocr)


def read_many(
    paths: FilePath | Iterable[FilePath],
    *,
    jobs: int = 1,
    model: FilePath | None = None,
    lines: bool = False,
    ocr: Ocr = "auto",
    engine: str | None = None,
) -> Iterator[Report]:
    """Yield the report of each file in the order of `paths`; the files of a folder come sorted by name.

    `jobs` is the number of processes, 0 for one a processor. `engine` names a cluster that does the work
    instead: `dask=ADDRESS`, `ray` or `ray=ADDRESS`. `model`, `lines` and `ocr` are those of `read`. Each
    file is read within the limits of time and memory that `nianbao extract` has; a file that cannot be read,
    breaks a limit or crashes its process gives a report with an `error`, and the others are read.
    """
    from nlp.running.cluster.engines import working
    from nlp.running.extraction import Extraction, loaded

    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    inputs: list[Input] = []
    for path in paths:
        inputs += find([os.fspath(path)])
    extraction = Extraction(_model_folder(model), lines, ocr=ocr)
    loaded(extraction.model)  # a model that is refused raises here, not once a file
    results = working(engine, jobs, warnings.warn)
    return (json.decode(result.line, type=Report) for result in results(extraction, inputs))


def audit(report: record.Report) -> Audit:
    """Return the findings of `nianbao check` on a report: broken sums and reasons for review, in Chinese.

    >>> findings = audit(read("data/samples/02-pipes-2019.txt"))
    >>> findings.verdict, findings.holds, findings.broken
    ('right', 40, [])
    """
    return _audit(report)


def to_pandas(reports: record.Report | Iterable[record.Report], table: str = "cells") -> pandas.DataFrame:
    """Return a table of one or many reports as a pandas DataFrame.

    The tables are those of `nianbao export`: `reports`, `cells`, `items`, `checks`, `claims`, `derived`,
    `reviews`, `sections`
    and `lines`; another name raises a ValueError that lists them. Counts are nullable integers. Raises
    ImportError when pandas is not installed.
    """
    from nlp.writers.frames import pandas_frame

    return pandas_frame(_as_many(reports), table)


def to_polars(reports: record.Report | Iterable[record.Report], table: str = "cells") -> polars.DataFrame:
    """Return a table of one or many reports as a polars DataFrame.

    The tables are those of `nianbao export`: `reports`, `cells`, `items`, `checks`, `claims`, `derived`,
    `reviews`, `sections`
    and `lines`; another name raises a ValueError that lists them. Raises ImportError when polars is not
    installed.
    """
    from nlp.writers.frames import polars_frame

    return polars_frame(_as_many(reports), table)


def _read(input: Input, model: FilePath | None, lines: bool, ocr: Ocr) -> Report:
    from nlp.running.extraction import loaded

    report = loaded(_model_folder(model)).read(input, lines, ocr=ocr)
    if report.error is not UNSET:
        raise Unreadable(report.error.code, report.error.message)
    return Report(**{field.name: getattr(report, field.name) for field in fields(report)})


def _model_folder(model: FilePath | None) -> Path | None:
    return None if model is None else Path(model).absolute()


def _as_many(reports: record.Report | Iterable[record.Report]) -> Iterable[record.Report]:
    return (reports,) if isinstance(reports, record.Report) else reports
