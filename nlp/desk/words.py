"""Gives the words of the desk in the language of the person at it, from data/desk.toml."""

from __future__ import annotations

from typing import Literal, NamedTuple

from nlp.resources import knowledge

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Words(NamedTuple):
    """The words of one language.

    >>> Words("en").say("page", page=4), Words("zh").say("page", page=4)
    ('Page 4', '第 4 页')
    """

    language: Language

    def say(self, name: str, **facts: object) -> str:
        """Return one of the words with its facts filled in."""
        return self._of("words", name).format(**facts)

    def reason(self, code: str) -> str:
        """Return the short name of a reason to look; its code where it has none."""
        names = knowledge("desk")["reasons"]
        return str(names[code][self.language]) if code in names else code

    def sheet(self) -> list[tuple[str, str]]:
        """Return the keys with what they do, in the order of the sheet."""
        return [(key, words[self.language]) for key, words in knowledge("desk")["keys"].items()]

    @property
    def other(self) -> Language:
        """The other language."""
        return "en" if self.language == "zh" else "zh"

    def _of(self, part: str, name: str) -> str:
        return str(knowledge("desk")[part][name][self.language])


def preferred(kept: str | None, otherwise: Language) -> Language:
    """Return the language that a person chose before, else that of the desk.

    >>> preferred(None, "en"), preferred("zh", "en"), preferred("fr", "zh")
    ('en', 'zh', 'zh')
    """
    for language in LANGUAGES:
        if kept == language:
            return language
    return otherwise
