"""What is taken back before it was ever sent, and what it takes back is refused: neither holds up what comes after."""

from playwright.sync_api import expect

from donations.models import DropOff
from network.enums import OrganisationKind
from tests import cast
from tests.browser.tablets import Door, add, expect_sent, expect_waiting, is_kept

CHOOSE = "([partner]) => { collect.entering.choosePartner(partner); }"


def test_what_takes_back_a_refused_entry_does_not_wait_for_ever(door: Door):
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    page = door.open()
    is_kept(page)
    door.context.set_offline(True)
    page.evaluate(CHOOSE, [partner.pk])
    add(page)
    page.locator("[data-recent] [data-undo]").first.click()
    expect_waiting(page, 2)
    partner.is_active = False
    partner.save()
    door.context.set_offline(False)
    expect_waiting(page, 0)
    expect(page.locator("[data-strip]")).to_have_attribute("data-refused", "2")
    add(page, "carton")
    expect_sent(page, 1)
    assert list(DropOff.objects.values_list("kind", flat=True)) == ["carton"]
