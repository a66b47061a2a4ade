"""The numbers that a model judges by beside the labels of lines, as its manifest holds them."""

from __future__ import annotations

from bisect import bisect_right
from math import exp

from msgspec import Struct

Costs = dict[str, float]
"""What each fault of a table's reading costs, in nats, by its name in `nlp.tables.score.Faults`."""


class Step(Struct, frozen=True, array_like=True):
    """Where the weights of a cell come to `score`, the logarithm of its odds is `log_odds`."""

    score: float
    log_odds: float


class Scale(Struct, frozen=True):
    """What makes a probability of a cell's circumstances.

    - `format`: the version of its file's format.
    - `weights`: the weight of each feature of `nlp.tables.circumstances`, in log odds.
    - `intercept`: what the weights are added to.
    - `steps`: what a score is worth, lowest first; between two steps it is told by a straight line.
    - `seal`: the SHA-256 of its file as it would be with an empty seal.
    """

    format: str
    intercept: float
    weights: dict[str, float]
    steps: tuple[Step, ...]
    seal: str = ""

    def probability(self, score: float) -> float:
        """Return the probability that a score stands for, from 0 to 1.

        >>> Scale("", 0.0, {}, (Step(-9.0, 0.0), Step(9.0, 0.0))).probability(1.0)
        0.5
        """
        return 1 / (1 + exp(-self._log_odds(score)))

    def _log_odds(self, score: float) -> float:
        place = bisect_right([step.score for step in self.steps], score)
        if place in (0, len(self.steps)):
            return self.steps[max(0, place - 1)].log_odds
        before, behind = self.steps[place - 1], self.steps[place]
        share = (score - before.score) / (behind.score - before.score)
        return before.log_odds + share * (behind.log_odds - before.log_odds)


class Slope(Struct, frozen=True):
    """What makes a probability of the lead by which one agency, or year, is ahead of all others."""

    slope: float
    intercept: float

    def probability(self, lead: float) -> float:
        """Return the probability that the one that leads is right, from 0 to 1.

        >>> Slope(1.0, 0.0).probability(0.0)
        0.5
        """
        return 1 / (1 + exp(-(self.slope * lead + self.intercept)))


class Slopes(Struct, frozen=True):
    """What makes probabilities of the leads of agencies and of years."""

    agency: Slope
    year: Slope


class Judgement(Struct, frozen=True):
    """All that is fitted for records: what faults cost, how sure cells are, how sure agency and year are."""

    costs: Costs
    scale: Scale
    slopes: Slopes
