"""ZIP and 7z archives as folders: what they hold is found, named and read, or told."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from nlp.limits import LARGEST_FILE
from nlp.reading import reader
from nlp.reading.archives import members as archives
from nlp.reading.document import Unreadable
from nlp.reading.inputs import BytesInput, Input, find
from nlp.reading.passed_over import PassedOver
from tests.hostile.making import docx, paragraph, zipped, zipped_in_gbk

TEXT = "一、总体情况\n公开".encode()


def found(folder: Path, *names: str) -> list[str]:
    inputs = find([str(folder / name) for name in names] or [str(folder)])
    return [Path(input.path).relative_to(folder).as_posix() for input in inputs]


def code_of(input: Input) -> str:
    with pytest.raises(Unreadable) as refusal:
        reader.read(input)
    return refusal.value.code


def seven_zip(path: Path, members: dict[str, bytes], **settings: object) -> None:
    py7zr = pytest.importorskip("py7zr")
    with py7zr.SevenZipFile(path, "w", **settings) as archive:
        for name, content in members.items():
            archive.writestr(content, name)


def test_an_archive_is_a_folder_and_names_in_gbk_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped_in_gbk({"市级/2023年报.txt": TEXT, "b.txt": b"b"}))
    (input, _) = inputs = find([str(tmp_path / "a.zip")])[::-1]
    assert [one.path for one in inputs] == [f"{tmp_path}/a.zip/市级/2023年报.txt", f"{tmp_path}/a.zip/b.txt"]
    assert (input.read(), input.name) == (TEXT, "2023年报.txt")
    document = reader.read(input)
    assert (document.source.path, document.text) == (input.path, TEXT.decode())


def test_an_archive_in_an_archive_is_looked_into_and_no_deeper(tmp_path: Path) -> None:
    third = zipped({"c.txt": TEXT})
    second = zipped({"b.txt": TEXT, "third.zip": third})
    (tmp_path / "first.zip").write_bytes(zipped({"second.zip": second}))
    assert found(tmp_path) == ["first.zip/second.zip/b.txt", "first.zip/second.zip/third.zip"]
    inner, deeper = find([str(tmp_path)])
    assert inner.read() == TEXT
    assert code_of(deeper) == "unsupported"


def test_documents_that_are_zipped_are_no_folders(tmp_path: Path) -> None:
    document = docx(paragraph("一、总体情况"))
    for name in ("a.docx", "renamed.zip"):
        (tmp_path / name).write_bytes(document)
    (tmp_path / "ofd.zip").write_bytes(zipped({"OFD.xml": b"<OFD/>"}))
    (tmp_path / "outer.zip").write_bytes(zipped({"in.docx": document, "in.zip": document}))
    assert found(tmp_path) == ["a.docx", "ofd.zip", "outer.zip/in.docx", "outer.zip/in.zip", "renamed.zip"]
    for input in find([str(tmp_path / "renamed.zip"), str(tmp_path / "outer.zip")]):
        assert reader.read(input).text == "一、总体情况"


def test_what_is_no_document_is_left_out_as_in_folders(tmp_path: Path) -> None:
    names = (".hidden/a.txt", "__MACOSX/._a.txt", "~$a.docx", "records.jsonl", "kept.txt", "folder/")
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(names, b"x")))
    assert found(tmp_path) == ["a.zip/kept.txt"]


def test_what_archives_leave_out_is_counted(tmp_path: Path) -> None:
    inner = zipped({"~$b.docx": b"x", "b.txt": TEXT})
    (tmp_path / "a.zip").write_bytes(zipped({"b.csv": b"x", "in.zip": inner, "c/.d/e.txt": b"x"}))
    passed = PassedOver()
    assert [input.name for input in find([str(tmp_path)], passed)] == ["b.txt"]
    assert passed.kinds == {
        "records, tables or label files": (1, f"{tmp_path}/a.zip/b.csv"),
        "Word's lock files": (1, f"{tmp_path}/a.zip/in.zip/~$b.docx"),
        "hidden": (1, f"{tmp_path}/a.zip/c/.d/e.txt"),
    }


@pytest.mark.parametrize(
    ("head", "name"), [(b"Rar!\x1a\x07\1\0", "RAR"), (b"\x1f\x8b\x08\0", "gzip and tar")]
)
def test_what_to_do_with_another_archive_is_said(tmp_path: Path, head: bytes, name: str) -> None:
    (tmp_path / "a.rar").write_bytes(head + bytes(60))
    with pytest.raises(Unreadable, match=f"{name} archives are not read: unpack it") as refusal:
        reader.read(Input(str(tmp_path / "a.rar")))
    assert refusal.value.code == "unsupported"


def test_a_file_that_is_named_is_an_archive_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_bytes(zipped({"a.txt": TEXT}))
    assert found(tmp_path, "drafts") == ["drafts/a.txt"]
    assert found(tmp_path) == ["drafts"]
    assert code_of(Input(str(tmp_path / "drafts"))) == "unsupported"


def test_names_lead_nowhere_and_equal_ones_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "in").mkdir()
    content = zipped({"../../secret.txt": b"a", "/etc/hosts": b"b", "x\\y.txt": b"c", "x/./y.txt": b"d"})
    (tmp_path / "in" / "a.zip").write_bytes(content)
    inputs = find([str(tmp_path / "in")])
    shown = {Path(input.path).relative_to(tmp_path).as_posix(): input.read() for input in inputs}
    assert shown == {
        "in/a.zip/_/_/secret.txt": b"a",
        "in/a.zip/etc/hosts": b"b",
        "in/a.zip/x/y.txt": b"c",
        "in/a.zip/x/y.txt~2": b"d",
    }


def test_an_encrypted_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flag] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    encrypted, plain = find([str(tmp_path)])
    assert code_of(encrypted) == "encrypted"
    assert plain.read() == TEXT


def test_a_member_that_unpacks_to_more_than_a_file_may_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": bytes(LARGEST_FILE + 1)}))
    (input,) = find([str(tmp_path)])
    assert code_of(input) == "too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"a.txt": TEXT})[:-30], "damaged"),
        (zipped({}), "empty"),
        (zipped({".hidden": b"x"}), "unsupported"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "damaged"),
    ],
)
def test_an_archive_without_documents_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    (input,) = find([str(tmp_path)])
    assert input.path == str(tmp_path / "a.zip")
    if code == "damaged" and content.startswith(b"7z"):
        pytest.importorskip("py7zr")
    assert code_of(input) == code


def test_an_archive_of_too_many_files_is_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.reading.archives.zip_folder.MOST_MEMBERS", 2)
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(("a", "b", "c"), TEXT)))
    (input,) = find([str(tmp_path)])
    assert code_of(input) == "too_large"


def test_7z_is_read_as_well(tmp_path: Path) -> None:
    seven_zip(tmp_path / "a.7z", {"市级/2023年报.txt": TEXT, "b.docx": docx(paragraph("二"))})
    first, second = find([str(tmp_path)])
    assert found(tmp_path) == ["a.7z/b.docx", "a.7z/市级/2023年报.txt"]
    assert (reader.read(first).text, second.read()) == ("二", TEXT)


def test_7z_within_a_zip_and_with_passwords(tmp_path: Path) -> None:
    seven_zip(tmp_path / "plain.7z", {"a.txt": TEXT})
    seven_zip(tmp_path / "locked.7z", {"a.txt": TEXT}, password="secret")
    seven_zip(tmp_path / "sealed.7z", {"a.txt": TEXT}, password="secret", header_encryption=True)
    (tmp_path / "b.zip").write_bytes(zipped({"in.7z": (tmp_path / "plain.7z").read_bytes()}))
    inputs = {Path(input.path).relative_to(tmp_path).as_posix(): input for input in find([str(tmp_path)])}
    assert inputs["b.zip/in.7z/a.txt"].read() == TEXT
    assert code_of(inputs["locked.7z/a.txt"]) == code_of(inputs["sealed.7z"]) == "encrypted"


def test_without_py7zr_its_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"code": "needs_py7zr"}
    monkeypatch.setattr("nlp.reading.archives.seven_zip._listed", lambda *_: told)
    with pytest.raises(Unreadable, match="pip install") as refusal:
        reader.read(BytesInput("a.7z", content=b"7z\xbc\xaf\x27\x1c" + bytes(40)))
    assert refusal.value.code == "needs_py7zr"


def test_an_archive_that_changed_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": b"before"}))
    (input,) = find([str(path)])
    assert input.read() == b"before"
    path.write_bytes(zipped({"a.txt": b"behind it"}))
    assert input.read() == b"behind it"
    path.unlink()
    assert code_of(input) == "not_found"


def _read_many(path: str) -> bool:
    return all(input.read() == input.name.encode() * 5000 for input in find([path]) * 3)


def test_forked_processes_read_one_archive_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{n}.txt": f"{n}.txt".encode() * 5000 for n in range(60)}))
    assert _read_many(str(path))
    with multiprocessing.get_context("fork").Pool(3) as pool:
        assert all(pool.map(_read_many, [str(path)] * 6))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.zip").write_bytes(zipped({"a.txt": TEXT}))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.zip").symlink_to("../outside.zip")
    (input,) = find([str(tmp_path / "in")])
    assert code_of(input) == "outside"


def test_a_path_into_no_archive_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    assert archives.member(str(tmp_path / "a.txt" / "b.txt")) is None
    assert code_of(Input(str(tmp_path / "a.txt" / "b.txt"))) in ("not_found", "unreadable")
