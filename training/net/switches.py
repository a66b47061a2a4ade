"""Switches single functions of the reader off, to see what a page is read as without them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Step:
    """A function or method of the reader, and what takes its place where it is switched off."""

    function: Function
    off: Function

    @property
    def name(self) -> str:
        """Its module's name and its own: `rows.following`."""
        module = self.function.__module__.rpartition(".")[2]
        return f"{module}.{self.function.__qualname__}"


def returns(value: object) -> Function:
    """Return a function that returns a value, whatever it is called with."""
    return lambda *arguments, **named: value


def passes(place: int) -> Function:
    """Return a function that returns the argument at a place: a repair that repairs nothing.

    >>> passes(1)("form", "tokens", "lines")
    'tokens'
    """
    return lambda *arguments, **named: arguments[place]


def switched_off(step: Step) -> AbstractContextManager[None]:
    """Return a context in which a step does nothing."""
    return _replaced(step, step.off)


@contextmanager
def watched(step: Step) -> Iterator[list[bool]]:
    """Run a step as ever; a list that is empty at first gets an entry once it returns what `off` would not.

    Empty the list to watch it anew.
    """
    differences: list[bool] = []

    def watching(*arguments: Any, **named: Any) -> Any:
        result = step.function(*arguments, **named)
        yielded = list(result) if isinstance(result, GeneratorType) else None
        if not differences:
            other = step.off(*arguments, **named)
            same = result == other if yielded is None else yielded == list(other)
            if result is None or not same:  # None: it may have changed one of its arguments
                differences.append(True)
        return result if yielded is None else iter(yielded)

    with _replaced(step, watching):
        yield differences


@contextmanager
def _replaced(step: Step, function: Function) -> Iterator[None]:
    """Have every module of the reader call another function instead of a step's."""
    places = list(_places(step.function))
    for owner, name in places:
        setattr(owner, name, function)
    _forget()
    try:
        yield
    finally:
        for owner, name in places:
            setattr(owner, name, step.function)
        _forget()


def _places(function: Function) -> Iterator[tuple[Any, str]]:
    """Yield the modules and classes that hold a function, and the names that they have for it."""
    owner, _, name = function.__qualname__.rpartition(".")
    if owner:
        yield getattr(sys.modules[function.__module__], owner), name
        return
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] != "nlp":
            continue
        for attribute, value in list(vars(module).items()):
            if value is function:
                yield module, attribute


def _forget() -> None:
    """Forget what functions of table reading remember: a step may have told it."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("nlp.tables."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
