"""The catalogue: articles and the codes printed on them. Their stock is in the ledger (stock/models.py)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from network.models import House
from stock.enums import Category, DateRule, Unit
from stock.querysets import ItemQuerySet
from web.languages import in_readers_language


class Item(models.Model):
    """An article of a house's catalogue. An assembled kit is an item like any other, one for each template version."""

    house = models.ForeignKey(House, models.PROTECT, related_name="items", verbose_name=_("house"))
    name = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    size = models.CharField(_("size"), max_length=60, blank=True)
    category = models.CharField(_("category"), max_length=12, choices=Category)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, default=Unit.PIECE)
    grams = models.PositiveIntegerField(_("weight in grams"), null=True, blank=True)
    is_weight_assumed = models.BooleanField(_("the weight is assumed"), default=False)
    date_rule = models.CharField(_("printed date"), max_length=12, choices=DateRule, default=DateRule.NONE)
    is_formula = models.BooleanField(
        _("infant formula, bottle or teat"),
        default=False,
        help_text=_("Never from the public, never in a kit or a shipment: given at a handover on a worker’s request."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    picture = models.CharField(_("picture"), max_length=32, blank=True, default="", editable=False)

    objects = ItemQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["picture"])  # a picture that was taken away is nowhere

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["name", "size"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name", "size"],
                name="stock_item_name_unique",
                violation_error_message=_("An article of this name and size exists already."),
            ),
            models.CheckConstraint(
                condition=Q(is_formula=False) | ~Q(category=Category.KIT),
                name="stock_item_kit_is_not_formula",
                violation_error_message=_("A kit is never infant formula."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.size})" if self.size else self.label

    def get_absolute_url(self) -> str:
        return reverse("stock:item_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The name in the reader's language, in French where there is no other."""
        return in_readers_language(self.name, self.name_en)

    @property
    def is_kit(self) -> bool:
        return self.category == Category.KIT


def as_printed(code: str) -> str:
    """A GTIN of 14 digits as it stands below the bars: 8 or 13 digits, 14 for a case."""
    return code[6:] if code.startswith("000000") else code.removeprefix("0")


class Gtin(models.Model):
    """A GTIN printed on an article, padded with zeros to its 14 digits (GS1 General Specifications)."""

    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name=_("house"))
    item = models.ForeignKey(Item, models.CASCADE, related_name="gtins", verbose_name=_("article"))
    code = models.CharField(_("GTIN"), max_length=14)

    class Meta:
        verbose_name = _("GTIN")
        verbose_name_plural = _("GTINs")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "code"],
                name="stock_gtin_unique",
                violation_error_message=_("This GTIN belongs to another article already."),
            ),
        ]

    def __str__(self) -> str:
        return as_printed(self.code)
