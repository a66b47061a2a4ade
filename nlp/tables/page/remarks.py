"""Tells whether the remark behind a number in its cell speaks against it."""

from __future__ import annotations

import re

from nlp.form.labels.normalised import enumerator
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import NOTES
from nlp.text.lines import Line

_REMARK = re.compile(r" ?(\(([^()]{1,20})\))")
_HARMLESS = tuple(NOTES["harmless"])


def is_contradicted(token: Token, line: Line) -> bool:
    """Return whether a remark in brackets behind a number on its line may say that it is another one.

    So do all (应为36, 上年数) that do not say what is counted among them (其中修订3件).
    """
    remark = _REMARK.match(line.folded, token.end)
    if token.kind is not Kind.VALUE or remark is None or enumerator(remark.group(1)):
        return False
    text = remark.group(2).strip()
    return not text.startswith(_HARMLESS) or any(word in text for word in NOTES["correcting"])
