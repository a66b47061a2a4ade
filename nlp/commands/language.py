"""Settles in which language people are spoken to, and speaks to them on standard error."""

from __future__ import annotations

import os
from io import StringIO
from typing import Literal, get_args

import click

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
VARIABLE = "NIANBAO_LANG"
"""The environment variable that goes before the locale."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of a locale; the first one that is not empty tells the language of messages (POSIX)."""

_chosen: Language | None = None
"""What the user has asked for on the command line."""


def choose(language: Language | None) -> None:
    """From now on speak a language; None takes that of the environment."""
    global _chosen
    _chosen = language


def language() -> Language:
    """Return the language to speak: that of --lang, of NIANBAO_LANG or of the locale; English otherwise."""
    return _chosen or of_environment(dict(os.environ))


def asked() -> Language | None:
    """Return the language that --lang or NIANBAO_LANG names; None if neither does."""
    named = os.environ.get(VARIABLE)
    return _chosen or (of_environment({VARIABLE: named}) if named else None)


def of_environment(variables: dict[str, str]) -> Language:
    """Return the language that environment variables ask for.

    >>> of_environment({"LANG": "zh_CN.UTF-8"}), of_environment({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    ('zh', 'en')
    >>> of_environment({"NIANBAO_LANG": "en", "LANG": "zh_CN.UTF-8"})
    'en'
    """
    named = next((variables[name] for name in (VARIABLE, *_LOCALE) if variables.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"


def say(words: str, *, nl: bool = True) -> None:
    """Write words to standard error, in the language that is spoken; they are given in English."""
    click.echo(in_language(words), err=True, nl=nl)


def tell_program(line: str) -> None:
    """Write a line for programs to standard error, as it is."""
    click.echo(line, err=True)


def in_language(words: str) -> str:
    """Return English words in the language that is spoken."""
    if language() == "en":
        return words
    from nlp.commands.chinese import translated

    return translated(words)


def result_in_language(words: str) -> str:
    """Return words of a result, a cell of a table or a line, in the language that is spoken.

    Names of files, of noise and what else is no word of a result stand as they are.
    """
    if language() == "en":
        return words
    from nlp.commands.chinese import result

    return result(words)


def why(code: str, message: str) -> str:
    """Return in the language that is spoken why an input failed; `message` says so in English."""
    if language() == "en":
        return message
    from nlp.auditing.reasons import failure_message
    from nlp.record.model import Failure

    return failure_message(Failure(code, message))


def show(error: click.ClickException) -> None:
    """Show why a command ended."""
    if language() == "en":
        error.show()
        return
    said = StringIO()
    error.show(said)
    usage, mark, message = said.getvalue().rstrip("\n").partition("Error: ")
    for line in usage.splitlines():
        say(line)
    if mark:
        say(f"{mark}{message}")
