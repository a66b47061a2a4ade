"""Malice and accident: refused or read, never more than the limits, nothing fetched, nothing written."""

from __future__ import annotations

import json
import os
import subprocess
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.limits import Limits
from nlp.reading.inputs import Input, find
from nlp.running.batch import results
from nlp.running.extraction import Extracted, Extraction
from tests.commands.test_cli import command, environment, texts
from tests.hostile.making import W, docx, paragraph, pdf, shown, zipped

SECONDS = 10.0


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    return docx(paragraph("&k;"), before=f'<!DOCTYPE w [<!ENTITY a "{"a" * 10}">{entities}]>')


def external() -> bytes:
    return docx(paragraph("&x;"), before='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def bomb() -> bytes:
    start, end = f"<w:document {W}><w:body>".encode(), b"</w:body></w:document>"
    return zipped({"word/document.xml": start + b" " * (80 * 2**20) + end})


def packed(megabytes: int) -> bytes:
    """Spaces, packed: a megabyte of them, again and again, without being packed each time."""
    pack = zlib.compressobj(9)
    first, again = (pack.compress(b" " * 2**20) + pack.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    count = megabytes * 2**20
    sums = (1 + 32 * count) % 65521, (count + 32 * count * (count + 1) // 2) % 65521  # Adler-32
    return first + again * (megabytes - 1) + pack.flush()[:-4] + (sums[1] << 16 | sums[0]).to_bytes(4)


def turtles() -> bytes:
    """A PDF whose page tree holds itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>"
    )


def ofd(content: str, before: str = "", pages: int = 1, steps: str = "") -> bytes:
    """An OFD whose pages are all one file."""
    page = "<Page BaseLoc='P.xml'/>" * pages
    text = f"<TextObject Size='4'><TextCode X='1' Y='9'{steps}>一、总体情况</TextCode></TextObject>"
    return zipped(
        {
            "OFD.xml": b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
            "D.xml": f"<Document><Pages>{page}</Pages></Document>".encode(),
            "P.xml": f"{before}<Page><Content><Layer>{text}{content}</Layer></Content></Page>".encode(),
        }
    )


def grown(count: int) -> str:
    """Groups of an OFD that hold each other."""
    return "<PageBlock>" * count + "</PageBlock>" * count


def xlsx(sheet: str, texts: str = "") -> bytes:
    """A workbook of one sheet."""
    return zipped(
        {
            "xl/workbook.xml": b"<w><sheets><sheet name='a' xmlns:r='r' r:id='1'/></sheets></w>",
            "xl/_rels/workbook.xml.rels": b"<R><Relationship Id='1' Target='s.xml'/></R>",
            "xl/sharedStrings.xml": f"<sst>{texts}</sst>".encode(),
            "xl/s.xml": f"<worksheet>{sheet}</worksheet>".encode(),
        }
    )


def cells(count: int) -> str:
    row = "".join("<c t='s'><v>0</v></c>" for _ in range(100))
    return f"<sheetData>{f'<row>{row}</row>' * (count // 100)}</sheetData>"


def styled(rule: str) -> bytes:
    """A page of 10,000 elements with 2,000 rules; each has its number in it, or none."""
    rules = "".join(rule.replace("%d", str(number)) for number in range(2000))
    cells = "<td>" + "<b class=a>1</b>" * 10 + "</td>"
    table = f"<table>{f'<tr>{cells * 3}</tr>' * 300}</table>"
    return f"<html><style>{rules}</style>{'<div>' * 200}<p>一、总体情况</p>{table}".encode()


def nested_zips(depth: int) -> bytes:
    content = zipped({"a.txt": "一、总体情况".encode()})
    for n in range(depth):
        content = zipped({f"{n}.zip": content})
    return content


WHOLE = "<mergeCells>" + "<mergeCell ref='A1:XFD1048576'/>" * 1000 + "</mergeCells>"
FAR = "<sheetData><row><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>2</v></c></row></sheetData>"
LAUGHS = '<!DOCTYPE Page [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": bomb,
    "laughs.docx": laughs,
    "external.docx": external,
    "deep.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 60),
    "deeper.docx": lambda: docx("<w:sdt>" * 9000 + "</w:sdt>" * 9000),
    "cut.docx": lambda: docx(paragraph("a"))[:-40],
    "bomb.pdf": lambda: pdf(packed(1500), compressed=True),
    "twice.pdf": lambda: pdf(zlib.compress(packed(1500)), b"[/FlateDecode/FlateDecode]", compressed=True),
    "states.pdf": lambda: pdf(b"q " * 1_000_000),
    "showing.pdf": lambda: pdf(b"BT /F 9 Tf " + b"(0123456789) Tj 1 0 Td " * 400_000 + b"ET"),
    "turtles.pdf": turtles,
    "rules.pdf": lambda: pdf(
        shown("text enough to be a page", 9, 9)
        + b"".join(b"0 %d m 600 %d l %d 0 m %d 800 l S " % (n, n, n, n) for n in range(0, 600, 4))
    ),
    "deep.html": lambda: b"<html>" + b"<div>" * 100_000 + "一、总体情况".encode(),
    "tables.html": lambda: b"<html>" + b"<table><tr><td>" * 10_000 + b"1",
    "spans.html": lambda: (
        b"<html><table><tr>" + b"<td colspan=100000 rowspan=100000>1</td>" * 2000 + b"<tr><td>2" * 2000
    ),
    "around.html": lambda: styled("* " * 60 + "*{top:%dpx}"),
    "behind.html": lambda: styled(":not(:nth-child(%d)) ~ * ~ b{font-size:1px}"),
    "within.html": lambda: styled("b:has(b ~ :not(b b b b)):not(.x%d){top:0}"),
    "comments.html": lambda: b"<html><style>" + b"/*" * 10**6 + b"</style><p>1",
    "media.html": lambda: b"<html><style>" + b"@media all{" * 10**5 + b"a{top:0}" * 10**5 + b"</style><p>1",
    "laughs.html": lambda: b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><p>&b;&b;',
    "line.html": lambda: b"<html><p>" + "政府信息".encode() * 400_000,
    "line.txt": lambda: "政府信息公开年报".encode() * 100_000,
    "numbers.txt": lambda: b"1 " * 300_000,
    "bomb.ofd": lambda: ofd(" " * (80 * 2**20)),
    "pages.ofd": lambda: ofd(" " * 2**20, pages=400),
    "most.ofd": lambda: ofd("", pages=501),
    "steps.ofd": lambda: ofd("", steps=" DeltaX='g 99999999999 1'"),
    "far.ofd": lambda: ofd(
        "<TextObject Boundary='1e308 nan inf 1' Size='1e300'><TextCode>a</TextCode></TextObject>"
    ),
    "deep.ofd": lambda: ofd(grown(250)),
    "laughs.ofd": lambda: ofd("<TextObject Size='4'><TextCode>&b;</TextCode></TextObject>", LAUGHS),
    "objects.ofd": lambda: ofd("<PathObject/>" * 300_000),
    "path.ofd": lambda: ofd(
        f"<PathObject><AbbreviatedData>M 0 0 {'L 100 100 L 0 9 ' * 300_000}</AbbreviatedData></PathObject>"
    ),
    "page.xlsx": lambda: xlsx(FAR + WHOLE),
    "texts.xlsx": lambda: xlsx(cells(90_000), f"<si><t>{'一、总体情况' * 2000}</t></si>"),
    "cells.xlsx": lambda: xlsx(cells(120_000), "<si><t>1</t></si>"),
    "wide.xlsx": lambda: xlsx("<sheetData><row>" + "<c><v>1</v></c>" * 60_000 + "</row></sheetData>"),
    "columns.xlsx": lambda: xlsx(
        "<cols>" + "<col min='1' max='9' hidden='1'/>" * 99 + "</cols>" + cells(90_000)
    ),
    "digits.xlsx": lambda: xlsx("<sheetData><row><c><v>1e999999999</v></c><c><v>9</v></c></row></sheetData>"),
    "bomb.zip.bin": lambda: zipped({"a.txt": bytes(80 * 2**20)}),
    "nested.zip.bin": lambda: nested_zips(6),
    "cut.7z": lambda: b"7z\xbc\xaf\x27\x1c\0\4" + b"\xff" * 60,
    "zeros.txt": lambda: bytes(10**7),
}


def told(input: Input) -> Extracted:
    (result,) = results(Extraction(), [input], 1, Limits(seconds=SECONDS))
    return result


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_or_read_within_the_limits(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name]())
    started = time.monotonic()
    record = json.loads(told(Input(str(tmp_path / name))).line)
    assert time.monotonic() - started < 2 * SECONDS
    assert record["error"]["message"] if "error" in record else record["review"]
    assert "root:" not in json.dumps(record)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_odd_names_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = [
        b"line\nbreak.txt",
        b"\xff\xfe.txt",
        b"a'\"$(b).txt",
        b"-o.txt",
        b"x..txt",
        "年\u202e报.txt".encode(),
    ]
    for name in names:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/" + name))).write_bytes(texts()[0].read_bytes())
    order = command("extract", "in", "-o", "out.jsonl", "--text", "texts")
    done = subprocess.run(order, cwd=tmp_path, env=environment(), capture_output=True, check=False)
    found = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert (done.returncode, len(found)) == (0, len(names))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl", "texts"]
    assert len(list((tmp_path / "texts").iterdir())) == len(names)


def test_what_lies_in_a_folder_and_is_no_file_of_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("一、总体情况")
    (tmp_path / "in" / "good.txt").write_bytes(texts()[0].read_bytes())
    (tmp_path / "in" / "inside.txt").symlink_to("good.txt")
    (tmp_path / "in" / "outside.txt").symlink_to("../secret.txt")
    (tmp_path / "in" / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "in" / "absent.txt").symlink_to("nowhere.txt")
    (tmp_path / "in" / "up").symlink_to("..", target_is_directory=True)
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    found = {input.name: told(input).failure for input in find([str(tmp_path / "in")])}
    assert {name: failure and failure.code for name, failure in found.items()} == {
        "absent.txt": "not_found",
        "good.txt": None,
        "inside.txt": None,
        "loop.txt": "unreadable",
        "outside.txt": "outside",
        "pipe.txt": "not_a_file",
    }


def test_a_link_that_the_user_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(texts()[0])
    assert told(Input(str(tmp_path / "link.txt"))).failure is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (nested_zips(6), "unsupported"),
        (zipped({"a.txt": bytes(80 * 2**20)}), "too_large"),
        (zipped({f"{n}.zip": zipped({"b.zip": bytes(30 * 2**20)}) for n in range(30)}), None),
    ],
)
def test_a_hostile_archive_is_listed_and_its_documents_told(
    tmp_path: Path, content: bytes, code: str | None
) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    started = time.monotonic()
    inputs = find([str(tmp_path)])
    assert time.monotonic() - started < SECONDS
    assert all(input.path.startswith(f"{tmp_path}/a.zip/") for input in inputs)
    if code is not None:
        failure = told(inputs[0]).failure
        assert failure is not None
        assert failure.code == code
