"""Scores: what counts as right, wrong, unanswered; which records meet; what is said of bad input."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from time import process_time
from typing import Any

import msgspec
import pytest

from training.labels.label_files import LabelError
from training.scoring.acceptance import curve
from training.scoring.gold import Record
from training.scoring.matching import Matched, Pair, Unscorable
from training.scoring.metrics import Share
from training.scoring.printed import printed
from training.scoring.readings import Reading, outcome, reading
from training.scoring.score import score, score_paths
from training.scoring.scores import Scores

TABLE, ROW = "review_litigation", "review"


def record(**parts: Any) -> Record:
    return msgspec.convert({"source": "a", **parts}, Record)


def row(**cells: Any) -> dict[str, Any]:
    return {TABLE: {ROW: cells}}


def scored(gold: dict[str, Any], predicted: dict[str, Any] | None) -> Scores:
    """Score one document."""
    return score(Matched([Pair("a", record(**gold), None if predicted is None else record(**predicted))], []))


def state(state: str, value: float | None = None, confidence: float = 1.0) -> dict[str, Any]:
    return {"value": value, "state": state, "confidence": confidence}


def write(path: Path, *records: object) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("gold", "predicted", "judged"),
    [
        (3, 3, "right"),
        (0, 0, "right"),
        (None, None, "right"),
        (25.1, 251000 / 10000, "right"),
        (0.3, 0.1 + 0.2, "right"),
        ("53.6318万元", 53.6318, "right"),
        ("251000元", 25.1, "right"),
        ("1.2亿元", 12000, "right"),
        ("1,234", 1234, "right"),
        ("/", None, "right"),
        (3, 4, "wrong"),
        (3, 0, "wrong"),
        (0, None, "wrong"),
        (None, 0, "wrong"),
        (3, None, "wrong"),
        (3, state("missing"), "unanswered"),
        (0, state("ambiguous"), "unanswered"),
        (None, state("missing"), "unanswered"),
        (None, state("blank"), "right"),
        (state("blank"), state("blank"), "right"),
        (state("missing"), state("missing"), "right"),
        (state("missing"), state("blank"), "wrong"),
        (state("missing"), 0, "wrong"),
        (state("printed", 7), state("printed", 7), "right"),
    ],
)
def test_a_cell_is_right_wrong_or_unanswered(gold: Any, predicted: Any, judged: str) -> None:
    one, other = (record(tables=row(total=cell)).tables[TABLE][ROW]["total"] for cell in (gold, predicted))
    assert outcome(reading(one), reading(other)) == judged


def test_a_cell_that_a_person_set_to_null_is_blank() -> None:
    assert reading(record(tables=row(total=state("printed"))).tables[TABLE][ROW]["total"]) == Reading("blank")


def test_a_cell_that_gold_leaves_out_is_not_scored() -> None:
    scores = scored({"tables": row(total=3)}, {"tables": row(total=3, upheld=9)})
    assert scores.cells.cells.of == 1
    assert scores.cells.reports_exact.count == 1


def test_a_cell_that_gold_cannot_tell_is_not_scored() -> None:
    assert scored({"tables": row(total=state("ambiguous"))}, {"tables": {}}).cells.cells.of == 0


def test_a_cell_that_the_prediction_does_not_list_is_unanswered() -> None:
    scores = scored({"tables": row(total=3)}, {"tables": {}})
    assert (scores.cells.wrong, scores.cells.unanswered) == (0, 1)


def test_precision_and_recall_count_the_cells_that_are_not_zero() -> None:
    gold = row(upheld=2, corrected=0, other=5, pending=None, total=7)
    predicted = row(upheld=2, corrected=1, other=0, pending=None, total=7)
    non_zero = scored({"tables": gold}, {"tables": predicted}).cells.non_zero
    assert (non_zero.right, non_zero.predicted, non_zero.gold) == (2, 3, 3)
    assert non_zero.f1 == pytest.approx(2 / 3)


def test_a_report_a_table_and_a_row_are_exact_where_every_cell_is_right() -> None:
    gold = {
        TABLE: {"review": {"total": 1}, "litigation_direct": {"total": 2}},
        "disclosure": {"fees": {"amount": 0}},
    }
    predicted = {**gold, TABLE: {"review": {"total": 1}, "litigation_direct": {"total": 3}}}
    cells = scored({"tables": gold}, {"tables": predicted}).cells
    assert (cells.reports_exact.count, cells.tables_exact.count, cells.rows_exact.count) == (0, 1, 2)
    assert (cells.reports_exact.of, cells.tables_exact.of, cells.rows_exact.of) == (1, 2, 3)


def test_the_baseline_answers_zero_everywhere() -> None:
    baseline = scored({"tables": row(upheld=0, corrected=0, other=None, total=4)}, {"tables": {}}).baseline
    assert (baseline.cells.count, baseline.wrong, baseline.unanswered) == (2, 2, 0)
    assert (baseline.non_zero.precision, baseline.non_zero.recall) == (None, 0.0)


def test_the_confusion_tells_zero_blank_missing_and_other_numbers_apart() -> None:
    gold = row(upheld=2, corrected=0, other=None, pending=3, total=4)
    predicted = row(upheld=5, corrected=None, other=0, pending=state("ambiguous"), total=4)
    assert scored({"tables": gold}, {"tables": predicted}).cells.confusion == {
        "number": {"other_number": 1, "ambiguous": 1, "number": 1},
        "zero": {"blank": 1},
        "blank": {"zero": 1},
    }


REVIEW = [{"code": "cells_ambiguous", "message": "…"}]


@pytest.mark.parametrize(
    ("predicted", "accepted", "silent"),
    [
        ({"tables": row(total=9)}, 1, 1),
        ({"tables": row(total=9), "review": REVIEW}, 0, 0),
        ({"tables": row(total=state("missing"))}, 1, 1),
        ({"tables": row(total=3)}, 1, 0),
        ({"error": {"code": "empty", "message": "…"}}, 0, 0),
        (None, 0, 0),
    ],
)
def test_a_cell_is_silently_wrong_where_no_review_is_asked_for(
    predicted: dict[str, Any] | None, accepted: int, silent: int
) -> None:
    acceptance = scored({"tables": row(total=3)}, predicted).acceptance
    assert (acceptance.records.count, acceptance.silently_wrong) == (accepted, silent)


@pytest.mark.parametrize(
    ("predicted", "wrong"),
    [
        ({"organization": "乙局", "year": 2022}, (1, 0)),
        ({"organization": "甲局", "year": 2021}, (0, 1)),
        ({"organization": "乙局", "year": 2021, "review": REVIEW}, (0, 0)),
    ],
)
def test_a_wrong_agency_or_year_is_silently_wrong_where_no_review_is_asked_for(
    predicted: dict[str, Any], wrong: tuple[int, int]
) -> None:
    gold = {"organization": "甲局", "year": 2022, "tables": row(total=3)}
    facts = scored(gold, {"tables": row(total=3), **predicted}).acceptance.silently_wrong_facts
    assert (facts["organization"].count, facts["year"].count) == wrong


def test_silently_wrong_cells_are_named() -> None:
    (cell,) = scored({"tables": row(total=3)}, {"tables": row(total=9)}).acceptance.silently_wrong_cells
    assert (cell.document, cell.cell, cell.gold, cell.predicted) == (
        "a",
        "review_litigation.review.total",
        3,
        9,
    )


def test_risk_rises_as_less_confident_ones_are_taken() -> None:
    points = curve([(0.9, False), (0.99, False), (0.5, True), (0.9, True)], 5)
    assert [(point.confidence, point.coverage, point.risk) for point in points] == [
        (0.99, 0.2, 0.0),
        (0.9, 0.6, pytest.approx(1 / 3)),
        (0.5, 0.8, 0.5),
    ]


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    points = curve([(n / 1000, False) for n in range(1000)], 1000)
    assert len(points) <= 22
    assert (points[0].confidence, points[-1].coverage) == (0.999, 1.0)


def test_records_are_taken_by_their_least_confident_cell() -> None:
    predicted = {"tables": row(upheld=state("printed", 1, 0.4), total=state("printed", 1, 0.9))}
    (point,) = scored({"tables": row(upheld=1, total=1)}, predicted).acceptance.curve_of_records
    assert point.confidence == 0.4


def found(scores: Any) -> tuple[int, int, int]:
    return scores.right, scores.predicted, scores.gold


SECTIONS = [
    {"kind": "preface", "lines": [1, 4]},
    {"kind": "overview", "lines": [5, 18], "sections": [{"kind": "platforms", "lines": [9, 9]}]},
    {"kind": "disclosure", "lines": [19, 34]},
]


def test_sections_are_right_where_both_ends_are() -> None:
    gold = {"overview": [5, 18], "disclosure": [19, 35], "other_matters": [81, 85]}
    assert found(scored({"sections": gold}, {"sections": SECTIONS}).sections) == (1, 2, 3)


def test_a_chapter_that_gold_says_to_be_absent_is_found_wrongly() -> None:
    assert found(scored({"sections": {"preface": None}}, {"sections": SECTIONS}).sections) == (0, 1, 0)


def test_parts_are_scored_where_gold_has_them() -> None:
    scores = scored({"sections": SECTIONS}, {"sections": SECTIONS})
    assert found(scores.sections) == (4, 4, 4)
    assert list(scores.sections_by_kind) == ["preface", "overview", "overview/platforms", "disclosure"]


def items(*texts: str) -> list[dict[str, str]]:
    return [{"text": text} for text in texts]


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"),
    [
        (["公开意识不强"], ["公开意识不强"], (1, 1, 1)),
        (["公开意识 不强"], ["公开\n意识不强"], (1, 1, 1)),
        (["一二三四五六七八九十"], ["一二三四五六七八九"], (1, 1, 1)),
        (["一二三四五六七八九十"], ["一二三四五六七"], (0, 1, 1)),
        (["公开意识不强", "队伍薄弱"], ["公开意识不强，队伍薄弱"], (0, 1, 2)),
        (["公开意识不强"], ["公开意识不强", "公开意识不强"], (1, 2, 1)),
        ([], ["公开意识不强"], (0, 1, 0)),
        (["公开意识不强"], [], (0, 0, 1)),
    ],
)
def test_items_match_one_to_one(gold: list[str], predicted: list[str], counts: tuple[int, int, int]) -> None:
    scores = scored({"problems": items(*gold)}, {"problems": items(*predicted)})
    assert found(scores.problems) == counts
    assert scores.improvements is None


def test_gold_may_give_the_text_of_an_item_alone() -> None:
    assert found(scored({"problems": ["队伍薄弱"]}, {"problems": items("队伍薄弱")}).problems) == (1, 1, 1)


def test_answers_point_at_problems_as_gold_numbers_them() -> None:
    gold = {"problems": items("甲甲甲", "乙乙乙"), "improvements": [{"text": "丙丙丙", "answers": [1]}]}
    predicted = {"problems": items("乙乙乙", "甲甲甲"), "improvements": [{"text": "丙丙丙", "answers": [0]}]}
    assert scored(gold, predicted).answers == Share(1, 1, 1.0)


def lines(*labels: str) -> list[dict[str, Any]]:
    return [{"n": n, "label": label, "confidence": 1.0} for n, label in enumerate(labels, 1)]


def test_labels_that_neither_side_uses_stay_out_of_the_macro_f1() -> None:
    gold, predicted = lines("heading", "narrative", "narrative"), lines("heading", "narrative", "heading")
    figures = scored({"lines": gold}, {"lines": predicted}).lines
    assert figures is not None
    assert set(figures.labels) == {"heading", "narrative"}
    assert figures.macro_f1 == pytest.approx(2 / 3)
    assert figures.confusion == {"heading": {"heading": 1}, "narrative": {"heading": 1, "narrative": 1}}


def test_a_label_that_only_the_prediction_uses_counts_in_the_macro_f1() -> None:
    figures = scored({"lines": lines("heading", "heading")}, {"lines": lines("heading", "furniture")}).lines
    assert figures is not None
    assert figures.macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_records_extracted_without_lines_are_not_scored_on_them() -> None:
    assert scored({"tables": row(total=1), "lines": lines("heading")}, {"tables": row(total=1)}).lines is None


def test_facts_are_right_or_not() -> None:
    facts = scored({"organization": "甲局", "year": 2022}, {"organization": "乙局", "year": 2022}).facts
    assert {name: share.count for name, share in facts.items()} == {"organization": 0, "year": 1}


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("000", "000.txt"),
        ("hongze2023.pdfium", "hongze2023.pdfium.txt"),
        ("000.pdf", "000.txt"),
        ("in/000.txt", "000.HTML"),
        ("000", "000.scraped"),
    ],
)
def test_records_meet_by_source_name_without_its_ending(gold: str, predicted: str, tmp_path: Path) -> None:
    one = write(tmp_path / "gold.jsonl", {"source": gold, "tables": row(total=3)})
    other = write(tmp_path / "predicted.jsonl", {"source": {"name": predicted}, "tables": row(total=3)})
    assert score_paths(one, other).cells.cells.count == 1


def test_dots_inside_a_name_are_no_ending(tmp_path: Path) -> None:
    names = ["hongze2023.pdfium", "hongze2023.pypdf"]
    gold = write(tmp_path / "gold.jsonl", *({"source": name, "year": 2023} for name in names))
    predicted = write(
        tmp_path / "new.jsonl", *({"source": {"name": f"{name}.txt"}, "year": 2023} for name in names)
    )
    assert score_paths(gold, predicted).facts["year"].count == 2


def test_gold_without_prediction_is_scored_as_not_answered(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", *({"source": name, "tables": row(total=3)} for name in "ab"))
    predicted = write(tmp_path / "new.jsonl", {"source": "b", "tables": row(total=3)}, {"source": "c"})
    scores = score_paths(gold, predicted)
    assert (scores.without_prediction, scores.without_gold) == (["a"], ["c"])
    assert (scores.cells.cells.count, scores.cells.unanswered) == (1, 1)
    assert [(one.name, one.exact) for one in scores.documents] == [("a", False), ("b", True)]


@pytest.mark.parametrize("shape", ["folder of files", "JSON Lines", "one file, indented", "a list"])
def test_records_come_as_files_folders_and_lines(shape: str, tmp_path: Path) -> None:
    one = {"source": "a", "tables": row(total=3)}
    path = tmp_path / "gold.json"
    if shape == "folder of files":
        write(tmp_path / "gold/deep/a.json", one)
        path = tmp_path / "gold"
    else:
        texts = {
            "JSON Lines": json.dumps(one) + "\n\n" + json.dumps({"source": "b", "year": 2022}),
            "a list": json.dumps([one]),
        }
        path.write_text(texts.get(shape, json.dumps(one, indent=1)), encoding="utf-8-sig")
    assert score_paths(str(path), str(path)).cells.cells.count == 1


def test_all_broken_records_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "predicted.jsonl"
    many = '{"source": "b", "tables": {"fees": {"amount": {"z": "many"}}}}'
    path.write_text(f'{{"source": "a"}}\n{{"source": \n{{"year": 2022}}\n{many}\n')
    with pytest.raises(Unscorable) as refused:
        score_paths(str(path), str(path))
    assert [fault.partition(": ")[0].rpartition(":")[2] for fault in refused.value.faults] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("gold", "predicted", "words"),
    [
        (["a", "a"], ["a"], "gold: “a” stands 2 times"),
        (["a", "b"], ["a", "a.txt", "b", "b.pdf"], "predicted: “b” stands 2 times"),
        (["a"], ["b"], "No predicted record has the source name of a gold record"),
        ([], ["b"], "no record at all"),
    ],
)
def test_records_that_do_not_meet_are_told(
    gold: list[str], predicted: list[str], words: str, tmp_path: Path
) -> None:
    one = write(tmp_path / "gold.jsonl", *({"source": name} for name in gold))
    other = write(tmp_path / "predicted.jsonl", *({"source": name} for name in predicted))
    with pytest.raises(Unscorable, match=words):
        score_paths(one, other)


def test_names_that_gold_does_not_ask_for_may_stand_twice(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", {"source": "a", "year": 2022})
    predicted = write(
        tmp_path / "predicted.jsonl", {"source": "a", "year": 2022}, {"source": "b"}, {"source": "b"}
    )
    assert score_paths(gold, predicted).facts["year"].count == 1


def tsv(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return str(path)


def test_label_files_are_scored_line_by_line(tmp_path: Path) -> None:
    tsv(tmp_path / "gold/a.tsv", "heading\t一、总体情况\n\t\nnarrative\t2024年，\t无。\n")
    tsv(tmp_path / "new/a.tsv", "heading\t一、总体情况\n\t\nheading\t2024年，\t无。\n")
    scores = score_paths(str(tmp_path / "gold"), str(tmp_path / "new"))
    assert scores.lines is not None
    assert (scores.lines.right.count, scores.lines.right.of) == (1, 2)


def test_label_files_of_different_texts_cannot_be_compared(tmp_path: Path) -> None:
    gold = tsv(tmp_path / "gold/a.tsv", "heading\t一\nnarrative\t无")
    new = tsv(tmp_path / "a.tsv", "heading\t一\nnarrative\t有")
    with pytest.raises(Unscorable, match=r"a.tsv:2: this is not the text of"):
        score_paths(gold, new)


def test_a_label_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tsv(tmp_path / "a.tsv", "title\t一、总体情况")
    with pytest.raises(LabelError, match="title"):
        score_paths(path, path)


@pytest.mark.parametrize("way", ["gold of lines, records without", "gold records, label files"])
def test_records_and_label_files_are_not_compared(way: str, tmp_path: Path) -> None:
    labels, records = tsv(tmp_path / "a.tsv", "heading\t一"), write(tmp_path / "a.json", {"source": "a"})
    paths = (labels, records) if way.startswith("gold of lines") else (records, labels)
    with pytest.raises(Unscorable):
        score_paths(*paths)


def test_records_with_lines_meet_label_files(tmp_path: Path) -> None:
    labels = tsv(tmp_path / "a.tsv", "heading\t一、总体情况")
    records = write(tmp_path / "a.json", {"source": "a.txt", "lines": lines("heading")})
    scores = score_paths(labels, records)
    assert scores.lines is not None
    assert scores.lines.macro_f1 == 1.0


def test_what_is_not_perfect_does_not_look_so() -> None:
    gold = {f"row{n}": {"total": 1} for n in range(5000)}
    scores = scored({"tables": {TABLE: gold}}, {"tables": {TABLE: {**gold, "row7": {"total": 2}}}})
    assert "1.000" not in printed(scores).split("all cells right", 1)[1].split("\n", 1)[0]


def test_what_was_not_scored_is_not_printed() -> None:
    text = printed(scored({"year": 2022}, {"year": 2022}))
    assert "year right" in text
    assert "non-zero" not in text
    assert "lines" not in text


def test_gold_scored_against_itself_is_perfect(shared: Path) -> None:
    scores = score_paths(str(shared / "gold/reports"), str(shared / "gold/reports"))
    assert scores.cells.reports_exact.count == scores.cells.reports_exact.of == 14
    assert scores.cells.wrong == scores.cells.unanswered == scores.acceptance.silently_wrong == 0
    assert scores.sections is not None
    assert scores.sections.f1 == 1.0


def test_a_thousand_records_take_seconds(tmp_path: Path) -> None:
    cells = {f"row{n}": {f"column{m}": n * m for m in range(7)} for n in range(28)}
    full = {row: {name: state("printed", value) for name, value in one.items()} for row, one in cells.items()}
    names = [str(n) for n in range(1000)]
    gold = write(tmp_path / "gold.jsonl", *({"source": name, "tables": {TABLE: cells}} for name in names))
    new = write(tmp_path / "new.jsonl", *({"source": name, "tables": {TABLE: full}} for name in names))
    start = process_time()
    assert score_paths(gold, new).cells.reports_exact.count == 1000
    assert process_time() - start < 6


def test_gzipped_records_are_scored_and_addresses_are_told_to_be_copied(tmp_path: Path) -> None:
    record = b'{"source": "a", "year": 2022}'
    (tmp_path / "a.jsonl").write_bytes(record)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(record))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(record)[:-9])
    scores = score_paths(str(tmp_path / "a.jsonl"), str(tmp_path / "a.jsonl.gz"))
    assert scores.facts["year"].count == 1
    for path, said in (
        ("s3://records/a.jsonl", "copy it here first"),
        (tmp_path / "cut.jsonl.gz", "could not be read"),
    ):
        with pytest.raises(Unscorable, match=said):
            score_paths(str(tmp_path / "a.jsonl"), str(path))
