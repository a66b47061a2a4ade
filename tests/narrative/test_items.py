"""Problems and improvements as items: where they begin and end, what answers what, where they stand."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from msgspec import UNSET

from nlp.narrative.narrative import read_narrative
from nlp.record.model import Improvement, Problem
from nlp.running_on.breaks import breaks
from nlp.text.lines import broken, split
from tests.project import ROOT

NARRATIVE = ROOT / "tests" / "narrative"
PAGE = "五、存在的主要问题及改进情况\n{}\n六、其他需要报告的事项\n无。"
BEFORE = "一、总体情况\n{}\n"


def read(text: str, wrong: str | None = None) -> tuple[list[Problem], list[Improvement]]:
    """Read a page whose lines are all called narrative, or `wrong`, but for its first."""
    lines = split(text)
    lines = broken(lines, breaks(lines))
    labels = [None if line.blank else wrong or "narrative" for line in lines]
    labels[0] = "heading"
    narrative = read_narrative(lines, labels)
    return narrative.problems, narrative.improvements


def bare(text: str) -> str:
    return "".join(text.split())


FILES = ("items", "fifth_chapters", "agencies", "marks")


def cases(names: tuple[str, ...] = FILES) -> list[Any]:
    files = (NARRATIVE / f"{name}.toml" for name in names)
    return [case for file in files for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]


def told(case: dict[str, Any]) -> Any:
    """A case under its name, with the reason why it is not read yet, if it is not."""
    why = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
    return pytest.param(case, id=case["name"], marks=why)


@pytest.mark.parametrize("case", [told(case) for case in cases()])
def test_every_habit_yields_its_items(case: dict[str, Any]) -> None:
    problems, improvements = read(PAGE.format(case["text"]))
    assert [bare(item.text) for item in problems] == [bare(text) for text in case["problems"]]
    assert [bare(item.text) for item in improvements] == [bare(text) for text in case["improvements"]]
    assert [item.answers for item in improvements] == case.get("answers", [[] for _ in improvements])


@pytest.mark.parametrize("case", cases(("marks",)), ids=lambda case: case["name"])
def test_titles_and_points_are_text_whatever_they_are_called(case: dict[str, Any]) -> None:
    problems, improvements = read(PAGE.format(case["text"]), wrong="furniture")
    assert [bare(item.text) for item in problems] == [bare(text) for text in case["problems"]]
    assert [bare(item.text) for item in improvements] == [bare(text) for text in case["improvements"]]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_spans_and_lines_cover_their_items(case: dict[str, Any]) -> None:
    text = PAGE.format(case["text"])
    problems, improvements = read(text)
    for item in (*problems, *improvements):
        start, end = item.span
        first, last = item.lines
        assert (text[start], text[end - 1]) == (item.text[0], item.text[-1])
        assert (text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1) == (first, last)


def test_a_wrapped_item_is_joined_without_white_space_or_page_number() -> None:
    wrapped = "存在的主要问题：一是公开目录不够完整，栏目缺\n- 3 -\n项较多，有待补齐；二是解读材料偏少。"
    problems, _ = read(PAGE.format(wrapped))
    assert [item.text for item in problems] == ["公开目录不够完整，栏目缺项较多，有待补齐", "解读材料偏少"]
    assert problems[0].lines == (2, 4)


def test_a_number_with_which_a_wrapped_line_begins_opens_no_item() -> None:
    first, second = "一是答复不够规范，全年被复议机关要求重新答复的有", "2 部门办理的申请；二是解读材料偏少。"
    wrapped = f"存在的主要问题：{first}\n{second}"
    problems, _ = read(PAGE.format(wrapped))
    assert [bare(item.text) for item in problems] == [
        "答复不够规范，全年被复议机关要求重新答复的有2部门办理的申请",
        "解读材料偏少",
    ]


def test_residue_of_word_processors_is_no_part_of_an_item() -> None:
    problems, _ = read(
        PAGE.format("存在问题：[bookmark: _GoBack]一是目录不全；[bookmark: _Toc12]二是解读偏少。")
    )
    assert [item.text for item in problems] == ["目录不全", "解读偏少"]


def test_what_was_done_last_year_is_an_improvement_in_whatever_chapter_it_stands() -> None:
    overview = BEFORE.format(
        "（一）主动公开情况。公开三百条。\n（二）2022年存在问题的改进情况。一是补齐了目录。"
    )
    problems, improvements = read(overview + PAGE.format("存在问题：解读偏少。"))
    assert ([item.text for item in problems], [item.text for item in improvements]) == (
        ["解读偏少"],
        ["补齐了目录"],
    )


@pytest.mark.parametrize(
    ("sentence", "is_of_last_year"),
    [
        ("上年度报告指出的“栏目重复”问题，已于五月完成改版。", True),
        ("去年考核中发现的目录不全问题，现已整改到位。", True),
        ("本年度考核中发现的目录不全问题，现已整改到位。", UNSET),
    ],
)
def test_a_sentence_tells_that_its_measure_answers_a_problem_of_the_year_before(
    sentence: str, is_of_last_year: Any
) -> None:
    problems, (measure,) = read(PAGE.format(f"{sentence}\n存在问题：解读偏少。"))
    assert [problem.text for problem in problems] == ["解读偏少"]
    assert measure.of_last_year is is_of_last_year


def test_equal_counts_alone_pair_nothing() -> None:
    _, improvements = read(
        PAGE.format("问题：一是目录不全；二是解读偏少。措施：一是补齐目录；二是多做图解。")
    )
    assert [item.answers for item in improvements] == [[], []]


def test_a_chapter_lost_between_others_still_lists_its_items() -> None:
    before = "三、收到和处理政府信息公开申请情况\n0\n四、政府信息公开行政复议、行政诉讼情况\n0 0 0\n"
    problems, improvements = read(f"{before}（一）主要问题\n一是目录不全。\n（二）改进措施\n一是补齐目录。")
    assert ([item.text for item in problems], [item.text for item in improvements]) == (
        ["目录不全"],
        ["补齐目录"],
    )


@pytest.mark.parametrize("label", ["heading", "table_row", "numeric_cell", "furniture"])
def test_one_wrong_label_for_all_lines_loses_no_problem(label: str) -> None:
    problems, _ = read(PAGE.format("存在的主要问题：一是公开目录不够完整；二是解读材料偏少。"), wrong=label)
    assert [item.text for item in problems] == ["公开目录不够完整", "解读材料偏少"]


def test_titles_that_were_taken_for_rows_of_a_table_are_text() -> None:
    text = PAGE.format("（一）存在的不足\n1.灯塔检修不公示\n（二）改进安排\n1.检修前三日公示")
    lines = split(text)
    labels = ["heading", "table_row", "table_row", "table_row", "table_row", "heading", "narrative"]
    narrative = read_narrative(lines, labels)
    assert [item.text for item in narrative.problems] == ["灯塔检修不公示"]
    assert [item.text for item in narrative.improvements] == ["检修前三日公示"]


def test_a_chapter_in_one_line_starts_at_its_own_heading_and_not_where_its_title_is_mentioned() -> None:
    before = "一、总体情况 下文有存在的主要问题及改进情况。公开平稳。二、主动公开政府信息情况 无。"
    chapter = "五、存在的主要问题及改进情况 存在的主要问题：一是目录不全；二是解读偏少。"
    problems, improvements = read(f"{before}{chapter}六、其他需要报告的事项 无。")
    assert ([item.text for item in problems], improvements) == (["目录不全", "解读偏少"], [])


def test_a_text_without_the_chapter_lists_nothing() -> None:
    assert read("今天天气很好。\n一是晴；二是暖。") == ([], [])


@pytest.mark.parametrize(
    "piece",
    [
        "一是目录不全；二是解读偏少。",
        "针对公开",
        "（一）不够。1.一是（1）①首先，",
        "存在的主要问题",
        "问题|措施\n甲\n",
    ],
)
@pytest.mark.parametrize("times", [1_000, pytest.param(5_000, marks=pytest.mark.full)])
def test_time_grows_with_the_text_and_not_faster(piece: str, times: int) -> None:
    problems, _ = read(PAGE.format(piece * times))
    assert len(problems) >= 0
