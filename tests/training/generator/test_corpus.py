"""The generated corpus: reproducible, labelled line by line, and gold says what the page says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any, get_args

import pytest

from nlp.form.form import named
from nlp.record.model import CHAPTERS, LineLabel
from nlp.text.lines import split
from training.generator.agencies import agencies
from training.generator.corpus import Sample, sample, samples
from training.generator.grammar import Phrases, symbols
from training.generator.layouts import LAYOUTS
from training.generator.worlds import TRAINING, UNSEEN, World

COUNT = 400
UNTOUCHED = re.compile(r"09_half|24_|3[0-5]_|0[48]_|06_|19_|27_|5[0138]_|6[24]_|missing|half_a")
"""Kinds of noise that leave every row of a table of tabs in one line, its numbers last."""


@cache
def drawn() -> tuple[Sample, ...]:
    return tuple(samples(11, COUNT))


def squeezed(text: str) -> str:
    return re.sub(r"\s|\*|<[^>]*>|&nbsp;|[\u200b\ufeff\u200d\u00ad\x07]", "", text)


def gold(one: Sample) -> Any:
    return one.gold


def test_a_sample_depends_on_its_seed_and_number_only() -> None:
    assert drawn()[7] == sample(11, 7)
    assert sample(11, 7) != sample(12, 7)
    assert len({one.text for one in drawn()}) == COUNT


def test_the_hash_seed_of_the_process_changes_nothing() -> None:
    program = "from training.generator.corpus import sample; print(ascii(sample(5, 3)), ascii(sample(5, 4)))"
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != b""


def test_every_line_has_a_label_but_blank_ones() -> None:
    known = {"", *get_args(LineLabel)}
    for one in drawn():
        lines = one.text.split("\n")
        assert len(lines) == len(one.labels)
        assert set(one.labels) <= known
        assert all(
            (label == "") == line.blank for line, label in zip(split(one.text), one.labels, strict=True)
        )


def test_every_label_and_every_layout_occurs() -> None:
    assert {label for one in drawn() for label in one.labels} == {"", *get_args(LineLabel)}
    assert {one.layout for one in drawn()} == {layout.name for layout in LAYOUTS}


def test_sections_follow_each_other_to_the_foot_of_the_page() -> None:
    for one in drawn():
        spans = list(gold(one)["sections"].items())
        assert [kind for kind, _ in spans] == [kind for kind in CHAPTERS if kind in dict(spans)]
        for (_, before), (_, after) in pairwise(spans):
            assert before[1] + 1 == after[0]
        assert set(one.labels[spans[-1][1][1] :]) <= {"", "furniture"}


def test_a_section_begins_with_its_heading() -> None:
    for one in drawn():
        if any(kind.startswith(("21", "heading_runs_in", "20")) for kind in one.noise):
            continue
        for first, _ in gold(one)["sections"].values():
            assert one.labels[first - 1] == "heading"


def test_every_item_stands_on_the_page() -> None:
    for one in drawn():
        if {"26_dropped_characters", "07_markup", "41_readings"} & set(one.noise):
            continue
        lines = zip(one.text.split("\n"), one.labels, strict=True)
        page = squeezed("".join(text for text, label in lines if label != "furniture"))
        for item in [*gold(one)["problems"], *gold(one)["improvements"]]:
            assert squeezed(item["text"]) in page


def test_answers_point_at_problems() -> None:
    answers = [
        (one, answer)
        for one in drawn()
        for item in gold(one)["improvements"]
        for answer in item.get("answers", ())
    ]
    assert answers
    assert all(0 <= answer < len(gold(one)["problems"]) for one, answer in answers)


def test_gold_has_cells_of_its_form_only() -> None:
    for one in drawn():
        form = named(gold(one)["form"])
        for table, rows in gold(one)["tables"].items():
            for row, cells in rows.items():
                assert set(cells) == set(form.table(table).row[row].columns)
                assert all(value is None or isinstance(value, int | float) for value in cells.values())


def test_whole_amounts_are_integers() -> None:
    values = [
        v for one in drawn() for t in gold(one)["tables"].values() for r in t.values() for v in r.values()
    ]
    assert not [value for value in values if isinstance(value, float) and value == int(value)]


def test_a_row_of_tabs_prints_what_gold_says() -> None:
    """Read the plainest layout as a person would: the last seven cells of a row are its values."""
    read = 0
    for one in drawn():
        if one.layout != "tabs" or not all(UNTOUCHED.match(kind) for kind in one.noise):
            continue
        rows = gold(one)["tables"].get("requests", {})
        first, last = gold(one)["sections"].get("requests", (1, 0))
        lines = [text.rstrip() for text in one.text.split("\n")[first - 1 : last]]
        printed = [cells[-7:] for cells in (text.split("\t") for text in lines) if cells[-1].isdigit()]
        if len(printed) == len(rows):
            assert printed == [["" if v is None else str(v) for v in row.values()] for row in rows.values()]
            read += 1
    assert read > 5


def test_slices_of_agencies_share_none() -> None:
    half = len(agencies()) // 2
    some = {one.agency for one in samples(3, 40, agencies=slice(None, half))}
    others = {one.agency for one in samples(3, 40, agencies=slice(half, None))}
    assert not some & others


def test_there_are_hundreds_of_agencies_all_different() -> None:
    names = [agency.name for agency in agencies()]
    assert len(names) == len(set(names)) > 500


def test_the_name_and_year_in_gold_stand_on_the_page() -> None:
    for one in drawn():
        page = re.sub(r"\s", "", one.text)
        assert str(gold(one).get("year", "")) in page
        if not {"26_dropped_characters", "28_invisible_characters", "18_page_numbers"} & set(one.noise):
            assert gold(one).get("organization", "") in page


def test_sentences_hardly_ever_come_twice() -> None:
    lines = Counter(
        text.strip()
        for one in drawn()
        for text, label in zip(one.text.split("\n"), one.labels, strict=True)
        if label == "narrative" and len(text) > 40
    )
    assert len(lines) > 0.97 * sum(lines.values())


@pytest.mark.parametrize(
    ("world", "symbol"), [(world, symbol) for world in (TRAINING, UNSEEN) for symbol in symbols(world)]
)
def test_every_symbol_of_the_grammar_expands(world: World, symbol: str) -> None:
    said = ("org", "name_short", "place", "province", "leaders", "we", "topic", "report", "bare", "lone")
    numbers = (
        "year",
        "last",
        "next",
        "received",
        "natural",
        "legal",
        "carried",
        "answered",
        "granted",
        "forward",
    )
    known = dict.fromkeys((*said, *numbers, "issued", "permits", "page", "pages", "cut"), "〇")
    assert all(
        "{" not in Phrases(Random(n), known, world)(symbol) or symbol == "tool_line" for n in range(30)
    )


def test_gold_is_json() -> None:
    assert json.loads(json.dumps(drawn()[0].gold)) == drawn()[0].gold
