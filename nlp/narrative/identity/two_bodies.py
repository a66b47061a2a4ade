"""Tells whether what reads as one agency's name is a clause of two: who checks whose report."""

from __future__ import annotations

from nlp.narrative.vocabulary.agency_names import is_full_name, is_name, is_place
from nlp.narrative.vocabulary.place_names import divisions_in, opens_with_place
from nlp.narrative.wording import expression

_SHORTEST_NAME = 4
"""A name in full has at least so many characters: 某县政府."""


def may_hold_two_bodies(name: str) -> bool:
    """Return whether a place stands inside a folded name behind words that no name has before a place.

    What may stand there is known: a place around it, the body that a branch belongs to, 驻, 与. Whatever else
    does is the rest of a sentence, and whose report it is of the two has to be asked.

    >>> may_hold_two_bodies("某某县农业农村局代某某县水利局"), may_hold_two_bodies("同意肥西县水利局")
    (True, True)
    >>> may_hold_two_bodies("某某市某某县水利局"), may_hold_two_bodies("某某市公安局肥西县分局")
    (False, False)
    >>> may_hold_two_bodies("某某县教育局与某某县体育局"), may_hold_two_bodies("共青团肥西县委员会")
    (False, False)
    """
    for start, _ in divisions_in(name):
        if start and not _may_precede_place(name[:start]):
            return True
    return _has_other_place_behind_name(name)


def _may_precede_place(text: str) -> bool:
    """Return whether a name may have such words before a place inside it.

    >>> [_may_precede_place(text) for text in ("某某市", "某某市公安局", "某某县水利局审核", "来自")]
    [True, True, False, False]
    """
    harmless = expression("identity", "before_place").search(text)
    before = text if harmless is None else text[: harmless.start()]
    if not before or is_place(before) or expression("identity", "national").match(before) is not None:
        return True
    return is_name(before) and _behind_name(before) is None


def _has_other_place_behind_name(name: str) -> bool:
    """Return whether a name in full is followed by words and a place that the lists lack."""
    rest = _behind_name(name)
    if rest is None or expression("identity", "branch").search(rest) is not None:
        return False
    if opens_with_place(rest) or expression("identity", "before_place").match(rest) is not None:
        return False
    return expression("identity", "words_and_place").match(rest) is not None


def _behind_name(name: str) -> str | None:
    """Return what follows the first name in full of an office inside a name; None where nothing does.

    What belongs to an agency (办公室, 党组) is a part of it.

    >>> _behind_name("某某县水利局督办"), _behind_name("某某县水利局办公室"), _behind_name("某某县水利局")
    ('督办', None, None)
    """
    for office in expression("identity", "office").finditer(name, _SHORTEST_NAME - 1):
        if not is_full_name(name[: office.end()]):
            continue
        rest = name[office.end() :]
        own = expression("identity", "part_of_agency").match(rest)
        if own is not None:
            rest = rest[own.end() :]
        return rest or None
    return None
