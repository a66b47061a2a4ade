"""The first chapter: general paragraphs, then its parts under headings, run in, or bare."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from training.generator.grammar import Phrases
from training.generator.listing import CHINESE, PARTS
from training.generator.page import Block

KINDS = (
    "proactive_disclosure",
    "disclosure_on_request",
    "information_management",
    "platforms",
    "oversight",
)
"""The parts of the overview in the order of the form."""
SYMBOLS = {
    "proactive_disclosure": "said_proactive",
    "information_management": "said_management",
    "platforms": "said_platforms",
    "oversight": "said_oversight",
    "other": "said_other",
}
"""The symbol of the grammar that gives the sentences of a part."""


def overview(phrases: Phrases) -> Iterable[Block]:
    """Yield the general paragraphs, then the parts: under headings, run in, or as bare paragraphs."""
    rng = phrases.rng
    if rng.random() < 0.85:
        for _ in range(rng.choice([1, 1, 1, 2])):
            sentences = [phrases("overall") for _ in range(phrases.many(1, 1, 2))]
            yield Block("".join(sentences), "narrative", "overview")
    enumerator = rng.choice(PARTS)
    shape = rng.choices(["heading", "run_in", "bare"], [5, 4, 1.5])[0]
    end = rng.choice(["", "", "", "。", "："] if shape == "heading" else ["。", "。", "：", "："])
    for i, kind in enumerate(_kinds(rng)):
        title = enumerator(i) + phrases(f"part_{kind}") + end
        if shape == "heading":
            yield Block(title, "heading", "overview")
        paragraphs = _paragraphs(kind, phrases)
        if shape == "run_in":
            paragraphs[0] = title + paragraphs[0]
        for text in paragraphs:
            yield Block(text, "narrative", "overview")


def _kinds(rng: Random) -> list[str]:
    """Draw the parts that the overview has: mostly all five, at times some of them, at times one other."""
    kinds = list(KINDS)
    if rng.random() < 0.2:
        kinds = [kind for kind in kinds if rng.random() < 0.7]
    if rng.random() < 0.3:
        kinds.insert(rng.randrange(len(kinds) + 1), "other")
    return kinds


def _paragraphs(kind: str, phrases: Phrases) -> list[str]:
    """Return the paragraphs of a part of the overview: one, or one for each of its sentences."""
    rng = phrases.rng
    if kind == "disclosure_on_request":
        no_requests = phrases.facts["received"] == "0"
        first = phrases("request_none" if no_requests else "request_some")
        return [first + "".join(phrases.several("request_more", rng.choice([0, 0, 1, 2])))]
    sentences = phrases.distinct(SYMBOLS[kind], min(phrases.many(1, 2, 3, 3, 4, 5), 10))
    if rng.random() < 0.3 and len(sentences) > 1:
        sentences = _under_headwords(sentences, phrases)
    if rng.random() < 0.2:
        return sentences
    return ["".join(sentences)]


def _under_headwords(sentences: list[str], phrases: Phrases) -> list[str]:
    """Return sentences, each after a numbered phrase of its own: `一是强化组织领导。…`."""
    headwords = phrases.distinct("head", len(sentences))
    pairs = zip(headwords, sentences, strict=True)
    return [f"{CHINESE[i]}是{headword}。{sentence}" for i, (headword, sentence) in enumerate(pairs)]
