"""Records refit what a model judges readings, cells, agencies and years by."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.judgement import Judgement
from nlp.labelling.model_folder import ModelError
from nlp.narrative.identity import identity
from nlp.pipeline import Reader
from nlp.record.model import Report
from nlp.resources import folder
from nlp.tables import confidence, score
from training import observed
from training.generator.corpus import samples
from training.judgement.judgement_words import judgement_words
from training.judgement.refitting import refitted
from training.readings.observing import Choice
from training.records.known import KnownRecord
from training.scoring.gold import Record

SEED, RECORDS = 88_001, 6
MISTAKEN = 9_999_999


@pytest.fixture(scope="module")
def shipped() -> LineClassifier:
    return LineClassifier.load(folder("models") / "lines")


@pytest.fixture(scope="module")
def known() -> list[KnownRecord]:
    documents = []
    for sample in samples(SEED, RECORDS):
        gold = msgspec.convert({"source": sample.name, **sample.gold}, Record)
        documents.append(KnownRecord(sample.name, sample.text, gold))
    return documents


@pytest.fixture(scope="module")
def from_wrong(shipped: LineClassifier, known: list[KnownRecord]) -> Judgement:
    """What is judged by where no cell, agency or year of the records is read right."""
    wrong = []
    for document in known:
        assert document.gold.tables is not UNSET
        tables = {
            table: {row: dict.fromkeys(columns, MISTAKEN) for row, columns in rows.items()}
            for table, rows in document.gold.tables.items()
        }
        gold = replace(document.gold, tables=tables, organization="别的某某局", year=1999)
        wrong.append(document._replace(gold=gold))
    return refitted(wrong, shipped)


def test_without_records_it_is_what_ships(shipped: LineClassifier) -> None:
    """What is kept of the pages and what was fitted on them belong together."""
    judgement = refitted([], shipped)
    assert judgement.costs == score.weights()
    assert judgement.scale == replace(confidence.shipped(), seal="")
    assert judgement.slopes == identity.shipped()


def test_records_that_are_read_right_change_little(shipped: LineClassifier, known: list[KnownRecord]) -> None:
    judgement = refitted(known[:3], shipped)
    reader = Reader.of(shipped.with_manifest(judgement=judgement))
    for document in known[:3]:
        before = Reader.of(shipped).report(document.read())
        after = reader.report(document.read())
        assert [review.code for review in before.review] == [review.code for review in after.review]
        for (_, old), (_, new) in zip(before.cells(), after.cells(), strict=True):
            assert (old.state, old.value) == (new.state, new.value)
            assert new.confidence == pytest.approx(old.confidence, abs=0.01)


def test_records_that_are_read_wrong_make_cells_agencies_and_years_less_sure(
    shipped: LineClassifier, known: list[KnownRecord], from_wrong: Judgement
) -> None:
    before = Reader.of(shipped).report(known[0].read())
    after = Reader.of(shipped.with_manifest(judgement=from_wrong)).report(known[0].read())
    assert _mean_confidence(after) < _mean_confidence(before) - 0.002
    assert from_wrong.slopes.agency.slope < identity.shipped().agency.slope
    assert from_wrong.slopes.year.slope < identity.shipped().year.slope


def _mean_confidence(report: Report) -> float:
    return fmean(cell.confidence for _, cell in report.cells() if cell.confidence)


def test_cells_that_a_record_does_not_tell_teach_nothing(
    shipped: LineClassifier, known: list[KnownRecord]
) -> None:
    silent = replace(known[0].gold, tables={}, organization=UNSET, year=UNSET)
    assert refitted([known[0]._replace(gold=silent)], shipped) == refitted([], shipped)


def test_a_model_keeps_what_it_judges_by(
    shipped: LineClassifier, from_wrong: Judgement, tmp_path: Path
) -> None:
    model = shipped.with_manifest(judgement=from_wrong)
    model.save(tmp_path / "model")
    loaded = LineClassifier.load(tmp_path / "model")
    assert loaded.manifest.judgement == from_wrong
    assert loaded.sha256 == model.sha256 != shipped.sha256


def test_what_changed_is_said_in_words(shipped: LineClassifier, from_wrong: Judgement) -> None:
    words = judgement_words(from_wrong, RECORDS)
    assert words.startswith(f"Judged with {RECORDS} records as well:\n")
    assert "→" in words.splitlines()[3]
    assert "as before" in judgement_words(refitted([], shipped), 0)


@pytest.mark.parametrize("content", [b"", b"not compressed", None])
def test_observations_that_are_damaged_are_refused_with_what_to_do(
    content: bytes | None, tmp_path: Path
) -> None:
    file = tmp_path / "choices.jsonl.xz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=r"choices\.jsonl\.xz .* fit it with `python -m training\.readings`"):
        observed.read(file, Choice, "python -m training.readings")
