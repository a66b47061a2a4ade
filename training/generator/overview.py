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


def overview(phrases: Phrases) -> Iterable[Block]:
    """Yield the general paragraphs, then the parts: under headings, run in, or as bare paragraphs."""
    rng = phrases.rng
    if rng.random() < 0.85:
        for _ in range(rng.choice([1, 1, 1, 2])):
            yield _said("".join(phrases("overall") for _ in range(phrases.many(1, 1, 2))))
    mark, shape = rng.choice(PARTS), rng.choices(["heading", "run_in", "bare"], [5, 4, 1.5])[0]
    end = rng.choice(["", "", "", "。", "："]) if shape == "heading" else rng.choice(["。", "。", "：", "："])
    for i, kind in enumerate(_parts(rng)):
        title = mark(i) + phrases(f"part_{kind}") + end
        if shape == "heading":
            yield Block(title, "heading", "overview")
        texts = _part(kind, phrases)
        if shape == "run_in":
            texts[0] = title + texts[0]
        yield from map(_said, texts)


def _parts(rng: Random) -> list[str]:
    kinds = list(KINDS)
    if rng.random() < 0.2:
        kinds = [kind for kind in kinds if rng.random() < 0.7]
    if rng.random() < 0.3:
        kinds.insert(rng.randrange(len(kinds) + 1), "other")
    return kinds


def _said(text: str) -> Block:
    return Block(text, "narrative", "overview")


SYMBOLS = {
    "proactive_disclosure": "said_proactive",
    "information_management": "said_management",
    "platforms": "said_platforms",
    "oversight": "said_oversight",
    "other": "said_other",
}


def _part(kind: str, phrases: Phrases) -> list[str]:
    """Return the paragraphs of a part of the overview."""
    rng = phrases.rng
    if kind == "disclosure_on_request":
        nothing = phrases.facts["received"] == "0"
        first = phrases("request_none" if nothing else "request_some")
        return [first + "".join(phrases.several("request_more", rng.choice([0, 0, 1, 2])))]
    sentences = phrases.distinct(SYMBOLS[kind], min(phrases.many(1, 2, 3, 3, 4, 5), 10))
    if rng.random() < 0.3 and len(sentences) > 1:
        heads = phrases.distinct("head", len(sentences))
        sentences = [f"{CHINESE[i]}是{h}。{s}" for i, (h, s) in enumerate(zip(heads, sentences, strict=True))]
    if rng.random() < 0.2:
        return sentences
    return ["".join(sentences)]
