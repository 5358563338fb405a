from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from donations.enums import ContainerState
from donations.models import Container, DropOff, Refusal, Sorting, Tablet
from kitdrive.demo import account, plan
from kitdrive.guard import check_demonstration
from network.models import House
from stock import registry
from tests.cast import the_house

pytestmark = pytest.mark.django_db


def told() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_the_demonstration_accounts_for_every_unit():
    text = told()
    house = House.objects.get(name=plan.HOUSE)
    kits, articles = account.kits(house), account.articles(house)
    assert sum(plan.TARGETS.values()) == 800
    assert -kits.packed == 800 + sum(plan.WINTER_KITS.values())
    assert kits.given == sum(plan.HANDED_OVER.values())
    assert kits.balances
    assert articles.balances
    assert [sentence for check in registry.checks.values() for sentence in check()] == []
    assert str(articles.came_in) in text


def test_each_point_has_a_tablet_that_logs_and_what_left_it_was_sorted():
    told()
    points = {point for point, *_address in plan.POINTS}
    states = list(Tablet.objects.select_related("device__site", "drive"))
    assert {
        str(tablet.device.site) for tablet in states if tablet.drive.name.startswith("Collecte solidaire")
    } == points
    assert {tablet.state for tablet in states} >= {"revoked", "ended"}
    assert {str(drop_off.site) for drop_off in DropOff.objects.select_related("site")} == points
    first = Container.objects.filter(drive__name__startswith="Collecte solidaire")
    assert {container.state for container in first} == {ContainerState.SORTED}
    assert {container.state for container in Container.objects.to_sort()} == {"filled", "collected"}
    assert Refusal.objects.at_the_door().exists()
    assert sum(Sorting.objects.values_list("lines__quantity", flat=True)) > 0


def test_a_database_that_is_not_empty_is_refused():
    the_house()
    with pytest.raises(CommandError):
        call_command("demo", stdout=StringIO())
    assert House.objects.count() == 1


def test_the_day_that_is_told_is_long_enough_ago():
    assert plan.anniversary(date(2026, 11, 22)) == date(2025, 11, 29)
    assert plan.anniversary(date(2026, 12, 24)) == date(2025, 11, 29)
    assert plan.anniversary(date(2027, 3, 1)) == date(2026, 11, 29)


@pytest.mark.parametrize(("demo", "is_demonstration"), [(True, False), (False, True)])
def test_a_demonstration_and_real_data_never_meet(settings, demo, is_demonstration):
    settings.DEMO = demo
    House.objects.create(name="Une maison", is_demonstration=is_demonstration)
    with pytest.raises(ImproperlyConfigured):
        check_demonstration()
