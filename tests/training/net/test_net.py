"""The net tells what a change to the reader did to every known document."""

from __future__ import annotations

from training.net.__main__ import report
from training.net.answer_files import load, save
from training.net.answers import Answer, answers
from training.net.documents import NetDocument, documents

RIGHT = Answer({"tables": "a", "review": "r"}, accepted=True, cells={"right": 200})
WRONG = Answer({"tables": "b", "review": "r"}, accepted=True, cells={"right": 198, "wrong": 2})
DOUBTED = Answer({"tables": "c", "review": "s"}, accepted=False, cells={"right": 198, "unanswered": 2})


def test_runs_alike_are_byte_equal():
    assert report({"x/1": RIGHT, "x/2": WRONG}, {"x/1": RIGHT, "x/2": WRONG}).startswith(
        "byte-equal: 2 records"
    )


def test_a_loss_is_told_first_with_what_became_of_its_cells():
    words = report({"x/1": WRONG, "x/2": RIGHT}, {"x/1": RIGHT, "x/2": DOUBTED}).splitlines()
    assert words[0] == "x/2: review, tables; right 200 → 198; unanswered 0 → 2; no longer accepted"
    assert words[1] == "x/1: tables; right 198 → 200; wrong 2 → 0"
    assert words[2] == "0 records byte-equal; 1 gained, 1 lost, 0 otherwise"
    assert words[3].startswith("x: 2 records, 1 accepted, 1 of 2 exact, 0 silently wrong")


def test_a_record_that_is_silently_wrong_is_counted():
    assert "1 silently wrong" in report({}, {"x/1": WRONG})


def test_a_changed_value_changes_the_answer(tmp_path):
    sample = next(documents(("samples",)))
    changed = NetDocument("samples", "changed", sample.read().replace(b"0", b"9", 1), sample.gold)
    found = answers([sample, changed])
    assert found[sample.key].exact
    assert found[sample.key].accepted
    assert found[sample.key].parts != found[changed.key].parts
    save(tmp_path / "answers.jsonl", found)
    assert load(tmp_path / "answers.jsonl") == found


def test_what_is_no_document_has_an_answer_as_well():
    found = answers([NetDocument("none", "empty", b"")])
    assert not found["none/empty"].accepted
