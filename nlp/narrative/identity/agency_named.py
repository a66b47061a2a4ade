"""Makes candidates of the agencies' names that a source holds, lighter where a name is spelt in short."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlp.narrative.identity.candidates import Candidate
from nlp.narrative.identity.located import Located
from nlp.narrative.identity.title_parts import once
from nlp.narrative.vocabulary.agency_names import (
    is_carrier,
    is_full_name,
    names_in_sentences,
    office_in_name,
)
from nlp.narrative.wording import wording

Agencies = Iterator[Candidate[str]]

_FIELDS = ("publisher", "origin", "path")
"""The sources that are fields of a page's index: an office named there answers for its agency."""


def agencies_in_sentences(text: Located, kind: str, source: str, accepts: Callable[[str], bool]) -> Agencies:
    """Yield the names that sentences of a kind (data/identity.toml) hold in a text, each place once."""
    seen = set()
    for start, end in names_in_sentences(text.folded, kind):
        if (start, end) in seen or not accepts(text.folded[start:end]):
            continue
        seen.add((start, end))
        yield agency_candidate(text.part(start, end), source)


def agency_candidate(printed: Located, source: str) -> Candidate[str]:
    """Return the candidate that a name is, by a source of data/evidence.toml.

    One that is printed twice in a row is read once.
    """
    name = once(printed)
    if source in _FIELDS:
        name = name.part(0, len(name.folded) - office_in_name(name.folded))
    adjust = wording("evidence")["agency"]["adjust"]
    penalty = 0.0
    if not is_full_name(name.folded):
        penalty = adjust["place" if re.search("[省市县区旗州盟]$", name.folded) else "short"]
    if source in (*_FIELDS, "contact") and is_carrier(name.folded):
        penalty += adjust["carrier"]
    return Candidate(name.text, source, name.span(0, len(name.folded)), name.folded, penalty)
