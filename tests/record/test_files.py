"""Records are found and read however they lie: lines, lists, one in many lines, compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from nlp.record.files import NoFile, UnreadableFile, find, raw_records

ONE, TWO = b'{"source": 1}', b'{"source": 2}'
MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (ONE + b"\n" + TWO + b"\n", [(":1", ONE), (":2", TWO)]),
        (ONE + b"\n\n" + TWO, [(":1", ONE), (":3", TWO)]),
        (MARK + ONE + b"\r\n" + TWO + b"\r\n", [(":1", ONE), (":2", TWO)]),
        (ONE, [(":1", ONE)]),
        (b'{"source":\n 1}\n', [("", b'{"source":\n 1}\n')]),
        (b"[" + ONE + b",\n" + TWO + b"]", [(", record 1", ONE), (", record 2", TWO)]),
        (b"{torn\n" + TWO, [(":1", b"{torn"), (":2", TWO)]),
        (b"no json\n" + TWO, [(":1", b"no json"), (":2", TWO)]),
        (b"", []),
        (b"\n", []),
    ],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_records_are_read(
    tmp_path: Path, content: bytes, found: list[tuple[str, bytes]], zipped: bool
) -> None:
    path = tmp_path / "records"
    path.write_bytes(gzip.compress(content) if zipped else content)
    read = [
        (record.origin.removeprefix(str(path)), record.content.rstrip(b"\r\n"))
        for record in raw_records(str(path))
    ]
    assert read == [(origin, one.rstrip(b"\r\n")) for origin, one in found]


def test_of_a_folder_the_record_files_are_read(tmp_path: Path) -> None:
    for name in (
        "b.jsonl",
        "a/c.json",
        "d.ndjson.gz",
        "e.txt",
        "datapackage.json",
        ".f.jsonl.part",
        ".g/h.jsonl",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(ONE)
    names = [str(Path(path).relative_to(tmp_path)) for path in find([str(tmp_path)])]
    assert names == ["a/c.json", "b.jsonl", "d.ndjson.gz"]


def test_all_paths_without_records_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoFile) as raised:
        find([str(tmp_path / "empty"), str(tmp_path / "absent")])
    assert str(raised.value).count("\n") == 1


def test_a_file_that_was_cut_off_yields_what_is_whole_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress((ONE + b"\n") * 20_000)[:-20])
    read = []
    with pytest.raises(UnreadableFile, match="could not be read to its end"):
        read.extend(raw_records(str(path)))
