"""What labels are worth is measured by reading the same pages with other labels."""

from __future__ import annotations

from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder
from training.model.card import CARD
from training.reports.worth import TITLE, pages_read, row, scraped, section, ways, with_section


def test_pages_are_read_with_every_way_of_labelling_and_as_before_afterwards() -> None:
    known = scraped(3)
    compared = list(ways(LineClassifier.load(folder("models") / "lines")))
    assert [way.name for way in compared] == ["the model", "every line `table_row`", "none"]
    rows = [row("", known, pages_read(way, known)) for way in [*compared, compared[0]]]
    assert len(set(rows)) == 3
    assert rows[0] == rows[-1]


def test_the_card_that_ships_tells_what_labels_are_worth() -> None:
    card = (folder("models") / "lines" / CARD).read_text(encoding="utf-8")
    _, _, told = card.partition(f"\n## {TITLE}\n")
    for way in ("the model", "a model without words", "every line `table_row`", "none"):
        assert told.count(f"| {way} |") == 2, way
    assert "### Learning curve" in card


def test_the_section_is_put_in_the_place_of_an_earlier_one() -> None:
    written = section(list(ways(LineClassifier.load(folder("models") / "lines")))[-1:], 1)
    card = "# A card\n\n## Measured\nMuch.\n\n## Files\nTwo.\n"
    once = with_section(card, written)
    assert with_section(once, written) == once
    assert once.index("## Measured") < once.index(TITLE) < once.index("## Files")
