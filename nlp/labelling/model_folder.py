"""The folder of a line model: model.json, which people can read, and arrays.npz, read and written."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace
from numpy.typing import NDArray

from nlp.labelling.judgement import Judgement
from nlp.text.dress import Dress

FORMAT = "nianbao.lines/1"
"""The version of the folder's format; a folder of another one is refused."""
MANIFEST, ARRAYS = "model.json", "arrays.npz"
"""The two files of a model's folder."""

Arrays = dict[str, NDArray[Any]]

_BROKEN = (ValueError, OSError, EOFError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What zipfile and NumPy raise for an archive that is damaged, or for a file that is none."""


Fitted = TypeVar("Fitted")


class ModelError(Exception):
    """A model cannot be used; the message names the file, the reason and what to do."""


class _Format(Struct, frozen=True):
    """The one field of a manifest that is read before the others, which depend on it."""

    format: str


class Corpus(Struct, frozen=True):
    """What a model was trained on.

    - `documents`: the number of documents, `labelled` of them from label files, the others generated.
    - `lines`: the number of labelled lines; `agencies`: the number of different agencies.
    - `sha256`: the digest of all texts and labels, in their order.
    - `files`: the SHA-256 of each label file's text without white space, so that no model is measured on
      what it was trained on.
    """

    documents: int
    labelled: int
    lines: int
    agencies: int
    sha256: str
    files: tuple[str, ...] = ()


class Settings(Struct, frozen=True, omit_defaults=True):
    """How a model was trained.

    - `seed`: of the generated documents and of everything random.
    - `regularisation`: scikit-learn's C.
    - `words`: how much more words count than other features; a power of two.
    - `rare`: words that fewer agencies than this use are unknown.
    - `forgotten`: the share of the documents in which some words are made unknown.
    - `pieces`: the share of the documents of which a part is trained on again as a document of its own.
    - `transitions`: the factor of the transitions' and the start's weights.
    - `own`: how many times a label file counts.
    - `dressed`: the share of the corpus that is trained on again with its lines laid out as those of each
      kind of label file.
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
    """A figure measured on several splits: `mean`, and `spread`, its standard deviation."""

    mean: float
    spread: float


class Manifest(Struct, frozen=True):
    """The content of model.json: everything about a model but its arrays.

    - `format`: FORMAT; `name` and `version`: what the model is called.
    - `labels`: the labels of a line, in the order of the arrays' columns.
    - `features`: the SHA-256 of the names of the features that the model was trained for.
    - `arrays_sha256`: the SHA-256 of the file with the arrays.
    - `settings`, `corpus`: how and on what it was trained.
    - `scores`: what was measured, by the figure's name.
    - `words`: the words of the vocabulary, in the order of their numbers.
    - `seal`: the SHA-256 of this file as it would be with an empty seal, so that every change of the file
      is noticed.
    - `made_with`: the version of each library that computed the arrays, and the matrix kernel (BLAS) that the
      processor was given; unset in models of releases that did not tell.
    - `dresses`: what kinds of pages print round their lines, as records taught it; unset where none did.
    - `judgement`: what faults of readings cost and how sure cells, agencies and years are, fitted with
      records as well; unset where no records were there: then what ships holds.
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
    made_with: dict[str, str] | UnsetType = UNSET
    dresses: tuple[Dress, ...] | UnsetType = UNSET
    judgement: Judgement | UnsetType = UNSET


def read(folder: Path, features: str) -> tuple[Manifest, Arrays, str]:
    """Return a model's manifest, its arrays and the digest that names the model.

    Raises ModelError where the folder holds no model, a damaged one, or one for other `features`.
    """
    manifest_bytes = _bytes(folder / MANIFEST)
    arrays_bytes = _bytes(folder / ARRAYS)
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
    return manifest, _arrays(folder / ARRAYS, arrays_bytes), digest(manifest)


def digest(manifest: Manifest) -> str:
    """Return the SHA-256 that names a model: that of model.json without `made_with`.

    The same model trained on another processor has the same name.
    """
    return sha256(encoded(sealed(replace(manifest, made_with=UNSET)))).hexdigest()


def sealed(manifest: Manifest) -> Manifest:
    """Return a manifest with its seal set to the digest of its other fields."""
    unsealed = replace(manifest, seal="")
    return replace(manifest, seal=sha256(encoded(unsealed)).hexdigest())


def write(folder: Path, manifest: Manifest, arrays: bytes) -> None:
    """Write a model's two files; the folder is made where it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ARRAYS).write_bytes(arrays)
    (folder / MANIFEST).write_bytes(encoded(manifest))


def encoded(manifest: Manifest) -> bytes:
    """Return the content of model.json."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the content of an NPZ file: equal arrays give equal bytes.

    `numpy.savez` is not used because it writes the time into the file.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in sorted(arrays):
            entry = io.BytesIO()
            np.save(entry, arrays[name], allow_pickle=False)
            member = zipfile.ZipInfo(f"{name}.npy")
            member.create_system = 3  # Unix, on every system
            archive.writestr(member, entry.getvalue())
    return file.getvalue()


def fitted(file: Path, type: type[Fitted], tells: str, program: str) -> tuple[Fitted, bytes]:
    """Return what a JSON file beside the line model holds, which a program fits, and its bytes.

    `tells` says what the file is for. Raises ModelError, with what to do, where it is damaged or not there.
    """
    try:
        content = file.read_bytes()
        return msgspec.json.decode(content, type=type), content
    except OSError as error:
        raise ModelError(f"{file} cannot be read ({error.strerror}): {to_fit(program)}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelError(f"{file} does not tell {tells} ({error}): {to_fit(program)}") from error


def to_fit(program: str) -> str:
    """Return what a person does about a damaged file that a program fits."""
    return f"copy the file again from a release, or fit it with `{program}`."


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
        format = msgspec.json.decode(content, type=_Format).format
        if format != FORMAT:
            raise ModelError(
                f"{path} is of the format {format!r}, this program reads {FORMAT!r}: "
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
