"""Whose report a record is: the one place that settles under which agency it is compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, to_builtins

from nlp.collection.slim import SlimReport
from nlp.record.model import Report
from nlp.text.folding import HOLE, fold

_SPACE = re.compile(rf"[\s{HOLE}]+")


class AgencyOf(Struct, frozen=True):
    """An agency: its canonical name and, where they are told, its place, code, kind and level."""

    name: str
    province: str | None = None
    city: str | None = None
    county: str | None = None
    code: str | None = None
    kind: str | None = None
    level: str | None = None

    @property
    def place(self) -> tuple[str | None, str | None, str | None]:
        """The province, the city and the county."""
        return self.province, self.city, self.county


def agency_of(record: SlimReport | Report) -> AgencyOf | None:
    """Return the agency of a record; None where it is not told, or where several may be meant.

    It is `agency` where the record has it; in a record from before there were agencies, the printed name.

    >>> from nlp.collection.slim import SlimSource
    >>> agency_of(SlimReport(source=SlimSource(), organization="渭南市 气象局")).name
    '渭南市气象局'
    """
    told = getattr(record, "agency", None)
    if told:
        return _told(to_builtins(told))
    if not record.organization:
        return None
    return AgencyOf(_SPACE.sub("", fold(record.organization)))


def _told(agency: Mapping[str, Any]) -> AgencyOf | None:
    name = agency.get("name")
    if not name:
        return None
    place: list[str | None] = list(agency.get("place") or ())
    province, city, county, *_ = [*place, None, None, None]
    level = agency.get("level")
    return AgencyOf(
        name=name,
        province=province,
        city=city,
        county=county,
        code=agency.get("code"),
        kind=agency.get("kind"),
        level=None if level is None else str(level),
    )
