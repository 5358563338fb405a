"""Several things counted at once, so that a home that looks at many of them asks the database once."""

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from network.models import House


def counted(house: House, **rows: QuerySet) -> dict[str, int]:
    """How many rows each of `rows` holds, under its name; one statement."""
    counts = {name: Coalesce(Subquery(_count_of(queryset)), 0) for name, queryset in rows.items()}
    numbers = House.objects.filter(pk=house.pk).values_list(*counts.values()).get()
    return dict(zip(counts, numbers, strict=True))


def _count_of(queryset: QuerySet) -> QuerySet:
    """The number of its rows, as the one row of a subquery."""
    alike = queryset.model._base_manager.filter(pk__in=queryset.order_by().values("pk")).order_by()
    return alike.annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count")
