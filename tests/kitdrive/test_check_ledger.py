"""`manage.py check_ledger`: what it prints, and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from stock import registry
from stock.models import Balance
from tests.cast import stocked

pytestmark = pytest.mark.django_db


def test_a_sound_ledger_has_nothing_to_report():
    stocked("Savon", 10)
    out = StringIO()
    call_command("check_ledger", stdout=out)
    assert out.getvalue() == f"{len(registry.checks)} checks, nothing to report\n"


def test_each_thing_that_is_wrong_is_a_sentence_and_the_status_is_one():
    stocked("Savon", 10)
    stocked("Serviette", 4)
    Balance.objects.update(on_hand=7)
    out = StringIO()
    with pytest.raises(CommandError, match="2 to report") as failed:
        call_command("check_ledger", stdout=out)
    assert failed.value.returncode == 1
    assert out.getvalue().count("stock: Place") == 2


def test_every_app_that_keeps_goods_registers_its_check():
    assert {"stock", "kits"} <= set(registry.checks)
