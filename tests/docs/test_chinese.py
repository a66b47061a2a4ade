"""The documents in Chinese show what the English ones show: the same examples and links, nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project import ROOT

CHINESE = [*sorted((ROOT / "docs").glob("*.zh.md")), ROOT / "training" / "README.zh.md"]
WHOLE = tuple(
    f"{name}.md"
    for name in (
        "docs/batches",
        "docs/check",
        "docs/clusters",
        "docs/corrections",
        "docs/formats",
        "docs/inputs",
        "docs/labels",
        "docs/python",
        "docs/storage",
        "training/README",
    )
)
"""Those that say all that the English ones say; the others are shorter."""
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"\s+# .*")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def examples(path: Path) -> list[tuple[str, str]]:
    """Return the examples of a document, without what comments say."""
    return [(kind, COMMENT.sub("", code)) for kind, code in BLOCK.findall(text(path))]


def rows(path: Path) -> list[int]:
    """Return how many rows each table of a document has."""
    return [len(table.splitlines()) for table in re.findall(r"(?:^\|.*\n)+", text(path), re.MULTILINE)]


@pytest.mark.parametrize("name", [*WHOLE, "docs/claims.md", "docs/scans.md"])
def test_the_examples_are_those_of_the_english_document(name: str) -> None:
    english = ROOT / name
    assert examples(english.with_suffix(".zh.md")) == examples(english)


@pytest.mark.parametrize(
    "name",
    [
        "docs/check.md",
        "docs/corrections.md",
        "docs/formats.md",
        "docs/labels.md",
        "docs/storage.md",
        "training/README.md",
    ],
)
def test_no_row_of_a_table_is_lost(name: str) -> None:
    english = ROOT / name
    assert rows(english.with_suffix(".zh.md")) == rows(english)


@pytest.mark.parametrize("name", WHOLE)
def test_every_code_word_is_there(name: str) -> None:
    """Options, fields and codes that the English document names are named in the Chinese one."""
    word = re.compile(r"`(--[\w-]+|[a-z]+_[a-z_]+)`")
    english = ROOT / name
    lacking = set(word.findall(text(english))) - set(word.findall(text(english.with_suffix(".zh.md"))))
    assert lacking == set()


@pytest.mark.parametrize("path", [ROOT / "README.zh.md", *CHINESE], ids=lambda path: path.name)
def test_links_lead_to_chinese_documents_where_there_are_any(path: Path) -> None:
    for link in LINK.findall(text(path)):
        target = (path.parent / link).resolve()
        assert target.exists() or not link.endswith(".zh.md"), link
        chinese = target.with_suffix(".zh.md")
        if chinese != path.resolve():
            assert not chinese.exists(), f"link to {chinese.name}, not to {link}"


@pytest.mark.parametrize("path", CHINESE, ids=lambda path: path.name)
def test_each_links_to_its_english_document(path: Path) -> None:
    assert f"[English]({path.name.replace('.zh', '')})" in text(path)
