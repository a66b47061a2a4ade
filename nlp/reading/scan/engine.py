"""Recognises cut-out lines of writing, with the model that rapidocr brings, on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.resources import knowledge

Gray = NDArray[np.uint8]
"""A picture [height, width]: 0 is black, 255 white."""

Ocr = Literal["auto", "never", "always"]
"""Which pages are recognised in their pictures.

- `auto`: those without text, or with damaged text, if the extra `ocr` is installed.
- `never`: none. `always`: all, for text that another recognition put there.
"""
NEEDED = ("cv2", "onnxruntime", "PIL", "rapidocr")
"""What the extra `ocr` brings."""
_HEIGHT = 48
"""In pixels: the model reads lines of this height."""
_STEP = 32
"""In pixels: lines are filled up with white to a multiple of this width and read together."""
_AT_ONCE = 1536
"""In pixels: so much width is read at once, which bounds the memory."""
_WIDEST = 4096
"""In pixels: a longer line is pressed together."""
_LONGEST_NUMBER = 14
"""In characters: longer lines are no numbers."""
_LIKELY = 0.02
"""A character of a lower probability is no other reading."""
_BLANK = 0
"""The number of "no character" among those that the model tells apart."""


class Letter(NamedTuple):
    """A recognised character.

    `score` is the model's probability, 0 to 1; `place` the middle of the character as a share of the width of
    its line; `others` are the characters that it may be as well, the likeliest first, "" for none at all.
    `present` is the probability that there is a character at all; where it was recognised among some
    characters alone, `among` is the probability that it is one of these.
    """

    text: str
    score: float
    place: float
    others: tuple[str, ...] = ()
    present: float = 1.0
    among: float = 1.0


class Line(NamedTuple):
    """A recognised line: its characters, and what they are if a number is printed there.

    Then they are recognised among the characters of numbers alone, and O is 0.
    """

    letters: list[Letter]
    as_number: list[Letter]

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)


class Engine:
    """The model, loaded, and the characters that it tells apart."""

    def __init__(self, model: Path) -> None:
        """Load a model; it works in one thread, as documents are read in processes beside each other."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = ["", *characters[:-1], " "] if not characters[-1] else ["", *characters, " "]
        facts = knowledge("recognition")
        numbers = {character: n for n, character in enumerate(self._characters)}
        self._zero = numbers["0"]
        self._alike = [numbers[character] for character in facts["zeros"] if character in numbers]
        numerals = [numbers[character] for character in facts["numerals"] if character in numbers]
        self._numerals = np.array([_BLANK, *numerals])

    def lines(self, pictures: Sequence[Gray]) -> list[Line]:
        """Return the characters of each line of writing, from the left; `pictures` are dark on white."""
        scaled = [_scaled(picture) for picture in pictures]
        read: list[Line] = [Line([], []) for _ in pictures]
        for numbers in _batches([picture.shape[1] for picture in scaled]):
            batch = np.stack([scaled[n] for n in numbers])
            tensor = np.repeat((batch[:, None].astype(np.float32) / 127.5 - 1.0), 3, axis=1)
            (probabilities,) = self._session.run(None, {self._input: tensor})
            for n, of_line in zip(numbers, probabilities, strict=True):
                letters = self._letters(of_line)
                as_number = letters
                if len(letters) <= _LONGEST_NUMBER:
                    as_number = self._number(of_line)
                read[n] = Line(letters, as_number)
        return read

    def _letters(self, probabilities: NDArray[Any]) -> list[Letter]:
        """Return the characters of one line from their probabilities [steps, characters]."""
        best = probabilities.argmax(axis=1)
        steps = len(best)
        letters = []
        for number, group in groupby(range(steps), key=lambda step: int(best[step])):
            if number == _BLANK:
                continue
            places = list(group)
            of_letter = probabilities[places, number]
            peak = places[int(of_letter.argmax())]
            middle = (places[0] + places[-1] + 1) / 2 / steps
            others = self._others(probabilities[peak], number)
            present = 1.0 - float(probabilities[peak, _BLANK])
            score = float(of_letter.max())
            letters.append(Letter(self._characters[number], score, middle, others, max(present, score)))
        return letters

    def _number(self, probabilities: NDArray[Any]) -> list[Letter]:
        """Return the characters of one line that holds a number."""
        probabilities[:, self._zero] += probabilities[:, self._alike].sum(axis=1)
        among = probabilities[:, self._numerals].sum(axis=1, keepdims=True)
        numerals = np.zeros_like(probabilities)
        numerals[:, self._numerals] = probabilities[:, self._numerals] / np.maximum(among, 1e-9)
        letters = self._letters(numerals)
        steps = len(probabilities)
        return [letter._replace(among=float(among[int(letter.place * steps), 0])) for letter in letters]

    def _others(self, probabilities: NDArray[Any], number: int) -> tuple[str, ...]:
        """Return the other characters that are likely where a character was read."""
        likely = np.flatnonzero(probabilities >= _LIKELY)
        ordered = sorted(likely.tolist(), key=lambda other: -float(probabilities[other]))
        return tuple(self._characters[other] for other in ordered if other != number)


@cache
def engine() -> Engine | None:
    """Return the engine, loaded once in a process; None where the extra `ocr` is not installed."""
    model = model_file()
    return None if model is None else Engine(model)


def name() -> str:
    """Return the name and the version of the engine and of its model; "" where none is installed."""
    from importlib.metadata import version

    model = model_file()
    return "" if model is None else f"rapidocr {version('rapidocr')}, {model.stem}"


def model_file() -> Path | None:
    """Return the file of the model that recognises lines, None where it is not installed.

    Of rapidocr no more than this file is used: its own code may download others.
    """
    if any(find_spec(module) is None for module in NEEDED):
        return None
    spec = find_spec("rapidocr")
    folders = (spec.submodule_search_locations if spec else None) or []
    models = [path for folder in folders for path in sorted(Path(folder, "models").glob("*_rec_*.onnx"))]
    return models[0] if models else None


def _scaled(picture: Gray) -> Gray:
    """Return a line as high as the model reads it, filled up on the right to a whole number of steps."""
    import cv2

    height, width = picture.shape
    wanted = min(max(round(width * _HEIGHT / height), 1), _WIDEST)
    method = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    scaled = cv2.resize(picture, (wanted, _HEIGHT), interpolation=method)
    filled = np.full((_HEIGHT, -(-wanted // _STEP) * _STEP), 255, np.uint8)
    filled[:, :wanted] = scaled
    return filled


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of lines that are read at once: of one width, and not too many."""
    order = sorted(range(len(widths)), key=lambda n: widths[n])
    for width, group in groupby(order, key=lambda n: widths[n]):
        numbers = list(group)
        most = max(_AT_ONCE // width, 1)
        for first in range(0, len(numbers), most):
            yield numbers[first : first + most]
