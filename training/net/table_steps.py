"""The layouts, repairs and special steps of table reading, and what each is when it is switched off."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.running_on import rows_inside
from nlp.tables import (
    blank_marks,
    columns_in_turn,
    cut_numbers,
    edition,
    evidence,
    interleaved_cells,
    number_behind_heading,
    own_numbers,
    reading,
    reading_writer,
    readings,
    row_candidates,
    table_page,
    unread_cells,
)
from nlp.tables.circumstances import Way
from nlp.tables.columns import (
    as_many,
    candidates,
    displaced,
    grid,
    label_cells,
    permutations,
    placing,
    shifted_rows,
    split_cells,
    too_many,
)
from nlp.tables.columns.placing import RowNumbers
from nlp.tables.labels import (
    column_names,
    damaged_order,
    header_orders,
    headers,
    printed_columns,
    printed_groups,
    renamed,
    reordered_labels,
    row_matches,
    row_orders,
    side_by_side,
    text_blocks,
    torn_headers,
    wrapped_labels,
)
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.labels.strange_headers import StrangeHeaders
from nlp.tables.layouts import (
    bands,
    beside,
    blocks,
    given_cells,
    label_blocks,
    named_cells,
    rows,
    single_row,
    stretches,
    torn_row,
    under_headers,
    unsegmented,
)
from nlp.tables.page import (
    brackets,
    cell_lines,
    delimiters,
    glued_labels,
    named_numbers,
    odd_numbers,
    page_numbers,
    regions,
    remarks,
    row_numbers,
    stray_numbers,
    table_lines,
    tokens,
    units,
)
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Reading
from nlp.tables.score import Faults
from nlp.tables.solver import column_sums, digit_cuts, solve, tiling
from training.net.switches import Step, passes, returns


def _no_reading(found: Sequence[Token], matches: LabelMatches, table: Table, *more: object) -> Reading:
    """Propose a reading that loses against every other."""
    return reading.Reading("none", reading.Manner.NEARBY, {}, {}, faults=Faults(left_over=inf))


def _no_rows(found: Sequence[Token], matches: LabelMatches, table: Table) -> Reading:
    """Read every number as one of no row."""
    return reading.reading_of("rows", reading.Manner.BEHIND, [], table, found)


def _empty_list(*arguments: object) -> list[object]:
    return []


def _unplaced(row: RowNumbers) -> object:
    """Tell of no number of a row which column it belongs to."""
    numbers = row.printed[1:]
    return candidates.agreed([[None] * len(numbers), numbers], Way.EACH_WAY)


def _in_any_column(row: RowNumbers) -> object:
    """Give a row's numbers to its columns in order."""
    return candidates.in_turn(row.printed, Way.AS_MANY)


def _first_numbers(row: RowNumbers) -> object:
    """Give the first numbers of a row to its columns."""
    return candidates.in_turn(row.printed[: row.width], Way.AS_MANY)


def _as_the_form_has_it(found: object, matches: object, lexicon: Lexicon, *more: object) -> object:
    """Take a table's columns for those of the form, in its order."""
    return printed_columns.PrintedTable(lexicon.table)


def _all_in_doubt(read: Sequence[Token | None], *more: object) -> object:
    """Tell of no value of the one row which column it belongs to."""
    return single_row._uncertain([token for token in read if token is not None], len(read))


_NO = returns(False)
_NONE = returns(None)
_NOTHING = returns(())
_LabelMatcher = row_matches._LabelMatcher
_Pieces = wrapped_labels.Pieces
_OwnNumbers = own_numbers.OwnNumbers

