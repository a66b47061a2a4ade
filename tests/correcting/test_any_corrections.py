"""Whatever a file of corrections holds: it is refused in words, or gives a record."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json

from nlp.correcting.applying import applied, as_read
from nlp.correcting.decisions import decisions
from nlp.correcting.files import BadCorrections, lines, parsed
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.corrections import Correction
from nlp.record.model import Report
from nlp.resources import folder
from nlp.writers import jsonl

REPORT = Reader().read(Input(str(folder("data") / "samples" / "06-markdown-2023.txt")))
FIELDS = [
    *("tables.requests.total.total", "tables.requests.other.total", "tables.disclosure.fees.amount"),
    *("tables.disclosure.fees.decisions", "organization", "year", "form", "problems", "improvements"),
    *("problems.0", "problems.7", "improvements.1", "sections.overview", "sections.overview.platforms"),
    *("sections.preface-2", "sections.other_matters.other", "review.sums_broken", "review.no_form"),
]
places = st.lists(st.integers(-1, 90), min_size=1, max_size=3)
items = st.fixed_dictionaries(
    {"text": st.sampled_from(["甲", "乙", REPORT.problems[0].text, ""])},
    optional={"lines": places, "span": places, "answers": st.lists(st.sampled_from(["甲", "乙", "丙"]))},
)
cells = st.fixed_dictionaries(
    {"state": st.sampled_from(["printed", "blank", "odd"]), "value": st.integers(0, 9)}
)
anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2200),
    st.floats(),
    st.sampled_from(["2019", "2021", "甲", REPORT.problems[0].text, ""]),
    places,
    items,
    cells,
    st.lists(items | st.just("甲"), max_size=3),
    st.fixed_dictionaries({"lines": places}, optional={"text": st.just("文"), "title": st.integers(0, 1)}),
    st.fixed_dictionaries({"message": st.just("m"), "cells": st.lists(st.just("requests.total.total"))}),
)
corrections = st.builds(
    dict,
    field=st.sampled_from(FIELDS),
    state=st.sampled_from(["corrected", "confirmed", "missing", "withdrawn", "disputed"]),
    read=anything,
    value=anything,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(corrections, min_size=1, max_size=4))
def test_any_corrections_are_refused_or_applied(made: list[dict[str, Any]]) -> None:
    usable: list[Correction] = []
    for one in made:
        line = json.encode({"id": REPORT.id, **one}) + b"\n"
        with suppress(BadCorrections):
            usable += parsed(line, "file").corrections
    corrected = applied(REPORT, decisions(usable).get(REPORT.id, {}))
    assert json.decode(jsonl.line(corrected), type=Report) == corrected
    assert as_read(corrected) == REPORT
    assert parsed(lines(usable), "file").corrections == usable
