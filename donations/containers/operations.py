"""Cartons and pallets on their way: each gets its code when it leaves, and is collected once."""

from collections.abc import Collection, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.arrivals import check_giver
from donations.drop_offs.moments import NOW, Moment
from donations.drop_offs.operations import check_counted, note
from donations.enums import ContainerState, DropOffKind
from donations.models import AllottedCode, Container, Drive, Sorting
from network.models import Device, Organisation, Site
from stock.codes import clean_code, new_code, spoken
from stock.enums import OperationKind
from stock.idempotency import operate
from stock.models import Operation
from stock.operations import reverse
from web.errors import Refused

ALLOTTED = 20  # codes that a tablet holds for cartons and pallets that leave while it has no network


def codes_of(device: Device) -> list[str]:
    """The codes that `device` may still give."""
    return list(AllottedCode.objects.filter(device=device).values_list("code", flat=True))


def allot_codes(device: Device) -> list[str]:
    """Give `device` codes until it holds twenty that no container bears, and answer them."""
    held = codes_of(device)
    fresh = _free_codes(ALLOTTED - len(held))
    AllottedCode.objects.bulk_create(AllottedCode(code=code, device=device) for code in fresh)
    return [*held, *fresh]


def fill(
    *,
    drive: Drive,
    site: Site,
    kind: DropOffKind,
    actor: User | Device,
    key: str,
    code: str = "",
    grams: int | None = None,
    partner: Organisation | None = None,
    moment: Moment = NOW,
) -> Operation:
    """Give a carton or pallet that leaves `site` its code: one of the tablet's own, or a new one for a person.

    Raises Refused for a code that was not given to this tablet or that another container bears.
    """
    check_counted(1, grams)
    if kind == DropOffKind.BAG:
        raise Refused(_("A bag has no code: it leaves in a carton or on a pallet."), field="kind")
    if partner:
        check_giver(partner, site.house_id)
    code = clean_code(code) if code or isinstance(actor, Device) else ""

    def work(operation: Operation) -> None:
        Container.objects.create(
            house=site.house,
            drive=drive,
            code=_use(code, actor) if code else _free_codes(1)[0],
            kind=kind,
            site=site,
            partner=partner,
            grams=grams,
            filled_on=timezone.localdate(operation.happened_at),
            filled=operation,
        )

    content = {"kind": kind, "code": code, "grams": grams, "partner": partner}
    return note(OperationKind.FILL, work, drive=drive, site=site, actor=actor, key=key, moment=moment, **content)


def unfill(*, operation: Operation, actor: User | Device, key: str) -> Operation:
    """Take back that a container was filled, while it has not been collected. Its code is used for no other."""

    def also(_reversal: Operation) -> None:
        container = Container.objects.select_for_update().get(filled=operation)
        if container.state != ContainerState.FILLED:
            raise Refused(_("%(container)s was collected already: it cannot be taken back.") % {"container": container})
        if Sorting.objects.standing().filter(container=container).exists():
            raise Refused(
                _("Something was sorted out of %(container)s already. Take that back first.") % {"container": container}
            )
        container.state = ContainerState.WITHDRAWN
        container.save(update_fields=["state"])

    return reverse(operation=operation, actor=actor, key=key, also=also)


def collect(*, containers: Sequence[Container], to: Site, actor: User, key: str) -> Operation:
    """Note that `containers` left their points for `to`. Raises Refused, naming them, where some had left before."""
    if not containers:
        raise Refused(_("Choose at least one container."))
    if any(container.house_id != to.house_id for container in containers):
        raise Refused(_("A container stays in its house."), field="to")

    def work(operation: Operation) -> None:
        chosen = Container.objects.filter(pk__in=[container.pk for container in containers])
        locked = list(chosen.select_for_update().order_by("pk"))
        gone = [container for container in locked if container.state != ContainerState.FILLED]
        if gone:
            codes = ", ".join(container.spoken_code for container in gone)
            raise Refused(_("Collected already, or taken back: %(codes)s. Nothing was recorded.") % {"codes": codes})
        chosen.update(state=ContainerState.COLLECTED, collected=operation, collected_to=to)

    content = {"containers": sorted(container.pk for container in containers), "to": to}
    return operate(OperationKind.COLLECT, key, work, house=to.house, actor=actor, content=content)


def uncollect(*, operation: Operation, actor: User, key: str) -> Operation:
    """Take back a collection, while nothing of what it brought is sorted."""

    def also(_reversal: Operation) -> None:
        brought = Container.objects.filter(collected=operation)
        locked = list(brought.select_for_update().order_by("pk"))
        begun = Sorting.objects.standing().filter(container__in=locked, operation__gt=operation)
        begun_ones = set(begun.values_list("container", flat=True))
        sorted_ones = [c for c in locked if c.state == ContainerState.SORTED or c.pk in begun_ones]
        if sorted_ones:
            codes = ", ".join(container.spoken_code for container in sorted_ones)
            raise Refused(_("Sorted already: %(codes)s. The collection cannot be taken back.") % {"codes": codes})
        brought.update(state=ContainerState.FILLED, collected=None, collected_to=None)

    return reverse(operation=operation, actor=actor, key=key, also=also)


def _free_codes(count: int) -> list[str]:
    """As many new codes, which no container bears and no tablet holds: one that is taken is drawn again."""
    free: set[str] = set()
    while len(free) < count:
        free |= {new_code() for _missing in range(count - len(free))}
        free -= _taken(free)
    return sorted(free)


def _taken(codes: Collection[str]) -> set[str]:
    """Those of `codes` that are on a container or promised to a tablet."""
    holders = (Container.objects, AllottedCode.objects)
    return {code for holder in holders for code in holder.filter(code__in=codes).values_list("code", flat=True)}


def _use(code: str, actor: User | Device) -> str:
    """Spend a code: the device's own, or raise Refused; what a person typed must be on no other container."""
    taken = _("The code %(code)s is on another container. Write another one on this.") % {"code": spoken(code)}
    if isinstance(actor, Device) and not AllottedCode.objects.filter(code=code, device=actor).delete()[0]:
        raise Refused(taken, field="code")
    if _taken([code]):
        raise Refused(taken, field="code")
    return code
