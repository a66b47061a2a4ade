"""Finds what the program remembers of the documents it has read, and makes it forget that."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper

PACKAGE = "nlp"


@dataclass(frozen=True)
class Memo:
    """Something that remembers: a function's cache, or a mapping that an object or a module keeps."""

    name: str
    size: Callable[[], int]
    forget: Callable[[], object]


def grown(read: Callable[[], object]) -> list[Memo]:
    """Return the memos that hold more after some reading than before it.

    They are found by looking at every object that is alive, not from a list that could go stale. Read
    a few documents first: what is loaded once, forms and word lists, is no memo. A function's cache
    without bounds is taken for such, since texts must not be kept in one.
    """
    before = [(memo, memo.size()) for memo in _all()]
    read()
    return [memo for memo, size in before if memo.size() > size]


def _all() -> Iterator[Memo]:
    for living in gc.get_objects():
        if isinstance(living, _lru_cache_wrapper):
            if _ours(living.__module__) and living.cache_parameters()["maxsize"] is not None:
                yield _function(living)
        elif _ours(type(living).__module__) or (type(living) is type(gc) and _ours(living.__name__)):
            yield from _mappings(living)


def _ours(module: object) -> bool:
    return isinstance(module, str) and (module == PACKAGE or module.startswith(f"{PACKAGE}."))


def _function(cached: _lru_cache_wrapper[object]) -> Memo:
    name = f"{cached.__module__}.{cached.__qualname__}"
    return Memo(name, lambda: cached.cache_info().currsize, cached.cache_clear)


def _mappings(owner: object) -> Iterator[Memo]:
    """Yield the dictionaries and sets that a module or an object of the package holds by name."""
    name = getattr(owner, "__name__", type(owner).__qualname__)
    for attribute, held in getattr(owner, "__dict__", {}).items():
        if isinstance(held, dict | set) and not attribute.startswith("__"):
            yield Memo(f"{name}.{attribute}", held.__len__, held.clear)
