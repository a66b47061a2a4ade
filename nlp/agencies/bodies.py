"""The bodies of agencies without their places: in full, however they are shortened, and what they are for."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.resources import knowledge

_JOINING = re.compile("[和与及、]")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_IS_BRANCH = re.compile("分局|分中心|[区县市镇乡]|街道")
_BRANCH = re.compile(r"(.+局)(.{1,8}?)(分局|交警大队|大队|支队)$")
_ENDINGS = ("局", "厅", "委员会", "办公室", "中心", "署", "部", "总局", "分局")
_UNITS = "市县区旗"


def in_full(body: str) -> str:
    """Return the usual name of a body: nothing shortened, no second name in brackets.

    >>> in_full("住建局"), in_full("发改委"), in_full("住房城乡建设局"), in_full("政府办")
    ('住房和城乡建设局', '发展和改革委员会', '住房和城乡建设局', '人民政府办公室')
    >>> in_full("城市管理局(综合行政执法局)"), in_full("市场监管局(高新分局)")
    ('城市管理局', '市场监督管理局(高新分局)')
    """
    body = _BRACKETED.sub(lambda other: other[0] if _IS_BRANCH.search(other[1]) else "", body)
    body, bracket = _parted_bracket(body)
    bodies = _knowledge()
    if body in bodies["government"]:
        return "人民政府" + bracket
    if body in bodies["offices"]:
        return str(bodies["offices"][body]) + bracket
    if body in bodies["whole"]:
        return str(bodies["whole"][body]) + bracket
    if body.startswith("政府") and len(body) > len("政府"):
        body = "人民" + body
    branch = _BRANCH.fullmatch(body)
    if branch is not None:
        return in_full(branch[1]) + _without_unit(branch[2]) + branch[3] + bracket
    return _of_stem(_with_full_ending(body)) + bracket


def is_known(body: str) -> bool:
    """Return whether a body's full name is one that many places have.

    >>> is_known(in_full("水利局")), is_known("城市改造办公室"), is_known("人民政府")
    (True, False, True)
    """
    bodies = _knowledge()
    if body in (*bodies["government"], *bodies["offices"].values(), *bodies["whole"].values()):
        return True
    stems = [body.removesuffix(ending) for ending in _ENDINGS if body.endswith(ending)]
    return any(stem in bodies["stems"] for stem in stems)


@cache
def kinds() -> dict[str, str]:
    """Return the Chinese name of each kind of agency by its id."""
    return {kind["id"]: kind["zh"] for kind in knowledge("agencies")["kind"]}


@cache
def kind_of(body: str) -> str | None:
    """Return the kind of agency that a body's full name tells; None where it tells none.

    >>> kind_of("教育局"), kind_of("人民政府"), kind_of("城市改造办公室"), kind_of("某某协会")
    ('education', 'government', 'housing', None)
    """
    for kind, pattern in _kind_patterns():
        if pattern.search(body):
            return kind
    return None


@cache
def _kind_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind["id"], re.compile(kind["pattern"])) for kind in knowledge("agencies")["kind"])


def _knowledge() -> dict[str, Any]:
    return knowledge("agencies")["bodies"]  # type: ignore[no-any-return]


def _parted_bracket(body: str) -> tuple[str, str]:
    start = body.find("(")
    return (body, "") if start < 0 else (body[:start], body[start:])


def _without_unit(place: str) -> str:
    """Return the place of a branch without its unit: 西工区分局 is 西工分局."""
    return place[:-1] if len(place) > 2 and place[-1] in _UNITS else place


def _with_full_ending(body: str) -> str:
    bodies = _knowledge()
    for short, full in bodies["endings"].items():
        if body.endswith(short) and not body.endswith(full):
            is_kept = any(body.endswith(kept) for kept in bodies["full_endings"]["kept"])
            return body if is_kept or body == short else body.removesuffix(short) + full
    return body


def _of_stem(body: str) -> str:
    """Return a body with what it is for by its usual name."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if body.endswith(ending):
            stem = body.removesuffix(ending)
            return _usual_stems().get(_JOINING.sub("", stem), stem) + ending
    return body


@cache
def _usual_stems() -> dict[str, str]:
    usual = {}
    for stem, short in _knowledge()["stems"].items():
        for spelling in (stem, *short):
            usual[_JOINING.sub("", spelling)] = stem
    return usual
