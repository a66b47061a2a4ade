"""What a page's readings and cells are judged by: the shipped fit, or that of the model in use."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from nlp.labelling.judgement import Costs
from nlp.tables import confidence, score
from nlp.tables.confidence import Confidences


class Judge(NamedTuple):
    """What each fault of a reading costs, and how sure cells are."""

    costs: Costs
    confidences: Confidences


@cache
def shipped() -> Judge:
    """Return the judge that ships; raises ModelError where one of its files is damaged."""
    return Judge(score.weights(), Confidences(confidence.shipped()))
