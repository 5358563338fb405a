"""Every page sends as many statements with many rows of everything as with few, and never more than fifteen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.decade import Decade
from donations.models import Pledge
from kitdrive.public import keeping
from network.enums import Role
from network.models import Membership
from stock.admin import MovementAdmin
from stock.enums import PlaceKind, Reason
from stock.models import Balance
from stock.operations import LotLine, write_off
from tests import cast
from tests.permission_stage import Stage, the_person
from tests.permission_table import TABLE
from tests.test_permissions import OURS, address

pytestmark = pytest.mark.django_db
MOST = 15  # statements
LEAST = 100  # pages: fewer would mean that they are no longer found
TIMES = 3


@pytest.fixture
def everybody(client, stage):
    """Somebody with every role that works inside: each page shows most to them."""
    user = the_person("coordinator")
    for role in (Role.VOLUNTEER, Role.ADMIN):
        Membership.objects.create(user=user, role=role, house=cast.the_house())
    Membership.objects.create(user=user, role=Role.DISTRIBUTOR, house=cast.the_house(), site=cast.a_site())
    client.force_login(user)
    return client


@pytest.fixture
def stage():
    return Stage()


def pages(client, stage) -> Iterator[str]:
    """The address of every page that this person is answered with."""
    for name, arguments in OURS:
        if not TABLE.get(f"{name} {' '.join(arguments)}", TABLE[name]).startswith("POST "):
            yield address(name, arguments, stage)
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_change", args=[stage.administered(model).pk])


def write_off_one() -> None:
    balance = Balance.objects.filter(on_hand__gt=F("reserved"), place__kind=PlaceKind.STORE).earliest("pk")
    by = {"actor": cast.a_coordinator(), "key": cast.a_key()}
    write_off(place=balance.place, lines=[LotLine(balance.lot, 1)], reason=Reason.DAMAGED, **by)


def asked(client, url: str) -> tuple[int, bool]:
    """How many statements the answer took, and whether it is a page."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    return len(captured), answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def test_every_page_sends_as_many_statements_with_many_rows_as_with_few(everybody, stage, monkeypatch):
    monkeypatch.setattr(keeping, "MAKE_EVERY", 3600)  # a slow machine takes more than the minute of public pages
    Pledge.objects.update(due_on=timezone.localdate() - timedelta(days=1))  # late: some pages show these alone
    for _number in range(MovementAdmin.list_per_page):  # Django asks once more where there is a second page
        write_off_one()
    found = [url for url in pages(everybody, stage) if asked(everybody, url)[1]]
    few = {url: asked(everybody, url)[0] for url in found}  # what is remembered after the first time, is by now
    Decade().grow(TIMES)
    many = {url: asked(everybody, url)[0] for url in few}
    assert {url: (few[url], count) for url, count in many.items() if count != few[url]} == {}
    assert {url: count for url, count in many.items() if count > MOST} == {}
    assert len(few) > LEAST
