"""The import of organisations: made or changed by name; a confidential place keeps its region alone."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from network.company_numbers import SirenFormField, check_siren
from network.confidential import wrong_in_organisation
from network.enums import OrganisationKind
from network.models import Department, Organisation, Region
from network.operations import add_organisation, change_organisation
from web.imports.columns import RowForm, WordField, YesNoField
from web.imports.kinds import ImportKind
from web.imports.people import plain
from web.imports.report import Plan, Row, RowError

_FIELDS = Organisation._meta.concrete_fields


class AreaField(forms.CharField):
    """A department by its code or name, or a region by its name; answers the department and its region."""

    remedy = _("Write the code of the department (75, 2A, 971), its name, or the name of a region.")
    default_error_messages = {"invalid": _("This is neither a department nor a region of France.")}

    def to_python(self, value: Any) -> tuple[Department | None, Region | None]:  # type: ignore[override]
        said = plain(str(value or "").strip()).replace("'", "’")
        if not said:
            return (None, None)
        departments, regions = _areas()
        if said.zfill(2) in departments or said in departments:
            department = departments.get(said.zfill(2)) or departments[said]
            return department, department.region
        if said in regions:
            return None, regions[said]
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class SirenColumn(SirenFormField):
    """A SIREN with or without its spaces, or nothing."""

    remedy = _("Write its nine digits, or leave the cell empty.")
    default_validators = [check_siren]


class OrganisationRow(RowForm):
    name = forms.CharField(max_length=120)
    kind = WordField({kind.value: kind for kind in OrganisationKind}, required=False, empty="")
    department = AreaField(required=False)
    city = forms.CharField(max_length=80, required=False)
    confidential = YesNoField(required=False)
    address = forms.CharField(max_length=200, required=False)
    contact_email = forms.EmailField(required=False)
    siren = SirenColumn(required=False)

    def clean(self) -> dict[str, Any]:
        """Of a column that the file does not have nothing is said: what is known of it stays."""
        data = super().clean() or self.cleaned_data
        return {column: said for column, said in data.items() if column in self.data}


class OrganisationsImport(ImportKind):
    slug = "organisations"
    label = _("organisations")
    row_form = OrganisationRow
    names = {"name"}

    def plan(self, rows: Sequence[Row], acting: Acting) -> Plan:
        """Compare each row with the organisation of its name; a confidential place never becomes an open one."""
        house = Organisation.objects.of_house(acting.house)  # type: ignore[arg-type]
        organisations = house.select_related("department", "region")
        known = {organisation.name: organisation for organisation in organisations}
        plan = Plan(work=[])
        seen: set[str] = set()
        for row in rows:
            name = row.data["name"]
            organisation = known.get(name)
            details = _details(row.data, organisation)
            if errors := _clash(row, details, organisation, seen) or _wrong(row, details, organisation):
                plan.errors += errors
            elif organisation is None:
                plan.create += 1
                plan.work.append((None, details))
            elif all(getattr(organisation, field) == value for field, value in details.items()):
                plan.unchanged += 1
            else:
                plan.change += 1
                plan.work.append((organisation, details))
            seen.add(name)
        return plan

    def apply(self, plan: Plan, acting: Acting) -> None:
        for organisation, details in plan.work:
            if organisation is None:
                add_organisation(house=acting.house, actor=acting.user, **details)  # type: ignore[arg-type]
            else:
                change_organisation(organisation=organisation, actor=acting.user, **details)


def _details(said: Mapping[str, Any], organisation: Organisation | None) -> dict[str, Any]:
    """What a row says of its organisation, by field. Of a confidential place the department is read as its region, and
    the kind is dropped; what has a kind, and is not said to be confidential, is not.
    """
    details = {column: value for column, value in said.items() if column not in ("confidential", "department")}
    stays_confidential = organisation is not None and organisation.is_confidential and not said.get("kind")
    details["is_confidential"] = bool(said["confidential"]) if "confidential" in said else stays_confidential
    if "department" in said:
        details["department"], details["region"] = said["department"]
    if details["is_confidential"]:
        details |= {"kind": "", "department": None}
    return details


def _wrong(row: Row, details: Mapping[str, Any], organisation: Organisation | None) -> list[RowError]:
    """What does not hold of the organisation once the row is written: what the row does not say is as it is."""
    known = {field.name: field.value_from_object(organisation) for field in _FIELDS} if organisation else {}
    wrong = wrong_in_organisation({**known, **details})
    errors = [_error(row, name, str(details.get(name) or ""), sentence) for name, sentence in wrong.items()]
    if not details["is_confidential"] and details.get("region") and not details["department"]:
        sentence = _("This is a region; only a confidential place is kept by its region.")
        remedy = _("Write the code (75, 2A, 971) or the name of the department.")
        errors.append(_error(row, "department", str(details["region"]), sentence, remedy))
    return errors


def _clash(
    row: Row, details: Mapping[str, Any], organisation: Organisation | None, seen: Collection[str]
) -> list[RowError]:
    name = details["name"]
    if name in seen:
        return [_error(row, "name", name, _("This name comes twice in the file."), _("Keep one of the rows."))]
    if organisation and organisation.is_confidential != details["is_confidential"]:
        sentence = _("A place of this name is known, and it is confidential here or in the file only.")
        remedy = _("Make it confidential on its own page, which forgets the rest, or choose another name.")
        return [_error(row, "confidential", "", sentence, remedy)]
    return []


def _error(row: Row, name: str, value: str, sentence: Promise, remedy: Promise | None = None) -> RowError:
    field = OrganisationRow.base_fields.get(name)
    remedy = remedy or getattr(field, "remedy", None) or _("Correct the cell in the file.")
    return RowError(row.number, name if field else "", value[:60], sentence, remedy)


@cache
def _areas() -> tuple[dict[str, Department], dict[str, Region]]:
    """Departments by code and by name, regions by name, in plain letters; only a migration ever changes them."""
    departments = list(Department.objects.select_related("region"))
    by_word = {plain(word): department for department in departments for word in (department.code, department.name)}
    return by_word, {plain(department.region.name): department.region for department in departments}
