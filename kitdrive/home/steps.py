"""The one thing that somebody of the house would do next."""

from collections.abc import Iterator

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from donations.enums import ContainerState
from donations.models import Container, Drive
from kitdrive.home.parts import Step
from kits.models import AssemblySession
from network.acting import Acting
from network.enums import Role
from network.models import Site

AT_THE_DOOR = Step(
    _("Somebody has brought something."), _("Note a drop-off"), reverse_lazy("donations:drop_off_create"), "bag-plus"
)
SORTING = Step(
    _("What was collected waits to be sorted."), _("Sort it"), reverse_lazy("donations:sorting_find"), "inboxes"
)
A_DONATION = Step(
    _("Somebody has brought something."), _("Record a donation"), reverse_lazy("donations:donation_create"), "gift"
)


def next_step(acting: Acting) -> Step | None:
    return next(_steps(acting), None)


def _steps(acting: Acting) -> Iterator[Step]:
    """What this person would do now, the likeliest first."""
    session = AssemblySession.objects.visible_to(acting).open().first()
    if session and acting.has_role(Role.VOLUNTEER, Role.COORDINATOR):
        yield Step(
            _("The session “%(session)s” is open.") % {"session": session},
            _("Pack kits"),
            reverse("kits:session_pack", args=[session.pk]),
            "box-seam",
        )
    if acting.has_role(Role.DISTRIBUTOR):
        yield Step(
            _("Somebody is here to receive a kit."),
            _("Record a handover"),
            reverse("distribution:handover_create"),
            "person-check",
        )
    if acting.has_role(Role.VOLUNTEER, Role.COORDINATOR):
        yield _with_goods(acting)
    if acting.has_role(Role.ADMIN):
        yield Step(
            _("People, catalogue and settings are in the administration."),
            _("Open the administration"),
            reverse("admin:index"),
            "gear",
        )


def _with_goods(acting: Acting) -> Step:
    """What there is to do with goods: at a point people bring bags, elsewhere what was collected waits to be sorted.

    Who is kept to a point counts at its door; who works in the whole house sorts first, for at the doors there are
    tablets. Outside the days of a drive that has points, what comes is a donation that is counted at once.
    """
    drives = Drive.objects.visible_to(acting).running()
    is_at_a_door = Site.objects.visible_to(acting).in_use().filter(is_confidential=False, drives__in=drives).exists()
    if is_at_a_door and acting.site_ids is not None:
        return AT_THE_DOOR
    collected = Container.objects.visible_to(acting).filter(state=ContainerState.COLLECTED)
    if acting.site_ids is not None:
        collected = collected.filter(collected_to__in=acting.site_ids)
    if collected.exists():
        return SORTING
    return AT_THE_DOOR if is_at_a_door else A_DONATION
