"""The report on a run: pages that run nothing, Markdown, comparisons, thresholds."""

from __future__ import annotations

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from nlp.commands.cli import main
from nlp.showing.markup import element, text
from training.scoring.comparison import Comparison
from training.scoring.markdown import escaped
from training.scoring.run import Run, run
from training.scoring.thresholds import BadThreshold, missed, thresholds

HOSTILE = '"><img src=x onerror=alert(1)><script>document.title="owned"</script>'
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def cell(value: int, line: int = 2, text: str | None = None) -> dict[str, Any]:
    return {"value": value, "state": "printed", "confidence": 0.9, "line": line, "text": text or str(value)}


def written(path: Path, *records: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return str(path)


def prediction(total: int, upheld: int, name: str = "a") -> dict[str, Any]:
    cells = {"upheld": cell(upheld), "total": cell(total, text=HOSTILE)}
    return {
        "source": {"name": f"{name}.txt"},
        "tables": {"review_litigation": {"review": cells}},
        "review": [],
    }


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Gold, two runs over it, and the text, which is hostile."""
    cells = {"upheld": 2, "total": 5}
    gold = [{"source": name, "tables": {"review_litigation": {"review": cells}}} for name in ("a", HOSTILE)]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(f"行政复议\n{HOSTILE}\n2 0 5\n最后", encoding="utf-8")
    return {
        "gold": written(tmp_path / "gold.jsonl", *gold),
        "before": written(tmp_path / "before.jsonl", prediction(5, 1), prediction(5, 2, HOSTILE)),
        "after": written(tmp_path / "after.jsonl", prediction(9, 2), prediction(5, 2, HOSTILE)),
        "texts": str(tmp_path / "texts"),
    }


class Tags(HTMLParser):
    """Gathers the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def scored(files: dict[str, str], before: bool = False) -> Run:
    return run(files["gold"], files["after"], files["before"] if before else None, Path(files["texts"]))


@pytest.mark.parametrize("before", [False, True])
def test_hostile_text_is_shown_as_text(files: dict[str, str], before: bool) -> None:
    page = Tags()
    page.feed(scored(files, before).html())
    assert HOSTILE in page.words
    assert not page.tags & {"script", "img", "iframe", "object", "link"}
    assert not any(name.startswith("on") or name in ("src", "srcset") for name in page.attributes)


def test_a_page_needs_no_network(files: dict[str, str]) -> None:
    html = scored(files).html()
    assert "default-src &#x27;none&#x27;" in html
    assert "http:" not in html
    assert "https:" not in html
    assert "@import" not in html
    assert "url(" not in html


def test_every_wrong_cell_is_shown_with_label_gold_claim_and_line(files: dict[str, str]) -> None:
    page = Tags()
    page.feed(scored(files).html())
    for words in ("review_litigation.review.total", "行政复议 · 总计", "silent", "2 0 5"):
        assert words in page.words


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_a_browser_shows_the_page_without_an_error(files: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(scored(files).html(), encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
    ]
    logged = [
        "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run([str(CHROMIUM), *flags, *logged], capture_output=True, text=True, timeout=60)
    assert "CONSOLE" not in done.stderr
    assert "<title>How good the records are</title>" in done.stdout


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<b>", "&lt;b&gt;"),
        ('"', "&quot;"),
        ("'", "&#x27;"),
        ("&", "&amp;"),
        ("\x07", "\ufffd"),
        ("总计\t1", "总计\t1"),
    ],
)
def test_text_is_escaped(raw: str, shown: str) -> None:
    assert text(raw) == shown


def test_an_attribute_cannot_be_left() -> None:
    assert element("td", title='x" onclick="y') == '<td title="x&quot; onclick=&quot;y"></td>'


@pytest.mark.parametrize("raw", ["|", "<img>", "`x`", "[a](javascript:x)", "*a*", "a\nb"])
def test_markdown_has_no_marks_of_the_text(raw: str) -> None:
    assert not any(mark in escaped(raw).replace("\\" + mark, "") for mark in "|<`[*\n")


def compared(files: dict[str, str]) -> Comparison:
    found = scored(files, before=True).comparison
    assert found is not None
    return found


def test_a_comparison_tells_gains_and_losses_by_cell_and_document(files: dict[str, str]) -> None:
    two = compared(files)
    assert [(one.cell, one.change, one.before, one.after) for one in two.cells] == [
        ("review_litigation.review.upheld", "gained", 1, 2),
        ("review_litigation.review.total", "lost", 5, 9),
    ]
    assert [(one.name, one.gained, one.lost) for one in two.documents] == [("a", 1, 1)]
    assert (two.gained, two.lost) == (1, 1)


def test_a_comparison_shows_the_text_around_a_cell(files: dict[str, str]) -> None:
    assert compared(files).cells[0].around == [(1, "行政复议"), (2, HOSTILE), (3, "2 0 5")]


def test_a_run_differs_in_nothing_from_itself(files: dict[str, str]) -> None:
    two = run(files["gold"], files["after"], files["after"]).comparison
    assert two is not None
    assert (two.documents, two.cells) == ([], [])
    assert all(one.difference == 0 for one in two.headline.values())


def test_each_figure_that_is_too_low_is_named(files: dict[str, str]) -> None:
    words = missed(scored(files).scores, {"cells": 0.9, "reports_exact": 0.5, "lines": 0.1})
    assert [one.split()[0] for one in words] == ["cells", "lines"]


def test_all_thresholds_that_cannot_be_kept_are_named() -> None:
    with pytest.raises(BadThreshold) as refused:
        thresholds(["f1=0.9", "cells=much", "cells=2", "cells=0.9"])
    assert len(str(refused.value).splitlines()) == 3


def called(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(end.value.code or 0)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("cells=0.5", 0), ("cells=1", 1), ("lines=0.1", 1), ("nothing=1", 2), ("cells=much", 2)],
)
def test_fail_under_sets_the_exit_code(files: dict[str, str], wanted: str, code: int) -> None:
    assert called("score", files["gold"], files["after"], "--fail-under", wanted) == code


