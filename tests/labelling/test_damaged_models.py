"""No damage to a model's files crashes the program, runs anything, or changes a prediction unnoticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import ARRAYS, MANIFEST, Manifest, ModelError, encoded, packed, sealed
from nlp.text.lines import split
from training.model.train import corpus, train

PROBE = split("一、总体情况\n\n2023年，我局认真贯彻落实条例。\n规章\t0\t0\t0\n0\t1\t2\n- 4 -\n")
Damage = Callable[[Path, Random], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model, so that many damaged copies are quick to try."""
    folder = tmp_path_factory.mktemp("sound")
    train(list(corpus(5, 8))).classifier.save(folder)
    return folder


def changed(name: str, change: Callable[[bytearray, Random], bytes | bytearray]) -> Damage:
    def damage(folder: Path, rng: Random) -> None:
        (folder / name).write_bytes(change(bytearray((folder / name).read_bytes()), rng))

    return damage


def flipped(content: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.choice([1, 1, 1, 2, 8, 64])):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return content


def cut(content: bytearray, rng: Random) -> bytearray:
    return content[: rng.randrange(len(content))]


def lengthened(content: bytearray, rng: Random) -> bytes:
    return bytes(content) + rng.randbytes(rng.randint(1, 100))


def moved(content: bytearray, rng: Random) -> bytearray:
    """Exchange two stretches of the file."""
    a, b = sorted(rng.sample(range(len(content) - 16), 2))
    content[a : a + 16], content[b : b + 16] = content[b : b + 16], content[a : a + 16]
    return content


def arrays_of(change: Callable[[dict[str, np.ndarray], Random], None]) -> Damage:
    """Change the arrays and make every checksum fit, as a hand would that knows the format."""

    def damage(folder: Path, rng: Random) -> None:
        with np.load(BytesIO((folder / ARRAYS).read_bytes())) as archive:
            arrays = dict(archive)
        change(arrays, rng)
        content = packed(arrays)
        (folder / ARRAYS).write_bytes(content)
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        manifest = replace(manifest, arrays_sha256=sha256(content).hexdigest())
        (folder / MANIFEST).write_bytes(encoded(sealed(manifest)))

    return damage


def exchanged(arrays: dict[str, np.ndarray], rng: Random) -> None:
    one, other = rng.sample([*arrays], 2)
    if arrays[one].shape != arrays[other].shape:
        arrays[one], arrays[other] = arrays[other], arrays[one]
    else:
        del arrays[one]


def not_numbers(arrays: dict[str, np.ndarray], rng: Random) -> None:
    name = rng.choice(["words", "answers", "context", "intercept", "transitions", "start", "idf"])
    arrays[name].reshape(-1)[rng.randrange(arrays[name].size)] = rng.choice([np.nan, np.inf, -np.inf])


def reshaped(arrays: dict[str, np.ndarray], rng: Random) -> None:
    name = rng.choice(["words", "answers", "context", "transitions", "pairs", "idf"])
    arrays[name] = rng.choice([arrays[name][1:], arrays[name][None], arrays[name].astype("S8")])


def other_version(folder: Path, rng: Random) -> None:
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    wrong = {"format": f"nianbao.lines/{rng.randint(2, 99)}"}
    edited = replace(manifest, **rng.choice([wrong, {"features": f"{rng.random()}"}]))
    (folder / MANIFEST).write_bytes(encoded(sealed(edited)))


def of_another_model(folder: Path, rng: Random) -> None:
    """Put other arrays of the right shapes there, without telling the manifest."""
    with np.load(BytesIO((folder / ARRAYS).read_bytes())) as archive:
        arrays = {name: archive[name] for name in archive.files}
    arrays["intercept"] = arrays["intercept"] + np.float32(rng.random() + 0.1)
    (folder / ARRAYS).write_bytes(packed(arrays))


DAMAGES: dict[str, Damage] = {
    **{f"{change.__name__} {name}": changed(name, change)
       for name in (MANIFEST, ARRAYS) for change in (flipped, cut, lengthened, moved)},
    "arrays exchanged": arrays_of(exchanged),
    "not numbers": arrays_of(not_numbers),
    "reshaped": arrays_of(reshaped),
    "other version": other_version,
    "of another model": of_another_model,
}  # fmt: skip


def refused_or_the_same(sound: Path, folder: Path, seed: int) -> None:
    """Damage a copy; either it is refused, or nothing was changed by the damage."""
    rng = Random(seed)
    name = [*DAMAGES][seed % len(DAMAGES)]
    for file in (MANIFEST, ARRAYS):
        shutil.copyfile(sound / file, folder / file)
    DAMAGES[name](folder, rng)
    try:
        damaged = LineClassifier.load(folder)
    except ModelError:
        return
    expected = LineClassifier.load(sound).probabilities(PROBE)
    assert np.array_equal(damaged.probabilities(PROBE), expected), f"{name}, seed {seed}"
    for file in (MANIFEST, ARRAYS):
        assert (folder / file).read_bytes() == (sound / file).read_bytes(), f"{name}, seed {seed}"


def test_of_130_damaged_models_none_is_used(sound: Path, tmp_path: Path) -> None:
    for seed in range(130):
        refused_or_the_same(sound, tmp_path, seed)


@pytest.mark.slow
@pytest.mark.full
def test_of_10000_damaged_models_none_is_used(sound: Path, tmp_path: Path) -> None:
    for seed in range(10_000):
        refused_or_the_same(sound, tmp_path, seed)
