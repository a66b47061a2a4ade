"""Tells whether two names mean one agency: in full, without its place, or shortened."""

from __future__ import annotations

import re

from nlp.narrative.vocabulary.agency_names import no_place_words

_LEVELS = "省市县区旗州盟镇乡街"
"""The characters that places of the several levels end in."""

_SHORTEST = 3
"""A shorter name fits too many agencies."""

_TAILS = re.compile("(?:人民政府|政府|办事处|委员会|管委会|管理委员会|党工委)$")
_GOVERNMENT = re.compile("(?:人民政府|政府)(?=.)(?!办)")


def same_agency(one: str, other: str) -> bool:
    """Return whether two folded names may be one agency's.

    >>> same_agency("区卫健局", "某某市丙丁区卫生健康局"), same_agency("甲乙县财政局", "甲乙县民政局")
    (True, False)
    >>> same_agency("县住建局", "甲乙县住房和城乡建设局"), same_agency("市卫健委", "甲乙市卫生健康委员会")
    (True, True)
    >>> same_agency("甲乙街道", "甲乙街道办事处"), same_agency("甲乙镇", "甲乙镇人民政府办公室")
    (True, False)
    >>> same_agency("市统计局", "甲乙市丙丁区统计局")
    False
    """
    first, second = _plain(one), _plain(other)
    shorter, longer = sorted((first, second), key=len)
    if shorter == longer:
        return True
    if len(shorter) < _SHORTEST and len(one) < _SHORTEST:
        return False
    return _is_shortened(shorter, longer)


def _plain(name: str) -> str:
    """Return a name without the body that stands for a place (人民政府, 办事处)."""
    within = no_place_words().sub(lambda word: _masked(word.group()), _GOVERNMENT.sub("", name))
    within = within.replace("委员会", "委")
    cut = _TAILS.sub("", within)
    return cut if cut and cut[-1] in _LEVELS + "道木" else within


def _masked(word: str) -> str:
    """Return a word with the characters that look like a place's replaced."""
    return "".join("·" if character in _LEVELS else character for character in word)


def _is_shortened(shorter: str, longer: str) -> bool:
    """Return whether a name is the end of a longer one with characters left out, but no place's."""
    position = len(longer) - 1
    for character in reversed(shorter):
        while position >= 0 and longer[position] != character:
            if longer[position] in _LEVELS or character == shorter[-1]:
                return False
            position -= 1
        if position < 0:
            return False
        position -= 1
    return True
