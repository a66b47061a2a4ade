"""The recipes of docs/recipes.md give right answers in every language, on pages whose answers are known."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from nlp.commands.cli import commands
from tests.docs import collected
from tests.project import ROOT

PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("recipes.md", "recipes.zh.md")}
PAGE = PAGES["recipes.md"]
VIEWS = ("grants_least", "backlog_grows", "reviews_lost", "problems_again", "sums_wrong")


class Written(NamedTuple):
    folder: Path
    truth: collected.Collected


def blocks(language: str, page: str = PAGE) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("recipes")
    truth = collected.write(folder / "reports")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        for block in blocks("sh"):
            for line in block.splitlines():
                result = CliRunner().invoke(commands, line.split()[1:], standalone_mode=False)
                assert not result.exception, line
                assert result.return_value == 0, line
    return Written(folder, truth)


@pytest.fixture(scope="module")
def in_sqlite(written: Written) -> dict[str, list[Any]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(written.folder)
        database = sqlite3.connect("records.sqlite")
        for block in blocks("sql"):
            if block.removeprefix("-- sqlite\n").startswith("SELECT"):
                assert database.execute(block).fetchall()
            else:
                database.executescript(block)
        return {view: database.execute(f"SELECT * FROM {view}").fetchall() for view in VIEWS}


@pytest.fixture(scope="module")
def in_pandas(written: Written) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(written.folder)
        exec(compile("\n".join(blocks("python")), "recipes.md", "exec"), found)
    return found


def total(truth: collected.Collected, key: tuple[str, int], row: str) -> int:
    return int(truth.numbers[key]["requests"][row]["total"])


def granted(truth: collected.Collected) -> dict[str, tuple[int, int]]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key in truth.usable():
        if key == collected.BLANK_OF:
            continue
        sums[key[0]][0] += total(truth, key, "granted")
        sums[key[0]][1] += total(truth, key, "total")
    return {agency: (some, of) for agency, (some, of) in sums.items() if of >= 10}


def growth(truth: collected.Collected) -> dict[str, int]:
    grown = {}
    for agency in collected.AGENCIES:
        keys = [key for key in truth.usable() if key[0] == agency]
        waiting = [total(truth, key, "carried_forward") for key in keys]
        steps = [after - before for before, after in pairwise(waiting)]
        if min(steps) >= 0 and sum(steps) > 0:
            grown[agency] = sum(steps)
    return grown


def lost(truth: collected.Collected) -> dict[str, tuple[int, int]]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key in truth.usable():
        if key[0].endswith("人民政府"):
            continue
        review = truth.numbers[key]["review_litigation"]["review"]
        decided = review["upheld"] + review["corrected"] + review["other"]
        sums[key[0][:3]][0] += int(review["corrected"])
        sums[key[0][:3]][1] += int(decided)
    return {place: (some, of) for place, (some, of) in sums.items() if of >= 5}


def test_sql_answers_right(written: Written, in_sqlite: dict[str, list[Any]]) -> None:
    truth = written.truth
    assert {row[0]: (row[3], row[4]) for row in in_sqlite["grants_least"]} == granted(truth)
    shares = [row[5] for row in in_sqlite["grants_least"]]
    assert shares == sorted(shares)
    assert {row[0]: row[4] for row in in_sqlite["backlog_grows"]} == growth(truth)
    assert growth(truth)
    assert {row[1]: (row[3], row[4]) for row in in_sqlite["reviews_lost"]} == lost(truth)
    assert lost(truth)
    again = [(row[0], row[2]) for row in in_sqlite["problems_again"]]
    assert (collected.AGAIN, 3) in again
    assert {agency for agency, _ in again} == {collected.AGAIN}
    assert {row[:2] for row in in_sqlite["sums_wrong"]} == {collected.WRONG_SUM}


def test_duckdb_answers_the_same(written: Written, in_sqlite: dict[str, list[Any]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(written.folder)
        database = duckdb.connect("records.duckdb")
        for block in blocks("sql"):
            if not block.startswith("-- sqlite"):
                database.execute(block.replace("panel.sqlite", "panel.duckdb"))
        for view in VIEWS:
            rows = database.execute(f"SELECT * FROM {view}").fetchall()
            assert [tuple(row) for row in rows] == in_sqlite[view], view
        database.close()


def test_pandas_answers_the_same(in_pandas: dict[str, Any], in_sqlite: dict[str, list[Any]]) -> None:
    least = in_pandas["grants_least"]
    assert list(zip(least.index, least.share, strict=True)) == [
        (row[0], row[5]) for row in in_sqlite["grants_least"]
    ]
    assert dict(in_pandas["backlog_grows"]["sum"]) == {row[0]: row[4] for row in in_sqlite["backlog_grows"]}
    assert dict(in_pandas["reviews_lost"].share) == {row[1]: row[5] for row in in_sqlite["reviews_lost"]}
    again = {(agency, text): years for (agency, text), years in in_pandas["problems_again"].items()}
    assert again == {(row[0], row[1]): row[2] for row in in_sqlite["problems_again"]}
    wrong = in_pandas["sums_wrong"][["agency", "year", "check_id"]].itertuples(index=False, name=None)
    assert list(wrong) == [row[:3] for row in in_sqlite["sums_wrong"]]


def test_r_answers_the_same(written: Written, in_sqlite: dict[str, list[Any]]) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("Rscript is not installed")
    (written.folder / "recipes.R").write_text("\n".join(blocks("r")), encoding="utf-8")
    done = subprocess.run(
        [program, "recipes.R"], cwd=written.folder, capture_output=True, text=True, check=True
    )
    for view in ("grants_least", "backlog_grows", "problems_again"):
        assert all(str(row[0]) in done.stdout for row in in_sqlite[view])


@pytest.mark.parametrize("block", blocks("r"))
def test_r_is_balanced_and_names_columns_that_are(block: str, written: Written) -> None:
    without_texts = re.sub(r'"[^"\n]*"', '""', block)
    for opening, closing in ("()", "[]", "{}"):
        assert without_texts.count(opening) == without_texts.count(closing)
    headers = {
        name
        for file in ("panel.csv", "tables/items.csv", "tables/checks.csv")
        for name in (written.folder / file).read_text("utf-8-sig").partition("\n")[0].strip().split(",")
    }
    assert set(re.findall(r"\b[a-z_]+__[a-z_]+\b", without_texts)) <= headers


def test_datasette_is_told_of_tables_that_are(written: Written, in_sqlite: dict[str, list[Any]]) -> None:
    yaml = pytest.importorskip("yaml")
    (text,) = blocks("yaml")
    told = yaml.safe_load(text)["databases"]["records"]
    database = sqlite3.connect(written.folder / "records.sqlite")
    for name, table in told["tables"].items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
        assert set(table.get("facets", ())) <= columns
        assert columns, name
        if "fts_table" in table:
            found = f"SELECT count(*) FROM {table['fts_table']} WHERE {table['fts_table']} MATCH ?"
            assert database.execute(found, ["及时更新"]).fetchone()[0] >= 3
    rows = database.execute(told["queries"]["said"]["sql"], {"words": "政府信息公开"}).fetchall()
    assert rows


def test_the_pages_show_the_same() -> None:
    for language in ("sh", "sql", "python", "r", "yaml", "text"):
        assert blocks(language) == blocks(language, PAGES["recipes.zh.md"])
