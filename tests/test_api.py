"""What `import nianbao` offers."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from msgspec import UNSET, Struct, json
from msgspec.structs import replace

import nianbao
import nlp
from nlp.labelling.model_folder import ModelError
from nlp.reading.inputs import find
from nlp.record import model as record
from nlp.running.batch import results
from nlp.running.extraction import Extraction
from nlp.writers.frames import UnknownTable
from nlp.writers.rows import rows
from nlp.writers.tables import DICTIONARY, tables
from tests.project import ROOT

SAMPLES = ROOT / "data" / "samples"
FIRST, SECOND = sorted(SAMPLES.glob("*.txt"))[:2]
NAMES = [table.id for table in tables() if table.id != DICTIONARY]


@cache
def many() -> tuple[nianbao.Report, ...]:
    return tuple(nianbao.read_many([SAMPLES, "nowhere.txt"]))


def test_a_report_is_the_record_of_extract() -> None:
    (extracted,) = results(Extraction(), find([str(FIRST)]))
    assert json.encode(nianbao.read(str(FIRST))) + b"\n" == extracted.line
    assert isinstance(nianbao.read(FIRST), record.Report)


def test_bytes_are_read_under_the_name_that_they_are_given() -> None:
    found = nianbao.read_bytes(FIRST.read_bytes(), "fetched.txt")
    assert found.source.name == "fetched.txt"
    assert dict(found.cells()) == dict(nianbao.read(FIRST).cells())


def test_cells_are_had_by_their_ids() -> None:
    assert nianbao.read(SECOND).cell("disclosure.licensing.decisions").value == 2939


def test_lines_are_there_when_they_are_asked_for() -> None:
    assert nianbao.read(FIRST).lines is UNSET
    assert nianbao.read(FIRST, lines=True).lines


def test_a_file_that_cannot_be_read_raises_with_a_code() -> None:
    with pytest.raises(nianbao.Unreadable, match="there is no such file") as raised:
        nianbao.read("nowhere.txt")
    assert raised.value.code == "not_found"


def test_of_many_one_that_cannot_be_read_is_a_report_with_an_error() -> None:
    *read, last = many()
    assert [one.source.name for one in read] == sorted(path.name for path in SAMPLES.glob("*.txt"))
    assert last.error
    assert last.error.code == "not_found"


def test_many_come_in_the_order_given_and_as_often() -> None:
    paths = (path for path in (SECOND, FIRST, SECOND))
    read = [report.source.path for report in nianbao.read_many(paths, jobs=2)]
    assert read == [str(SECOND), str(FIRST), str(SECOND)]


def test_many_are_read_one_by_one() -> None:
    found = nianbao.read_many([FIRST] * 3)
    assert next(found).source.name == FIRST.name
    found.close()  # type: ignore[attr-defined]


def test_a_model_that_is_refused_is_told_of_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        nianbao.read_many([FIRST], model=tmp_path)


def test_a_report_can_be_sent_to_another_process() -> None:
    report = nianbao.read(FIRST)
    assert pickle.loads(pickle.dumps(report)) == report


def test_an_audit_is_what_check_tells() -> None:
    assert nianbao.read(FIRST).audit() == nianbao.audit(nianbao.read(FIRST))
    assert nianbao.read(FIRST).audit().verdict == "right"


def test_a_notebook_shows_the_form() -> None:
    assert "三、收到和处理政府信息公开申请情况" in nianbao.read(FIRST)._repr_html_()


@pytest.mark.parametrize("table", NAMES)
def test_frames_of_pandas_and_polars_hold_the_rows_of_the_export(table: str) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    wanted = [row for n, report in enumerate(many(), 1) for row in rows(report, n)[table]]
    polars, pandas = nianbao.to_polars(many(), table), nianbao.to_pandas(iter(many()), table)
    assert polars.rows() == wanted
    assert pandas.shape == polars.shape
    assert list(pandas.columns) == polars.columns
    plain = pandas.astype(object).where(pandas.notna(), None)
    assert [tuple(row) for row in plain.itertuples(index=False)] == wanted


def test_counts_stay_whole_numbers_beside_empty_cells() -> None:
    pytest.importorskip("pandas")
    frame = many()[0].to_pandas("reports")
    assert str(frame["requests__granted__total"].dtype) == "Int64"
    assert nianbao.to_pandas([], "cells").shape[0] == 0


def test_frames_of_one_report_and_of_many_have_the_same_columns() -> None:
    pytest.importorskip("polars")
    assert many()[0].to_polars().schema == nianbao.to_polars(many()).schema


def test_a_table_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownTable, match="there is no table 'sums'; the tables are reports, cells, items"):
        nianbao.to_polars(many(), "sums")


def test_a_number_too_long_for_a_column_is_left_out_with_a_warning() -> None:
    pytest.importorskip("polars")
    with pytest.warns(UserWarning, match="more digits than a column can hold"):
        assert nianbao.to_polars(replace(many()[0], year=10**30), "reports")["year"][0] is None


def printed(code: str) -> str:
    """Return what a fresh Python prints for some code."""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_importing_the_package_behind_it_loads_none_of_it() -> None:
    code = "import sys, nlp; print([one for one in sys.modules if one[:4] in ('nlp.', 'msgs', 'typi')])"
    assert printed(code) == "[]"


def test_importing_loads_the_types_of_the_record_and_no_reader() -> None:
    code = (
        "import sys, nianbao; print({'numpy', 'lxml', 'rapidfuzz', 'rjieba', 'pypdfium2', 'nlp.pipeline', "
        "'nlp.reading.reader', 'nlp.writers', 'nlp.showing'} & set(sys.modules))"
    )
    assert printed(code) == "set()"


def test_reading_loads_no_data_frames_and_no_cluster() -> None:
    code = (
        f"import sys, nianbao; nianbao.read({os.fspath(FIRST)!r})._repr_html_(); "
        "print({'pandas', 'polars', 'joblib', 'distributed', 'ray', 'sklearn'} & set(sys.modules))"
    )
    assert printed(code) == "set()"


def test_every_name_that_is_offered_is_there_and_says_what_it_is() -> None:
    assert [name for name in nianbao.__all__ if not getattr(nianbao, name).__doc__] == []


def test_every_type_of_the_record_is_offered() -> None:
    types = {name for name, value in vars(record).items() if isinstance(value, type) and value is not Struct}
    own = {name for name in types if vars(record)[name].__module__ == record.__name__}
    assert own <= set(nianbao.__all__)


def test_the_package_behind_it_offers_no_names_of_its_own() -> None:
    with pytest.raises(AttributeError, match="module 'nlp' has no attribute 'read'"):
        nlp.read  # type: ignore[attr-defined]  # noqa: B018
