"""What a drive still needs: targets, less kits made, stock and promises."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations.models import Pledge
from kits.capacity import Wish
from kits.needs import needs
from kits.operations import pack, unpack
from kits.plans import DrivePlan, capacities, current_versions, free_articles
from kits.targets import TargetLine, set_targets
from kits.templates import DraftLine
from network.enums import OrganisationKind
from stock.enums import Category
from stock.models import Item
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_drive,
    a_key,
    a_site,
    an_item,
    an_organisation,
    stocked,
    the_house,
    the_store,
)
from tests.kits.recipes import a_line, published
from tests.queries import statements
from web.errors import Refused

GEL, SOAP, TOWEL = (
    Item(pk=pk, name=name, category=Category.HYGIENE) for pk, name in enumerate(("Gel", "Savon", "Serviette"), 1)
)


def counted(need):
    return need.wanted, need.from_stock, need.promised, need.substituted, need.missing


def test_stock_comes_first_then_promises_and_the_rest_is_missing():
    found = needs([Wish([a_line(SOAP, quantity=2)], 50)], {SOAP.pk: 30}, {SOAP.pk: 20})
    assert [counted(need) for need in found] == [(100, 30, 20, 0, 50)]


def test_a_substitute_helps_once_its_own_line_is_served():
    lines = [a_line(GEL, SOAP), a_line(SOAP)]
    gel, soap = sorted(needs([Wish(lines, 10)], {GEL.pk: 4, SOAP.pk: 13}, {}), key=lambda need: need.item.pk)
    assert counted(gel) == (10, 4, 0, 3, 3)
    assert counted(soap) == (10, 10, 0, 0, 0)


def test_what_is_most_missing_comes_first_and_optional_lines_need_nothing():
    lines = [a_line(SOAP), a_line(TOWEL, quantity=3), a_line(GEL, is_optional=True)]
    assert [need.item.name for need in needs([Wish(lines, 5)], {}, {})] == ["Serviette", "Savon"]


@pytest.fixture
def drive(db):
    """A drive that is to make 10 women's kits of one soap and one towel each."""
    kit = published(DraftLine((an_item("Savon"),), 1), DraftLine((an_item("Serviette"),), 1))
    drive = a_drive()
    set_targets(drive=drive, targets=[TargetLine(kit.template, 10)], actor=a_coordinator())
    return drive


def missing(drive):
    return {need.item.name: need.missing for need in DrivePlan(drive).needs}


def test_kits_made_stock_and_promises_count_once_each(drive):
    stocked("Savon", 6)
    stocked("Serviette", 4)
    version = drive.targets.get().template.versions.get()
    operation = pack(version=version, count=4, place=the_store(), drive=drive, actor=a_coordinator(), key=a_key())
    assert missing(drive) == {"Savon": 4, "Serviette": 6}
    Pledge.objects.create(
        drive=drive,
        partner=an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER),
        item=an_item("Serviette"),
        quantity=5,
        due_on=timezone.localdate() + timedelta(days=5),
    )
    assert missing(drive) == {"Savon": 4, "Serviette": 1}
    unpack(operation=operation, actor=a_coordinator(), key=a_key())
    assert missing(drive) == {"Savon": 4, "Serviette": 1}


def test_a_plan_says_what_is_made_and_what_can_be_made(drive):
    stocked("Savon", 6)
    stocked("Serviette", 4)
    plan = DrivePlan(drive)
    (row,) = plan.rows
    assert (plan.target, plan.made, row.share.alone.count, row.share.alone.stops) == (10, 0, 4, (an_item("Serviette"),))


def test_a_plan_reads_the_kits_that_the_drive_aims_at_and_no_other(drive):
    aimed, house = drive.targets.get().template, drive.house
    other = published(DraftLine((an_item("Peigne"),), 1), name="Kit coiffure").template
    assert current_versions(house).keys() == {aimed.pk, other.pk}
    assert current_versions(house, drive).keys() == {aimed.pk}
    type(aimed).objects.filter(pk=aimed.pk).update(is_active=False)
    assert [row.version for row in DrivePlan(drive).rows] == [None]


def test_what_has_too_little_life_left_or_lies_elsewhere_is_not_counted(db):
    jar = stocked(a_dated_item(), 5, days=30)
    stocked("Savon", 3)
    elsewhere = the_store(a_site("Ailleurs", house=the_house("Maison des Saules")))
    stocked(an_item("Savon", house=elsewhere.house), 9, place=elsewhere)
    assert free_articles(the_house()) == {an_item("Savon").pk: 3}
    assert jar.pk not in free_articles(the_house(), the_store())


def test_the_number_of_statements_is_the_same_for_one_target_and_for_eight(drive):
    def sent():
        plan = DrivePlan(drive)
        return statements(lambda: (plan.rows, plan.needs))

    one = sent()
    kits = [published(DraftLine((an_item(f"Article {n}"),), 1), name=f"Kit {n}") for n in range(8)]
    set_targets(drive=drive, targets=[TargetLine(kit.template, 5) for kit in kits], actor=a_coordinator())
    assert sent() == one == 6
    house = the_house()
    assert statements(lambda: capacities(house)) == 3


@pytest.mark.parametrize(
    ("quantity", "priority", "field"),
    [(0, 1, "quantity"), (-1, 1, "quantity"), (10**9, 1, "quantity"), (5, 0, "priority"), (5, 99, "priority")],
)
def test_a_target_out_of_bounds_is_refused_and_names_the_template(drive, quantity, priority, field):
    template = drive.targets.get().template
    with pytest.raises(Refused, match="Kit femme: ") as refused:
        set_targets(drive=drive, targets=[TargetLine(template, quantity, priority)], actor=a_coordinator())
    assert (refused.value.field, refused.value.line) == (field, 0)
    assert drive.targets.get().quantity == 10


def test_a_module_or_a_template_named_twice_is_no_target(drive):
    module = published(DraftLine((an_item("Couches"),), 1), name="Module bébé", kind="module")
    template = drive.targets.get().template
    with pytest.raises(Refused, match="not a kit of this house"):
        set_targets(drive=drive, targets=[TargetLine(module.template, 5)], actor=a_coordinator())
    with pytest.raises(Refused, match="a target already"):
        set_targets(drive=drive, targets=[TargetLine(template, 5)] * 2, actor=a_coordinator())
