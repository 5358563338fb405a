"""Where the random days take place, and what must be true when they end."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from kits.models import AssemblySession
from kits.sessions import MixLine, open_session, plan_session
from network.enums import OrganisationKind
from stock import registry
from stock.models import Balance, Operation
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_drive,
    a_site,
    a_version,
    an_item,
    an_organisation,
    infant_formula,
    stocked,
    the_store,
)
from tests.soak.somebody import Somebody
from tests.soak.works import WORKS


def a_house_at_work() -> AssemblySession:
    """Three stores, ten articles, two kits, an organisation, a partner and a session that is open."""
    coordinator = a_coordinator()
    places = [the_store(a_site(name)) for name in ("Atelier", "Dépôt", "Vestiaire")]
    soap, comb, towel = an_item("Savon"), an_item("Peigne"), an_item("Serviette")
    jar, bar = a_dated_item("Compote"), a_dated_item("Barre")
    infant_formula()
    for item in (soap, comb, towel):
        stocked(item, 60, place=places[0])
    for item in (jar, bar):
        stocked(item, 40, place=places[0], days=200)
    an_organisation()
    an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    woman = a_version({soap: 2, towel: 1, bar: 1})
    a_version({soap: 1, comb: 1, jar: 2}, "Kit enfant")
    now = timezone.now()
    session = plan_session(
        drive=a_drive(),
        place=places[0],
        name="Usine à kits",
        starts_at=now,
        ends_at=now + timedelta(hours=4),
        mix=[MixLine(woman, 20)],
        actor=coordinator,
    )
    return open_session(session=session, actor=coordinator)


def keep_working(seed: int, times: int) -> dict[str, int]:
    """Do `times` random things, a tenth of them twice, and count how each ended."""
    who = Somebody(seed)
    for _time in range(times):
        who.do(who.random.choice(WORKS))
        if who.chance(0.1):
            who.repeat()
    return dict(who.done)


def nothing_is_wrong() -> None:
    """All that `check_ledger` looks at, the bounds of every balance, and one reversal at most of anything."""
    assert [sentence for check in registry.checks.values() for sentence in check()] == []
    beyond = Balance.objects.filter(Q(on_hand__lt=0) | Q(reserved__lt=0) | Q(reserved__gt=F("on_hand")))
    assert not beyond.exists()
    reversed_ = Operation.objects.exclude(reverses=None).values_list("reverses", flat=True)
    assert len(reversed_) == len(set(reversed_))
