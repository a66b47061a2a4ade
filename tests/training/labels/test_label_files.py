"""Label files give their text back, byte for byte, and say everything that is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.text.lines import split
from training.labels import label_files as labelled
from training.labels.label_files import LabelError, agency, parse, rows, write

texts = st.text("一、0 \t\r\n政府信息公开\ufeff\u3000", max_size=40)


def anyhow(text: str) -> list[str]:
    """Label every line that is not blank."""
    return ["" if line.blank else "narrative" for line in split(text)]


@given(texts)
def test_a_text_survives_being_labelled(text: str) -> None:
    document = parse("a.tsv", rows(text, anyhow(text)))
    assert document.text == text
    assert list(document.labels) == anyhow(text)


@given(texts)
def test_taking_off_everything_up_to_the_first_tab_gives_the_text_back(text: str) -> None:
    stripped = [row.partition("\t")[2] for row in rows(text, anyhow(text)).split("\n")]
    assert "\n".join(stripped) == text


def test_only_the_first_tab_of_a_row_separates() -> None:
    assert parse("a.tsv", "numeric_cell\t\t0\t0").text == "\t0\t0"


def test_a_file_is_written_as_its_bytes_are_read(tmp_path: Path) -> None:
    text = "一、总体情况\r\n\r\n无。\n"
    write(tmp_path / "a.tsv", text, ["heading", "", "narrative", ""])
    document = labelled.read([tmp_path])[0]
    assert (document.name, document.text) == ("a.tsv", text)


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("header\t一、总体情况\nheading\t\n\t0\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("narrative 无\nnarrative\t无", encoding="utf-8")
    (tmp_path / "c.tsv").write_bytes("narrative\t无\nnarrative\t无".encode("gb18030"))
    with pytest.raises(LabelError) as wrong:
        labelled.read([tmp_path, tmp_path / "none.tsv"])
    told = str(wrong.value).splitlines()
    starts = ["a.tsv:1: 'header' is no label", "a.tsv:2: a blank line", "a.tsv:3: no label"]
    starts += ["b.tsv:1: no tab", "c.tsv:1: not UTF-8", "none.tsv: cannot be read"]
    assert len(told) == len(starts)
    assert all(line.startswith(str(tmp_path / start)) for line, start in zip(told, starts, strict=True))


def test_a_file_from_a_windows_editor_is_taken(tmp_path: Path) -> None:
    content = rows("一、总体情况\n\n无。\n", ["heading", "", "narrative", ""])
    windows = b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode()
    (tmp_path / "a.tsv").write_bytes(windows)
    (document,) = labelled.read([tmp_path])
    assert (document.text, document.labels[:3]) == ("一、总体情况\n\n无。\n", ("heading", "", "narrative"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no line carries a label"),
        (b"\t\n\t\n", "no line carries a label"),
        (b"narrative\t1\n" * 10, "all 10 lines are narrative"),
        (b"narrative\ta\nheading\tb\0\n", ":2: a NUL byte"),
        ("heading\t一、总体情况\n".encode("utf-16"), "Excel's “Unicode Text”"),
        ("heading\t一、总体情况\n".encode("gb18030"), "in Excel save it as"),
    ],
)
def test_a_file_that_cannot_teach_is_refused_in_words(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(content)
    with pytest.raises(LabelError) as wrong:
        labelled.read([tmp_path])
    assert message in str(wrong.value)


def test_a_folder_without_label_files_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no label file"):
        labelled.read([tmp_path])


def test_a_byte_order_mark_before_the_first_label_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\xef\xbb\xbfheading\t" + "一、总体情况".encode())
    assert labelled.read([tmp_path])[0].labels == ("heading",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sheng2023.tsv", "sheng"),
        ("sheng2022.pdfium.tsv", "sheng"),
        ("某某县统计局-2023.tsv", "某某县统计局"),
        ("000_6bff.tsv", "000_6bff"),
        ("2023.tsv", "2023"),
    ],
)
def test_the_name_of_a_file_tells_the_agency(name: str, expected: str) -> None:
    assert agency(name) == expected


def test_a_text_needs_a_label_for_each_line() -> None:
    with pytest.raises(ValueError, match="argument 2 is"):
        rows("一\n二", ["heading"])


def test_the_labels_of_five_real_reports_fit_their_texts(shared: Path) -> None:
    documents = labelled.read([shared / "gold" / "lines"])
    assert len(documents) == 5
    for document in documents:
        seed = (shared / "seeds" / document.name).with_suffix(".txt")
        assert document.text.encode() == seed.read_bytes()
        gold = (shared / "gold" / "lines" / document.name).read_bytes()
        assert rows(document.text, document.labels).encode() == gold
