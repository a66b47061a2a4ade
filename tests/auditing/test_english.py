"""Findings in English: asked for by --lang en, with the same facts as in Chinese, which is the default."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import msgspec
import pytest
from click.testing import CliRunner

from nlp.auditing.words import speak
from nlp.commands.cli import commands
from nlp.commands.language import choose
from nlp.resources import knowledge
from tests.collection.records import record

FORWARD = "requests.carried_forward.natural_person"
PARTS = [(file, part) for file in ("auditing", "across") for part in knowledge(f"{file}_en")]
IN_ITS_OWN_WORDS = ("reasons", "failures")
"""Said in the record's own English words."""


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    choose(None)
    speak("zh")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Two reports of one agency that contradict each other."""
    file = tmp_path / "records.jsonl"
    reports = record(year=2022, values={FORWARD: 2}), record()
    file.write_bytes(b"".join(msgspec.json.encode(report) + b"\n" for report in reports))
    return file


def checked(*arguments: str) -> str:
    return CliRunner().invoke(commands, list(arguments), standalone_mode=False).stdout


def facts(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("file", "part"), PARTS)
def test_every_sentence_has_the_same_facts_in_both(file: str, part: str) -> None:
    if (file, part) == ("across", "kinds"):
        assert knowledge("across_en")["kinds"].keys() == {kind["id"] for kind in knowledge("across")["kind"]}
        return
    if file == "auditing" and part in IN_ITS_OWN_WORDS:
        return
    english, chinese = knowledge(f"{file}_en")[part], knowledge(file)[part]
    assert english.keys() == chinese.keys()
    for name, text in english.items():
        assert facts(text) == facts(chinese[name]), name


def test_findings_are_told_in_english_where_that_is_asked_for(records: Path) -> None:
    told = checked("--lang", "en", "check", "--across", str(records))
    assert "Reports against each other" in told
    assert "1. 甲县气象局, 2022 and 2023: What is carried over is not what last year's report" in told
    assert "which differ by 2." in told
    assert "2 documents, each counted once" in told


def test_they_are_told_in_chinese_otherwise(records: Path) -> None:
    told = checked("check", "--across", str(records))
    assert "各份报告之间的核对" in told
    assert "共 2 份" in told
