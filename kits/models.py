"""What is packed: templates and their frozen versions, targets, assembly sessions, packs and the kits themselves."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from donations.models import Drive
from kits.enums import STATES_IN_PLACE, KitState, SessionState, TemplateKind
from kits.querysets import KitQuerySet, PackQuerySet, SessionQuerySet, TemplateQuerySet, VersionQuerySet
from network.models import House
from stock.codes import spoken
from stock.models import Item, Lot, Operation, Place
from web import languages, numbers

if TYPE_CHECKING:
    from kits.contents import ContentLine


class KitTemplate(models.Model):
    """A kind of kit, or a module that completes one. What it holds is said by its versions."""

    house = models.ForeignKey(House, models.PROTECT, related_name="kit_templates", verbose_name=_("house"))
    name = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=TemplateKind, default=TemplateKind.KIT)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = TemplateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("kit template")
        verbose_name_plural = _("kit templates")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="kits_kittemplate_name_unique",
                violation_error_message=_("A kit template of this name exists already."),
            ),
        ]

    def __str__(self) -> str:
        return languages.in_readers_language(self.name, self.name_en)


class TemplateVersion(models.Model):
    """What a template holds from its publication on. A draft can be edited; a published version never changes again.

    A kit's may build on another kit's (its base) and on modules, whose lines it holds too; its item counts packed kits.
    """

    template = models.ForeignKey(KitTemplate, models.PROTECT, related_name="versions", verbose_name=_("kit template"))
    number = models.PositiveSmallIntegerField(_("version"))
    parts = models.ManyToManyField(
        "self", symmetrical=False, related_name="part_of", blank=True, verbose_name=_("base and modules")
    )
    item = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, related_name="kit_version", verbose_name=_("counted as")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)

    content_lines: "tuple[ContentLine, ...] | None" = None  # what kits.contents.load has read
    objects = VersionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("template version")
        verbose_name_plural = _("template versions")
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="kits_templateversion_number_unique"),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(published_on=None),
                name="kits_templateversion_one_draft",
                violation_error_message=_("This template has a draft already."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(template)s, version %(number)d") % {"template": self.template, "number": self.number}

    @property
    def is_published(self) -> bool:
        return self.published_on is not None


class KitLine(models.Model):
    """One line of a version: so many of an article, or of the articles accepted in its place."""

    version = models.ForeignKey(
        TemplateVersion, models.CASCADE, related_name="lines", verbose_name=_("template version")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    is_optional = models.BooleanField(_("optional: put in when there is some"), default=False)
    note = models.CharField(_("note for the packers"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["version", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="kits_kitline_quantity_positive",
                violation_error_message=_("A line is of at least one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} #{self.position}"


class AcceptedItem(models.Model):
    """An article that a line accepts: the first is the one wanted, those after it are its substitutes, in order."""

    line = models.ForeignKey(KitLine, models.CASCADE, related_name="accepted", verbose_name=_("line"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=_("article"))
    position = models.PositiveSmallIntegerField(_("order of preference"), default=0)

    class Meta:
        verbose_name = _("accepted article")
        verbose_name_plural = _("accepted articles")
        ordering = ["line", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "item"],
                name="kits_accepteditem_unique",
                violation_error_message=_("This line accepts this article already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)


class Target(models.Model):
    """How many kits of a template a drive is to make, and which come first."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="targets", verbose_name=_("drive"))
    template = models.ForeignKey(KitTemplate, models.PROTECT, related_name="targets", verbose_name=_("kit template"))
    quantity = models.PositiveIntegerField(_("kits to make"))
    priority = models.PositiveSmallIntegerField(_("priority (1 comes first)"), default=1)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["priority", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["drive", "template"],
                name="kits_target_unique",
                violation_error_message=_("This drive has a target for this template already."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="kits_target_quantity_positive",
                violation_error_message=_("A target is of at least one kit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{numbers.grouped(self.quantity)} × {self.template}"


class AssemblySession(models.Model):
    """A time when kits are packed at a place: planned, then cancelled or open, then closed with what was counted."""

    house = models.ForeignKey(House, models.PROTECT, related_name="assembly_sessions", verbose_name=_("house"))
    drive = models.ForeignKey(Drive, models.PROTECT, related_name="assembly_sessions", verbose_name=_("drive"))
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        related_name="+",
        verbose_name=_("place"),
        help_text=_("Articles are taken from here and kits appear here."),
    )
    name = models.CharField(_("name"), max_length=80)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    state = models.CharField(_("state"), max_length=9, choices=SessionState, default=SessionState.PLANNED)
    closing = models.OneToOneField(
        Operation, models.PROTECT, null=True, blank=True, related_name="closed_session", verbose_name=_("closed by")
    )

    objects = SessionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name"])

    class Meta:
        verbose_name = _("assembly session")
        verbose_name_plural = _("assembly sessions")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="kits_assemblysession_ends_after_it_starts",
                violation_error_message=_("The session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(closing=None) | Q(state=SessionState.CLOSED),
                name="kits_assemblysession_closing_means_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedMix(models.Model):
    """How many kits of a version a session means to make."""

    session = models.ForeignKey(AssemblySession, models.CASCADE, related_name="mix", verbose_name=_("session"))
    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+", verbose_name=_("template version"))
    quantity = models.PositiveIntegerField(_("kits planned"))

    class Meta:
        verbose_name = _("planned kits")
        verbose_name_plural = _("planned kits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="kits_plannedmix_unique"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="kits_plannedmix_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{numbers.grouped(self.quantity)} × {self.version}"


class Pack(models.Model):
    """Kits of one version made by one operation: one lot, in one place."""

    house = models.ForeignKey(House, models.PROTECT, related_name="packs", verbose_name=_("house"))
    drive = models.ForeignKey(
        Drive, models.PROTECT, null=True, blank=True, related_name="packs", verbose_name=_("drive")
    )
    session = models.ForeignKey(
        AssemblySession, models.PROTECT, null=True, blank=True, related_name="packs", verbose_name=_("session")
    )
    version = models.ForeignKey(
        TemplateVersion, models.PROTECT, related_name="packs", verbose_name=_("template version")
    )
    quantity = models.PositiveIntegerField(_("kits"))
    lot = models.OneToOneField(Lot, models.PROTECT, related_name="pack", verbose_name=_("lot"))
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="pack", verbose_name=_("operation"))

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("a packing", "pack")
        verbose_name_plural = _("packs")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="kits_pack_quantity_positive")]

    def __str__(self) -> str:
        return f"{numbers.grouped(self.quantity)} × {self.lot.item}"

    @property
    def is_undone(self) -> bool:
        return hasattr(self.operation, "reversed_by")


class Kit(models.Model):
    """One parcel. Its code leads to its lot and, while it is here, to its place; never to who received it, nor when."""

    house = models.ForeignKey(House, models.PROTECT, related_name="+", db_index=False, verbose_name=_("house"))
    code = models.CharField(_("code"), max_length=8, unique=True)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="kits", db_index=False, verbose_name=_("lot"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="kits", db_index=False, verbose_name=_("place")
    )
    state = models.CharField(_("state"), max_length=11, choices=KitState, default=KitState.HERE)

    objects = KitQuerySet.as_manager()

    class Meta:
        verbose_name = _("kit")
        verbose_name_plural = _("kits")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=STATES_IN_PLACE, place__isnull=False)
                | (~Q(state__in=STATES_IN_PLACE) & Q(place=None)),
                name="kits_kit_place_while_it_is_here",
            ),
        ]
        indexes = [
            models.Index(fields=["lot", "place", "state"], name="kits_kit_lot_place"),
            models.Index(fields=["place", "state"], name="kits_kit_place_state"),
        ]

    def __str__(self) -> str:
        return spoken(self.code)
