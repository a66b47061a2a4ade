"""What to look at again, where model and labels differ, what to label next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder
from training.annotation.choosing import Text, choices
from training.annotation.delta import delta
from training.annotation.suspects import suspects
from training.annotation.unseen import pages
from training.labels.label_files import Labelled, parse, rows
from training.model.train import corpus


@pytest.fixture(scope="module")
def classifier() -> LineClassifier:
    return LineClassifier.load(folder("models") / "lines")


def files(count: int) -> list[Labelled]:
    return [parse(f"{one.agency}-2022.tsv", rows(one.text, one.labels)) for one in corpus(6, count)]


def mislabelled(document: Labelled, row: int) -> Labelled:
    labels = list(document.labels)
    labels[row - 1] = "furniture" if labels[row - 1] == "narrative" else "narrative"
    return replace(document, labels=tuple(labels))


def test_a_wrong_label_is_among_the_first_suspects() -> None:
    documents = files(6)
    row = 1 + [*documents[2].labels].index("table_row")
    documents[2] = mislabelled(documents[2], row)
    found = suspects(documents, list(corpus(1, 12)))
    assert (documents[2].file, row) in [(one.file, one.row) for one in found[:5]]
    assert all(one.label != one.expected for one in found)


def test_delta_holds_only_what_differs(classifier: LineClassifier) -> None:
    (document,) = files(1)
    labels = [*document.labels]
    assert {row.row for one in delta([document], classifier) for row in one.rows} == set()
    row = 1 + labels.index("heading")
    ((_, model, differing),) = delta([mislabelled(document, row)], classifier)
    assert [(one.row, one.label, one.model) for one in differing] == [(row, "narrative", "heading")]
    assert model == document.labels


def test_pages_of_an_unseen_kind_are_labelled_first(classifier: LineClassifier) -> None:
    texts = [Text(f"usual {n}", one.text) for n, one in enumerate(corpus(6, 3))]
    unseen = [Text(f"unseen {n}", one.text) for n, one in enumerate(pages("mails", 2))]
    found = choices([*texts, *unseen], classifier)
    assert found[0].path.startswith("unseen")
    assert {choice.path for choice in found} == {text.path for text in [*texts, *unseen]}


def test_what_is_labelled_already_is_worth_nothing(classifier: LineClassifier) -> None:
    (mail,) = pages("mails", 1)
    (choice,) = choices([Text("again", mail.text)], classifier, [mail])
    assert (choice.worth, choice.lines) == (0, ())


def test_a_page_with_a_hundred_doubtful_lines_counts_a_hundred(classifier: LineClassifier) -> None:
    (one,) = choices([Text("one", "行 3  列 2  段")], classifier)
    (hundred,) = choices([Text("hundred", "\n".join(["行 3  列 2  段"] * 100))], classifier)
    assert len(one.lines) == len(hundred.lines) == 1
    assert hundred.worth > 20 * one.worth > 0


def test_a_second_copy_teaches_nothing_more(classifier: LineClassifier) -> None:
    (mail,) = pages("mails", 1)
    first, second = choices([Text("a", mail.text), Text("b", mail.text)], classifier)
    assert first.worth > second.worth == 0
