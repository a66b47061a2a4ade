"""Reads the sentences of running text in order, each under what was said before it."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.narrative.items.sentences import (
    gives_examples,
    is_measure,
    measure_taken,
    names_shortcoming,
    opens_with_answer,
    sentences,
)
from nlp.narrative.items.statements import statement
from nlp.narrative.items.stretch import Clause, Statement
from nlp.narrative.vocabulary.cue_words import Kind, measure_verb
from nlp.narrative.wording import expression

_OPEN_ENDS = (",", ":", "、")
_CLOSED_ENDS = ("。", ";", "!", "?", "\n")


def clauses_of(
    text: str, start: int, end: int, expected: Kind | None, introduces: bool
) -> tuple[list[Clause], Kind | None]:
    """Return what the sentences of a stretch say, and what they leave the reader to expect.

    `expected` is what was said before. With `introduces` an enumeration follows, and a last sentence that is
    not closed only leads to it.
    """
    reader = _Reader(text, expected, end)
    read = []
    for first, last in sentences(text, start, end):
        leads = introduces if last >= end else gives_examples(text, last)
        sentence = reader.read(first, last, leads)
        is_introduction = introduces and last >= end and not _is_closed(text[first:last])
        if sentence.is_item and not sentence.only_leads and not is_introduction:
            clause = Clause(
                kind=sentence.kind,
                start=sentence.start,
                end=sentence.end,
                is_explicit=reader.is_explicit,
                names_item=sentence.is_explicit or _names_item(text, sentence, first, last),
                paragraph=reader.paragraph,
                sentence=reader.sentence,
                follows_colon=text[sentence.start - 1 : sentence.start] == ":",
                answers=opens_with_answer(text, first),
            )
            read.append(clause)
        reader.go_on(last)
    return read, reader.kind


def _is_closed(sentence: str) -> bool:
    return sentence.endswith(_CLOSED_ENDS) and not sentence.rstrip().endswith(_OPEN_ENDS)


def _names_item(text: str, sentence: Statement, first: int, end: int) -> bool:
    """Return whether a sentence that opens at `first` names a problem or a measure by its words."""
    start = sentence.start
    if sentence.kind == "problems":
        is_reason = expression("items", "reason").match(text, first, end) is not None
        return names_shortcoming(text, start, end) and not is_reason
    if expression("items", "moreover").match(text, first, end):
        return True
    opens_paragraph = start == 0 or text[start - 1] == "\n"
    if opens_paragraph and expression("items", "aspect").match(text, start, end):
        return True
    return measure_verb().match(text, start, end) is not None


class _Reader:
    """Reads sentences in order.

    `kind` is what they are about and `is_explicit` tells whether the text says so; `paragraph` and
    `sentence` are the numbers of the next one. A stretch begins under what was said before it.
    """

    def __init__(self, text: str, expected: Kind | None, end: int) -> None:
        self.kind = expected
        self.is_explicit = expected is not None
        self.paragraph = 0
        self.sentence = 0
        self._text = text
        self._end = end
        self._expected_at_start = expected
        self._paragraph_of_turn = 0
        self._names_problem = False

    def read(self, start: int, end: int, introduces: bool) -> Statement:
        """Return what the next sentence says; whether it `introduces` an enumeration or examples."""
        read = statement(self._text, start, end, self.kind, introduces)
        if not read.is_explicit and self._goes_back(start, end):
            self.kind = self._expected_at_start
            self.is_explicit = self._expected_at_start is not None
            if self._is_answered(end):
                self.kind = "problems"
            read = statement(self._text, start, end, self.kind, introduces)
        nothing_explicit = not read.is_explicit and not self.is_explicit
        if nothing_explicit and self.kind == "problems" and is_measure(self._text, start, end):
            read = replace(read, kind="improvements")
        taken = self._measure_taken(read, start, end)
        if taken is not None:
            read = Statement("improvements", taken, end, True)
        if read.kind != self.kind or read.is_explicit:
            self._paragraph_of_turn = self.paragraph
        self.is_explicit = read.is_explicit or (self.is_explicit and read.kind == self.kind)
        self.kind = read.kind
        goes_on = self._names_problem or names_shortcoming(self._text, start, end)
        self._names_problem = read.kind == "problems" and goes_on
        return read

    def go_on(self, end: int) -> None:
        """Go on behind a sentence that ends at `end`, and behind the paragraph if that ends there."""
        if "\n" in self._text[end - 1 : end + 1]:
            self.paragraph += 1
        if self._text[end - 1] != ";":
            self.sentence += 1

    def _measure_taken(self, read: Statement, start: int, end: int) -> int | None:
        """Return where a sentence says what was done about the problem of the one before, if it does."""
        if read.is_explicit or not self._names_problem:
            return None
        return measure_taken(self._text, start, end)

    def _goes_back(self, start: int, end: int) -> bool:
        """Return whether a problem is named again after measures: by a new paragraph, or one 对此 answers."""
        if self.kind != "improvements" or self._expected_at_start == "improvements":
            return False
        if is_measure(self._text, start, end):
            return False
        is_new_paragraph = self.paragraph > self._paragraph_of_turn
        if is_new_paragraph and names_shortcoming(self._text, start, end):
            return True
        return self._is_answered(end)

    def _is_answered(self, end: int) -> bool:
        """Return whether what follows says what is done about the sentence that ends here."""
        if end < self._end and expression("items", "goes_on").match(self._text, end - 1):
            return True
        if self._text[end - 1] not in "。," or end >= self._end:
            return False
        return opens_with_answer(self._text, end)
