"""Three corrected records of a kind of page that no one knew mend the others of that kind."""

from __future__ import annotations

import pytest

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_text
from nlp.resources import folder
from training.annotation.unseen import KINDS, known_records, pages
from training.generator.corpus import samples
from training.records.dresses import dress_of, lessons, with_dresses
from training.records.known import KnownRecord, RecordCounts, read_with
from training.scoring.gold import Record

TAUGHT = 3


@pytest.fixture(scope="module")
def shipped() -> LineClassifier:
    return LineClassifier.load(folder("models") / "lines")


def mended(kind: str, others: int, model: LineClassifier) -> tuple[list[RecordCounts], list[RecordCounts]]:
    """Return what is right in the other records of a kind before and after three of them are learnt."""
    known = list(known_records(kind, TAUGHT + others))
    (lesson,) = lessons(known[:TAUGHT], model)
    assert lesson.dress, lesson.told
    taught = with_dresses(model, [lesson.dress])
    before = [read_with(model, document).counts for document in known[TAUGHT:]]
    after = [read_with(taught, document).counts for document in known[TAUGHT:]]
    return before, after


@pytest.mark.parametrize("kind", ["recognised", "read_aloud"])
def test_three_records_mend_the_cells_and_agencies_of_others(kind: str, shipped: LineClassifier) -> None:
    before, after = mended(kind, 4, shipped)
    assert sum(counts.right for counts in before) == 0
    assert all(counts.right == counts.cells and not counts.wrong for counts in after)
    assert all(counts.organization and counts.year for counts in after)


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
def test_three_records_of_each_kind_mend_twenty_others(kind: str, shipped: LineClassifier) -> None:
    before, after = mended(kind, 20, shipped)
    assert sum(counts.faults for counts in after) < sum(counts.faults for counts in before)
    assert sum(counts.right for counts in after) > 0.998 * sum(counts.cells for counts in after)
    assert all(counts.organization and counts.year for counts in after)
    assert not any(counts.silent for counts in after)


def test_what_is_read_stands_where_the_record_says(shipped: LineClassifier) -> None:
    known = list(known_records("served", TAUGHT))
    model = with_dresses(shipped, [dress_of(known)])
    report = read_with(model, known[0]).report
    printed = [cell for _, cell in report.cells() if cell.state == "printed"]
    assert len(printed) > 100
    for cell in printed:
        assert cell.span is not None
        assert known[0].text[slice(*cell.span)] == cell.text


def test_every_line_of_a_dressed_page_has_a_label(shipped: LineClassifier) -> None:
    known = list(known_records("numbered", 2))
    model = with_dresses(shipped, [dress_of(known)])
    labelled = label_text(known[0].text, model)
    assert [line.n for line in labelled] == list(range(1, known[0].text.count("\n") + 2))
    page = next(pages("numbered", 1))
    blank = [n for n, line in enumerate(page.text.split("\n"), 1) if line.strip().isdigit()]
    assert blank
    assert {labelled[n - 1].label for n in blank} == {"furniture"}


def test_one_misread_record_teaches_nothing(shipped: LineClassifier) -> None:
    (lesson,) = lessons(list(known_records("recognised", 1)), shipped)
    assert lesson.dress is None
    assert "2 of a kind" in lesson.told


def test_a_dress_that_does_not_explain_the_faults_is_not_learnt(shipped: LineClassifier) -> None:
    """These records say what stands nowhere on their pages, however these are read."""
    wrong = [_with_other_cells(document) for document in known_records("mails", 2)]
    (lesson,) = lessons(wrong, shipped)
    assert lesson.dress is None
    assert "does not explain" in lesson.told


def test_ordinary_pages_are_read_as_before(shipped: LineClassifier) -> None:
    dresses = [dress_of(list(known_records(kind, TAUGHT))) for kind in ("numbered", "listed", "read_aloud")]
    model = with_dresses(shipped, dresses)
    for sample in samples(51_515, 60):
        assert model.lines_of(sample.text) == shipped.lines_of(sample.text), sample.name


def _with_other_cells(document: KnownRecord) -> KnownRecord:
    tables = document.gold.tables
    assert isinstance(tables, dict)
    row = tables["requests"]["new_received"]
    other_row = {column: 90_000 + n for n, column in enumerate(row)}
    requests = {**tables["requests"], "new_received": other_row}
    return document._replace(gold=Record(document.name, tables={**tables, "requests": requests}))