def test_every_form_is_written(files: dict[str, str], tmp_path: Path) -> None:
    paths = {form: tmp_path / f"out.{form}" for form in ("json", "html", "markdown")}
    options = [part for form, path in paths.items() for part in (f"--{form}", str(path))]
    assert called("score", files["gold"], files["after"], "--against", files["before"], *options) == 0
    assert json.loads(paths["json"].read_text(encoding="utf-8"))["schema"] == "nianbao.comparison/1"
    assert paths["html"].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "## Two runs" in paths["markdown"].read_text(encoding="utf-8")


BAD = {
    "gold for other documents": ([{"source": "z", "year": 2022}], [{"source": "a", "year": 2022}]),
    "gold for another document of that name": (
        [{"source": {"name": "a", "sha256": "1"}, "year": 2022}],
        [{"source": {"name": "a", "sha256": "2"}, "year": 2022}],
    ),
    "a record without tables": ([{"source": "a", "tables": {"x": {"y": {"z": 1}}}}], [{"source": "a"}]),
    "a gold record that says nothing": ([{"source": "a"}], [{"source": "a", "year": 2022}]),
    "a record twice": (
        [{"source": "a", "year": 1}],
        [{"source": "a", "year": 1}, {"source": "a.txt", "year": 1}],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_without_figures(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gold, predicted = (written(tmp_path / f"{n}.jsonl", *records) for n, records in enumerate(BAD[case]))
    assert called("score", gold, predicted, "--json", str(tmp_path / "out.json")) == 2
    assert capfd.readouterr().out == ""
    assert not (tmp_path / "out.json").exists()


def test_all_that_is_amiss_is_named_at_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    good = {"source": "a", "tables": {"x": {"y": {"z": 1}}}}
    gold = written(tmp_path / "gold.jsonl", good, {**good, "source": "b"}, {**good, "source": "b.txt"})
    predicted = written(tmp_path / "new.jsonl", {"source": "a", "year": 1}, good, {"source": "b", "year": 1})
    assert called("score", gold, predicted) == 2
    told = capfd.readouterr().err
    for words in (
        "gold: “b” stands 2 times",
        "predicted: “a” stands 2 times",
        "new.jsonl:3: this record has no tables",
    ):
        assert words in told


def test_a_broken_line_on_either_side_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("gold", "new"):
        (tmp_path / f"{name}.jsonl").write_text('{"source": "a", "year": 1}\n{"source": \n', encoding="utf-8")
    assert called("score", str(tmp_path / "gold.jsonl"), str(tmp_path / "new.jsonl")) == 2
    told = capfd.readouterr().err
    assert "gold.jsonl:2" in told
    assert "new.jsonl:2" in told
