"""Says English words in Chinese: finds the sentence of data/chinese.toml that they are, with its facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.resources import knowledge

_FACT = re.compile(r"\{(\w+)\}")
_LONG = frozenset({"message", "more"})
"""Facts that may have several lines; all others end with their line: the next one is another sentence."""
REDRAW = "\r\033[K"
"""What goes back to the beginning of a line on a terminal, and clears it."""
_WORDS = frozenset({"advice", "more", "message", "reason", "problem", "time", "what"})
"""Facts that are words themselves, and are translated as well; all others stand as they are."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in both languages, with names in braces where its facts stand."""

    english: str
    chinese: str

    @property
    def literals(self) -> list[str]:
        """What stands before, between and after the facts of the English sentence."""
        return _FACT.split(self.english)[::2]

    @property
    def names(self) -> list[str]:
        """The names of its facts, in their English order."""
        return _FACT.findall(self.english)

    def facts(self, words: str) -> dict[str, str] | None:
        """Return the facts in words that are this sentence; None if they are not.

        >>> Sentence("{count} more, {reason}.", "").facts("3 more, as told.")
        {'count': '3', 'reason': 'as told'}
        """
        literals = self.literals
        if not (words.startswith(literals[0]) and words.endswith(literals[-1])):
            return None
        if not all(literal in words for literal in literals):
            return None
        found = _pattern(self.english).fullmatch(words)
        return None if found is None else found.groupdict()


def translated(words: str) -> str:
    """Return English words in Chinese; several lines each for itself; what has no Chinese stays as it is.

    >>> translated("3 read, 1 of them to be reviewed; 0 failed.")
    '已读取 3 份，其中 1 份需要人工核对；失败 0 份。'
    >>> translated("a.pdf")
    'a.pdf'
    """
    if words.startswith(REDRAW):
        return REDRAW + translated(words.removeprefix(REDRAW))
    said = _said(words)
    if said is None and "\n" in words:
        return "\n".join(map(translated, words.split("\n")))
    return words if said is None else said


def shortened(words: str) -> str:
    """Return the Chinese for the beginning of a help text, as click gives it in a list of commands.

    >>> shortened("Compare predictions wi...")
    '将读出的记录与标准答案比较。'
    """
    begins = words.removesuffix("...").rstrip(".")
    is_cut = words.endswith("...")
    for english, chinese in sentences().items():
        if english.rstrip(".") == begins or (is_cut and english.startswith(begins)):
            return chinese
    return words


def result(words: str) -> str:
    """Return words of a result in Chinese; what is none of the part `results` stays as it is.

    >>> result("rows exact"), result("1,234/5,678"), result("3 cells gained, 1 lost")
    ('整行全对', '1,234/5,678', '改对 3 个单元格，改错 1 个')
    """
    known = knowledge("chinese")["results"].get(words)
    if known is not None:
        return str(known)
    for sentence in _result_templates():
        facts = sentence.facts(words)
        if facts is not None:
            said = {name: result(fact) if name in _WORDS else fact for name, fact in facts.items()}
            return sentence.chinese.format(**said)
    return words


@cache
def _result_templates() -> tuple[Sentence, ...]:
    found = [Sentence(*pair) for pair in knowledge("chinese")["results"].items() if _FACT.search(pair[0])]
    return tuple(sorted(found, key=_fixed, reverse=True))


@cache
def sentences() -> dict[str, str]:
    """Return the Chinese of every sentence, by the English one."""
    parts = knowledge("chinese")
    return {
        english: chinese for part in parts if part != "results" for english, chinese in parts[part].items()
    }


@cache
def templates() -> tuple[Sentence, ...]:
    """Return the sentences with facts, those with most fixed words at the beginning, and in all, first."""
    found = [Sentence(*pair) for pair in sentences().items() if _FACT.search(pair[0])]
    return tuple(sorted(found, key=_fixed, reverse=True))


def _fixed(sentence: Sentence) -> tuple[int, int]:
    """Return how much of a sentence is fixed at its beginning, and in all."""
    return len(sentence.literals[0]), sum(map(len, sentence.literals))


def _said(words: str) -> str | None:
    """Return words in Chinese; None where no sentence is theirs."""
    bare = words.strip()
    known = sentences().get(words) or sentences().get(bare)
    if known is not None:
        return words.replace(bare, known)
    for sentence in templates():
        facts = sentence.facts(words)
        if facts is not None:
            said = {name: translated(fact) if name in _WORDS else fact for name, fact in facts.items()}
            return sentence.chinese.format(**said)
    if words.endswith(".") and (whole := sentences().get(words[:-1])):
        return f"{whole}。"
    return _after_a_name(words)


def _after_a_name(words: str) -> str | None:
    """Return what is said of a file or a place in it, `in/a.txt:3: …`, in Chinese."""
    name, mark, message = words.partition(": ")
    if not mark or "\n" in name:
        return None
    is_chinese = "\u4e00" <= message[:1] <= "\u9fff"
    said = message if is_chinese else _said(message)
    return None if said is None else f"{name}：{said}"


@cache
def _pattern(english: str) -> re.Pattern[str]:
    """Return the pattern of a sentence, a named group for each of its facts."""
    pieces = _FACT.split(english)  # text, name of a fact, text, … text
    pattern = re.escape(pieces[0])
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        any_character = r"[\s\S]" if name in _LONG else "."
        pattern += f"(?P<{name}>{any_character}*?){re.escape(text)}"
    return re.compile(pattern)
