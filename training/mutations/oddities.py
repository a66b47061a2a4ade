"""What agencies and tools do to a form, by name."""

from __future__ import annotations

from training.mutations import columns, numbers, rows, words
from training.mutations.oddity import Oddity

_ALL: tuple[Oddity, ...] = (
    columns.columns_of_requests_moved,
    columns.columns_of_disclosure_moved,
    columns.headers_with_uppers,
    columns.groups_of_reviews_moved,
    columns.column_left_out,
    columns.column_more,
    columns.column_more_of_disclosure,
    columns.legal_persons_joined,
    columns.two_years,
    columns.rows_padded,
    columns.rows_numbered,
    columns.cell_lost,
    columns.cell_more,
    rows.own_row,
    rows.blank_rows,
    rows.blank_cells,
    rows.merged_rows,
    rows.headers_repeated,
    rows.rows_moved,
    rows.rows_left_out,
    rows.sums_broken,
    rows.reviews_in_rows,
    rows.notes_below,
    numbers.numbers_dressed,
    numbers.footnote_marks,
    numbers.remarks_in_cells,
    numbers.changes_in_words,
    numbers.thousands_parted,
    numbers.decimals_of_counts,
    numbers.zeros_in_words,
    numbers.units_of_counts,
    numbers.amount_in_yuan,
    numbers.unreadable_numbers,
    words.words_of_taiwan,
    words.spaces_in_labels,
    words.remarks_in_labels,
    words.other_enumerators,
    words.characters_lost,
)
ODDITIES: dict[str, Oddity] = {oddity.__name__: oddity for oddity in _ALL}
