"""A model takes another's place only where no kind of page gets worse; earlier models come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import ARRAYS, MANIFEST, ModelError
from nlp.resources import folder as shipped_models
from training.annotation.retraining import chosen, nonsense, trained
from training.annotation.unseen import KINDS, pages
from training.labels.label_files import write
from training.model.card import CARD
from training.model.comparing import Comparison, agencies_of, compare
from training.model.comparison_words import compared, described, listed
from training.model.paired import EVERYTHING, macro_f1
from training.model.promotion import Worse, history, promote, restore, versions
from training.model.releasing import train_into
from training.model.train import DOCUMENTS, SETTINGS, corpus, readings_of, shipped
from training.rendering.archive import entries

FEW = 16


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "lines"
    train_into(folder, documents=FEW)
    return folder


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained with a shuffled label column."""
    folder = tmp_path_factory.mktemp("bad")
    paths = [folder / f"{n}局2022.tsv" for n in range(6)]
    for path, one in zip(paths, nonsense(6), strict=True):
        write(path, one.text, one.labels)
    train_into(folder / "lines", paths, documents=0)
    return folder / "lines"


@pytest.fixture(scope="module")
def worse(good: Path, bad: Path) -> Comparison:
    return compare(LineClassifier.load(good), LineClassifier.load(bad), documents=30)


@pytest.fixture
def place(good: Path, tmp_path: Path) -> Path:
    """Where the good model is in use."""
    promote(good, tmp_path / "models" / "lines", None)
    return tmp_path / "models" / "lines"


def test_a_model_is_not_worse_than_itself(good: Path) -> None:
    model = LineClassifier.load(good)
    found = compare(model, model, documents=20)
    assert found.worse == []
    assert all(kind.difference == 0 for kind in found.kinds)
    assert "not inferior by more than the margins" in compared(found)


@pytest.mark.slow
def test_a_model_of_shuffled_labels_is_refused(place: Path, bad: Path, worse: Comparison) -> None:
    before = (place / MANIFEST).read_bytes()
    with pytest.raises(Worse, match="macro F1"):
        promote(bad, place, worse)
    assert EVERYTHING in [kind.kind for kind in worse.worse]
    assert (place / MANIFEST).read_bytes() == before
    assert len(list(versions(place))) == 1


def test_force_is_recorded_in_the_card_and_the_log(place: Path, bad: Path, worse: Comparison) -> None:
    promote(bad, place, worse, force=True)
    assert "FORCED, although:" in (place / CARD).read_text(encoding="utf-8")
    assert history(place)[-1]["forced"] == "yes"
    assert "FORCED" in described(LineClassifier.load(place), history(place))


def test_an_earlier_model_is_listed_and_restored(
    place: Path, good: Path, bad: Path, worse: Comparison
) -> None:
    promote(bad, place, worse, force=True)
    now, earlier = versions(place)
    assert (now.current, earlier.current) == (True, False)
    assert earlier.id in listed(versions(place))
    restore(earlier.id[:6], place)
    for name in (MANIFEST, ARRAYS):
        assert (place / name).read_bytes() == (good / name).read_bytes()
    assert [one.id for one in versions(place)] == [earlier.id, now.id]
    assert [entry["what"] for entry in history(place)] == ["promoted", "promoted", "restored"]


def test_a_model_that_is_not_there_cannot_be_restored(place: Path) -> None:
    with pytest.raises(ModelError, match="names 0 earlier models"):
        restore("abc", place)


def test_a_damaged_model_is_not_promoted(place: Path, good: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    for name in (MANIFEST, ARRAYS):
        (damaged / name).write_bytes((good / name).read_bytes()[:-1])
    with pytest.raises(ModelError):
        promote(damaged, place, None)
    assert LineClassifier.load(place).model == LineClassifier.load(good).model


def test_promotion_writes_a_line_of_scores(place: Path) -> None:
    assert (place.parent / "scores.csv").read_text(encoding="utf-8").startswith("version,")


def test_files_that_a_model_learnt_are_no_judges(tmp_path: Path, good: Path) -> None:
    (mail,) = pages("mails", 1)
    write(tmp_path / mail.name, mail.text, mail.labels)
    train_into(tmp_path / "model", [tmp_path / mail.name], documents=4)
    new = LineClassifier.load(tmp_path / "model")
    found = compare(LineClassifier.load(good), new, [mail], documents=4)
    assert [one.file for one in found.left_out] == [mail.file]
    assert mail.file not in [one.name for one in found.documents]


def test_generated_documents_that_judge_are_of_agencies_that_neither_model_saw(good: Path) -> None:
    model = LineClassifier.load(good)
    generated = {document.agency for document in corpus(model.manifest.settings.seed, FEW)}
    rendered = {entry.agency for entry in entries()}
    assert generated | rendered <= set(agencies_of(model.manifest))


def test_a_label_that_neither_side_uses_is_left_out_of_macro_f1() -> None:
    counts = np.zeros((5, 5))
    counts[0, 0], counts[1, 0] = 3, 1
    assert float(macro_f1(counts.reshape(25))) == pytest.approx((6 / 7 + 0) / 2)


@pytest.mark.full
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "listed"])
def test_three_label_files_of_an_unseen_kind_teach_it(kind: str) -> None:
    old = LineClassifier.load(shipped_models("models") / "lines")
    base = shipped(SETTINGS.seed, DOCUMENTS)
    files, held_out = chosen(kind, old)
    new = trained(base, readings_of(base, SETTINGS), files, SETTINGS)
    found = compare(old, new, held_out)
    (taught,) = [one for one in found.kinds if one.kind == kind]
    assert taught.before < 0.96
    assert taught.after >= 0.98
    assert found.worse == []
