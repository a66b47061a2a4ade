"""The agencies of a collection as a list for people and as a table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from nlp.agencies.bodies import kinds
from nlp.agencies.collection import Collection, Listed, Untold, Versions

COLUMNS = (
    *("name", "province", "city", "county", "code", "kind", "level", "years", "reports", "spellings"),
    *("duplicates", "versions", "by_folder", "candidates", "maybe"),
)
_SHOWN = 6
_BETWEEN = "; "


def as_text(everyone: Collection) -> str:
    """Return the list for people: a line an agency, below it what is worth a look; last what is not told."""
    lines: list[str] = []
    for agency in everyone.agencies:
        lines += _agency_lines(agency)
    if everyone.untold:
        lines += ["", "Names that do not tell their agency:"]
        for untold in everyone.untold:
            lines.append(_untold_line(untold))
    if everyone.unnamed:
        lines += ["", f"Reports that name no agency: {_some(everyone.unnamed)}"]
    return "\n".join(lines) + "\n"


def as_csv(everyone: Collection) -> str:
    """Return the list as a table: an agency a row, then the names that tell none, by their candidates."""
    to = StringIO()
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(COLUMNS)
    for agency in everyone.agencies:
        writer.writerow(
            [
                *(agency.name, *agency.place, agency.code, agency.kind, agency.level),
                *(_joined(agency.years), _joined(agency.reports), _joined(agency.spellings)),
                _joined("=".join(same) for same in agency.duplicates),
                _joined(_version(one) for one in agency.versions),
                *(_joined(agency.by_folder), "", _joined(agency.maybe)),
            ]
        )
    for untold in everyone.untold:
        empty = [""] * 7
        told = [_joined(untold.years), _joined(untold.reports), untold.organization]
        writer.writerow([*empty, *told, "", "", "", _joined(untold.candidates), ""])
    return to.getvalue()


def _version(one: Versions) -> str:
    return f"{one.year}: {' ≠ '.join(one.ids)} ({', '.join(one.differ)})"


def _agency_lines(agency: Listed) -> list[str]:
    kind = kinds().get(agency.kind or "", "")
    years = ", ".join(map(str, agency.years)) or "no year"
    lines = [f"{agency.code or '      '}  {agency.name}  [{kind}]  {years}"]
    others = [spelling for spelling in agency.spellings if spelling != agency.name]
    if others:
        lines.append(f"        printed {_some(others)}")
    lines += [f"        the same report: {' = '.join(same)}" for same in agency.duplicates]
    for one in agency.versions:
        files = ", ".join(one.paths)
        lines.append(f"        {one.year} several times, differing in {' and '.join(one.differ)}: {files}")
    if agency.by_folder:
        lines.append(f"        its place is told by the folder alone: {_some(agency.by_folder)}")
    if agency.maybe:
        lines.append(f"        perhaps the same, renamed: {_some(agency.maybe)}")
    return lines


def _untold_line(untold: Untold) -> str:
    years = ", ".join(map(str, untold.years)) or "no year"
    may_be = f" — {_some(untold.candidates)}" if untold.candidates else ""
    return f"  {untold.organization}  {years}  ({_some(untold.paths)}){may_be}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _joined(values: object) -> str:
    return _BETWEEN.join(map(str, values))  # type: ignore[call-overload]
