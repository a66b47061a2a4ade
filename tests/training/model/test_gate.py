"""No poison passes the gate, and right labels do, with nothing held out, with four and with forty files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from training.annotation.gate_trial import HONEST, USUAL, Trial, Tried, label_files
from training.annotation.poisons import POISONS
from training.labels.label_files import LabelError, Labelled, text_digest
from training.labels.repeated import without_repeated
from training.labels.usual_labels import compared
from training.model.comparing import usual_in_corpus
from training.model.evidence import OwnFile
from training.model.judges import judges
from training.model.label_doubts import label_doubts
from training.model.measuring import Scored, scored
from training.model.paired import changes_by_kind, changes_of_own

FEW, COMPARED = 12, 0
"""The documents trained on and compared on every day: labels and own kinds decide. The battery has more."""

MANY, MANY_COMPARED = 100, 120


@cache
def trial(documents: int, compared_on: int) -> Trial:
    return Trial(documents, compared_on)


def every_refused(tried: Tried) -> bool:
    return all(reasons for reasons in tried.refusals)


@pytest.mark.slow
def test_a_poison_is_refused() -> None:
    assert every_refused(trial(FEW, COMPARED).poisoned("one_line_everywhere", "mails"))


@pytest.mark.full
@pytest.mark.parametrize("kind", [USUAL, "mails"])
@pytest.mark.parametrize("poison", POISONS)
def test_every_poison_is_refused(poison: str, kind: str) -> None:
    assert every_refused(trial(MANY, MANY_COMPARED).poisoned(poison, kind))


def test_right_labels_are_promoted() -> None:
    assert trial(FEW, COMPARED).honest("recognised").refusals == ((), (), ())


@pytest.mark.full
@pytest.mark.parametrize("kind", HONEST)
def test_right_labels_of_every_kind_are_promoted(kind: str) -> None:
    assert trial(MANY, MANY_COMPARED).honest(kind).refusals == ((), (), ())


@pytest.mark.parametrize("poison", POISONS)
def test_a_poison_changes_labels_and_no_line(poison: str) -> None:
    files, _ = label_files("mails")
    poisoned = POISONS[poison](files)
    texts = {file.text for file in files}
    assert {file.text for file in poisoned} == texts
    right = {file.text: file.labels for file in files}
    assert any(file.labels != right[file.text] for file in poisoned)


@pytest.mark.parametrize("kind", [USUAL, *HONEST])
def test_right_labels_are_the_usual_ones(kind: str) -> None:
    files, held_out = label_files(kind)
    assert compared([*files, *held_out], usual_in_corpus()).unusual == ()


@pytest.mark.parametrize("kind", [USUAL, "mails"])
@pytest.mark.parametrize("poison", [poison for poison in POISONS if poison != "prose_as_furniture"])
def test_every_poison_is_told_by_unusual_labels_whatever_is_held_out(poison: str, kind: str) -> None:
    """Prose hardly repeats itself: labels of it are judged by the lines and records of the two models."""
    files, _ = label_files(kind)
    own = [
        OwnFile(file.name, file.agency, file.file, file.kinds, file.text, file.labels)
        for file in without_repeated(POISONS[poison](files))
    ]
    (reason, *_) = label_doubts(own, [], usual_in_corpus()).refusals
    assert "carry another label than the same words carry" in reason


def test_a_menu_that_repeats_headings_is_not_unusual() -> None:
    labels = ("furniture", "heading", "narrative")
    page = Labelled("a", "a", "一、总体情况\n一、总体情况\n略。", labels, "a.tsv")
    usual = {"一总体情况": "heading"}
    assert compared([page], usual).unusual == ()
    assert len(compared([replace(page, labels=("furniture", *labels[::2]))], usual).unusual) == 2


def test_a_training_file_with_other_white_space_does_not_judge() -> None:
    learnt, others = label_files("mails")
    spaced = replace(learnt[0], file="held.tsv", agency="别处", text=learnt[0].text.replace("\n", " \r\n\n"))
    near = replace(others[0], file="near.tsv", agency=learnt[1].agency)
    kept, left_out = judges(
        [spaced, near, others[1], replace(others[1], file="again.tsv")], learnt, _digests(learnt)
    )
    assert [file.file for file in kept] == [others[1].file]
    assert [one.file for one in left_out] == ["held.tsv", "near.tsv", "again.tsv"]
    assert "white space" in left_out[0].why
    assert "same agency" in left_out[1].why
    assert "the same text as" in left_out[2].why


def _digests(files: list[Labelled]) -> set[str]:
    return {text_digest(file.text) for file in files}


def test_fewer_than_five_own_files_are_judged_by_points() -> None:
    _, held_out = label_files(USUAL)
    model = trial(FEW, COMPARED).old
    four = [scored(model, file) for file in held_out[:4]]
    one_more_wrong = [four[0], *four[1:]]
    wrong = dict(four[0].confusion)
    wrong[("heading", "furniture")] = wrong.get(("heading", "furniture"), 0) + 1
    wrong[("heading", "heading")] -= 1
    one_more_wrong[0] = replace(four[0], confusion=type(four[0].confusion)(wrong))
    (same,) = changes_of_own(list(zip(four, four, strict=True)))
    (worse,) = changes_of_own(list(zip(four, one_more_wrong, strict=True)))
    assert (same.low, same.worse) == (None, ())
    assert worse.worse[0].startswith("macro F1")


def test_a_generated_kind_is_judged_by_its_lower_bound_if_there_are_documents_enough() -> None:
    """One page loses 13 of its 100 lines, or 30: a kind of five pages then loses more than its margin."""

    def page(kind: str, wrong: int) -> Scored:
        confusion = Counter({("heading", "heading"): 100 - wrong, ("heading", "furniture"): wrong})
        return Scored(Labelled("a", "a", "", (), kinds=(kind,)), confusion, Counter())

    def worse(documents: int, wrong: int) -> bool:
        pairs = [(page("kind", 0), page("kind", wrong if n == 0 else 0)) for n in range(documents)]
        _, change = changes_by_kind(pairs)
        return bool(change.worse)

    assert [worse(documents, 13) for documents in (4, 5, 7, 20, 40)] == [False, True, False, False, False]
    assert [worse(documents, 30) for documents in (4, 5, 14, 20, 40)] == [False, True, True, True, True]


def test_a_text_that_is_given_twice_counts_once() -> None:
    (file, *_), _ = label_files("mails")
    copy = replace(file, file="copy.tsv", text=file.text.replace("\n", "\n "))
    assert without_repeated([file, copy]) == [file]
    labels = ("narrative" if file.labels[0] != "narrative" else "heading", *file.labels[1:])
    with pytest.raises(LabelError, match="holds the same text"):
        without_repeated([file, replace(copy, labels=labels)])
