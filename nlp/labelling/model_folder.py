"""A model as it is kept in a folder: model.json, which people can read, and arrays.npz."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

FORMAT = "nianbao.lines/1"
MANIFEST, ARRAYS = "model.json", "arrays.npz"

Arrays = dict[str, NDArray[Any]]

_BROKEN = (ValueError, OSError, EOFError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What zipfile and NumPy say of an archive that is damaged or none."""


class ModelError(Exception):
    """Why a model cannot be used: what, which file, what to do."""


class _Format(Struct, frozen=True):
    format: str


class Corpus(Struct, frozen=True):
    """What a model was trained on, `labelled` documents from label files; `sha256` is of texts and labels.

    `files` names each label file by the SHA-256 of its text, so that no model is judged by what it learnt.
    """

    documents: int
    labelled: int
    lines: int
    agencies: int
    sha256: str
    files: tuple[str, ...] = ()


class Settings(Struct, frozen=True, omit_defaults=True):
    """How a model was trained.

    `regularisation` is scikit-learn's C; `words`, a power of two, is how much more words weigh than other
    features; words that fewer than `rare` agencies use are unknown; in the share `forgotten` of the
    documents some words are made unknown; of the share `pieces` a part is read again as a document of its
    own; `transitions` weighs what a label says about the next one; a label file counts `own` times; the share
    `dressed` of the corpus is read again as each kind of label file dresses its lines.
    """

    seed: int
    regularisation: float
    words: float
    rare: int
    forgotten: float
    pieces: float
    transitions: float
    own: float = 1.0
    dressed: float = 0.0


class Measured(Struct, frozen=True):
    """A figure over several splits: its mean and its standard deviation."""

    mean: float
    spread: float


class Manifest(Struct, frozen=True):
    """model.json: everything about a model but its numbers, whose SHA-256 it holds.

    `seal` is the SHA-256 of the file as it would be with an empty seal: no byte of it changes unnoticed.
    """

    format: str
    name: str
    version: str
    labels: tuple[str, ...]
    features: str
    arrays_sha256: str
    settings: Settings
    corpus: Corpus
    scores: dict[str, Measured]
    words: tuple[str, ...]
    seal: str = ""


def read(folder: Path, features: str) -> tuple[Manifest, Arrays, str]:
    """Return a model's manifest, its arrays and the SHA-256 of its manifest, which names the model.

    Raises ModelError where the folder holds no model, a damaged one, or one for other `features`.
    """
    manifest_bytes, arrays_bytes = (_bytes(folder / name) for name in (MANIFEST, ARRAYS))
    manifest = _manifest(folder / MANIFEST, manifest_bytes)
    if manifest.features != features:
        raise ModelError(
            f"{folder / MANIFEST} was trained for other line features than this program computes: "
            "use a model of this release, or train it again with `nianbao train`."
        )
    if sha256(arrays_bytes).hexdigest() != manifest.arrays_sha256:
        raise ModelError(
            f"{folder / ARRAYS} is not the file that {MANIFEST} describes (its SHA-256 differs): "
            "it is damaged or was exchanged; copy the whole folder again, or train with `nianbao train`."
        )
    if manifest_bytes != encoded(sealed(manifest)):
        raise ModelError(
            f"{folder / MANIFEST} is not as `nianbao train` wrote it (its seal does not fit): it is damaged "
            "or was edited; copy the whole folder again, or train with `nianbao train`."
        )
    return manifest, _arrays(folder / ARRAYS, arrays_bytes), sha256(manifest_bytes).hexdigest()


def sealed(manifest: Manifest) -> Manifest:
    """Return a manifest with the seal that fits it."""
    return replace(manifest, seal=sha256(encoded(replace(manifest, seal=""))).hexdigest())


def write(folder: Path, manifest: Manifest, arrays: bytes) -> None:
    """Write a model's two files, making the folder where it is not there; OSError where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ARRAYS).write_bytes(arrays)
    (folder / MANIFEST).write_bytes(encoded(manifest))


def encoded(manifest: Manifest) -> bytes:
    """Return model.json; its SHA-256 names the model."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return arrays as an NPZ file that depends on them only: `numpy.savez` writes the time into it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in sorted(arrays):
            entry = io.BytesIO()
            np.save(entry, arrays[name], allow_pickle=False)
            place = zipfile.ZipInfo(f"{name}.npy")
            place.create_system = 3  # the same on every system
            archive.writestr(place, entry.getvalue())
    return file.getvalue()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}): a model is a folder with {MANIFEST} and {ARRAYS}; "
            "check the path, or train one with `nianbao train`."
        ) from error


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        kept = msgspec.json.decode(content, type=_Format).format
        if kept != FORMAT:
            raise ModelError(
                f"{path} is of the format {kept!r}, this program reads {FORMAT!r}: "
                "use a model of this release, or train one with `nianbao train`."
            )
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelError(
            f"{path} does not describe a model ({error}): it is damaged or not a line model; "
            "copy the whole folder again, or train with `nianbao train`."
        ) from error


def _arrays(path: Path, content: bytes) -> Arrays:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except _BROKEN as error:
        raise ModelError(
            f"{path} holds no arrays that can be read ({error}): "
            "copy the whole folder again, or train with `nianbao train`."
        ) from error
