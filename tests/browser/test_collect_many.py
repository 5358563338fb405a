"""A tablet on which ten thousand entries wait: it opens, takes more, and sends them all once there is a network."""

import pytest
from playwright.sync_api import expect

from donations.models import DropOff
from tests.browser.tablets import Door, add, expect_waiting, is_kept

FEW, MOST = 1_000, 10_000
# As the page itself keeps them, but all in one transaction: ten thousand presses are not the point.
FILL = """([tablet, count]) => new Promise((done, failed) => {
  const request = indexedDB.open("kitdrive-collect");
  request.onsuccess = () => {
    const writing = request.result.transaction("entries", "readwrite");
    for (let number = 0; number < count; number += 1) {
      const [id, at] = [crypto.randomUUID(), new Date().toISOString()];
      const entry = { id, at, kind: "drop_off", what: "bag", quantity: 1 };
      writing.objectStore("entries").add({ tablet, state: "waiting", reason: "", entry });
    }
    writing.oncomplete = () => { request.result.close(); done(); };
    writing.onabort = () => failed(writing.error);
  };
})"""


@pytest.mark.parametrize("count", [FEW, pytest.param(MOST, marks=pytest.mark.soak)])
def test_however_many_wait_it_opens_and_sends_them_all(door: Door, count: int):
    page = door.open()
    is_kept(page)
    door.context.set_offline(True)
    page.evaluate(FILL, [door.tablet.pk, count])
    page.reload()
    expect(page.locator("[data-strip]")).to_have_attribute("data-waiting", str(count))
    add(page, "pallet")
    expect_waiting(page, count + 1)
    page.locator("[data-strip]").click()
    expect(page.locator("[data-kept=waiting] li").first).to_be_visible()
    door.context.set_offline(False)
    expect(page.locator("[data-strip]")).to_have_attribute("data-waiting", "0", timeout=600_000)
    assert DropOff.objects.count() == count + 1
    assert DropOff.objects.filter(kind="pallet").count() == 1
