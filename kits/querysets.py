"""Templates, versions, sessions and kits, in the words of the work."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce

from kits.enums import STATES_IN_PLACE, STILL_TO_COME, KitState, SessionState, TemplateKind
from network.querysets import HouseQuerySet
from stock.querysets import stands

if TYPE_CHECKING:
    from kits.models import AssemblySession, TemplateVersion
    from network.acting import Acting


class TemplateQuerySet(HouseQuerySet):
    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def kits(self) -> Self:
        return self.filter(kind=TemplateKind.KIT)

    def modules(self) -> Self:
        return self.filter(kind=TemplateKind.MODULE)

    def offered(self, also: Iterable[int]) -> Self:
        """Those in use, and `also`."""
        return self.filter(models.Q(is_active=True) | models.Q(pk__in=list(also)))

    def with_state(self) -> Self:
        """Adds `latest` (the number of the version in force, or None) and `has_draft`."""
        from kits.models import TemplateVersion

        published = TemplateVersion.objects.published().filter(template=models.OuterRef("pk")).order_by("-number")
        drafts = TemplateVersion.objects.drafts().filter(template=models.OuterRef("pk"))
        return self.annotate(latest=models.Subquery(published.values("number")[:1]), has_draft=models.Exists(drafts))

    def untouched(self) -> Self:
        """With nothing but an empty first draft."""
        return self.exclude(versions__number__gt=1).filter(versions__published_on=None, versions__lines=None)


class VersionQuerySet(models.QuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        if acting.house is None or not acting.is_inside:
            return self.none()
        return self.filter(template__house=acting.house)

    def published(self) -> Self:
        return self.exclude(published_on=None)

    def drafts(self) -> Self:
        return self.filter(published_on=None)

    def current(self) -> Self:
        """The latest published version of each template."""
        from kits.models import TemplateVersion

        latest = (
            TemplateVersion.objects.published()
            .filter(template=models.OuterRef("template"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(latest))

    def offered_to(self, draft: "TemplateVersion") -> Self:
        """What `draft` may be built on: the current versions of other templates in use, and what it is built on now."""
        others = self.filter(template__house=draft.template.house_id).exclude(template=draft.template)
        current = others.current().filter(template__is_active=True)
        return others.filter(models.Q(pk__in=current.values("pk")) | models.Q(part_of=draft)).distinct()

    def packable(self) -> Self:
        """Current versions of the kits in use; modules are packed inside a kit only."""
        return self.current().filter(template__kind=TemplateKind.KIT, template__is_active=True)

    def packable_in(self, session: "AssemblySession") -> Self:
        """Those, and what `session` plans: a kit is packed to the end by the version that its plan was made with."""
        planned = session.mix.values("version")
        return self.filter(models.Q(pk__in=self.packable().values("pk")) | models.Q(pk__in=planned))

    def with_contents(self) -> Self:
        """With the template and the article it is counted as; `kits.contents.load` reads the lines of them all."""
        return self.select_related("template", "item")


class SessionQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        sessions = super().visible_to(acting)
        return sessions if acting.site_ids is None else sessions.filter(place__site__in=acting.site_ids)

    def open(self) -> Self:
        return self.filter(state=SessionState.OPEN)

    def still_to_come(self) -> Self:
        """Planned or open: their place is kept for them."""
        return self.filter(state__in=STILL_TO_COME)

    def with_figures(self) -> Self:
        """Adds `planned` and `made`, in kits."""
        from kits.models import Pack, PlannedMix

        def total(rows: models.QuerySet) -> Coalesce:
            sums = rows.filter(session=models.OuterRef("pk")).order_by().values("session")
            return Coalesce(models.Subquery(sums.annotate(sum=models.Sum("quantity")).values("sum")), 0)

        return self.annotate(planned=total(PlannedMix.objects.all()), made=total(Pack.objects.standing()))


class PackQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Packs of who asks: those made at their sites, and those of which some kits are there now."""
        packs = super().visible_to(acting)
        if acting.site_ids is None:
            return packs
        made = self.filter(
            lot__movements__operation=models.F("operation"), lot__movements__target__site__in=acting.site_ids
        )
        here = self.filter(lot__balances__on_hand__gt=0, lot__balances__place__site__in=acting.site_ids)
        return packs.filter(models.Q(pk__in=made.values("pk")) | models.Q(pk__in=here.values("pk")))

    def for_display(self) -> Self:
        """With what a page says of a pack, and with what has undone it."""
        related = (
            "version__template",
            "session",
            "drive",
            "lot__item",
            "operation__actor",
            "operation__device",
            "operation__house",
        )
        return self.select_related(*related, "operation__reversed_by")

    def standing(self) -> Self:
        """Without those that were unpacked."""
        return self.filter(stands())


class KitQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Kits that are at the sites of who asks: what has left shows nothing."""
        kits = super().visible_to(acting).in_place()
        return kits if acting.site_ids is None else kits.filter(place__site__in=acting.site_ids)

    def in_place(self) -> Self:
        return self.filter(state__in=STATES_IN_PLACE)

    def here(self) -> Self:
        return self.filter(state=KitState.HERE)
