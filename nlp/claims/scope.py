"""Follows what a paragraph speaks of from word to word: the topic, whose numbers, of which year."""

from __future__ import annotations

from msgspec import Struct

from nlp.claims.kinds import DISPUTES, REQUESTS, TOPICS
from nlp.claims.tokens import COMMA, SEMICOLON, STOP, Token

_OF_CHAPTERS = {
    "disclosure_on_request": REQUESTS,
    "requests": REQUESTS,
    "review_litigation": DISPUTES,
}
"""What parts of a report speak of before they say so, by their kinds."""
_OF_REQUESTS = (
    "application",
    "applicant",
    "carried_over",
    "carried_forward",
    "granted",
    "partially_granted",
    "denied",
    "unavailable",
)
"""The roles of words that are about applications where nothing else was spoken of."""
_YEARS = ("this_year", "other_year", "next_year")
_SHORTEST_DATE = 5
"""A year in digits has so many characters; it holds for the paragraph, 上年 for its sentence."""


class Scope(Struct):
    """What is spoken of at a place of a paragraph.

    - `chapter`: the kind of the chapter or part.
    - `topic`: what is spoken of, a value of TOPICS; None before anything was.
    - `is_named`: whether a word or the chapter says that it is about government information.
    - `year`: `this_year`, `other_year` or `next_year`.
    - `names_information`: whether a word of the sentence says so.
    - `names_applicants`: whether a word of the sentence says that it is about who applied.
    - `is_whole`: whether more bodies are counted than the one that reports.
    - `is_of_others`: whether other bodies are counted.
    - `is_loose`: whether a longer time is counted, or what came in one way only.
    - `is_part`: whether parts of a number before are counted.
    - `is_narrow`: whether some matters only are counted.
    - `is_planned`: whether it has not happened yet.
    """

    chapter: str
    topic: str | None = None
    is_named: bool = False
    year: str = "this_year"
    names_information: bool = False
    is_whole: bool = False
    is_of_others: bool = False
    is_loose: bool = False
    is_part: bool = False
    is_narrow: bool = False
    is_planned: bool = False
    is_compared: bool = False
    names_applicants: bool = False
    year_holds: bool = False

    @classmethod
    def of(cls, chapter: str) -> Scope:
        """Return the scope at the beginning of a paragraph of a chapter or part.

        >>> Scope.of("disclosure_on_request").topic, Scope.of("overview").topic
        ('requests', None)
        """
        topic = _OF_CHAPTERS.get(chapter)
        return cls(chapter, topic, is_named=topic is not None)

    def pass_by(self, token: Token) -> None:
        """Go on behind a token."""
        role = token.role
        if role == STOP:
            self._end_sentence()
        elif role == SEMICOLON:
            self._end_part()
        elif role == COMMA:
            self.is_compared = False
        elif role in TOPICS:
            self.topic = TOPICS[role]
            self._raise_flags(role)
        elif role in _OF_REQUESTS:
            self.topic = self.topic or REQUESTS
            self._raise_flags(role)
        elif role in _YEARS:
            self._take_year(token)
        else:
            self._raise_flags(role)

    def _raise_flags(self, role: str) -> None:
        for flag, value in _FLAGS.get(role, ()):
            setattr(self, flag, value)

    def _take_year(self, token: Token) -> None:
        if self.is_compared and token.role == "other_year":
            return
        self.year = token.role
        self.year_holds = token.end - token.start >= _SHORTEST_DATE and token.role != "this_year"

    def _end_sentence(self) -> None:
        beginning = Scope.of(self.chapter)
        if self.topic != REQUESTS:
            self.topic, self.is_named = beginning.topic, beginning.is_named
        if not self.year_holds:
            self.year = "this_year"
        self.names_information = False
        self.names_applicants = False
        self._end_part()

    def _end_part(self) -> None:
        """Go on behind a semicolon: the same is spoken of, and no longer in part."""
        self.is_of_others = False
        self.is_loose = False
        self.is_part = False
        self.is_narrow = False
        self.is_planned = False
        self.is_compared = False


_FLAGS: dict[str, list[tuple[str, bool]]] = {
    "about_information": [("is_named", True), ("names_information", True)],
    "about_requests": [("is_named", True), ("names_information", True)],
    "request": [("is_named", True), ("names_information", True)],
    "applicant": [("names_applicants", True)],
    "partially_granted": [("is_named", True)],
    "carried_over": [("is_named", True)],
    "carried_forward": [("is_named", True)],
    "whole": [("is_whole", True)],
    "others": [("is_of_others", True)],
    "self": [("is_whole", False), ("is_of_others", False)],
    "loosely": [("is_loose", True)],
    "channel": [("is_loose", True)],
    "channels": [("is_loose", False)],
    "among": [("is_part", True)],
    "rest": [("is_part", True)],
    "scope": [("is_narrow", True)],
    "future": [("is_planned", True)],
    "compare": [("is_compared", True)],
}
"""What words of these roles change."""
