"""What goes to another labelling tool comes back as it was, and what the tools write is understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.labelling.classifier import LABELS
from nlp.text.lines import split
from training.labels import label_files as labelled
from training.labels.exchange import FORMATS, exported, imported
from training.labels.label_files import LabelError, Labelled, parse, rows
from training.model.train import corpus

TEXTS = st.text("一、0 \t\r\n\\_#政\ufeff\u3000\u2028\x0b\U00020000", max_size=30)
EVERY = pytest.mark.parametrize("format", FORMATS)


@st.composite
def documents(draw: st.DrawFn) -> Labelled:
    text = draw(TEXTS)
    labels = tuple("" if line.blank else draw(st.sampled_from(LABELS)) for line in split(text))
    return Labelled("a2023.tsv", "a", text, labels, "a2023.tsv")


@EVERY
@given(document=documents())
def test_a_round_trip_is_exact(format: str, document: Labelled) -> None:
    (back,) = imported(exported([document], format), format)
    assert (back.name, back.text, back.labels) == (document.name, document.text, document.labels)


@EVERY
def test_generated_reports_come_back_byte_for_byte(format: str) -> None:
    given = [parse(f"{n}.tsv", rows(one.text, one.labels)) for n, one in enumerate(corpus(8, 6))]
    back = imported(exported(given, format), format)
    assert [rows(one.text, one.labels) for one in back] == [rows(one.text, one.labels) for one in given]


@EVERY
def test_real_label_files_come_back_byte_for_byte(format: str, shared: Path) -> None:
    folder = shared / "gold" / "lines"
    back = imported(exported(labelled.read([folder]), format, [folder]), format)
    for document in back:
        assert rows(document.text, document.labels).encode() == (folder / document.file).read_bytes()


@EVERY
def test_a_file_keeps_its_place_below_the_folder(format: str, tmp_path: Path) -> None:
    for place in ("a.tsv", "deep/a.tsv"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        labelled.write(tmp_path / place, f"无{place}", ["narrative"])
    back = imported(exported(labelled.read([tmp_path]), format, [tmp_path]), format)
    assert [document.file for document in back] == ["a.tsv", "deep/a.tsv"]


@EVERY
@pytest.mark.parametrize("name", ["", "/etc/a.tsv", "../a.tsv"])
def test_a_file_never_lands_outside_the_folder(format: str, name: str) -> None:
    document = Labelled(name, "", "无", ("narrative",), name)
    with pytest.raises(LabelError, match="give each the name"):
        imported(exported([document], format), format)


@EVERY
def test_two_texts_of_one_name_are_refused(format: str) -> None:
    document = Labelled("a.tsv", "", "无", ("narrative",), "a.tsv")
    with pytest.raises(LabelError, match="several texts have the name"):
        imported(exported([document, document], format), format)


@EVERY
@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"a\tb", b'{"text": 1}'])
def test_what_no_tool_wrote_is_refused(format: str, content: bytes) -> None:
    with pytest.raises(LabelError):
        imported(content, format)


TEXT = "一、总体情况\n\n😀无。\n"
LABEL_STUDIO = [
    {
        "id": 7,
        "data": {"text": TEXT, "name": "a.tsv"},
        "annotations": [
            {"was_cancelled": True, "result": []},
            {
                "result": [
                    {
                        "type": "labels",
                        "value": {"start": 0, "end": 6, "text": "一、总体情况", "labels": ["heading"]},
                    },
                    {
                        "type": "labels",
                        "value": {"start": 8, "end": 12, "text": "😀无。", "labels": ["narrative"]},
                    },
                    {"type": "choices", "value": {"choices": ["done"]}},
                ]
            },
        ],
    }
]
DOCCANO = {"id": 1, "text": TEXT, "name": "a.tsv", "entities": [
    {"id": 1, "label": "heading", "start_offset": 0, "end_offset": 6},
    {"id": 2, "label": "narrative", "start_offset": 9, "end_offset": 10},
], "relations": [], "Comments": []}  # fmt: skip
OLDER_DOCCANO = {"id": 1, "text": TEXT, "name": "a.tsv", "label": [[0, 6, "heading"], [8, 11, "narrative"]]}
PRODIGY = {"text": TEXT, "meta": {"source": "a.tsv"}, "_input_hash": 3, "answer": "accept", "spans": [
    {"start": 0, "end": 6, "label": "heading", "token_start": 0, "token_end": 2},
    {"start": 8, "end": 11, "label": "narrative", "token_start": 3, "token_end": 4},
]}  # fmt: skip
EDITED = (
    "# a comment\n# newdoc id = a.tsv\r\n1\t一、总体情况\theading\r\n2\t\t_\n3\t😀无。\tnarrative\n4\t\t_"
)


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("label-studio", json.dumps(LABEL_STUDIO)),
        ("doccano", json.dumps(DOCCANO)),
        ("doccano", json.dumps(OLDER_DOCCANO, ensure_ascii=False) + "\n"),
        ("prodigy", json.dumps(PRODIGY)),
        ("conll", EDITED),
    ],
)
def test_what_a_tool_wrote_is_understood(format: str, content: str) -> None:
    (document,) = imported(content.encode(), format)
    assert (document.text, document.labels) == (TEXT, ("heading", "", "narrative", ""))


@EVERY
def test_lines_that_nobody_labelled_are_told_all_at_once(format: str) -> None:
    document = Labelled("a.tsv", "", "一\n二\n三", ("narrative", "", "title"), "a.tsv")
    with pytest.raises(LabelError) as wrong:
        imported(exported([document], format), format)
    assert [problem.row for problem in wrong.value.problems] == [2, 3]


@pytest.mark.parametrize("row", ["2\t无\tnarrative", "1\t无", "1\t无\tnarrative\t"])
def test_a_conll_row_that_is_out_of_place_is_told(row: str) -> None:
    with pytest.raises(LabelError, match="conll:2"):
        imported(f"# newdoc id = a.tsv\n{row}\n".encode(), "conll")


def test_a_task_that_prodigy_ignored_is_told() -> None:
    with pytest.raises(LabelError, match="answer is 'ignore'"):
        imported(json.dumps({**PRODIGY, "answer": "ignore"}).encode(), "prodigy")