STEPS: tuple[Step, ...] = (
    # Layouts
    Step(named_cells.propose, _NOTHING),
    Step(given_cells.propose, _NOTHING),
    Step(rows.following, _no_rows),
    Step(rows._behind_headers, passes(2)),
    Step(rows.unknown_labels, _empty_list),
    Step(beside.alongside, _no_reading),
    Step(beside._owners, returns({})),
    Step(beside.lines_of_numbers, _empty_list),
    Step(beside.runs_between_labels, _empty_list),
    Step(beside.with_page_numbers_doubted, passes(0)),
    Step(under_headers.headed, _NONE),
    Step(under_headers._orders, lambda under: [[header.column for header in under.headers]]),
    Step(label_blocks.read_label_blocks, _no_reading),
    Step(blocks.read_text_blocks, _NONE),
    Step(text_blocks._belongs, _NO),
    Step(stretches.pieces, _NONE),
    Step(bands.band_readings, returns({})),
    Step(solve._not_dear, _empty_list),
    Step(columns_in_turn.with_columns_in_doubt, passes(0)),
    Step(rows.is_of_another_row, _NO),
    Step(cut_numbers.with_cut_numbers_doubted, passes(0)),
    Step(interleaved_cells.with_torn_cells_doubted, passes(0)),
    Step(readings._judged, passes(0)),
    Step(readings._furniture, returns(0.0)),
    Step(single_row.propose, _NOTHING),
    Step(single_row._without_repeats, lambda page, count: page.tokens),
    Step(single_row._end_of_whole_row, lambda tokens, count: len(tokens)),
    Step(single_row._first_label, returns(0)),
    Step(single_row._cut, _NONE),
    Step(single_row._headers_in_order, _NO),
    Step(torn_row.torn, _all_in_doubt),
    Step(torn_row._under_headers, _NONE),
    Step(torn_row._in_turn, _NONE),
    Step(torn_row._may_add_up, returns(True)),
    Step(torn_row.columns_of_values, lambda found, lexicon: [()] * len(found)),
    Step(column_names.columns_in, _NOTHING),
    Step(unsegmented.strings, returns({})),
    Step(unsegmented._whole, _NONE),
    Step(unsegmented._balanced, passes(1)),
    # Pages
    Step(regions._is_row, _NO),
    Step(regions._with_displaced_row, _NONE),
    Step(number_behind_heading.with_displaced_number, passes(1)),
    Step(page_numbers.page_numbers, returns({})),
    Step(page_numbers._on_sheets, _empty_list),
    Step(page_numbers._at_edges, _empty_list),
    Step(page_numbers._may_be_all_pages, _NO),
    Step(page_numbers._dashed, returns(set())),
    Step(page_numbers._is_torn, returns(True)),
    Step(table_lines._with_taken_for_pages, passes(0)),
    Step(row_numbers.without_row_numbers, passes(0)),
    Step(row_numbers._below_header, _NOTHING),
    Step(table_lines._is_cell, _NO),
    Step(table_lines._without_groups, passes(0)),
    Step(table_lines._before_label, _NONE),
    Step(table_lines.unglued_line, passes(0)),
    Step(table_lines._with_thousands, passes(0)),
    Step(cell_lines.blank_cells, _empty_list),
    Step(odd_numbers.special_number, _NONE),
    Step(tokens._is_cell_alone, _NO),
    Step(tokens._around_holes, _empty_list),
    Step(tokens.joined, lambda numbers: list(numbers)),
    Step(brackets.masked, passes(0)),
    Step(delimiters.borders_of, returns(delimiters.MARKDOWN)),
    Step(glued_labels.read_anew, _NONE),
    Step(named_numbers.named_numbers, passes(0)),
    Step(rows_inside.rows_inside, _empty_list),
    Step(rows_inside._columns, returns(frozenset())),
    Step(rows_inside._is_head, returns(True)),
    Step(glued_labels.parted, lambda token: iter([token])),
    Step(glued_labels._group_behind, _NONE),
    Step(blank_marks.blanks_of, returns(digit_cuts.WORDS)),
    Step(edition._best_known, _NONE),
    # Labels
    Step(reordered_labels.with_reordered_labels, passes(1)),
    Step(reordered_labels._alike, _NOTHING),
    Step(torn_headers.with_torn_headers_joined, passes(0)),
    Step(printed_columns.printed_table, _as_the_form_has_it),
    Step(printed_columns._with_alike, passes(0)),
    Step(printed_columns.is_in_rows, _NO),
    Step(header_orders.is_turned, _NO),
    Step(header_orders.contradicts_form, _NO),
    Step(header_orders._are_uppers_turned, _NO),
    Step(header_orders._may_be_torn, _NO),
    Step(side_by_side.side_by_side, _empty_list),
    Step(side_by_side._columns_side_by_side, _empty_list),
    Step(printed_columns._is_parted, _NO),
    Step(row_orders._are_elsewhere, _NO),
    Step(row_orders.are_out_of_order, _NO),
    Step(renamed.renamed, returns(StrangeHeaders())),
    Step(damaged_order.is_other_order_told, _NO),
    Step(printed_groups.printed_row, lambda found, lexicon, matched: lexicon.table),
    Step(printed_groups._are_totals_last, returns(True)),
    Step(printed_groups._is_group_of, _NO),
    Step(headers.labels_in, lambda text, names: [text] if text in names else []),
    Step(headers._glued, lambda word, lexicon: []),
    Step(column_names._behind_upper_level, _NONE),
    Step(printed_groups._owners_of_piece, lambda word, lexicon: {word, lexicon}),
    Step(wrapped_labels._begins, lambda rest, part: rest.startswith(part)),
    Step(_LabelMatcher._without_columns, _NONE),
    Step(_LabelMatcher._without_groups, lambda matcher: matcher.matches),
    Step(_LabelMatcher._before_group, _NO),
    Step(row_matches.row_named, lambda text, lexicon: lexicon.rows.get(key(text))),
    Step(_LabelMatcher._wrapped, _NO),
    Step(_Pieces._parts, lambda pieces, piece: iter([piece.key] if piece.key else [])),
    Step(_Pieces._is_note, _NO),
    Step(_LabelMatcher._alike, _NO),
    Step(_LabelMatcher._behind_headers, _NONE),
    Step(_LabelMatcher._may_join, _NO),
    # Columns
    Step(split_cells.with_cells_joined, _NONE),
    Step(too_many._is_whole, _NO),
    Step(too_many._with_rest_of_last, _first_numbers),
    Step(too_many._is_padded, _NO),
    Step(too_many._one_too_many, _unplaced),
    Step(tokens.are_split, _NO),
    Step(placing.by_cells, _NONE),
    Step(placing.by_lines, _NONE),
    Step(placing.by_position, _NONE),
    Step(candidates.in_doubt, passes(0)),
    Step(as_many._with_one_below, _in_any_column),
    Step(as_many._are_below, _NO),
    Step(label_cells.is_in_label_cell, _NO),
    Step(placing._blanks_are_gone, _NO),
    Step(grid.gaps_of, returns(frozenset())),
    Step(grid.headed, returns({})),
    Step(grid.Grid._elsewhere, returns(set())),
    Step(permutations.permuted, returns({})),
    Step(column_sums.balanced, lambda table, found, proven: column_sums.Balance(dict(found), holds=False)),
    Step(tiling.Tilings._label_score, returns(0.0)),
    # What is said of a row, and how surely
    Step(reading._excess, returns(0)),
    Step(row_candidates._repeats, _NO),
    Step(_OwnNumbers.has_its_own, returns(True)),
    Step(reading.Reading.keeps_rows_together, _NO),
    Step(unread_cells.is_end_of_page, _NO),
    Step(unread_cells.is_number_unread, _NO),
    Step(unread_cells.has_words_for_numbers, _NO),
    Step(_OwnNumbers._may_have_anothers, _NO),
    Step(_OwnNumbers._numbers_too_many, _empty_list),
    Step(_OwnNumbers._are_displaced, _NO),
    Step(displaced.is_several, _NO),
    Step(displaced.is_overprinted, _NO),
    Step(reading_writer._label, returns("exact")),
    Step(reading_writer._is_in_turn, _NO),
    Step(candidates.differing, passes(0)),
    Step(candidates.without_totals, _empty_list),
    Step(shifted_rows.with_shifted_rows_open, passes(0)),
    Step(shifted_rows._may_have_lost_one, _NO),
    Step(shifted_rows._columns_add_up, _NO),
    Step(remarks._is_number_of_another_year, _NO),
    Step(remarks.is_contradicted, _NO),
    Step(stray_numbers.StrayNumbers.holds, _NO),
    Step(stray_numbers.StrayNumbers._counts_pages, _NO),
    Step(table_page.Page.has_unread_number, _NO),
    Step(units.units_of, returns({})),
    Step(units._multiples_in, returns(set())),
    Step(units._is_no_change, _NO),
    Step(evidence._left_out, _NOTHING),
    Step(evidence._without_numbers, _NOTHING),
    Step(evidence._repeated, _NOTHING),
    Step(evidence._named_once, lambda page: page.matches),
    Step(evidence._groups_named_once, lambda page, behind: page.matches),
    Step(evidence._is_strange_between, _NO),
    Step(evidence._in_order, returns(True)),
    Step(evidence._is_beside_headers, _NO),
)
"""Every step that some page is misread without."""
