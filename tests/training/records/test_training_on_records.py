"""`nianbao train` takes corrected records: their lines are labelled, and it says what changed in records."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from nlp.commands.cli import main
from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder
from training.annotation.unseen import known_records, pages
from training.generator.corpus import samples
from training.records.deriving import UNCERTAIN, derived
from training.records.dresses import dress_of, with_dresses
from training.records.known import KnownRecord
from training.scoring.gold import Record

KIND = "recognised"


@pytest.fixture(scope="module")
def shipped() -> LineClassifier:
    return LineClassifier.load(folder("models") / "lines")


def written(place: Path, known: list[KnownRecord]) -> Path:
    """Write documents below a folder of their kind, and a file of gold records with their hashes."""
    lines = []
    for document in known:
        name = document.name.removesuffix(".tsv") + ".txt"
        path = place / "pages" / document.kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.text.encode())
        gold = msgspec.to_builtins(document.gold)
        digest = sha256(document.text.encode()).hexdigest()
        gold["source"] = {"name": name, "path": f"{document.kind}/{name}", "sha256": digest}
        lines.append(json.dumps({**gold, "read": {}}, ensure_ascii=False))
    records = place / "corrected.jsonl"
    records.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return records


def test_records_say_what_their_lines_are(shipped: LineClassifier) -> None:
    """The labels derived from a record are those that a person gives the page."""
    known = list(known_records(KIND, 3))
    model = with_dresses(shipped, [dress_of(known)])
    for document, page in zip(known, pages(KIND, 3), strict=True):
        labels = derived(document, model)
        assert labels.file is not None
        assert len(labels.certain) > 40
        wrong = [n for n in labels.certain if labels.file.labels[n - 1] != page.labels[n - 1]]
        assert wrong == []
        weights = labels.file.weights
        assert {weights[n - 1] for n in labels.certain} == {1.0}
        assert set(weights) == {1.0, UNCERTAIN}


def test_chapters_of_a_record_are_headings(shipped: LineClassifier) -> None:
    sample = next(samples(77, 1))
    gold = msgspec.convert(sample.gold, Record)
    labels = derived(KnownRecord(sample.name, sample.text, gold), shipped)
    assert labels.file is not None
    assert isinstance(gold.sections, dict)
    begins = [span[0] for kind, span in gold.sections.items() if span and kind != "preface"]
    assert len(begins) > 3
    assert labels.certain >= set(begins)
    assert {labels.file.labels[n - 1] for n in begins} == {"heading"}


def test_a_record_whose_cells_are_not_found_gives_no_labels(shipped: LineClassifier) -> None:
    labels = derived(next(known_records(KIND, 1)), shipped)
    assert labels.file is None
    assert "left out" in labels.told


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the exit code of the command line and all that it said."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


def test_the_command_tells_what_changed_in_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = written(tmp_path, list(known_records(KIND, 2)))
    out = tmp_path / "model"
    asked = ["train", str(records), "--no-corpus", "--pages", str(tmp_path / "pages"), "--out", str(out)]
    code, said = run(asked, capsys)
    assert code == 0, said
    assert "“('…', 0.0)” stands round the lines" in said
    (row,) = [line for line in said.splitlines() if line.startswith(KIND) and "→" in line]
    assert "0 → " in row
    model = LineClassifier.load(out)
    assert model.manifest.dresses
    assert model.manifest.corpus.labelled == 2


def test_records_that_no_one_looked_at_or_without_document_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = written(tmp_path, list(known_records(KIND, 1)))
    asked = ["train", str(records), "--no-corpus", "--out", str(tmp_path / "model"), "--pages"]
    code, said = run([*asked, str(tmp_path / "elsewhere")], capsys)
    assert code == 3
    assert "--pages; left out" in said
    records.write_text(records.read_text(encoding="utf-8").replace('"read"', '"unread"'), encoding="utf-8")
    code, said = run([*asked, str(tmp_path / "pages")], capsys)
    assert code == 3
    assert "nobody decided anything" in said
