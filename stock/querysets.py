"""What can be read of the catalogue and the ledger, in the words of the work."""

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from network.enums import Role
from network.querysets import HouseQuerySet
from stock.enums import INTERNAL_KINDS, VIRTUAL_KINDS, Block, Category, OperationKind, PlaceKind
from web.languages import reads_english

if TYPE_CHECKING:
    from network.acting import Acting
    from stock.models import Operation, Place


def name_of_item(path: str = "") -> Coalesce:
    """The name of the article at `path` in the reader's language, to sort by."""
    if reads_english():
        return Coalesce(NullIf(f"{path}name_en", models.Value("")), f"{path}name")
    return Coalesce(f"{path}name", models.Value(""))


def category_of_item(path: str = "") -> models.Case:
    """The rank of the category of the article at `path`, to sort by: the order in which the pages name them."""
    ranks = [models.When(**{f"{path}category": category}, then=rank) for rank, category in enumerate(Category)]
    return models.Case(*ranks, output_field=models.IntegerField())


def stands(path: str = "operation") -> models.Expression:
    """Whether nothing has reversed the operation at `path`.

    Asked as what does not exist: PostgreSQL takes a join with what reverses it, of which there is nearly nothing, for
    one that leaves no row, and reads whole tables on the way there.
    """
    from stock.models import Operation

    return ~models.Exists(Operation.objects.filter(reverses=models.OuterRef(path)).order_by())


class ItemQuerySet(HouseQuerySet):
    def by_name(self) -> Self:
        return self.order_by(name_of_item(), "size", "pk")

    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def loose(self) -> Self:
        """Articles, without the assembled kits."""
        return self.exclude(category=Category.KIT)

    def kits(self) -> Self:
        return self.filter(category=Category.KIT)

    def allowed_in_kits(self) -> Self:
        return self.loose().filter(is_formula=False)

    def pictures(self) -> "models.QuerySet[Any, str]":
        """The names of their pictures (web/kept_pictures.py)."""
        return self.exclude(picture="").values_list("picture", flat=True)


class LotQuerySet(HouseQuerySet):
    def with_item(self) -> Self:
        return self.select_related("item")


class PlaceQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        places = super().visible_to(acting).internal()
        return places if acting.site_ids is None else places.filter(Q(site__in=acting.site_ids))

    def internal(self) -> Self:
        return self.filter(kind__in=INTERNAL_KINDS)

    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def virtual(self) -> Self:
        return self.filter(kind__in=VIRTUAL_KINDS)

    def where_goods_are_ready(self) -> Self:
        """Stores and tables: what is there can be packed, shipped or handed over."""
        return self.filter(kind__in=[PlaceKind.STORE, PlaceKind.TABLE])


class OperationQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators read the journal of their house; handovers never appear in it one by one."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR, Role.ADMIN):
            return self.none()
        return self.filter(house=acting.house).without_handovers()

    def without_handovers(self) -> Self:
        from stock.models import Operation

        # Few operations reverse anything: those are looked up once, not what each row of the journal reverses.
        undone = Operation.objects.filter(reverses__isnull=False, reverses__kind=OperationKind.HAND_OVER).order_by()
        return self.exclude(kind=OperationKind.HAND_OVER).exclude(pk__in=undone.values("pk"))

    def for_display(self) -> Self:
        return self.select_related("actor", "device", "reverses", "reversed_by")


class ConflictQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Coordinators settle what was set aside in their house; of a handover, whoever sent it sends it again."""
        if acting.house is None or not acting.has_role(Role.COORDINATOR):
            return self.none()
        return self.filter(house=acting.house)

    def open(self) -> Self:
        return self.filter(is_settled=False)


class MovementQuerySet(models.QuerySet):
    def of_place(self, place: "Place") -> Self:
        return self.filter(Q(source=place) | Q(target=place))

    def origins(self) -> set[str]:
        """Whether it was given, bought, or both: the kinds of places outside that it came from."""
        kinds = [PlaceKind.DONORS, PlaceKind.SORTED, PlaceKind.SUPPLIERS]
        found = self.filter(source__kind__in=kinds).order_by().values_list("source__kind", flat=True).distinct()
        return {PlaceKind.DONORS if kind == PlaceKind.SORTED else kind for kind in found}

    def delete(self):
        raise TypeError("Movements are append-only: reverse the operation instead.")


class BalanceQuerySet(models.QuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        if acting.house is None or not acting.is_inside:
            return self.none()
        balances = self.filter(place__house=acting.house)
        return balances if acting.site_ids is None else balances.filter(place__site__in=acting.site_ids)

    def something_here(self) -> Self:
        return self.filter(on_hand__gt=0)

    def at(self, place: "Place") -> Self:
        return self.filter(place=place)

    def free(self) -> Self:
        """Balances from which something can be taken: on hand beyond what is reserved, of a lot that is not blocked."""
        return self.something_here().filter(on_hand__gt=F("reserved"), lot__block=Block.NONE)

    def usable_until(self, day: date) -> Self:
        """Without the lots whose printed date is before `day`."""
        return self.filter(Q(lot__best_before=None) | Q(lot__best_before__gte=day))

    def first_expired_first_out(self) -> Self:
        return self.order_by(F("lot__best_before").asc(nulls_last=True), "lot_id")

    def for_display(self) -> Self:
        return self.select_related("lot__item", "lot__donor", "place__site")

    def by_shelf(self, by: str = "") -> "models.QuerySet[Any, dict[str, Any]]":
        """One row for an article at a place: lot__item, place; sorted by the names that people look for.

        `by` puts the rows of one category together ("category"), or those of one place ("place").
        """
        places = ("place__site__name", "place__name", "place")
        order: Any = {"category": (category_of_item("lot__item__"),), "place": places}.get(by, ())
        names: Any = (name_of_item("lot__item__"), "lot__item__size", *places, "lot__item")
        shelves = self.something_here().order_by(*order, *names).values("lot__item", "place")
        return shelves.annotate(total=Sum("on_hand"))

    def sums_by(self, path: str) -> "models.QuerySet[Any, dict[str, Any]]":
        """For each value of `path`: how many articles are here, how many pieces, reserved and free."""
        free = Sum(F("on_hand") - F("reserved"), filter=Q(lot__block=Block.NONE), default=0)
        sums = {"free": free, "reserved": Sum("reserved"), "on_hand": Sum("on_hand")}  # a sum hides the field it names
        rows = self.something_here().order_by().values(key=F(path))
        return rows.annotate(articles=models.Count("lot__item", distinct=True), **sums)

    def locked(self) -> Self:
        """By place and lot, locked in that order until the transaction ends (SQLite: BEGIN IMMEDIATE is the lock)."""
        return self.select_for_update(of=("self",)).order_by("place_id", "lot_id")


def stock_at(place: "Place", moment: datetime) -> dict[int, int]:
    """What was at `place` at `moment`: quantity by lot id, without the lots of which nothing was there.

    A sum over the movements of the place up to then, or back from the balances where less time has passed since; each
    reads the place's two covering indexes alone, in one statement, so that nothing moves between its parts.
    """
    from stock.models import Movement

    first = Movement.objects.filter(target=place).aggregate(first=models.Min("at"))["first"]
    if first is None or moment < first:
        return {}
    backwards = timezone.now() - moment < moment - first
    return _sum_back(place, moment) if backwards else _sum_up(place, moment)


def _sum_up(place: "Place", moment: datetime) -> dict[int, int]:
    """Everything that came until `moment`, less everything that went."""
    return _total(
        _moved(place, "target", 1, at__lte=moment).union(_moved(place, "source", -1, at__lte=moment), all=True)
    )


def _sum_back(place: "Place", moment: datetime) -> dict[int, int]:
    """What is there now, less everything that came after `moment`, and everything that went since."""
    from stock.models import Balance

    here = Balance.objects.at(place).something_here().order_by().values_list("lot", "on_hand")
    came, went = _moved(place, "target", -1, at__gt=moment), _moved(place, "source", 1, at__gt=moment)
    return _total(here.union(came, went, all=True))


def _moved(place: "Place", side: str, sign: int, **span: datetime) -> models.QuerySet:
    from stock.models import Movement

    movements = Movement.objects.filter(**{side: place}, **span).order_by()
    return movements.values_list("lot").annotate(sum=sign * Sum("quantity"))


def _total(rows: models.QuerySet) -> dict[int, int]:
    totals: dict[int, int] = defaultdict(int)
    for lot, quantity in rows:
        totals[lot] += quantity
    return {lot: quantity for lot, quantity in totals.items() if quantity}


def moved_on_from(operation: "Operation") -> list[dict[str, Any]]:
    """Where the lots of `operation` went after it had put them in a place: lot, target and sum, the largest first."""
    from stock.models import Movement

    put = operation.movements.filter(target__kind__in=INTERNAL_KINDS).values_list("lot", "target")
    pairs = set(put)
    later = (
        Movement.objects.filter(operation__gt=operation, lot__in=[lot for lot, _place in pairs])
        .filter(source__in={place for _lot, place in pairs})
        .order_by()
        .values("lot", "source", "target")
        .annotate(sum=Sum("quantity"))
    )
    rows = [dict(row) for row in later if (row["lot"], row["source"]) in pairs]
    return sorted(rows, key=lambda row: -row["sum"])
