"""Writes a panel as a Stata file: short names, Chinese labels, states as labelled numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlp.panel.frame import Coded, Frame, Values, listed
from nlp.resources import knowledge
from nlp.writers.tables import Column

_LONGEST_NAME = 32
_LONGEST_LABEL = 80
_VERSION = 118
"""The first format of Stata's that holds Chinese (Stata 14)."""


def write(path: Path, frame: Frame) -> None:
    """Write a panel; texts of few kinds, such as states, become numbers with labels."""
    import pandas

    columns = frame.table.columns
    names = stata_names([column.id for column in columns])
    pieces = [frame.make(slice(0, frame.units))] if frame.units else [_empty(columns)]
    series: dict[str, Any] = {}
    labels: dict[str, dict[int, str]] = {}
    for name, column, values in zip(names, columns, pieces[0], strict=True):
        if isinstance(values, Coded) and column.id.split("__")[-1] in _LABELLED:
            words = _words(column.id)
            series[name] = values.codes.astype(np.int32)
            labels[name] = {n: words.get(str(word), str(word)) for n, word in enumerate(values.words)}
        elif isinstance(values, Coded):
            series[name] = _texts(values)
        else:
            series[name] = values
    pandas.DataFrame(series).to_stata(
        path,
        write_index=False,
        version=_VERSION,
        variable_labels={
            name: column.zh[:_LONGEST_LABEL] for name, column in zip(names, columns, strict=True)
        },
        value_labels=labels,
    )


def stata_names(ids: Sequence[str]) -> list[str]:
    """Return names that Stata takes: letters, digits, underscores, at most 32 of them, each once.

    >>> cell = "requests__denied_prohibited_by_law__public_welfare_organization"
    >>> stata_names([cell, "granted_share__state"])
    ['r_den_prohib_by_law_pw', 'granted_share_s']
    """
    names = [_name(id) for id in ids]
    too_long = [name for name in names if len(name) > _LONGEST_NAME]
    if too_long or len(set(names)) < len(names):
        raise ValueError(f"data/panel.toml gives names that Stata does not take: {too_long or names}")
    return names


def _name(id: str) -> str:
    words = knowledge("panel")["stata"]
    parts = id.split("__")
    ending = f"_{words['endings'][parts.pop()]}" if parts[-1] in words["endings"] and len(parts) > 1 else ""
    if len(parts) < 3:
        return "_".join(parts) + ending
    table, row, column = parts
    short_row = "_".join(words["words"].get(word, word) for word in row.split("_"))
    return f"{words['tables'][table]}_{short_row}_{words['columns'].get(column, column)}{ending}"


_LABELLED = ("state", "report_state")
"""Columns whose texts are few and become labelled numbers."""


def _words(id: str) -> dict[str, str]:
    words: dict[str, str] = knowledge("panel")["report_states" if id == "report_state" else "states"]
    return words


def _texts(values: Coded) -> list[str | float]:
    """Return values as Stata holds them: booleans as numbers, lists joined, "" for none."""
    if all(isinstance(word, bool) for word in values.words):
        return [np.nan if word is None else float(bool(word)) for word in listed(values, False)]
    return [_text(word) for word in listed(values, False)]


def _text(word: object) -> str:
    if word is None:
        return ""
    return " ".join(map(str, word)) if isinstance(word, list) else str(word)


def _empty(columns: Sequence[Column]) -> list[Values]:
    return [np.empty(0) for _ in columns]
