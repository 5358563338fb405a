import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.template.loader import render_to_string

from web.imports.columns import CountField, DayField, RowForm
from web.imports.kinds import ImportKind, ImportRefused, apply_import, dry_run, find_kind
from web.imports.report import Plan, RowError, Unknown


class GiftRow(RowForm):
    date = DayField()
    structure = forms.CharField()
    women = CountField(required=False, empty=0)


class Gifts(ImportKind):
    """Writes one row of a table that every installation has, for each row of the file."""

    slug, label, row_form = "gifts", "gifts", GiftRow
    forbids_people, names = True, {"structure"}

    def plan(self, rows, acting):
        here = set(ContentType.objects.filter(app_label="gifts").values_list("model", flat=True))
        fresh = [row for row in rows if row.key not in here]
        unknown = {row.data["structure"] for row in fresh if row.data["structure"] != "CHRS"}
        return Plan(
            create=len(fresh),
            unchanged=len(rows) - len(fresh),
            unknown=[Unknown("structure", name) for name in sorted(unknown)],
            errors=[RowError(row.number, "women", "0", "Nobody came.") for row in rows if not row.data["women"]],
            work=fresh,
        )

    def apply(self, plan, acting):
        for row in plan.work:
            ContentType.objects.create(app_label="gifts", model=row.key)
            if row.data["women"] == 13:
                raise RuntimeError("the disk is full")


HEAD = b"date,structure,women\n"
GOOD = HEAD + b"2016-10-31,CHRS,1\n2016-10-31,CHRS,1\n"
pytestmark = pytest.mark.django_db


def tried(content):
    return dry_run(Gifts(), content, "gifts.csv", None)


def done(content, ticked=(), **more):
    return apply_import(Gifts(), content, "gifts.csv", None, ticked=frozenset(ticked), **more)


def written():
    return ContentType.objects.filter(app_label="gifts").count()


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    report = tried(GOOD)
    assert (report.rows, report.plan.create, report.is_clean) == (2, 2, True)
    assert "would make 2 new" in report.sentence
    assert written() == 0


def test_two_identical_households_are_two():
    done(GOOD)
    assert written() == 2


def test_the_same_file_again_changes_nothing_and_says_so():
    done(GOOD)
    assert done(GOOD).changes_nothing
    assert "this file changes nothing" in tried(GOOD).sentence
    assert written() == 2


def test_the_same_rows_written_otherwise_are_the_same():
    done(GOOD)
    assert done("\ufeffwomen;structure;date\n1;CHRS ;31/10/2016\n01;CHRS;31/10/2016\n".encode()).changes_nothing


def test_a_row_more_is_the_only_one_written():
    done(GOOD)
    report = done(GOOD + b"2016-10-31,CHRS,1\n")
    assert (report.plan.create, report.plan.unchanged, written()) == (1, 2, 3)


def test_every_bad_cell_is_named_with_its_row_its_value_and_what_to_do():
    report = tried(HEAD + b"2016-13-31,CHRS,1\n2016-10-31,,x\n2016-10-31,CHRS,1\n")
    assert [(error.row, error.column, error.value) for error in report.errors] == [
        (2, "date", "2016-13-31"),
        (3, "structure", ""),
        (3, "women", "x"),
    ]
    assert report.good_rows == 1
    assert all(error.sentence and error.remedy for error in report.errors)


def test_what_the_plan_refuses_is_told_beside_what_the_cells_refuse():
    report = tried(HEAD + b"never,CHRS,1\n2016-10-31,CHRS,0\n")
    assert [error.row for error in report.errors] == [2, 3]


def test_one_bad_row_and_nothing_is_written():
    with pytest.raises(ImportRefused) as refused:
        done(GOOD + b"never,CHRS,1\n")
    assert refused.value.report.errors[0].row == 4
    assert written() == 0


def test_a_fault_half_way_leaves_nothing():
    with pytest.raises(RuntimeError):
        done(GOOD + b"2016-11-01,CHRS,13\n")
    assert written() == 0


@pytest.mark.parametrize("column", ["nom", "Prénom", "téléphone", "adresse", "e-mail"])
def test_a_column_that_would_name_people_is_refused_with_the_reason(column):
    report = tried(f"date,structure,{column}\n".encode())
    assert report.errors[0].column == column.casefold()
    assert "nobody’s name" in str(report.errors[0].sentence)


def test_an_unknown_column_is_named_with_those_that_are_known():
    report = tried(b"date,structure,colour\n2016-10-31,CHRS,red\n")
    assert (report.errors[0].column, str(report.errors[0].sentence)) == ("colour", "This column is unknown.")
    assert "date, structure, women" in str(report.errors[0].remedy)


def test_a_missing_column_is_named():
    assert [error.column for error in tried(b"women\n1\n").errors] == ["date", "structure"]


def test_a_person_in_place_of_a_structure_is_refused_and_not_repeated():
    (error,) = tried(HEAD + b"2016-10-31,Mme Durand,1\n").errors
    assert "Durand" not in error.value
    assert "structure alone" in str(error.remedy)


def test_an_unknown_name_waits_for_somebody_to_tick_it():
    content = HEAD + b"2016-10-31,Relais,1\n"
    with pytest.raises(ImportRefused, match="Tick the names"):
        done(content)
    done(content, ticked=["structure:Relais"])
    assert written() == 1


def test_all_unknown_names_can_be_taken_at_once():
    done(HEAD + b"2016-10-31,Relais,1\n", takes_all=True)
    assert written() == 1


def test_a_report_shows_the_errors_or_the_names_to_tick():
    assert "2016-13-31" in render_to_string("web/_import_report.html", {"report": tried(HEAD + b"2016-13-31,CHRS,1\n")})
    names = render_to_string("web/_import_report.html", {"report": tried(HEAD + b"2016-10-31,Relais,1\n")})
    assert 'value="structure:Relais"' in names


def test_a_kind_is_found_by_its_slug():
    kinds = [Gifts()]
    assert find_kind(kinds, "gifts") is kinds[0]
    assert find_kind(kinds, "other") is None
