"""Questions asked of the data: the editions of the official form."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from nlp.form.form import Form, Relation, Table, editions, for_year, named

TABLES = [
    pytest.param(form, table, id=f"{form.edition}-{table.id}") for form in editions() for table in form.tables
]
FORMS = [pytest.param(form, id=form.edition) for form in editions()]
RELATIONS = [
    pytest.param(table, ids, relation, id=f"{form.edition}-{table.id}-{relation.id}")
    for form in editions()
    for table in form.tables
    for ids, relations in ((table.row, table.down), (table.column, table.across))
    for relation in relations
]


def bare(label: str) -> str:
    """A label without its enumerator, its punctuation, its white space."""
    unnumbered = re.sub(r"^(?:[（(]?[一二三四五六七八九十]+[）)、]|\d+[.．、])", "", label)
    return re.sub(r"[^\w]", "", unnumbered)


def values(form: Form) -> int:
    return sum(len(row.columns) for table in form.tables for row in table.rows if not row.optional)


def cells(form: Form) -> dict[str, tuple[str, ...]]:
    """The id of every cell with the spellings of its row."""
    return {
        f"{table.id}.{row.id}.{column}": row.spellings
        for table in form.tables
        for row in table.rows
        for column in row.columns
    }


@pytest.mark.parametrize(
    ("year", "edition"),
    [(None, None), (2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2031, "2021")],
)
def test_the_year_picks_the_edition(year: int | None, edition: str | None) -> None:
    form = for_year(year)
    assert (form.edition if form else None) == edition


@pytest.mark.parametrize(("edition", "count"), [("2019", 198), ("2021", 200)])
def test_an_edition_has_as_many_values_as_the_notice_prints(edition: str, count: int) -> None:
    assert values(named(edition)) == count


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_the_three_tables_in_the_order_of_the_chapters(form: Form) -> None:
    assert [table.id for table in form.tables] == ["disclosure", "requests", "review_litigation"]


def test_editions_follow_each_other_without_a_gap() -> None:
    for older, newer in itertools.pairwise(editions()):
        assert older.last_year is not None
        assert older.last_year + 1 == newer.first_year
    assert editions()[-1].last_year is None


@pytest.mark.parametrize(("table", "ids", "relation"), RELATIONS)
def test_a_sum_names_what_exists(table: Table, ids: dict[str, object], relation: Relation) -> None:
    assert relation.left
    assert relation.right
    assert set(relation.left + relation.right) <= set(ids)


@pytest.mark.parametrize(("table", "ids", "relation"), RELATIONS)
def test_a_sum_counts_nothing_twice(table: Table, ids: dict[str, object], relation: Relation) -> None:
    assert max(Counter(relation.left + relation.right).values()) == 1


@pytest.mark.parametrize("form", FORMS)
def test_every_row_of_requests_is_in_a_sum(form: Form) -> None:
    table = form.table("requests")
    summed = {id for relation in table.down for id in relation.left + relation.right}
    assert {row.id for row in table.rows if not row.optional} == summed


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_ids_are_unique_in_a_table(form: Form, table: Table) -> None:
    for ids in ([row.id for row in table.rows], [column.id for column in table.columns]):
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_label_names_one_row_of_its_table(form: Form, table: Table) -> None:
    """Also in the spellings seen in the wild, with enumerators and punctuation off."""
    owners = Counter(label for row in table.rows for label in set(map(bare, row.spellings)))
    assert [label for label, count in owners.items() if count > 1] == []


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_label_names_one_column_of_its_table(form: Form, table: Table) -> None:
    owners = Counter(label for one in table.columns for label in set(map(bare, one.spellings)))
    assert [label for label, count in owners.items() if count > 1] == []


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_spelling_is_listed_once(form: Form, table: Table) -> None:
    for one in (*table.rows, *table.columns):
        assert len(set(one.spellings)) == len(one.spellings), one.id


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_labels_hold_no_white_space(form: Form, table: Table) -> None:
    spelt = [spelling for one in (*table.rows, *table.columns) for spelling in one.spellings]
    assert [label for label in (*spelt, *table.groups, *table.headers) if re.search(r"\s", label)] == []


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_row_has_columns_of_its_table_in_their_order(form: Form, table: Table) -> None:
    order = list(table.column)
    for row in table.rows:
        assert row.columns
        assert sorted(row.columns, key=order.index) == list(row.columns)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_row_belongs_to_a_group_that_the_table_lists(form: Form, table: Table) -> None:
    assert {row.group for row in table.rows if row.group} == set(table.groups)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_the_rows_of_a_group_stand_together(form: Form, table: Table) -> None:
    """三、本年度办理结果 alone is interrupted by the groups inside it."""
    groups = [group for group, _ in itertools.groupby(row.group for row in table.rows) if group]
    again = {group for group, count in Counter(groups).items() if count > 1}
    assert again <= {"三、本年度办理结果"}


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_enumerated_rows_of_a_group_count_from_one(form: Form, table: Table) -> None:
    for group in table.groups:
        labels = [row.label for row in table.rows if row.group == group]
        numbers = [int(found[1]) for label in labels if (found := re.match(r"(\d+)\.", label))]
        assert numbers == list(range(1, len(numbers) + 1)), group


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_an_optional_row_stands_for_rows_of_its_table(form: Form, table: Table) -> None:
    for row in table.rows:
        assert row.optional == bool(row.stands_for)
        assert all(other in table.row and not table.row[other].optional for other in row.stands_for)


@pytest.mark.parametrize("id", sorted(set(cells(named("2019"))) & set(cells(named("2021")))))
def test_editions_share_an_id_only_where_the_row_means_the_same(id: str) -> None:
    older, newer = cells(named("2019"))[id], cells(named("2021"))[id]
    assert {bare(spelling) for spelling in older} & {bare(spelling) for spelling in newer}


@pytest.mark.parametrize("form", FORMS)
def test_only_money_has_a_unit_and_only_a_change_a_sign(form: Form) -> None:
    columns = [column for table in form.tables for column in table.columns]
    assert {column.id for column in columns if column.unit} == {"amount"}
    assert {column.id for column in columns if column.signed} <= {"change"}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_that_may_be_left_out_is_in_no_sum(form: Form) -> None:
    for table in form.tables:
        summed = {id for relation in table.down for id in (*relation.left, *relation.right)}
        left_out = {row.id for row in table.rows if row.may_be_left_out}
        assert not left_out & summed
        assert len(left_out) < len(table.rows)
