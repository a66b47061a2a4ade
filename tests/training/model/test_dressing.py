"""What stands round the lines of a kind of page is learnt from its files and put round other pages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from msgspec.structs import replace as changed

from nlp.labelling.classifier import LABELS
from training.annotation.unseen import KINDS, pages
from training.generator.corpus import met
from training.labels.label_files import Labelled, parse, rows
from training.model.dressing import by_likeness, dressed, dressings
from training.model.train import SETTINGS, corpus, learnt, readings_of


@cache
def files(kind: str) -> list[Labelled]:
    return [replace(page, file=page.name) for page in pages(kind, 3)]


@cache
def usual(count: int) -> list[Labelled]:
    return list(corpus(1, count))


@pytest.mark.parametrize(
    ("kind", "before", "behind"),
    [
        ("mails", "> ", ""),
        ("numbered", "     1  ", ""),
        ("served", '  {"id": 1, "content": "', '"},'),
        ("recognised", "('", "', 0.9"),
        ("listed", "A1: ", ""),
    ],
)
def test_what_all_lines_have_round_them_is_told(kind: str, before: str, behind: str) -> None:
    first = dressings(files(kind))[0].affixes[0]
    assert first[0] == before
    assert first[1].startswith(behind)


def test_what_differs_from_label_to_label_is_no_dressing() -> None:
    assert dressings(files("read_aloud")) == []


def test_usual_pages_have_no_dressing() -> None:
    layouts: dict[str, list[Labelled]] = {}
    for page in usual(60):
        layouts.setdefault(page.kinds[-1], []).append(replace(page, file=page.name))
    assert len(layouts) > 9
    assert [kind for kind, those in layouts.items() if dressings(those)] == []


@pytest.mark.parametrize("labels", [("narrative",) * 9, ("narrative",) * 8 + ("heading",)])
def test_a_list_of_like_lines_has_no_dressing(labels: tuple[str, ...]) -> None:
    assert dressings([Labelled("a", "a", "\n".join(["一是公开。"] * 9), labels)]) == []


def test_dressed_pages_keep_their_lines_and_labels_and_agencies() -> None:
    base, mails = usual(10), files("mails")
    found = list(dressed([*base, *mails], 0.5))
    assert len(found) == 5
    for page in found:
        (worn,) = [one for one in base if one.name == page.name]
        held = list(zip(page.text.split("\n"), page.labels, strict=True))
        printed = zip(worn.text.split("\n"), worn.labels, strict=True)
        assert page.agency == worn.agency
        assert set(held) >= {(f"> {line}", label) for line, label in printed if label}
        assert held[0] == ("-------- 转发邮件信息 --------", "furniture")
        assert (">", "furniture") in held


def test_where_no_blank_line_is_printed_none_is_put_there() -> None:
    (page,) = dressed([*usual(1), *files("listed")], 1)
    assert all(line.strip() for line in page.text.split("\n"))


def test_numbers_of_lines_rise_as_in_the_file_they_were_learnt_from() -> None:
    (page,) = dressed([*usual(1), *files("numbered")], 1)
    both = zip(page.text.split("\n"), page.labels, strict=True)
    numbers = [int(line.split()[0]) for line, label in both if label]
    assert numbers[:3] == sorted(numbers[:3])
    assert len(set(numbers)) > 9


def test_many_kinds_are_not_dressed_more_often_than_the_corpus_has_pages() -> None:
    kinds = [one for kind in ("mails", "numbered", "served") for one in files(kind)]
    assert len(list(dressed([*usual(6), *kinds], 1))) == 6


def test_without_label_files_or_without_a_corpus_nothing_is_dressed() -> None:
    assert list(dressed(usual(4), 1)) == []
    assert list(dressed(files("mails"), 1)) == []


def test_pages_that_hold_as_many_numbers_are_dressed_first() -> None:
    base = usual(40)
    first = by_likeness(files("listed"), base)[0]
    assert any(
        kind in first.kinds for kind in ("layout cells", "layout pdf_cells", "layout scrambled_columns")
    )


def test_a_file_that_is_held_out_has_taught_no_dressing() -> None:
    every = [*usual(6), *files("mails")]
    readings = readings_of(every, SETTINGS)
    settings = changed(SETTINGS, dressed=1.0)
    out = {one.agency for one in every if one.file}
    assert len(learnt(every, readings, settings)) == len(readings) + 6
    kept = learnt(every, readings, settings, out)
    assert len(kept) == sum(reading.agency not in out for reading in readings)


def test_a_model_without_label_files_is_fitted_to_the_corpus_as_before() -> None:
    base = usual(5)
    readings = readings_of(base, SETTINGS)
    assert all(a is b for a, b in zip(learnt(base, readings, SETTINGS), readings, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_pages_to_try_are_labelled_line_by_line(kind: str) -> None:
    page = files(kind)[0]
    assert {*page.labels} - {""} == {*LABELS}
    assert parse(page.name, rows(page.text, page.labels)).labels == page.labels


def test_pages_to_try_are_of_agencies_that_the_corpus_lacks() -> None:
    found = {page.agency for page in files("mails")}
    assert len(found) == 3
    assert not found & met()
