"""The classifier gives the probabilities that training fitted, and refuses what it cannot trust."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace
from scipy.special import softmax

from nlp.labelling import classifier as module
from nlp.labelling import model_folder
from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.model_folder import ARRAYS, MANIFEST, Manifest, ModelError, encoded, sealed
from nlp.resources import folder
from nlp.text.lines import Line, split
from training.model.fitting import design, fit, read
from training.model.train import SETTINGS, corpus, train

DOCUMENTS = list(corpus(5, 16))


@pytest.fixture(scope="module")
def small() -> LineClassifier:
    """A model of a few documents."""
    return train(DOCUMENTS).classifier


@pytest.fixture(scope="module")
def shipped() -> LineClassifier:
    return LineClassifier.load(folder("models") / "lines")


@pytest.fixture
def kept(small: LineClassifier, tmp_path: Path) -> Path:
    """The small model in a folder of its own."""
    small.save(tmp_path / "model")
    return tmp_path / "model"


def filled(text: str) -> list[Line]:
    return [line for line in split(text) if not line.blank]


def test_probabilities_are_those_of_the_matrix_that_was_trained_on() -> None:
    settings = replace(SETTINGS, pieces=0.0)
    readings = list(read(DOCUMENTS))
    fitted = fit(readings, settings)
    classifier = train(DOCUMENTS, settings).classifier
    for document, reading in zip(DOCUMENTS, readings, strict=True):
        numbers = fitted.vocabulary.numbers(reading.words)
        matrix = design(reading, fitted.vocabulary, numbers, 1.0)
        own = fitted.weights
        looks = own.answers.transpose(1, 0, 2).reshape(-1, len(LABELS))
        coefficients = np.concatenate([own.words, looks, own.context])
        expected = softmax(matrix @ coefficients + own.intercept, axis=1)
        ours = classifier.probabilities(filled(document.text))
        assert np.abs(ours - expected).max() < 1e-6


def test_a_saved_model_says_the_same(small: LineClassifier, kept: Path) -> None:
    again = LineClassifier.load(kept)
    lines = filled(DOCUMENTS[0].text)
    assert np.array_equal(again.probabilities(lines), small.probabilities(lines))
    assert again.model == small.model


def test_probabilities_add_up_and_blank_lines_have_none(shipped: LineClassifier) -> None:
    found = shipped.probabilities(split("一、总体情况\n\n \t\n2023年，我局工作有序开展。\n"))
    assert found.shape == (2, len(LABELS))
    assert np.allclose(found.sum(axis=1), 1)


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n"])
def test_a_text_without_a_line_has_no_probabilities(shipped: LineClassifier, text: str) -> None:
    assert shipped.probabilities(split(text)).shape == (0, len(LABELS))


def test_a_long_document_is_scored_block_by_block_to_the_same_end(
    shipped: LineClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = filled(DOCUMENTS[1].text)
    whole = shipped.probabilities(lines)
    monkeypatch.setattr(module, "_BLOCK", 7)
    assert np.allclose(shipped.probabilities(lines), whole, atol=1e-12)


def test_prediction_needs_no_scikit_learn() -> None:
    code = (
        "import sys, nlp.labelling.label_lines as labelling\n"
        "from nlp.labelling.classifier import LineClassifier\n"
        "from nlp.text.lines import split\n"
        "from nlp.resources import folder\n"
        "labelling.label_lines(split('0'), LineClassifier.load(folder('models') / 'lines'))\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('sklearn', 'scipy', 'jieba')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def edited(change: Callable[[dict[str, object]], None]) -> Callable[[Path], None]:
    def edit(kept: Path) -> None:
        manifest = json.loads((kept / MANIFEST).read_text(encoding="utf-8"))
        change(manifest)
        (kept / MANIFEST).write_bytes(resealed(manifest))

    return edit


def resealed(manifest: dict[str, object]) -> bytes:
    """Give an edited manifest the seal that fits it, as one who means harm would."""
    try:
        return encoded(sealed(msgspec.convert(manifest, Manifest)))
    except msgspec.ValidationError:
        return json.dumps(manifest).encode()


def edited_and_not_resealed(kept: Path) -> None:
    content = (kept / MANIFEST).read_text(encoding="utf-8")
    (kept / MANIFEST).write_text(content.replace('"公开"', '"公示"', 1), encoding="utf-8")


def cut_short(kept: Path) -> None:
    (kept / ARRAYS).write_bytes((kept / ARRAYS).read_bytes()[:1000])


def one_bit_changed(kept: Path) -> None:
    content = bytearray((kept / ARRAYS).read_bytes())
    content[-200] ^= 1
    (kept / ARRAYS).write_bytes(content)


def exchanged(content: bytes) -> Callable[[Path], None]:
    """Put other arrays into a model's place, and their SHA-256 into its manifest."""

    def exchange(kept: Path) -> None:
        (kept / ARRAYS).write_bytes(content)
        edited(lambda manifest: manifest.update(arrays_sha256=sha256(content).hexdigest()))(kept)

    return exchange


other_features = edited(lambda manifest: manifest.update(features="0"))
later_format = edited(lambda manifest: manifest.update(format="nianbao.lines/9"))
words_gone = edited(lambda manifest: manifest.update(words=["公开"]))

REFUSED = (
    ("no arrays", lambda kept: (kept / ARRAYS).unlink(), ARRAYS, "check the path"),
    ("no manifest", lambda kept: (kept / MANIFEST).unlink(), MANIFEST, "check the path"),
    ("no JSON", lambda kept: (kept / MANIFEST).write_text("{"), MANIFEST, "copy the whole folder"),
    ("not a manifest", lambda kept: (kept / MANIFEST).write_text("[1]"), MANIFEST, "copy the whole folder"),
    ("cut short", cut_short, ARRAYS, "damaged"),
    ("one bit changed", one_bit_changed, ARRAYS, "damaged"),
    ("no NPZ", exchanged(b"PK no archive"), ARRAYS, "copy the whole folder"),
    ("lacks arrays", exchanged(model_folder.packed({"pairs": np.zeros(2)})), ARRAYS, "lacks an array"),
    ("other features", other_features, MANIFEST, "train it again"),
    ("later format", later_format, MANIFEST, "train one"),
    ("edited", edited_and_not_resealed, MANIFEST, "its seal does not fit"),
    ("words gone", words_gone, ARRAYS, "another shape"),
)


@pytest.mark.parametrize(
    ("damage", "file", "advice"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_model_is_refused_with_the_file_and_what_to_do(
    kept: Path, damage: Callable[[Path], None], file: str, advice: str
) -> None:
    damage(kept)
    with pytest.raises(ModelError) as refused:
        LineClassifier.load(kept)
    assert str(kept / file) in str(refused.value)
    assert advice in str(refused.value)


def test_objects_in_the_arrays_are_never_unpickled(kept: Path) -> None:
    exchanged(pickled())(kept)
    with pytest.raises(ModelError):
        LineClassifier.load(kept)


def pickled() -> bytes:
    file = io.BytesIO()
    np.savez(file, pairs=np.array([{}], dtype=object))
    return file.getvalue()


def test_the_shipped_model_is_small() -> None:
    files = [*(folder("models") / "lines").iterdir()]
    assert sum(file.stat().st_size for file in files) < 2_000_000
