"""Documents and records at addresses: what is found, how they are named, what is said where they are not."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find
from nlp.reading.passed_over import PassedOver
from nlp.record import files as record_files
from nlp.running.cluster.shipped_inputs import Elsewhere, Sent, by_path
from nlp.running.records import holds_records
from nlp.storage import files
from nlp.storage.refusals import Refused
from nlp.writers.places import places
from tests.storage.conftest import SAMPLES


@pytest.fixture
def memory() -> Iterator[Any]:
    """The storage that fsspec keeps in memory, empty."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def paths(*named: str) -> list[str]:
    return [input.path for input in find(named)]


def test_folders_are_searched_in_order_and_paths_are_as_they_were_named(memory: Any) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", "[x]*.txt"):
        memory.pipe_file(f"/in/{name}", b"x")
    assert paths("memory://in") == [
        f"memory://in/{name}" for name in ("[x]*.txt", "a/10.txt", "a/2.txt", "b.txt")
    ]
    assert paths("memory://in/") == paths("memory://in")
    assert paths("memory://in/b.txt") == ["memory://in/b.txt"]
    assert paths("memory://") == paths("memory://in")
    assert Input("memory://in/[x]*.txt").read() == b"x"


def test_what_is_no_document_is_passed_over_and_counted(memory: Any) -> None:
    for name in ("a.txt", ".git/1", ".git/2", "~$a.docx", "r.jsonl", "x/.y/z.txt"):
        memory.pipe_file(f"/in/{name}", b"x")
    passed = PassedOver()
    assert [input.name for input in find(["memory://in"], passed)] == ["a.txt"]
    assert passed.counts() == {"hidden": 2, "Word's lock files": 1, "records, tables or label files": 1}


def test_file_addresses_are_files_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    address = f"file://{tmp_path}"
    assert [(one.path, one.read()) for one in find([address])] == [(f"{address}/a.txt", b"x")]


def test_names_that_climb_stay_below_the_folder_of_texts() -> None:
    climbing = Input("s3://b/in/../../etc/a.txt", "s3://b/in")
    assert places([climbing], ["s3://b/in"], ".txt") == {climbing: "etc/a.txt"}
    assert places([Input("s3://b/x/..")], ["s3://b/x/.."], ".txt") == {Input("s3://b/x/.."): ".txt"}


def test_a_bucket_is_read_as_a_folder_is(bucket: Any) -> None:
    for sample in SAMPLES[:2]:
        bucket.pipe_file(f"reports/in/{sample.name}", sample.read_bytes())
    bucket.pipe_file("reports/in/empty.txt", b"")
    bucket.touch("reports/in/folder/")
    found = find(["s3://reports/in/"])
    assert [one.path for one in found] == [
        *(f"s3://reports/in/{sample.name}" for sample in SAMPLES[:2]),
        "s3://reports/in/empty.txt",
    ]
    assert [one.read() for one in found] == [*(sample.read_bytes() for sample in SAMPLES[:2]), b""]


def test_a_file_that_is_too_large_is_refused_at_an_address(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.reading.inputs.LARGEST_FILE", 3)
    memory.pipe_file("/in/a.txt", b"1234")
    with pytest.raises(Unreadable, match="larger than"):
        Input("memory://in/a.txt").read()


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("s3://reports/none", "not_found", "s3://reports/none: there is no such file."),
        ("s3://elsewhere/a.txt", "not_found", "s3://elsewhere/a.txt: there is no such bucket."),
        ("nosuch://a.txt", "unsupported", "nosuch://a.txt: nosuch is no storage that is known."),
    ],
)
def test_what_is_not_there_is_told_in_words(bucket: Any, address: str, code: str, words: str) -> None:
    (input,) = find([address])
    with pytest.raises(Unreadable) as told:
        input.read()
    assert (told.value.code, told.value.message) == (code, words)


def test_a_storage_without_credentials_is_told(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(Refused, match=r"no credentials for this storage; .*AWS_ACCESS_KEY_ID"):
        files.listed("s3://reports/in")
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_package_that_is_missing_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(Refused, match=r"need s3fs, which is not installed: pip install 'nianbao\[storage\]'"):
        files.require("s3://reports/in")


def test_records_at_addresses_are_read(memory: Any) -> None:
    line = b'{"schema":"nianbao.report/2"}\n'
    memory.pipe_file("/out/a.jsonl", line * 2)
    memory.pipe_file("/out/b.jsonl.gz", gzip.compress(line))
    memory.pipe_file("/out/.c.jsonl", line)
    found = record_files.find(["memory://out"])
    assert found == ["memory://out/a.jsonl", "memory://out/b.jsonl.gz"]
    assert [[raw.origin for raw in record_files.raw_records(path)] for path in found] == [
        ["memory://out/a.jsonl:1", "memory://out/a.jsonl:2"],
        ["memory://out/b.jsonl.gz:1"],
    ]
    assert all(holds_records(Input(path)) for path in found)
    with pytest.raises(record_files.NoFile, match="memory://none: there is no such file"):
        record_files.find(["memory://none"])


def test_other_machines_read_from_buckets_themselves(memory: Any) -> None:
    assert by_path(Input("s3://b/a.txt", "s3://b")) == Sent("s3://b/a.txt", place="s3://b/a.txt")
    memory.pipe_file("/a.txt", b"x")
    assert by_path(Input("memory://a.txt")).content == b"x"
    with pytest.raises(Elsewhere):
        Sent("memory://none.txt", place="memory://none.txt").read()
