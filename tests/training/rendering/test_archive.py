"""What is committed of the reports that real tools have read back."""

from __future__ import annotations

from pathlib import Path

from nlp.labelling.classifier import LABELS
from nlp.resources import folder
from training.generator.corpus import met
from training.rendering.archive import KEPT_OUT, Entry, entries, kept_out, pack, rendered
from training.rendering.tools import tools

PLACE = folder("data") / "rendered"


def test_it_is_of_reasonable_size() -> None:
    assert sum(file.stat().st_size for file in PLACE.rglob("*.xz")) <= 2_000_000


def test_every_tool_is_there_and_those_kept_out_are_kept_apart() -> None:
    out = {tool.name for tool in tools() if tool.kept_out}
    assert {entry.tool for entry in entries()} == {tool.name for tool in tools()} - out
    assert {entry.tool for entry in entries(PLACE / KEPT_OUT)} == out


def test_agencies_of_tools_kept_out_are_met_nowhere_else() -> None:
    unseen = {one.agency for one in kept_out()}
    assert unseen
    assert not unseen & {one.agency for one in rendered()}
    assert not unseen & met()


def test_both_editions_and_every_label_occur_for_pages_and_papers() -> None:
    for reads in ("pdf", "html", "docx"):
        those = [one for one in rendered() if f"tools for {reads}" in one.kinds]
        assert {one.edition for one in those} == {"2019", "2021"}
        assert {label for one in those for label in one.labels} - {""} == set(LABELS)


def test_a_share_of_them_is_of_every_tool() -> None:
    some = rendered(0.5)
    assert len(some) == int(0.5 * len(rendered()))
    tool = {kind for one in some for kind in one.kinds if kind.startswith("tool ")}
    assert len(tool) == len({entry.tool for entry in entries()})


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    entry = Entry("0001", "如东县教育局", 2023, "2021", "poppler", "pdf", (), "heading\t一、总体情况")
    for place in ("a", "b"):
        pack([entry], tmp_path / place)
    assert (tmp_path / "a/poppler.jsonl.xz").read_bytes() == (tmp_path / "b/poppler.jsonl.xz").read_bytes()
    assert entries(tmp_path / "a") == (entry,)
