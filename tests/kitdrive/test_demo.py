from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import gettext_lazy

from donations.enums import ContainerState, Entered, PledgeState, TabletState
from donations.models import Attestation, Container, Drive, DropOff, Letter, Pledge, Refusal, Sorting, Tablet
from donations.sorting.account import account_of
from kitdrive.demo import account, plan
from kitdrive.guard import check_demonstration
from kitdrive.management.commands.demo import Command
from network.company_numbers import is_siren
from network.models import House
from stock import registry
from stock.barcodes import read_code
from tests.cast import the_house
from web.numbers import grouped

pytestmark = pytest.mark.django_db


def told() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


@time_machine.travel("2026-12-24T09:00:00+01:00")
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
    assert grouped(articles.came_in) in text
    goes_on = Drive.objects.running().get()  # the one after that of the year which has ended
    assert goes_on.name == "Collecte permanente 2027"
    assert set(goes_on.tablets.values_list("device__state", flat=True)) == {"active"}


@time_machine.travel("2026-03-10T10:00:00+01:00")
def test_each_point_has_a_tablet_that_logs_and_what_left_it_was_sorted():
    told()
    points = {point for point, *_address in plan.POINTS}
    states = list(Tablet.objects.select_related("device__site", "drive"))
    assert {
        str(tablet.device.site) for tablet in states if tablet.drive.name.startswith("Collecte solidaire")
    } == points
    assert {tablet.state for tablet in states} >= {"revoked", "ended"}
    in_use = [tablet for tablet in states if tablet.state == TabletState.ACTIVE]
    assert {str(tablet.device.site) for tablet in in_use} == points
    assert [tablet.waiting for tablet in in_use if tablet.has_entries_not_sent] == [3]
    assert {str(drop_off.site) for drop_off in DropOff.objects.select_related("site")} == points
    first = Container.objects.filter(drive__name__startswith="Collecte solidaire")
    assert {container.state for container in first} == {ContainerState.SORTED}
    assert {container.state for container in Container.objects.to_sort()} == {"filled", "collected"}
    assert Refusal.objects.at_the_door().exists()
    assert sum(Sorting.objects.values_list("lines__quantity", flat=True)) > 0
    weighed = [account for account in map(account_of, first) if account.is_weighed]
    assert weighed
    assert all(account.refused and account.left == plan.PACKAGING for account in weighed)
    assert DropOff.objects.filter(entered=Entered.TALLY).exists()
    _partners_promised_brought_and_were_told()


def _partners_promised_brought_and_were_told() -> None:
    states = {pledge.state for pledge in Pledge.objects.with_delivered()}
    assert states == {PledgeState.EXPECTED, PledgeState.LATE, PledgeState.ARRIVED, PledgeState.OVER}
    assert [str(pledge.partner) for pledge in Pledge.objects.late()] == [plan.DAIRY]
    assert set(Letter.objects.values_list("kind", flat=True)) == {"delivery", "reminder"}
    attestation = Attestation.objects.get()
    assert attestation.full_number == "2026-001"
    assert sum(line["quantity"] for line in attestation.lines) == sum(d.quantity for d in plan.PHARMACY_DELIVERIES)


def test_every_number_of_the_plan_holds_its_check_digit():
    numbers = [plan.HOUSE_SIREN, *(contact.siren for contact in plan.CONTACTS.values())]
    assert all(map(is_siren, numbers))
    codes = [code for several in plan.GTINS.values() for code in several]
    assert [read_code(code).gtin for code in codes] == [code.zfill(14) for code in codes]
    assert all(contact.contact_email.endswith(".example") for contact in plan.CONTACTS.values())


def test_a_database_that_is_not_empty_is_refused():
    the_house()
    with pytest.raises(CommandError):
        call_command("demo", stdout=StringIO())
    assert House.objects.count() == 1


def test_the_day_that_is_told_is_long_enough_ago():
    assert plan.anniversary(date(2026, 11, 22)) == date(2025, 11, 29)
    assert plan.anniversary(date(2026, 12, 24)) == date(2025, 11, 29)
    assert plan.anniversary(date(2027, 3, 1)) == date(2026, 11, 29)


@pytest.mark.parametrize(("language", "role"), [("fr", "Gwenn (coordination)"), ("en", "Gwenn (coordinator)")])
def test_the_logins_are_said_in_the_language_of_the_terminal(language, role):
    out = StringIO()
    call_command("demo", "--logins", "--language", language, stdout=out)
    assert role in out.getvalue()


@pytest.mark.parametrize(("language", "step"), [("fr", "promesses de don: 1\u00a0482\n"), ("en", "pledges: 1,482\n")])
def test_each_step_is_said_in_it_too_while_the_demonstration_speaks_french(language, step):
    command = Command(stdout=StringIO())
    command.language = language
    with translation.override("fr"):
        command.show(gettext_lazy("pledges"), 1482, is_over=True)
    assert step in command.stdout.getvalue()


@pytest.mark.parametrize(("demo", "is_demonstration"), [(True, False), (False, True)])
def test_a_demonstration_and_real_data_never_meet(settings, demo, is_demonstration):
    settings.DEMO = demo
    House.objects.create(name="Une maison", is_demonstration=is_demonstration)
    with pytest.raises(ImproperlyConfigured):
        check_demonstration()
