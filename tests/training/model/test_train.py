"""Training is repeatable, measures on agencies that it did not see, and says how."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.resources import folder
from training.labels.label_files import LabelError, Labelled, write
from training.model import card
from training.model.fitting import learn_vocabulary, read
from training.model.releasing import train_into
from training.model.train import SETTINGS, SPLITS, Training, corpus, held_out, shipped, train, without

FEW, FEWER = 24, 8
"""The documents trained on; the fewer where fifteen models are trained."""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Training]:
    out = tmp_path_factory.mktemp("trained") / "lines"
    (out.parent / card.SCORES).write_text("version\n0,old\n", encoding="utf-8")
    training, _ = train_into(out, documents=FEW)
    return out, training


@pytest.mark.slow
def test_the_same_seed_writes_the_same_bytes(trained: tuple[Path, Training], tmp_path: Path) -> None:
    out, _ = trained
    train_into(tmp_path / "again", documents=FEW)
    for name in ("model.json", "arrays.npz", card.CARD):
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes(), name


def test_the_folder_loads_as_the_model_that_was_returned(trained: tuple[Path, Training]) -> None:
    out, training = trained
    assert LineClassifier.load(out).model == training.classifier.model


def test_every_label_is_measured_on_every_split(trained: tuple[Path, Training]) -> None:
    _, training = trained
    assert len(training.splits) == SPLITS
    assert set(training.classifier.manifest.scores) == {"macro_f1", *LABELS}
    assert training.classifier.manifest.scores["table_row"].mean > 0.95
    assert "held out" in training.how


def test_the_card_tells_the_figures(trained: tuple[Path, Training]) -> None:
    out, training = trained
    text = (out / card.CARD).read_text(encoding="utf-8")
    macro = training.classifier.manifest.scores["macro_f1"]
    assert f"{macro.mean:.4f} ± {macro.spread:.4f}" in text
    assert f"{len(shipped(SETTINGS.seed, FEW))} documents" in text
    assert training.how in text


def test_the_version_has_one_line_in_the_list_of_scores(trained: tuple[Path, Training]) -> None:
    out, training = trained
    scores = (out.parent / card.SCORES).read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in scores.splitlines()] == ["version", "0", "1"]
    assert card.with_line(scores, training.classifier.manifest) == scores


def test_a_list_of_scores_is_begun_within_the_folder_where_none_is_beside_it(tmp_path: Path) -> None:
    train_into(tmp_path / "model", documents=2)
    assert (tmp_path / "model" / card.SCORES).read_text(encoding="utf-8").count("\n") == 2


def test_the_card_tells_results_by_edition_and_kind_and_how_far_to_trust_them(
    trained: tuple[Path, Training],
) -> None:
    text = (trained[0] / card.CARD).read_text(encoding="utf-8")
    for part in ("### By edition", "### By kind of page", "| layout ", "### Calibration"):
        assert part in text, part
    assert "Learning curve" not in text


@pytest.mark.slow
def test_a_thorough_training_measures_what_labels_and_parts_add(tmp_path: Path) -> None:
    steps: list[str] = []
    _, report = train_into(tmp_path / "model", documents=FEWER, thorough=True, notify=steps.append)
    assert [step.name for step in report.ablation] == [
        "the model",
        *(f"without {part}" for part in ("words", "looks", "neighbours", "decoding")),
        "plain rules",
    ]
    assert report.curve[0].documents < report.curve[-1].documents == len(shipped(SETTINGS.seed, FEWER))
    assert "tools never seen" in {group.name for group in report.unseen}
    assert "Learning curve" in (tmp_path / "model" / card.CARD).read_text(encoding="utf-8")
    assert steps[0] == "reading"


def test_each_agency_of_a_label_file_is_held_out_by_one_split() -> None:
    own = [Labelled(f"{n}.tsv", f"own {n}", "无", ("narrative",), f"{n}.tsv") for n in range(4)]
    both = [*own, *corpus(1, 8)]
    held = [without(both, SETTINGS, number) & {f"own {n}" for n in range(4)} for number in range(SPLITS)]
    assert sorted(agency for out in held for agency in out) == [f"own {n}" for n in range(4)]


def test_agencies_are_held_out_and_not_lines() -> None:
    agencies = [f"agency {n}" for n in range(20)]
    assert len(held_out(agencies * 3, 1)) == 5
    assert held_out(agencies, 1) != held_out(agencies, 2)
    assert held_out(agencies, 1) == held_out(reversed(agencies), 1)


def test_one_agency_is_trained_on_and_nothing_is_measured() -> None:
    training = train([Labelled("a", "a", "一、总体情况\n无。", ("heading", "narrative"))])
    assert training.splits == ()
    assert training.classifier.manifest.scores == {}
    assert "Nothing was measured" in training.how


@pytest.mark.parametrize("labels", [("narrative", "narrative"), ("", "")])
def test_less_than_two_labels_teach_nothing(labels: tuple[str, str]) -> None:
    text = "无。\n无。" if labels[0] else "\n"
    with pytest.raises(LabelError, match="two different labels"):
        train([Labelled("a", "a", text, labels)])


def test_own_label_files_are_trained_on_beside_the_corpus(tmp_path: Path) -> None:
    write(tmp_path / "own2023.tsv", "一、总体情况\n无。", ["heading", "narrative"])
    training, _ = train_into(tmp_path / "model", [tmp_path], documents=2)
    corpus = training.classifier.manifest.corpus
    assert (corpus.documents, corpus.labelled, corpus.agencies) == (3, 1, 3)


def test_nothing_is_written_where_a_label_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("title\t一、总体情况", encoding="utf-8")
    with pytest.raises(LabelError, match=r"own\.tsv:1: 'title' is no label"):
        train_into(tmp_path / "model", [tmp_path])
    assert not (tmp_path / "model").exists()


def test_words_of_few_agencies_are_unknown() -> None:
    texts = ["政府信息公开", "政府信息公开工作", "政府信息公开 滕王阁"]
    documents = [Labelled(text, text, text, ("narrative",)) for text in texts]
    assert learn_vocabulary(list(read(documents)), 3).words == ("信息", "公开", "政府")


def test_the_shipped_model_was_trained_on_generated_documents_only() -> None:
    manifest = LineClassifier.load(folder("models") / "lines").manifest
    assert manifest.corpus.labelled == 0
    assert manifest.scores["macro_f1"].mean >= 0.99


def test_reports_that_real_tools_read_back_are_a_part_of_the_corpus() -> None:
    few = shipped(SETTINGS.seed, FEW)
    tools = [one for one in few if any(kind.startswith("tool ") for kind in one.kinds)]
    assert 0 < len(tools) == len(few) - FEW
    assert shipped(SETTINGS.seed, 0) == []


def test_the_corpus_is_the_same_for_the_same_seed() -> None:
    assert list(corpus(3, 2)) == list(corpus(3, 2))
    assert list(corpus(3, 2)) != list(corpus(4, 2))
