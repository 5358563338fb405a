"""The code of a kit that has left leads nowhere: not where it went, not when, not even that it was ever given out."""

import re

import pytest
from django.urls import reverse

from distribution.enums import AcknowledgedBy
from distribution.shipments import acknowledge_shipment
from kits.models import Kit
from network.models import SensitiveRead
from stock.codes import new_code
from tests.cast import a_coordinator, a_distributor, a_key, a_volunteer, an_admin, the_store
from tests.distribution.stage import a_shipment_that_left, codes_of, given, packed_kits
from web.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GONE = "Already handed over: see the coordination."


def handed_over() -> str:
    code = codes_of(packed_kits(2))[0]
    given([code])
    return code


def shipped(*, acknowledged: bool = False) -> str:
    shipment = a_shipment_that_left((packed_kits(2).item, 1))
    code = shipment.kits.get().kit.code
    if acknowledged:
        arrived = {line.pk: 1 for line in shipment.lines.all()}
        way = AcknowledgedBy.PAPER
        acknowledge_shipment(shipment=shipment, arrived=arrived, way=way, actor=a_coordinator(), key=a_key())
    return code


LEFT = {"handed over": handed_over, "shipped": shipped, "arrived": lambda: shipped(acknowledged=True)}


def looked_up(client, code: str) -> str:
    """The page without what changes at each look: the token of its form, and how long it took."""
    page = client.post("/kits/lookup/", {"code": code}).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken)[^>]*>', "", page)


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT.keys())
@pytest.mark.parametrize("somebody", [a_volunteer, a_distributor, a_coordinator], ids=lambda person: person.__name__)
def test_a_used_code_is_answered_like_one_that_nobody_gave_out_and_each_look_is_logged(signed_in, leave, somebody):
    code, client = leave(), signed_in(somebody())
    used, unknown = looked_up(client, code), looked_up(client, new_code())
    assert used == unknown
    assert GONE in used
    assert set(SensitiveRead.objects.values_list("subject", "site")) == {("kit_code", None)}


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT.keys())
def test_neither_its_papers_nor_the_administration_nor_a_handover_know_it_any_more(signed_in, leave):
    kit = Kit.objects.get(code=leave())
    coordinator = signed_in(a_coordinator())
    papers = [reverse(name, args=[kit.pk]) for name in ("kits:kit_label", "distribution:kit_slip")]
    assert {coordinator.get(paper).status_code for paper in papers} == {404}
    of_its_pack = coordinator.get(reverse("kits:pack_detail", args=[kit.lot.pack.pk])).content.decode()
    assert str(kit) not in of_its_pack
    assert kit.code not in signed_in(an_admin()).get("/admin/kits/kit/").content.decode()
    with pytest.raises(Refused, match=f"^{GONE}$"):
        given([kit.code], place=the_store())
