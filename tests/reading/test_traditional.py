"""Traditional characters are read as they are and matched to the form."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.reading.text import decode
from nlp.resources import folder
from nlp.text.folding import fold
from tests.commands.test_cli import texts


@cache
def table() -> dict[str, str]:
    """Traditional characters by simplified ones, as data/characters.toml has them."""
    data = tomllib.loads((folder("data") / "characters.toml").read_text(encoding="utf-8"))
    rows = [*data["traditional"].items(), *data["traditional_prose"].items()]
    return {simple: old for olds, simples in rows for old, simple in zip(olds, simples, strict=True)}


def traditional(text: str) -> str:
    return text.translate(str.maketrans(table())).replace("反复", "反覆").replace("答复", "答覆")


@pytest.mark.parametrize(
    "label",
    [
        "（三）不予公開",
        "4.無正當理由大量反覆申請",
        "5.要求行政機關確認或重新出具已獲取信息",
        "第二十條第（八）項",
        "2.沒有現成信息需要另行製作",
        "3.補正後申請內容仍不明確",
        "政府信息公開行政複議、行政訴訟情況",
    ],
)
def test_a_label_of_the_form_is_folded_to_the_simplified_one(label: str) -> None:
    assert fold(label).encode("gb2312")


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_a_report_in_traditional_characters_has_the_same_cells_and_its_own_text(
    tmp_path: Path, path: Path
) -> None:
    text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    reader = Reader()
    found = []
    for name, written in (("simplified.txt", text), ("traditional.txt", traditional(text))):
        (tmp_path / name).write_text(written, encoding="utf-8", newline="")
        found.append(reader.read(Input(str(tmp_path / name))))
    simplified, other = found
    cells = [{id: (cell.value, cell.state, cell.span) for id, cell in one.cells()} for one in found]
    assert cells[0] == cells[1]
    assert [one.kind for one in simplified.sections] == [one.kind for one in other.sections]
    assert (simplified.year, simplified.form) == (other.year, other.form)
    assert [traditional(item.text) for item in simplified.problems] == [item.text for item in other.problems]
    assert len(simplified.review) == len(other.review)
