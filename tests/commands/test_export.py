"""Records leave: `extract -o FILE`, `export`, `schema`; their endings, exit codes, and what is said."""

from __future__ import annotations

import gzip
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from nlp.commands.cli import commands
from nlp.commands.exits import _code
from nlp.resources import folder
from nlp.writers import formats
from nlp.writers.exporting import NoRecord, exporting
from nlp.writers.formats import BadDestination, Choices, destination
from nlp.writers.output import Unwritable
from nlp.writers.remarks import Remarks
from nlp.writers.tables import tables
from tests.commands.test_cli import command, environment, texts

Run = Callable[..., tuple[int, str]]
OUTPUTS = (
    *(
        "out.jsonl",
        "out.jsonl.gz",
        "out.csv",
        "out.csv.gz",
        "out.xlsx",
        "out.parquet",
        "out.duckdb",
        "out.sqlite",
    ),
    "out/ --to csv",
    "out/ --to parquet",
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command in an empty folder; return its exit code and what it says on stderr."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: object) -> tuple[int, str]:
        capfd.readouterr()
        code = _code(commands, [str(argument) for argument in arguments])
        return int(code or 0), capfd.readouterr().err

    return ran


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of two samples and of a file that could not be read."""
    path = tmp_path_factory.mktemp("made")
    (path / "in").mkdir()
    for text in texts()[:2]:
        shutil.copy(text, path / "in")
    (path / "in" / "empty.txt").write_bytes(b"")
    subprocess.run(
        command("extract", "in", "-o", "r.jsonl"), cwd=path, env=environment(), stderr=subprocess.PIPE
    )
    return path / "r.jsonl"


def content(path: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a path."""
    files = [file for file in sorted(path.rglob("*")) if file.is_file()]
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


@pytest.mark.parametrize("output", OUTPUTS)
def test_extract_writes_what_export_makes_of_its_records(
    run: Run, made: Path, tmp_path: Path, output: str
) -> None:
    shutil.copytree(made.parent / "in", tmp_path / "in")
    for place, words in (("one", ("extract", "in")), ("two", ("export", made))):
        (tmp_path / place).mkdir()
        code, _ = run(*words, "-o", *f"{place}/{output}".split())
        assert code == (1 if place == "one" else 0)
    one, two = (content(tmp_path / place) for place in ("one", "two"))
    assert list(one) == list(two)
    for name in one:
        if name.endswith((".csv", ".gz", ".json", ".jsonl", ".parquet")):
            assert one[name] == two[name], name


def test_a_document_that_could_not_be_read_is_a_row_as_well(run: Run, made: Path) -> None:
    run("export", made, "-o", "out.sqlite")
    with closing(sqlite3.connect("out.sqlite")) as base:
        assert base.execute(
            "SELECT name, error_code FROM reports WHERE error_code IS NOT NULL"
        ).fetchall() == [("empty.txt", "empty")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "out.ods"], ".ods is no ending of a format. The endings are .jsonl, "),
        (["-o", "out.xls"], ".xls is no ending of a format."),
        (["-o", "out.xlsx.gz"], "xlsx is compressed in itself"),
        (["-o", "out", "--to", "excel"], "excel is no format. The formats are jsonl, jsonl.gz, csv,"),
        (["--to", "xlsx"], "xlsx cannot be written to standard output; name a file: -o FILE."),
        (["-o", "out.jsonl", "--headers", "zh"], "JSON Lines are whole records"),
        (
            ["-o", "out.xlsx", "--table", "rows"],
            "rows: there is no such table; there are reports, cells, items,",
        ),
        (["-o", "out.csv", "--table", "cells", "--table", "items"], "a csv file holds one table"),
    ],
)
def test_what_cannot_be_written_is_told_before_any_work(
    run: Run, made: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    for words in (["export", made], ["extract", *texts()[:1]]):
        code, told = run(*words, *arguments)
        assert (code, said in told) == (2, True), told
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_any_other_ending_is_json_lines_of_extract_and_refused_by_export(
    run: Run, made: Path, tmp_path: Path
) -> None:
    assert run("extract", *texts()[:1], "-o", "out.txt")[0] == 0
    assert msgspec.json.decode((tmp_path / "out.txt").read_bytes())["schema"] == "nianbao.report/2"
    assert run("export", made, "-o", "more.txt")[0] == 2


def test_export_has_to_be_told_where_or_as_what(run: Run, made: Path) -> None:
    code, told = run("export", made)
    assert (code, "-o FILE" in told) == (2, True)


@pytest.mark.parametrize(("output", "extra"), [("out.parquet", "parquet"), ("out.duckdb", "duckdb")])
def test_a_format_that_is_not_installed_says_how_to_install_it(
    run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, extra: str
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    code, told = run("export", made, "-o", output)
    assert (code, f"pip install 'nianbao[{extra}]'" in told) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_an_ending_is_json_lines(run: Run, made: Path, tmp_path: Path) -> None:
    assert run("export", made, "-o", "out")[0] == 0
    assert (tmp_path / "out").read_bytes() == made.read_bytes()


def test_records_leave_as_they_came(run: Run, made: Path, tmp_path: Path) -> None:
    run("export", made, "-o", "out.jsonl.gz")
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == made.read_bytes()
    assert run("export", "out.jsonl.gz", "-o", "again.jsonl")[0] == 0
    assert (tmp_path / "again.jsonl").read_bytes() == made.read_bytes()


def test_lines_that_are_no_records_are_told_and_the_others_are_written(
    run: Run, made: Path, tmp_path: Path
) -> None:
    first, *_ = made.read_bytes().splitlines(keepends=True)
    other = first.replace(b"nianbao.report/2", b"nianbao.report/7")
    (tmp_path / "r.jsonl").write_bytes(b"".join([first, b'{"source": 1}\n', other, b"{\n", first]))
    code, told = run("export", "r.jsonl", "-o", "out.csv", "--table", "reports")
    assert code == 1
    assert [
        word
        for word in ("r.jsonl:2: this is no record", "r.jsonl:3: this is a record of nianbao.report/7;")
        if word not in told
    ] == []
    assert told.endswith("2 records written; 3 could not be read.\n")
    numbers = [
        line.split(",")[0] for line in (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    ]
    assert numbers == ["report", "1", "2"]


def test_records_that_are_not_there_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, told = run("export", "absent.jsonl", "empty", "-o", "out.csv")
    assert (code, "absent.jsonl" in told, "empty" in told) == (2, True, True)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("output", ["r.jsonl", "./r.jsonl"])
def test_records_are_never_written_over(run: Run, made: Path, tmp_path: Path, output: str) -> None:
    shutil.copy(made, tmp_path / "r.jsonl")
    code, told = run("export", "r.jsonl", "-o", output)
    assert (code, "among the inputs" in told) == (2, True)
    assert (tmp_path / "r.jsonl").read_bytes() == made.read_bytes()


def test_one_table_says_that_there_are_others(run: Run, made: Path) -> None:
    assert "This is the table reports;" in run("export", made, "-o", "out.csv")[1]
    assert "This is the table" not in run("export", made, "-o", "out.csv", "--table", "cells")[1]
    assert "This is the table" not in run("export", made, "-o", "out", "--to", "csv")[1]


def test_a_table_goes_to_standard_output(made: Path) -> None:
    arguments = command("export", "-", "--to", "csv", "--table", "items", "--headers", "zh")
    done = subprocess.run(arguments, input=made.read_bytes(), capture_output=True, env=environment())
    assert done.returncode == 0
    assert done.stdout.decode("utf-8-sig").startswith("序号,标识,机关名称,年份,种类,")


def test_the_schema_is_printed(tmp_path: Path) -> None:
    done = subprocess.run(command("schema"), capture_output=True, env=environment())
    assert done.stdout == (folder("data") / "record.schema.json").read_bytes()


def export(records: Path, path: str, to: str, interrupted: bool = False) -> None:
    with exporting(destination(path, to or None), Choices(), Remarks()) as sink:
        for line in records.read_bytes().splitlines():
            sink.write(line)
        if interrupted:
            raise KeyboardInterrupt


@pytest.mark.parametrize("output", OUTPUTS)
def test_what_was_there_stays_until_all_is_written_and_nothing_else_is_left(
    run: Run, made: Path, tmp_path: Path, output: str
) -> None:
    """As after Ctrl-C, or a fault."""
    assert run("export", made, "-o", *output.split())[0] == 0
    before, (path, _, to) = content(tmp_path), output.partition(" --to ")
    with pytest.raises(KeyboardInterrupt):
        export(made, path, to, interrupted=True)
    assert content(tmp_path) == before


@contextmanager
def no_room() -> Iterator[None]:
    """Let this process write files of a thousand bytes only, what pytest itself writes to among them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def unwritten(records: Path, output: str) -> str:
    """Return why records could not be written."""
    path, _, to = output.partition(" --to ")
    with pytest.raises(Unwritable) as raised:
        export(records, path, to)
    return str(raised.value)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_full_disk_is_told_and_nothing_is_left(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with no_room():
        told = unwritten(made, output)
    assert (told.startswith("out"), told.count("could not be written")) == (True, 1), told
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_folder_that_is_none_is_told_before_any_record(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    told = unwritten(made, f"file/{output}")
    assert (told.startswith("file/out"), told.count("could not be written")) == (True, 1), told
    assert content(tmp_path) == {"file": b""}


@pytest.mark.parametrize("output", ["/dev/full --to csv", "/dev/null --to xlsx", "in --to sqlite"])
def test_an_output_that_cannot_be_written_ends_with_code_4(made: Path, output: str) -> None:
    arguments = command("export", made, "-o", *output.split())
    done = subprocess.run(arguments, cwd=made.parent, env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("could not be written")) == (4, 1), done.stderr


def test_a_record_of_another_kind_is_refused_by_every_format(tmp_path: Path) -> None:
    for output in ("out.jsonl", "out.csv"):
        with (
            exporting(destination(str(tmp_path / output)), Choices(), Remarks()) as sink,
            pytest.raises(NoRecord),
        ):
            sink.write(b'{"source": "a"}')


@pytest.mark.parametrize(
    ("path", "to", "format", "is_folder", "zipped"),
    [
        ("a.jsonl", None, "jsonl", False, False),
        ("a.JSONL.GZ", None, "jsonl", False, True),
        ("a.json", None, "jsonl", False, False),
        ("a", None, "jsonl", False, False),
        ("-", None, "jsonl", False, False),
        (None, "csv", "csv", False, False),
        ("a.csv", None, "csv", False, False),
        ("a.csv.gz", None, "csv", False, True),
        ("a.csv", "csv.gz", "csv", False, True),
        ("a.txt", "csv", "csv", False, False),
        ("a", "csv", "csv", True, False),
        ("a.b/", "parquet", "parquet", True, False),
        ("a.db", None, "sqlite", False, False),
        ("a.sqlite3", None, "sqlite", False, False),
        ("a.b", "duckdb", "duckdb", False, False),
    ],
)
def test_the_ending_says_the_format_unless_it_is_named(
    path: str | None, to: str | None, format: str, is_folder: bool, zipped: bool
) -> None:
    found = destination(path, to)
    assert (found.format.id, found.is_folder, found.zipped) == (format, is_folder, zipped)


def test_every_ending_is_told() -> None:
    with pytest.raises(BadDestination) as raised:
        destination("a.doc")
    assert [one for format in formats.FORMATS for one in format.endings if one not in str(raised.value)] == []


def test_every_table_can_be_left_out(run: Run, made: Path) -> None:
    for table in tables():
        assert run("export", made, "-o", f"{table.id}.sqlite", "--table", table.id)[0] == 0
        with closing(sqlite3.connect(f"{table.id}.sqlite")) as base:
            assert base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [
                (table.id,)
            ]
