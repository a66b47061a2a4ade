"""Tells which edition of the form a page follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from nlp.form import form as forms
from nlp.form.labels.lexicon import lexicon
from nlp.form.labels.normalised import key
from nlp.tables.page.runs import labels_of
from nlp.tables.page.tokens import Token


@cache
def _witnesses() -> dict[str, str]:
    """Map each key that one edition alone has to that edition."""
    editions: dict[str, set[str]] = {}
    for form in forms.editions():
        for table in form.tables:
            for known in (*lexicon(form.edition, table.id).rows, *lexicon(form.edition, table.id).columns):
                editions.setdefault(known, set()).add(form.edition)
    return {known: found.pop() for known, found in editions.items() if len(found) == 1}


def edition(regions: Iterable[Iterable[Token]], year: int | None) -> forms.Form | None:
    """Return the edition that a page follows: by the labels of its tables' tokens, else by its year.

    Where neither tells, the one that knows most of the labels; of several, the newest.
    """
    witnesses = _witnesses()
    keys = [key(token.text) for region in regions for token in labels_of(region)]
    votes = Counter(witnesses[known] for known in keys if known in witnesses)
    in_force = forms.for_year(year)
    if not votes:
        return in_force if year is not None else _best_known(keys)
    winner, count = votes.most_common(1)[0]
    if in_force is not None and votes[in_force.edition] == count:
        return in_force
    return forms.named(winner)


def _best_known(keys: Sequence[str]) -> forms.Form | None:
    def known(form: forms.Form) -> int:
        tables = [lexicon(form.edition, table.id) for table in form.tables]
        return sum(any(label in table.rows for table in tables) for label in keys)

    best = max(reversed(forms.editions()), key=known)
    return best if known(best) else None
