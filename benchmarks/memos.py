"""Finds the caches that fill up as documents are read, and clears them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from types import ModuleType

PACKAGE = "nlp"
"""The package whose caches are looked for."""


@dataclass(frozen=True)
class Memo:
    """A cache: that of a function, or a mapping or set that an object or a module keeps."""

    name: str
    size: Callable[[], int]
    forget: Callable[[], object]


def grown(read: Callable[[], object]) -> list[Memo]:
    """Return the caches that hold more after calling `read` than before.

    They are found among all live objects, not from a list that could become outdated. A few documents
    should be read before: what is loaded once, such as forms and word lists, is no cache. Nor is an
    `lru_cache` without bounds, in which texts must not be kept.
    """
    sizes_before = [(memo, memo.size()) for memo in _caches()]
    read()
    return [memo for memo, size in sizes_before if memo.size() > size]


def _caches() -> Iterator[Memo]:
    """Yield every cache, mapping and set that the package holds."""
    for obj in gc.get_objects():
        if isinstance(obj, _lru_cache_wrapper):
            is_bounded = obj.cache_parameters()["maxsize"] is not None
            if is_bounded and _is_of_package(obj.__module__):
                yield _function_cache(obj)
        elif isinstance(obj, ModuleType):
            if _is_of_package(obj.__name__):
                yield from _attributes(obj)
        elif _is_of_package(type(obj).__module__):
            yield from _attributes(obj)


def _is_of_package(module: object) -> bool:
    if not isinstance(module, str):
        return False
    return module == PACKAGE or module.startswith(f"{PACKAGE}.")


def _function_cache(cached: _lru_cache_wrapper[object]) -> Memo:
    name = f"{cached.__module__}.{cached.__qualname__}"
    return Memo(name, lambda: cached.cache_info().currsize, cached.cache_clear)


def _attributes(owner: object) -> Iterator[Memo]:
    """Yield the dictionaries and sets that are attributes of a module or an object."""
    name = getattr(owner, "__name__", type(owner).__qualname__)
    for attribute, value in getattr(owner, "__dict__", {}).items():
        if isinstance(value, dict | set) and not attribute.startswith("__"):
            yield Memo(f"{name}.{attribute}", value.__len__, value.clear)
