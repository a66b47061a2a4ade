"""Reads records once more for what a workbook tells and columns do not hold: sums in words, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import UNSET, DecodeError, Struct, ValidationError, json

from nlp.auditing.audit import Reason, audit
from nlp.auditing.claims import Difference
from nlp.auditing.sums import BrokenSum
from nlp.record.files import UnreadableFile, raw_records
from nlp.record.model import report_id
from nlp.writers.exporting import NoRecord, record


class Key(Struct, frozen=True):
    """Which record it is: its id, and where its document was read."""

    id: str
    path: str


class Detail(Struct, frozen=True):
    """What was found in one report, in Chinese words, and the candidates of its ambiguous cells."""

    broken: list[BrokenSum]
    differences: list[Difference]
    reasons: list[Reason]


class _Source(Struct):
    path: str = ""
    sha256: str = ""


class _Record(Struct):
    source: _Source
    id: str = ""
    corrections: list[object] = []


_decoder = json.Decoder(_Record)


def details(
    files: Iterable[str], wanted: Iterable[Key], step: Callable[[int], None] = lambda _: None
) -> Mapping[Key, Detail]:
    """Return the details of the records that are wanted; of several that are one, those that were corrected.

    `step` is called with the number of lines read after each.
    """
    open_keys = set(wanted)
    found: dict[Key, Detail] = {}
    corrected: set[Key] = set()
    done = 0
    for path in files:
        try:
            for raw in raw_records(path):
                done += 1
                step(done)
                slim = _slim(raw.content)
                if slim is None:
                    continue
                key = Key(slim.id or report_id(slim.source.sha256), slim.source.path)
                if key not in open_keys or (key in found and (key in corrected or not slim.corrections)):
                    continue
                detail = _detail(raw.content)
                if detail is not None:
                    found[key] = detail
                    corrected |= {key} if slim.corrections else set()
        except UnreadableFile:  # told when the records were read the first time
            continue
    return found


def _slim(content: bytes) -> _Record | None:
    try:
        return _decoder.decode(content)
    except (DecodeError, ValidationError, RecursionError):
        return None


def _detail(content: bytes) -> Detail | None:
    try:
        report = record(content)
    except NoRecord:
        return None
    if report.error is not UNSET:
        return None
    findings = audit(report)
    return Detail(findings.broken, findings.differences, findings.reasons)
