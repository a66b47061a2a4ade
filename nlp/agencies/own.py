"""The user's own file of agencies: printed names or patterns, and the agency that each is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import translate
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import get_args

from msgspec import Struct

from nlp.agencies.bodies import kinds
from nlp.agencies.divisions import divisions
from nlp.agencies.spelling import spelled
from nlp.record.agencies import Agency, Level

COLUMNS = ("printed", "path", "name", "province", "city", "county", "code", "kind", "level")
"""The columns that a file may have; `printed` and `name` it has to have."""

_NEEDED = ("printed", "name")
_ENCODINGS = ("utf-8-sig", "gb18030")
_WILD = re.compile(r"[*?\[]")
_MOST_TOLD = 20


class BadAgencies(Exception):
    """A file of agencies that cannot be used; the message says in which lines and why."""


class Row(Struct, frozen=True):
    """A row of the file: a printed name or a pattern, a pattern of the path or "", the agency."""

    printed: str
    path: str
    agency: Agency


class Own(Struct, frozen=True, dict=True):
    """The rows of a user's file; the first that fits counts, one without wildcards before others."""

    rows: Sequence[Row]

    def agency(self, name: str, path: str) -> Agency | None:
        """Return the agency that the file has for a name, as printed or in full, of a record at a path.

        >>> own = Own([Row("城管局", "", Agency("甲市城市管理局")), Row("*街道", "", Agency("乙街道办事处"))])
        >>> own.agency("城 管 局", "").name, own.agency("某街道", "").name, own.agency("财政局", "")
        ('甲市城市管理局', '乙街道办事处', None)
        """
        text = spelled(name)
        for row in self._exact.get(text, ()):
            if _fits(row.path, path):
                return row.agency
        for pattern, row in self._patterns:
            if pattern.fullmatch(text) and _fits(row.path, path):
                return row.agency
        return None

    @cached_property
    def _exact(self) -> Mapping[str, Sequence[Row]]:
        exact: dict[str, list[Row]] = {}
        for row in self.rows:
            exact.setdefault(spelled(row.printed), []).append(row)
        return exact

    @cached_property
    def _patterns(self) -> Sequence[tuple[re.Pattern[str], Row]]:
        wild = [row for row in self.rows if _WILD.search(row.printed)]
        return [(re.compile(translate(spelled(row.printed))), row) for row in wild]


def read(path: str) -> Own:
    """Return the agencies of a CSV file in UTF-8 or GB 18030; raises BadAgencies."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise BadAgencies(f"{path}: could not be read ({error.strerror}).") from error
    text = _decoded(content)
    if text is None:
        raise BadAgencies(f"{path}: is neither UTF-8 nor GB 18030; save it as “CSV UTF-8”.")
    return parsed(text, path)


def parsed(text: str, path: str) -> Own:
    """Return the agencies of a CSV text; `path` names it in what is wrong. Raises BadAgencies.

    >>> parsed("printed,name\\n城管局,甲市城市管理局\\n", "own.csv").rows[0].agency.name
    '甲市城市管理局'
    >>> parsed("printed,name,code\\n城管局,甲市城市管理局,999999\\n", "own.csv")
    Traceback (most recent call last):
    nlp.agencies.own.BadAgencies: own.csv:2: no division has the code “999999”.
    """
    try:
        return _parsed(csv.DictReader(StringIO(text, newline="")), path)
    except csv.Error as error:
        raise BadAgencies(f"{path}: is no table of lines and commas ({error}).") from error


def _parsed(reader: csv.DictReader[str], path: str) -> Own:
    """Return the agencies of a CSV text that is read line by line; raises BadAgencies, csv.Error."""
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    unknown = [name for name in header if name not in COLUMNS]
    if unknown or any(name not in header for name in _NEEDED):
        other = f" It has “{unknown[0]}”." if unknown else ""
        known = ", ".join(COLUMNS)
        raise BadAgencies(f"{path}:1: the columns are {known}; printed and name are needed.{other}")
    rows: list[Row] = []
    wrong: list[str] = []
    for fields in reader:
        said = list(_wrong(fields))
        if said:
            wrong += [f"{path}:{reader.line_num}: {words}" for words in said]
        elif any(value and not isinstance(value, list) and value.strip() for value in fields.values()):
            rows.append(_row(fields))
    if wrong:
        more = len(wrong) - _MOST_TOLD
        told = wrong[:_MOST_TOLD] + ([f"{path}: {more} more such lines."] if more > 0 else [])
        raise BadAgencies("\n".join(told))
    return Own(rows)


def _decoded(content: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _wrong(fields: Mapping[str, str | None]) -> Iterator[str]:
    """Yield what is wrong with a row; nothing where it is blank."""
    if None in fields:
        yield "the line has more fields than the header."
        return
    values = {name: (value or "").strip() for name, value in fields.items()}
    if not any(values.values()):
        return
    for name in _NEEDED:
        if not values[name]:
            yield f"the field “{name}” is empty."
    code = values.get("code", "")
    if code and code not in {division.code for division in divisions()}:
        yield f"no division has the code “{code}”."
    kind = values.get("kind", "")
    if kind and kind not in kinds():
        yield f"there is no kind “{kind}”; docs/agencies.md lists those that there are."
    level = values.get("level", "")
    if level and level not in get_args(Level):
        yield f"there is no level “{level}”: it is one of {', '.join(get_args(Level))}."


def _row(fields: Mapping[str, str | None]) -> Row:
    value = {name: (text or "").strip() or None for name, text in fields.items()}
    agency = Agency(
        name=value["name"],
        place=(value.get("province"), value.get("city"), value.get("county")),
        code=value.get("code"),
        kind=value.get("kind"),
        level=value.get("level"),  # type: ignore[arg-type]
    )
    return Row(value["printed"] or "", value.get("path") or "", agency)


def _fits(pattern: str, path: str) -> bool:
    return not pattern or re.fullmatch(translate(pattern), path) is not None
