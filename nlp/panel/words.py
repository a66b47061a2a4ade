"""What data/panel.toml says of columns and tables."""

from __future__ import annotations

from typing import Any

from nlp.resources import knowledge
from nlp.writers.tables import Column


def described(title: str, description: str) -> dict[str, str]:
    """Return the name and the description of a table, in English and Chinese."""
    words = knowledge("panel")
    return {
        "zh": words[title],
        "description": words[description],
        "description_zh": words[f"{description}_zh"],
    }


def column_of(part: str, id: str = "") -> Column:
    """Return a column that the file describes: of a list of columns the one with an id."""
    told: Any = knowledge("panel")[part]
    return Column(**next(column for column in told if column["id"] == id) if id else told)
