"""Damages JSON Lines: the values of records, corrections and what else is written in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from random import Random
from typing import Any

from training.fuzzing.pieces import TEXT, Damage, odd

_DEEP: Any = []
for _ in range(400):
    _DEEP = [_DEEP]
_VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**63,
        2**64,
        10**30,
        1.5,
        1e308,
        -0.0,
        "",
        " ",
        "x",
        "\0",
        "\ud800",
        "2021",
    ),
    *(
        [],
        {},
        [None],
        [[]],
        {"": None},
        "长" * 20_000,
        "\u202e",
        "=1+1",
        "../x",
        [0, 0],
        [5, 1],
        [-3, 10**9],
        _DEEP,
    ),
)
"""What stands in place of a value: another type, a limit of storage, odd texts, spans that are none."""


def value_changed(content: bytes, chance: Random) -> bytes:
    """Change, lose, double or exchange a value of one line."""
    lines = content.split(b"\n")
    n = chance.randrange(len(lines))
    try:
        value = json.loads(lines[n])
    except (ValueError, RecursionError):
        return odd(content, chance)
    for _ in range(chance.choice((1, 1, 2, 5))):
        _change(value, chance)
    lines[n] = json.dumps(value, ensure_ascii=chance.random() < 0.3).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _change(value: Any, chance: Random) -> None:
    """Change something within a value."""
    places = list(_places(value))
    if not places:
        return
    holder, key = chance.choice(places)
    way = chance.randrange(5)
    if way <= 1:
        holder[key] = chance.choice(_VALUES)
    elif way == 2:
        del holder[key]
    elif way == 3:
        other, other_key = chance.choice(places)
        holder[key] = deepcopy(other[other_key])
    elif isinstance(holder, dict):
        holder[chance.choice(("", "id", "unknown", "值"))] = chance.choice(_VALUES)
    else:
        holder.insert(key, chance.choice(_VALUES))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return each place within a value: what holds it, and its key."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            keys: list[Any] = list(holder)
        elif isinstance(holder, list):
            keys = list(range(len(holder)))
        else:
            continue
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys]
    return found


JSON: Sequence[Damage] = (*(value_changed,) * 12, *TEXT)
