"""What labels are worth is measured by reading the same pages with other labels."""

from __future__ import annotations

from training.reports.worth import measured, pages_read, row, scraped, ways


def test_pages_are_read_with_every_way_of_labelling() -> None:
    known = scraped(3)
    compared = list(ways())
    text = measured(known, compared)
    assert [way.name for way in compared] == ["the model", "every line `table_row`", "none"]
    assert all(f"| {way.name} |" in text for way in compared)
    rows = {way.name: row(way.name, known, pages_read(way, known)) for way in compared}
    assert len(set(rows.values())) == 3


def test_the_model_reads_as_before_afterwards() -> None:
    known = scraped(2)
    first, *others = ways()
    before = pages_read(first, known)
    for way in others:
        pages_read(way, known)
    assert pages_read(first, known) == before
