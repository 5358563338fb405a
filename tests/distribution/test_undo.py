"""A slip of the hand is taken back within the hour; then nobody knows any more which kits these were."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from distribution.handovers import forget_kits, undo_handover
from distribution.models import Handover, HandoverUndo
from kits.enums import KitState
from kits.models import Kit
from tests.cast import a_coordinator, a_key, on_hand, stocked, the_store
from tests.distribution.stage import codes_of, complaints, given, packed_kits
from web.errors import Refused

pytestmark = pytest.mark.django_db


def test_within_the_hour_the_same_kits_come_back():
    version = packed_kits(3)
    kit = Kit.objects.get(code=codes_of(version)[2])
    given(codes_of(version)[:1])
    operation, key = given([kit.code]), a_key()
    for _time in range(2):
        undo_handover(operation=operation, actor=a_coordinator(), key=key)
    kit.refresh_from_db()
    assert (kit.state, kit.place) == (KitState.HERE, the_store())
    assert not Handover.objects.standing().filter(operation=operation).exists()
    assert not complaints()


def test_a_handover_of_articles_alone_can_be_undone():
    soap = stocked("Savon", 3)
    undo_handover(operation=given(articles=[(soap, 2)]), actor=a_coordinator(), key=a_key())
    assert on_hand(soap) == 3
    assert not complaints()


def test_after_the_hour_nobody_knows_which_kits():
    operation = given(codes_of(packed_kits(1)))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        with pytest.raises(Refused, match="within an hour"):
            undo_handover(operation=operation, actor=a_coordinator(), key=a_key())
        forget_kits()
    assert not HandoverUndo.kits.through.objects.exists()
    assert not HandoverUndo.objects.exists()


def test_the_hour_is_not_cut_short():
    given(codes_of(packed_kits(1)))
    forget_kits()
    assert HandoverUndo.objects.count() == 1


def test_the_check_finds_codes_that_are_kept_too_long():
    given(codes_of(packed_kits(1)))
    with time_machine.travel(timezone.now() + timedelta(minutes=70)):
        assert any("tidy" in sentence for sentence in complaints())
