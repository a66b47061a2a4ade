"""The worlds of generated reports: what is kept from training shares nothing with it but official names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nlp.form.form import editions
from training.generator.agencies import agencies
from training.generator.corpus import samples
from training.generator.layouts import LAYOUTS, UNSEEN_LAYOUTS
from training.generator.others import others
from training.generator.worlds import SCRAPED, TRAINING, UNSEEN, World, official

SHORTEST = 5
"""In characters: shorter clauses (`如下`, `见下表`) say nothing of their own."""
EVERYWHERE = {".gov.cn", "国办公开办函〔2021〕30号", "年1月1日至12月31日"}
"""What every report prints: endings of addresses, the number of the notice, the period."""
CLAUSE_END = re.compile(r"\{[^{}]*\}|[，。；：、！？（）《》“”\s,;:()|]")


def clauses(alternatives: Iterable[str]) -> Iterator[str]:
    for alternative in alternatives:
        yield from (clause for clause in CLAUSE_END.split(alternative) if len(clause) >= SHORTEST)


def own(world: World) -> set[str]:
    alternatives = [
        text for symbol, texts in world.symbols().items() if symbol not in official() for text in texts
    ]
    return set(clauses(alternatives))


def test_no_clause_of_training_stands_in_the_phrases_kept_from_it() -> None:
    official_clauses = set(clauses(text for texts in official().values() for text in texts))
    assert own(TRAINING) & own(UNSEEN) <= official_clauses | EVERYWHERE
    assert len(own(UNSEEN)) > 200


def test_no_agency_is_shared() -> None:
    assert not {agency.name for agency in agencies()} & {agency.name for agency in agencies(UNSEEN)}
    assert len(agencies(UNSEEN)) > 1000


def test_no_layout_is_shared() -> None:
    training, unseen = ({layout.tables for layout in layouts} for layouts in (LAYOUTS, UNSEEN_LAYOUTS))
    assert not training & unseen
    assert {sample.layout for sample in samples(3, 80, world=UNSEEN)} <= {one.name for one in UNSEEN_LAYOUTS}


def test_no_spelling_is_one_that_the_reader_has() -> None:
    read = set()
    for form in editions():
        for table in form.tables:
            for item in (*table.rows, *table.columns):
                read |= {item.label, *item.also}
    spellings: dict[str, list[str]] = UNSEEN.file("spellings")["labels"]  # type: ignore[assignment]
    assert set(spellings) <= read
    assert not {spelling for alternatives in spellings.values() for spelling in alternatives} & read


def test_scraped_pages_wear_what_sites_put_around_reports() -> None:
    def dressed(world: World) -> int:
        return sum(sum("37" <= kind[:2] <= "64" for kind in one.noise) for one in samples(5, 60, world=world))

    assert dressed(SCRAPED) > 2 * dressed(UNSEEN)


def test_a_page_that_is_no_report_has_no_chapters_of_one() -> None:
    assert not any("收到和处理政府信息公开申请情况" in text for text in others(2, 20))
