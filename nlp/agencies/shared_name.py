"""Tells the name under which the reports of one agency are put together."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.narrative.vocabulary.agency_names import is_full_name
from nlp.record.agencies import Agency
from nlp.text.folding import HOLE, fold

_SPACE = re.compile(rf"[\s{HOLE}]+")


def shared_name(agency: Agency | None, organization: str | None) -> str | None:
    """Return the name that all reports of an agency share; None where it is not told.

    It is the canonical one. A record from before there were agencies has the printed one, unless that lacks
    its place: many agencies are called 水利局.

    >>> shared_name(Agency("洛阳市水利局"), "水利局"), shared_name(Agency(), "某某县水利局")
    ('洛阳市水利局', None)
    >>> shared_name(None, "某某县 水利局（本级）"), shared_name(None, "水利局")
    ('某某县水利局(本级)', None)
    """
    if agency is not None:
        return agency.name
    name = squeezed(organization or "")
    return name if _is_full(name) else None


@lru_cache(maxsize=100_000)
def squeezed(name: str) -> str:
    """Return a name folded, without white space.

    >>> squeezed("某某县 水利局（本级）")
    '某某县水利局(本级)'
    """
    return _SPACE.sub("", fold(name))


@lru_cache(maxsize=100_000)
def _is_full(name: str) -> bool:
    return is_full_name(name)
