"""Templates, versions, sessions and kits, in the words of the work."""

from typing import TYPE_CHECKING, Self

from django.db import models

from kits.enums import STATES_IN_PLACE, KitState, SessionState, TemplateKind
from network.querysets import HouseQuerySet

if TYPE_CHECKING:
    from network.acting import Acting


class TemplateQuerySet(HouseQuerySet):
    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def kits(self) -> Self:
        return self.filter(kind=TemplateKind.KIT)

    def modules(self) -> Self:
        return self.filter(kind=TemplateKind.MODULE)

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

    def packable(self) -> Self:
        """Current versions of the kits in use; modules are packed inside a kit only."""
        return self.current().filter(template__kind=TemplateKind.KIT, template__is_active=True)

    def with_contents(self) -> Self:
        """With the template and the article it is counted as; `kits.contents.load` reads the lines of them all."""
        return self.select_related("template", "item")


class SessionQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        sessions = super().visible_to(acting)
        return sessions if acting.site_ids is None else sessions.filter(place__site__in=acting.site_ids)

    def open(self) -> Self:
        return self.filter(state=SessionState.OPEN)


class PackQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Packs of who asks: those made at their sites."""
        packs = super().visible_to(acting)
        if acting.site_ids is None:
            return packs
        return packs.filter(
            lot__movements__operation=models.F("operation"), lot__movements__target__site__in=acting.site_ids
        )

    def standing(self) -> Self:
        """Without those that were unpacked."""
        return self.filter(operation__reversed_by=None)


class KitQuerySet(HouseQuerySet):
    def visible_to(self, acting: "Acting") -> Self:
        """Kits that are at the sites of who asks: what has left shows nothing."""
        kits = super().visible_to(acting).in_place()
        return kits if acting.site_ids is None else kits.filter(place__site__in=acting.site_ids)

    def in_place(self) -> Self:
        return self.filter(state__in=STATES_IN_PLACE)

    def here(self) -> Self:
        return self.filter(state=KitState.HERE)
