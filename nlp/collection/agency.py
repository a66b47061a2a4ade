"""Whose report a record is: the one place that settles under which agency it is compared."""

from __future__ import annotations

from msgspec import UNSET, Struct

from nlp.agencies.shared_name import shared_name
from nlp.collection.slim import SlimReport
from nlp.record.model import Report


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
    agency = None if record.agency is UNSET else record.agency
    name = shared_name(agency, record.organization)
    if name is None:
        return None
    if agency is None:
        return AgencyOf(name)
    return AgencyOf(name, *agency.place, agency.code, agency.kind, agency.level)
