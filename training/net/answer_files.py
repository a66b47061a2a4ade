"""Answers on disk: a line a document, so that a changed record shows in a diff."""

from __future__ import annotations

from pathlib import Path

from msgspec import json

from nlp.writers.output import keep
from training.net.answers import Answer
from training.net.comparing import Answers


def load(file: Path) -> dict[str, Answer]:
    """Return the answers of a file, by the documents' keys."""
    answers = {}
    for line in file.read_bytes().splitlines():
        key, answer = json.decode(line, type=tuple[str, Answer])
        answers[key] = answer
    return answers


def save(file: Path, answers: Answers) -> None:
    """Write answers, in the order of the documents' keys."""
    lines = (json.encode((key, answers[key])) + b"\n" for key in sorted(answers))
    keep(file, b"".join(lines))
