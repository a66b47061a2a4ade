"""Says which of the opened records a person wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from nlp.desk.shelf import Entry

STATES = ("open", "done", "touched", "failed")


class Filter(NamedTuple):
    """What a record must have to be shown; an empty part asks for nothing.

    `agency` and `file` are parts of a name, whatever their case; `reason` is the code of a reason to look.
    """

    state: str = ""
    reason: str = ""
    agency: str = ""
    year: str = ""
    file: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Filter:
        """Return the filter in the query of an address."""
        return cls(*(arguments.get(name, "").strip() for name in cls._fields))

    def query(self, **more: object) -> str:
        """Return the query of an address with this filter, and more, `?` included; "" where there is none.

        >>> Filter(year="2023").query(at="year"), Filter().query()
        ('?year=2023&at=year', '')
        """
        parts = {name: value for name, value in {**self._asdict(), **more}.items() if value not in ("", None)}
        return f"?{urlencode(parts)}" if parts else ""

    def lets_through(self, entry: Entry) -> bool:
        """Return whether a record is shown."""
        if self.reason and self.reason not in entry.codes:
            return False
        if self.year and self.year != str(entry.year or ""):
            return False
        if self.agency and self.agency.lower() not in (entry.organization or "").lower():
            return False
        if self.file and self.file.lower() not in entry.path.lower():
            return False
        return self._is_in_state(entry)

    def _is_in_state(self, entry: Entry) -> bool:
        if self.state == "open":
            return entry.left > 0
        if self.state == "done":
            return entry.left == 0 and not entry.failure
        if self.state == "touched":
            return entry.decided > 0
        if self.state == "failed":
            return bool(entry.failure)
        return True
