"""What the page and the workbooks say, in Chinese or English: data/overview.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from nlp.resources import knowledge

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Words:
    """The words in one language; those that have no other language are Chinese."""

    language: Language

    def __call__(self, name: str, /, **facts: object) -> str:
        """Return one of the words with its facts filled in.

        >>> Words("en")("reports_of", counted=3, of=4), Words("zh")("reports_of", counted=3, of=4)
        ('3 of 4 reports', '4 份中的 3 份')
        """
        return self.of(known("words")[name]).format(**facts)

    def of(self, told: dict[str, str]) -> str:
        """Return what is told in both languages, in this one."""
        return told.get(self.language) or told["zh"]

    def listed(self, part: str, name: str) -> str:
        """Return the name of something that the file lists; the id of what it does not list.

        >>> Words("en").listed("standings", "counted")
        'counted'
        """
        told = known(part).get(name)
        return self.of(told) if told else name

    @property
    def html_language(self) -> str:
        """The language as HTML names it."""
        return "zh-CN" if self.language == "zh" else "en"


def known(part: str) -> Any:
    """Return a part of the file."""
    return knowledge("overview")[part]


def count(number: float) -> str:
    """Return a number with its thousands apart.

    >>> count(12345), count(0.5)
    ('12,345', '0.5')
    """
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,.4g}"


def percent(numerator: float, denominator: float) -> str:
    """Return a share in percent; a dash where there is nothing to divide by.

    >>> percent(1, 8), percent(0, 0)
    ('12.5%', '–')
    """
    return f"{100 * numerator / denominator:.1f}%" if denominator else "–"
