"""The house: imports run downhill, knowledge stays in data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nlp.form.form import editions
from nlp.resources import knowledge
from nlp.text.enumerators import NUMERALS
from tests.project import ROOT

FLOORS: tuple[tuple[str, ...], ...] = (
    ("nlp.resources", "nlp.limits", "nlp.storage"),
    ("nlp.text",),
    ("nlp.form", "nlp.record"),
    ("nlp.reading", "nlp.labelling"),
    ("nlp.tables", "nlp.narrative"),
    ("nlp.claims", "nlp.agencies", "nlp.running_on"),
    ("nlp.checking",),
    ("nlp.reuse",),
    ("nlp.auditing", "nlp.correcting"),
    ("nlp.showing", "nlp.writers"),
    ("nlp.collection",),
    ("nlp.across", "nlp.panel"),
    ("nlp.overview",),
    ("nlp.pipeline",),
    ("nlp.running",),
    ("nianbao", "nlp.desk"),
    ("training.divisions",),
    ("training.generator", "training.labels", "training.observed"),
    ("training.rendering", "training.scoring"),
    (
        "training.stress",
        "training.gold",
        "training.identity",
        "training.records",
        "training.reuse",
        "training.scans",
    ),
    ("training.model",),
    (
        "training.annotation",
        "training.across",
        "training.years",
        "training.faults",
        "training.net",
        "training.mutations",
        "training.identity",
        "training.claims",
    ),
    ("training.confidence",),
    ("training.readings",),
    ("training.judgement",),
    ("training.reports",),
    ("nlp.commands",),
    ("training.trials",),
    ("training.fuzzing",),
    ("nlp.__main__",),
)
"""From the ground up: a room uses the rooms below it, never one above it or beside it on its floor."""

HANDLERS = "nlp.commands."
"""The command line alone may reach for training, in the functions that need it."""


@cache
def modules() -> list[str]:
    """Name the module that users import and every module of both packages, their `__init__` left out."""
    files = [file for package in ("nlp", "training") for file in sorted((ROOT / package).rglob("*.py"))]
    named = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return ["nianbao", *(module for module in named if not module.endswith("__init__"))]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8"))


@cache
def imports(module: str) -> list[tuple[str, bool]]:
    """Return (module imported, whether inside a function or for types only) for the project's own modules."""
    inside = {id(node) for block in [*functions(module), *typing(module)] for node in ast.walk(block)}
    found = []
    for node in ast.walk(tree(module)):
        for name in imported(node):
            if name.split(".")[0] in ("nianbao", "nlp", "training"):
                found.append((name, id(node) in inside))
    return found


def typing(module: str) -> Iterator[ast.AST]:
    """Yield the blocks that only type checkers read."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield node


def functions(module: str) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [module_of(node.module or "", alias.name) for alias in node.names]
    return []


@cache
def module_of(package: str, name: str) -> str:
    """`from nlp.form import form` imports nlp.form.form, and so does `from nlp.form.form import Form`."""
    path = ROOT / Path(*package.split("."), name)
    return f"{package}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else package


def room(module: str) -> str:
    """Return the room that a module lies in, "" where it lies in none."""
    return next((room for rooms in FLOORS for room in rooms if f"{module}.".startswith(f"{room}.")), "")


def floor(module: str) -> int:
    """Return the floor of a module or a room, from 1; 0 where it lies on none."""
    for number, rooms in enumerate(FLOORS, 1):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return number
    return 0


def test_imports_run_downhill() -> None:
    edges = [(module, name) for module in modules() for name, _ in imports(module)]
    assert [edge for edge in edges if floor(edge[0]) < floor(edge[1])] == []


def test_rooms_on_one_floor_do_not_use_each_other() -> None:
    between = {(room(module), room(name)) for module in modules() for name, _ in imports(module)}
    assert [pair for pair in between if pair[0] != pair[1] and floor(pair[0]) == floor(pair[1])] == []


def test_every_module_lies_in_a_room() -> None:
    assert [module for module in modules() if not floor(module)] == []


def test_the_roots_of_the_packages_stay_small() -> None:
    assert len(list((ROOT / "nlp").glob("*.py"))) <= 5
    assert len(list((ROOT / "training").glob("*.py"))) <= 6


def test_no_module_imports_the_package_root() -> None:
    edges = [(module, name) for module in modules() for name, _ in imports(module)]
    assert [module for module, name in edges if name in ("nlp", "training")] == []


def test_reading_does_not_need_training() -> None:
    """The handlers of the command line alone may reach for it, when they are called."""
    reached = [
        module
        for module in modules()
        for name, inside in imports(module)
        if module.startswith("nlp.")
        and name.startswith("training")
        and not (inside and module.startswith(HANDLERS))
    ]
    assert reached == []


def test_no_two_modules_import_each_other() -> None:
    graph = {module: {name for name, _ in imports(module)} & set(modules()) for module in modules()}
    while free := [module for module, needs in graph.items() if not needs]:
        for module in free:
            del graph[module]
        for needs in graph.values():
            needs.difference_update(free)
    assert list(graph) == [], "these import each other in a circle"


def constants(module: str) -> Iterator[str]:
    """Yield every constant of a module but its docstrings, as text."""
    spoken = {id(node.value) for node in ast.walk(tree(module)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and id(node) not in spoken:
            yield str(node.value)


def test_no_edition_of_the_form_is_named_in_code() -> None:
    """When the next notice comes out, the difference touches no Python file of the package."""
    known = {str(name) for form in editions() for name in (form.edition, form.first_year, form.notice)}
    named = [
        (module, text)
        for module in modules()
        if module.startswith("nlp.")
        for text in constants(module)
        if any(name in text for name in known)
    ]
    assert named == []


def test_no_column_or_row_is_taken_for_the_total_by_its_name() -> None:
    """Which cell is the sum of which others stands in the form's relations alone."""
    named = {table.total for form in editions() for table in form.tables if table.total}
    named |= {table.total_row for form in editions() for table in form.tables if table.total_row}
    assert [module for module in modules() for text in constants(module) if text in named] == []


SPOKEN = ("nlp.writers.tables", "training.gold.words")
"""Modules that tell people, in whole sentences, what an empty cell is."""
APART = "training.mutations."
"""Writes pages straight from the form, sharing nothing with what reads them."""


def test_what_cells_and_pages_print_is_told_in_data_alone() -> None:
    """Units and placeholders, numerals, the words of page numbers and of web sites."""
    cells, pages = knowledge("cells"), knowledge("pages")
    facts = {*cells["units"]["money"], *cells["placeholders"]["words"], NUMERALS[:4]}
    facts |= {mark for mark in pages["number"]["dress"] if not mark.isascii()}
    facts |= {word for entry in pages["site"] for word in entry.get("words", ()) if not word.isascii()}
    told = [
        (module, text)
        for module in modules()
        if module not in SPOKEN and not module.startswith(APART)
        for text in constants(module)
        if any(fact in text for fact in facts)
    ]
    assert told == []


def test_a_module_says_in_one_sentence_what_it_is() -> None:
    words = {module: ast.get_docstring(tree(module)) or "" for module in modules()}
    assert [module for module, said in words.items() if not said.endswith(".") or "\n" in said] == []
