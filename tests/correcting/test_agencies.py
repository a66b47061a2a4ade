"""A corrected name gives the corrected agency, and takes it back."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.agencies.agencies import agency_of
from nlp.correcting.applying import applied
from nlp.record.corrections import Correction
from tests.agencies.reporting import report


def test_a_corrected_name_gives_the_corrected_agency() -> None:
    read = report("鼓楼区财政局")
    read = replace(read, agency=agency_of(read))
    value = "开封市鼓楼区财政局"
    correction = Correction(id=read.id, field="organization", read=read.organization, value=value, by="Li")
    corrected = applied(read, {"organization": correction})
    assert corrected.agency is not None
    assert (corrected.agency.name, corrected.agency.code) == (value, "410204")
    assert applied(corrected, {}) == read
