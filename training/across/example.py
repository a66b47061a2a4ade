"""The records that docs/across.md and docs/panel.md show: three agencies, three years, two faults."""

from __future__ import annotations

from random import Random

from nlp.collection.slim import SlimCell, SlimReport
from training.across.world import Office, prose, record, world

_NAMES = ("甲县气象局", "乙县水利局", "丙县教育局")
_YEARS = (2021, 2022, 2023)
_SEED = 8
_BUSY = 2


def example() -> list[SlimReport]:
    """Return the records: one agency carries over too little, one prints last year's numbers once more.

    >>> [len(example()), example()[0].organization]
    [9, '甲县气象局']
    """
    random = Random(_SEED)
    busy = [office for office in world(random, 40, 0, 0) if office.size >= _BUSY]
    offices = dict(zip(_NAMES, busy, strict=False))
    for name, office in offices.items():
        office.name, office.code = name, None
        office.prose = {year: prose(random, name, year) for year in _YEARS}
    carries, repeats, leaves_blank = offices.values()
    _carry_less(carries)
    repeats.numbers[2023] = dict(repeats.numbers[2022])
    records = [record(office, year) for office in offices.values() for year in _YEARS]
    for made in records:
        if made.organization == leaves_blank.name:
            made.tables["requests"]["granted"]["natural_person"] = SlimCell(None, "blank", 30, 1.0)
    return records


def _carry_less(office: Office) -> None:
    last, this = office.numbers[2022], office.numbers[2023]
    last["requests.carried_forward.natural_person"] = 2
    this["requests.carried_over.natural_person"] = 0
