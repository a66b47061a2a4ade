"""Makes items of the sentences of running text that nothing enumerates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from nlp.narrative.items.stretch import Clause
from nlp.narrative.vocabulary.cue_words import measure_verb

_SHORTEST = 5
_SEVERAL = 2
"""Behind a colon, or where the text says what is listed, so many parts of a sentence are its items."""


def by_kind(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Yield the clauses that follow each other and are about the same."""
    for _, alike in groupby(clauses, key=lambda clause: clause.kind):
        yield list(alike)


def merged(clauses: Sequence[Clause]) -> Clause:
    """Return several clauses as one."""
    return replace(clauses[0], end=clauses[-1].end)


def separate(clauses: Sequence[Clause], text: str) -> list[Clause]:
    """Return clauses of one kind as items: a paragraph each where they have several, else a sentence each.

    A sentence that names nothing new explains the one before it, unless each stands in a paragraph of its
    own below words that say what is listed.
    """
    has_paragraphs = clauses[0].paragraph != clauses[-1].paragraph
    units = _paragraphs(clauses) if has_paragraphs else _sentences(clauses)
    is_list = (
        has_paragraphs
        and all(clause.is_explicit for clause in clauses)
        and _has_sentence_per_paragraph(clauses, text)
    )
    items: list[Clause] = []
    for unit in units:
        if unit.names_item or is_list or not items:
            items.append(unit)
        else:
            items[-1] = merged([items[-1], unit])
    return [item for item in items if _is_item(item, text)]


def _paragraphs(clauses: Sequence[Clause]) -> list[Clause]:
    """Return each paragraph as one clause, which names an item if one of its clauses does."""
    paragraphs = []
    for _, alike in groupby(clauses, key=lambda clause: clause.paragraph):
        group = list(alike)
        names_item = any(clause.names_item for clause in group)
        paragraphs.append(replace(merged(group), names_item=names_item))
    return paragraphs


def _has_sentence_per_paragraph(clauses: Sequence[Clause], text: str) -> bool:
    """Return whether every paragraph has one sentence, and closes it."""
    sentences = {clause.sentence for clause in clauses}
    paragraphs = {clause.paragraph for clause in clauses}
    if len(sentences) != len(paragraphs):
        return False
    return all(text[clause.start : clause.end].rstrip().endswith(("。", ";")) for clause in clauses)


def _sentences(clauses: Sequence[Clause]) -> list[Clause]:
    """Return each sentence as one clause, or in parts where the parts between its semicolons are items."""
    sentences: list[Clause] = []
    for _, alike in groupby(clauses, key=lambda clause: clause.sentence):
        parts = list(alike)
        if _is_announced_list(parts):
            sentences += [replace(part, names_item=True) for part in parts]
        elif _is_list(parts):
            sentences += parts
        else:
            sentences.append(merged(parts))
    return sentences


def _is_announced_list(parts: Sequence[Clause]) -> bool:
    """Return whether the parts of a sentence are items because something leads to several of them."""
    first = parts[0]
    is_announced = first.follows_colon or first.is_explicit
    says_so = first.names_item or first.kind == "improvements" or len(parts) > _SEVERAL
    return is_announced and says_so and len(parts) >= _SEVERAL


def _is_list(parts: Sequence[Clause]) -> bool:
    """Return whether the parts of a sentence are items: all of its problems, most of its measures."""
    naming = sum(part.names_item for part in parts)
    if naming == len(parts):
        return True
    return parts[0].kind == "improvements" and parts[0].names_item and 2 * naming > len(parts)


def _is_item(clause: Clause, text: str) -> bool:
    """Return whether a clause names a problem or a measure at all: a date or a signature does not."""
    if clause.end - clause.start < _SHORTEST:
        return False
    if clause.names_item:
        return True
    if clause.kind == "problems":
        return clause.is_explicit
    has_verb = measure_verb().search(text, clause.start, clause.end) is not None
    return has_verb or text[clause.end - 1] in "。;"


def paired(clauses: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """Return problems with their measures where every paragraph of several names one, then the other.

    A paragraph may name several, where each measure opens with words that answer the problem before it.
    Where one paragraph does otherwise, or there is one pair only, none is returned.
    """
    pairs = []
    for _, alike in groupby(clauses, key=lambda clause: clause.paragraph):
        stretches = list(by_kind(list(alike)))
        for couple in _couples(stretches):
            kinds = [stretch[0].kind for stretch in couple]
            if kinds != ["problems", "improvements"]:
                return []
            pairs.append((merged(couple[0]), merged(couple[1])))
    return pairs if len(pairs) > 1 else []


def _couples(stretches: Sequence[list[Clause]]) -> Iterator[Sequence[list[Clause]]]:
    """Part the stretches of a paragraph in twos where every second one answers, else return them as one."""
    every_second_answers = all(stretch[0].answers for stretch in stretches[1::2])
    size = 2 if every_second_answers else len(stretches)
    for start in range(0, len(stretches), size):
        yield stretches[start : start + size]
