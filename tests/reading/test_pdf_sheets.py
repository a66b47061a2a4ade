"""PDFs of reports as real ones are set: rows torn by page breaks, turned pages, columns, odd fonts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from nlp.form.form import Table, for_year
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.reading.pdf.reading import read
from nlp.record.model import Report
from tests.reading.drawing import NOTHING, Drawing

YEAR = 2023
TITLE = f"青禾县水务局{YEAR}年政府信息公开工作年度报告"
WIDTHS = (60, 70, 100, *[36] * 7)
"""Of the columns of chapter three; labels of this width go over three lines."""
UPRIGHT = (20, 20, 160, *[36] * 7)
"""Groups stand upright in these, a character a line."""
Numbers = dict[str, list[int]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def requests() -> Table:
    form = for_year(YEAR)
    assert form is not None
    return form.table("requests")


def numbers(seed: int) -> Numbers:
    """Return numbers for every row of chapter three, whose sums hold."""
    rng = Random(seed)
    rows = [row.id for row in requests().rows if not row.stands_for]
    found = {row: [rng.choice([0, 0, 1, 2, 3, 7, 12]) for _ in range(6)] for row in rows}
    results = [found[row] for row in rows[2:-2]]
    found["total"] = [sum(column) for column in zip(*results, strict=True)]
    found["carried_over"] = [0] * 6
    found["new_received"] = [sum(pair) for pair in zip(found["total"], found["carried_forward"], strict=True)]
    return {row: [*cells, sum(cells)] for row, cells in found.items()}


def drawn(
    found: Numbers, torn: Mapping[int, int] = NOTHING, down: bool = False, widths: Sequence[float] = WIDTHS
) -> Drawing:
    """Draw a report; `torn` rows of chapter three are torn by the page, their numbers one line `down`."""
    page = Drawing()
    page.prose(TITLE)
    page.prose("一、总体情况")
    page.prose("我局认真落实有关规定，推进政务公开工作。" * 3)
    page.prose("二、主动公开政府信息情况")
    page.table(disclosure(), [180, 100, 100, 100])
    page.prose("三、收到和处理政府信息公开申请情况")
    rows = [
        [*label, *("\n" * (down and n in torn) + str(one) for one in cells)]
        for n, (label, cells) in enumerate(zip(labels(), found.values(), strict=True))
    ]
    page.table([header(), *rows], widths, {n + 1: after for n, after in torn.items()})
    page.prose("四、政府信息公开行政复议、行政诉讼情况")
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    page.table([["行政复议", *[""] * 4, "行政诉讼", *[""] * 9], outcomes * 3, ["0"] * 15], [33] * 15)
    page.prose("五、存在的主要问题及改进情况")
    page.prose("存在的主要问题：一是公开不够及时；二是解读形式单一。改进措施：一是加强督促；二是丰富形式。")
    page.prose("六、其他需要报告的事项")
    page.prose("无其他需要报告的事项。")
    return page


def disclosure() -> list[list[str]]:
    rows = """第二十条第（一）项|||
        信息内容|本年制发件数|本年废止件数|现行有效件数
        规章|0|0|0
        行政规范性文件|1|0|3
        第二十条第（五）项|||
        信息内容|本年处理决定数量||
        行政许可|12||
        第二十条第（六）项|||
        信息内容|本年处理决定数量||
        行政处罚|2||
        行政强制|0||
        第二十条第（八）项|||
        信息内容|本年收费金额（单位：万元）||
        行政事业性收费|0||"""
    return [row.strip().split("|") for row in rows.split("\n")]


def header() -> list[str]:
    return ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", ""] + [
        column.label for column in requests().columns
    ]


def labels() -> list[list[str]]:
    """Return the label cells of each row of chapter three: a group stands in its first row."""
    groups: dict[str, None] = {}
    found = []
    for row in requests().rows:
        if not row.stands_for:
            new = row.group is not None and row.group not in groups
            found.append(["", row.group or "" if new else "", row.label])
            groups[row.group or ""] = None
    return found


def read_from(reader: Reader, folder: Path, content: bytes) -> Report:
    (folder / "a.pdf").write_bytes(content)
    return reader.read(Input(str(folder / "a.pdf")))


def values(report: Report) -> Numbers:
    rows = report.tables["requests"].items()
    return {row: [cell.value for cell in cells.values()] for row, cells in rows}  # type: ignore[misc]


TORN: Sequence[Mapping[int, int]] = [{}, {3: 1}, {3: 2}, {5: 1}, {19: 2}, {21: 3}, {0: 1, 12: 1, 22: 2}]
"""Rows by their place, and behind how many of their lines the page ends."""


@pytest.mark.parametrize("down", [False, True], ids=["numbers above", "numbers below"])
@pytest.mark.parametrize("torn", TORN, ids=str)
def test_a_row_torn_by_a_page_break_is_one_row(
    reader: Reader, tmp_path: Path, torn: Mapping[int, int], down: bool
) -> None:
    found = numbers(len(torn))
    report = read_from(reader, tmp_path, drawn(found, torn, down).pdf())
    assert values(report) == found
    assert report.review == []


def test_groups_that_stand_upright_are_read_as_groups(reader: Reader, tmp_path: Path) -> None:
    found = numbers(1)
    report = read_from(reader, tmp_path, drawn(found, widths=UPRIGHT).pdf())
    assert (values(report), report.review) == (found, [])


@pytest.mark.full
@pytest.mark.parametrize("seed", range(200))
def test_rows_torn_anywhere_are_read_exactly(reader: Reader, tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    torn = {rng.randrange(len(labels()) - 1): rng.choice([1, 2, 3]) for _ in range(rng.choice([1, 1, 2, 3]))}
    found, widths = numbers(seed), rng.choice([WIDTHS, UPRIGHT])
    report = read_from(reader, tmp_path, drawn(found, torn, rng.random() < 0.5, widths).pdf())
    assert (values(report), report.review) == (found, [])


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_report_on_turned_pages_is_read_exactly(reader: Reader, tmp_path: Path, quarters: int) -> None:
    found = numbers(quarters)
    report = read_from(reader, tmp_path, drawn(found, {3: 1}).pdf(quarters))
    assert (values(report), report.review) == (found, [])
    cell = report.tables["requests"]["partially_granted"]["natural_person"]
    assert cell.box is not None
    assert (cell.page, cell.box[0]) == (1, pytest.approx(50 + sum(WIDTHS[:3]) + 2, abs=1))


@pytest.mark.parametrize(("ascent", "descent"), [(1160, -288), (1100, -900), (0, 0)])
def test_a_font_may_say_anything_of_its_height(
    reader: Reader, tmp_path: Path, ascent: int, descent: int
) -> None:
    """Boxes of characters are twice as high as the font in some PDFs that LibreOffice wrote."""
    found = numbers(ascent)
    report = read_from(reader, tmp_path, drawn(found).pdf(0, ascent, descent))
    assert (values(report), report.review) == (found, [])


PARAGRAPHS = [
    "一、总体情况",
    "我局认真贯彻落实有关规定，全面推进政务公开工作，及时公开各类信息，认真办理每一件申请，全年无一起投诉。",
    "二是健全制度，明确专人负责，做到应公开尽公开，坚持先审后发、一事一审，并在网站开设专栏回应群众关切的事项。",
    "三是加强学习培训，全年组织业务培训两次，参训人员六十余人，进一步提高了工作人员的业务能力和水平。",
] * 2
CLOSING = "以上情况，特此报告。" * 13


@pytest.mark.parametrize("by_rows", [False, True], ids=["stored by columns", "stored by rows"])
@pytest.mark.parametrize("lower", [0, 5], ids=["lines level", "lines not level"])
def test_columns_of_prose_are_read_one_after_the_other(lower: float, by_rows: bool) -> None:
    lines = [text[n : n + 22] for text in PARAGRAPHS for n in range(0, len(text), 22)]
    half = -(-len(lines) // 2)
    places = [(50, -14 * n) for n in range(half)] + [(320, -14 * n - lower) for n in range(half)]
    page = Drawing()
    page.prose(TITLE, x=180)
    shown = [(text, x, page.at - 10 + y) for text, (x, y) in zip(lines, places, strict=False)]
    for text, x, y in sorted(shown, key=lambda one: -one[2]) if by_rows else shown:
        page.say(text, x, y)
    page.at -= 14 * half + 30
    page.prose(CLOSING)
    assert read(page.pdf()).text.split("\n") == [TITLE, *PARAGRAPHS, CLOSING]


def test_a_table_without_rules_is_no_columns_of_prose() -> None:
    page = Drawing()
    for n in range(8):
        page.say(f"第{n}项行政许可事项", 50, 700 - 14 * n)
        page.say(f"{n}件", 320, 700 - 14 * n)
    assert read(page.pdf()).text.split("\n") == [f"第{n}项行政许可事项\t{n}件" for n in range(8)]
