"""Counts which sums of a report could be checked, which not and why, and what they are with blanks as 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from nlp.auditing.words import phrase, words
from nlp.checking.derived import assessed_with_blanks_as_zero
from nlp.form.names import form_of
from nlp.record.model import MISSING, Cell, Check, Report


class BlanksAsZero(Struct, frozen=True):
    """What becomes of the sums that could not be checked where every blank cell is taken as 0.

    A second reading: a blank cell is not a printed 0. A total that is left blank above parts that are not 0
    is no 0: its sum stays not assessable.
    """

    holds: int
    broken: int
    not_assessable: int


class Sums(Struct, frozen=True):
    """How many sums of the form a page has, and what they are on the printed numbers.

    - `all`: `assessable` and `not_assessable` together.
    - `assessable`: `holds` and `broken` together.
    - `not_assessable`: those `with_blanks`, where nothing but blank cells is in the way, and those
      `with_unread`, where a cell is not on the page or cannot be told.
    - `blanks_as_zero`: the second reading of those that are not assessable; None where there are none.
    """

    all: int
    assessable: int
    holds: int
    broken: int
    not_assessable: int
    with_blanks: int
    with_unread: int
    blanks_as_zero: BlanksAsZero | None


def sums_of(report: Report) -> Sums:
    """Return how many sums of a report could be checked; those not on the page do not count."""
    cells = dict(report.cells())
    counts: Counter[str] = Counter()
    open_sums: set[str] = set()
    for check in report.sums:
        if check.outcome != "not_assessable":
            counts[check.outcome] += 1
        elif _is_on_page(check, cells):
            open_sums.add(check.id)
            counts["blank" if _lacks_only_blanks(check, cells) else "unread"] += 1
    assessable = counts["holds"] + counts["broken"]
    return Sums(
        all=assessable + len(open_sums),
        assessable=assessable,
        holds=counts["holds"],
        broken=counts["broken"],
        not_assessable=len(open_sums),
        with_blanks=counts["blank"],
        with_unread=counts["unread"],
        blanks_as_zero=_second_reading(report, open_sums) if open_sums else None,
    )


def _is_on_page(check: Check, cells: Mapping[str, Cell]) -> bool:
    """Return whether some cell of a sum is on the page."""
    return any(cells.get(id, MISSING).on_page != "missing" for id in check.cells)


def _lacks_only_blanks(check: Check, cells: Mapping[str, Cell]) -> bool:
    """Return whether every cell of a sum is printed or blank."""
    return all(cells.get(id, MISSING).on_page in ("printed", "blank") for id in check.cells)


def _second_reading(report: Report, open_sums: set[str]) -> BlanksAsZero | None:
    form = form_of(report.form)
    if form is None or any(table.id not in report.tables for table in form.tables):
        return None
    counts: Counter[str] = Counter()
    for check in assessed_with_blanks_as_zero(form, report.tables):
        if check.id not in open_sums:
            continue
        lacks_total = check.outcome == "broken" and check.left == 0 and _has_blank_total(check, report)
        counts["not_assessable" if lacks_total else check.outcome] += 1
    return BlanksAsZero(counts["holds"], counts["broken"], counts["not_assessable"])


def _has_blank_total(check: Check, report: Report) -> bool:
    """Return whether the page left the left side of a sum blank."""
    return report.cell(check.cells[0]).on_page == "blank"


def in_words(sums: Sums) -> str:
    """Return in Chinese what was checked and what could not be.

    >>> told = in_words(Sums(40, 2, 2, 0, 38, 38, 0, BlanksAsZero(38, 0, 0)))
    >>> for part in told.split("；"):
    ...     print(part)
    40 条勾稽关系中可核对 2 条，都成立
    其余 38 条因有空白格无法核对
    把空白当作 0（不是印出的数字），全部成立。
    >>> in_words(Sums(40, 40, 38, 2, 0, 0, 0, None))
    '40 条勾稽关系都可核对：成立 38 条，不成立 2 条。'
    """
    if not sums.all:
        return phrase("checked", "nothing")
    if not sums.not_assessable:
        result = phrase("checked", "result", holds=sums.holds, broken=sums.broken)
        if not sums.broken:
            result = phrase("checked", "all_hold")
        return phrase("checked", "every", all=sums.all, result=result) + phrase("checked", "stop")
    parts = [_assessable(sums), _why_not(sums), _with_zero(sums.blanks_as_zero)]
    return phrase("checked", "between").join(part for part in parts if part) + phrase("checked", "stop")


def _assessable(sums: Sums) -> str:
    if not sums.assessable:
        return phrase("checked", "none", all=sums.all)
    if not sums.broken:
        return phrase("checked", "some_hold", all=sums.all, assessable=sums.assessable)
    result = phrase("checked", "result", holds=sums.holds, broken=sums.broken)
    return phrase("checked", "some", all=sums.all, assessable=sums.assessable, result=result)


def _why_not(sums: Sums) -> str:
    """Return why sums could not be checked: blank cells, cells that were not read, or both."""
    reasons = []
    if sums.with_blanks:
        reasons.append(phrase("checked", "blank", count=sums.with_blanks))
    if sums.with_unread:
        reasons.append(phrase("checked", "unread", count=sums.with_unread))
    others = words("marks")["comma"].join(reasons)
    return phrase("checked", "others" if sums.assessable else "reasons", others=others)


def _with_zero(reading: BlanksAsZero | None) -> str:
    """Return what the sums are with blanks as 0; "" where that tells nothing."""
    if reading is None or not reading.holds + reading.broken:
        return ""
    if not reading.broken and not reading.not_assessable:
        return phrase("checked", "zero_all_hold")
    if not reading.broken:
        return phrase("checked", "zero_some_hold", holds=reading.holds)
    return phrase("checked", "zero", holds=reading.holds, broken=reading.broken)
