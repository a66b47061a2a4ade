"""Draws records: any that the reader could make, and many that it would not."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st
from msgspec import UNSET

from nlp.record.agencies import Agency, AgencyCandidate, Level
from nlp.record.claims import Claim, Derived
from nlp.record.corrections import Decision
from nlp.record.model import (
    Cell,
    Check,
    Failure,
    Improvement,
    LabelledLine,
    Model,
    Problem,
    Report,
    Review,
    Section,
    Source,
    Tables,
)
from nlp.writers.tables import form_cells, named

LARGEST = 2**53
COUNTS = {column.cell for column in named("reports").columns if column.cell and column.type == "integer"}

hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
maybe_text = st.none() | some_text
whole = st.integers(-LARGEST, LARGEST)
numbers = whole | st.floats(-1e15, 1e15)
spans = st.tuples(whole, whole)
ids = st.lists(some_text, max_size=3)
confidences = st.floats(0, 1)


def cells(values: st.SearchStrategy[int | float]) -> st.SearchStrategy[Cell]:
    return undecided_cells(values) | decided_cells(values)


def decided_cells(values: st.SearchStrategy[int | float]) -> st.SearchStrategy[Cell]:
    """Draw cells that a person decided."""
    return st.builds(
        Cell,
        st.none() | values,
        maybe_text,
        st.sampled_from(["corrected", "confirmed"]),
        st.none() | whole,
        st.none() | spans,
        confidences,
        decided=st.sampled_from(["printed", "blank", "missing", "ambiguous"]),
    )


def undecided_cells(values: st.SearchStrategy[int | float]) -> st.SearchStrategy[Cell]:
    """Draw cells as they are read."""
    return st.builds(
        Cell,
        st.none() | values,
        maybe_text,
        st.sampled_from(["printed", "blank", "missing", "ambiguous"]),
        st.none() | whole,
        st.none() | spans,
        confidences,
        st.just(UNSET) | st.lists(st.none() | numbers, max_size=3),
        st.just(UNSET) | whole,
        st.just(UNSET) | st.tuples(numbers, numbers, numbers, numbers),
    )


def agencies() -> st.SearchStrategy[Agency]:
    """Draw agencies of which a name or candidates are told."""
    candidates = st.lists(st.builds(AgencyCandidate, some_text, some_text), min_size=1, max_size=3)
    levels = st.none() | st.sampled_from(get_args(Level))
    return st.builds(
        Agency,
        some_text,
        st.tuples(maybe_text, maybe_text, maybe_text),
        maybe_text,
        maybe_text,
        levels,
        st.just(UNSET) | candidates,
    )


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    found: Tables = {}
    for id in draw(st.lists(st.sampled_from(form_cells()), max_size=6, unique=True)):
        table, row, column = id.split(".")
        cell = draw(cells(whole if id in COUNTS else numbers))
        found.setdefault(table, {}).setdefault(row, {})[column] = cell
    return found


sections = st.recursive(
    st.builds(Section, texts, texts, whole, spans, texts, st.just([])),
    lambda parts: st.builds(Section, texts, texts, whole, spans, texts, st.lists(parts, max_size=2)),
    max_leaves=4,
)
decisions = st.builds(
    Decision,
    field=texts,
    state=st.sampled_from(["corrected", "confirmed", "missing", "disputed"]),
    by=texts,
    at=texts,
    note=texts,
    stale=st.just(UNSET) | st.just(True),
)
claims = st.builds(
    Claim,
    texts,
    numbers,
    maybe_text,
    texts,
    whole,
    spans,
    maybe_text,
    st.sampled_from(["agrees", "differs", "not_assessable"]),
    confidences,
    st.sampled_from(["plain", "doubtful", "weak"]),
    ids,
    st.just(UNSET) | st.sampled_from(["about", "above", "below"]),
)
totals = st.builds(Derived, texts, numbers, texts, texts, st.booleans())
reports = st.builds(
    Report,
    claims=st.lists(claims, max_size=2),
    derived=st.lists(totals, max_size=2),
    source=st.builds(
        Source, texts, texts, hashes, texts, maybe_text, whole, whole, st.just(UNSET) | some_text
    ),
    organization=maybe_text,
    agency=st.none() | agencies(),
    year=st.none() | whole,
    form=maybe_text,
    tables=tables(),
    sections=st.lists(sections, max_size=2),
    problems=st.lists(st.builds(Problem, texts, st.none() | spans, st.none() | spans), max_size=2),
    improvements=st.lists(
        st.builds(Improvement, texts, spans, spans, st.lists(whole, max_size=2)), max_size=2
    ),
    checks=st.lists(
        st.builds(
            Check,
            texts,
            texts,
            st.none() | numbers,
            st.none() | numbers,
            st.sampled_from(["holds", "broken", "not_assessable"]),
            st.none() | st.sampled_from(["source", "extraction", "undecided"]),
            ids,
        ),
        max_size=2,
    ),
    review=st.lists(st.builds(Review, texts, texts, ids, st.just(UNSET) | some_text), max_size=2),
    corrections=st.just(UNSET) | st.lists(decisions, min_size=1, max_size=2),
    model=st.none() | st.builds(Model, some_text, some_text, some_text),
    made_with=st.just(UNSET) | hashes,
    lines=st.just(UNSET)
    | st.lists(
        st.builds(LabelledLine, whole, st.sampled_from(["heading", "narrative"]), confidences),
        min_size=1,
        max_size=3,
    ),
    error=st.just(UNSET) | st.builds(Failure, some_text, some_text),
)
