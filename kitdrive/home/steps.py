"""The one thing that somebody of the house would do next."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kitdrive.home.parts import Step
from kits.models import AssemblySession
from network.acting import Acting
from network.enums import Role


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
        yield Step(
            _("Somebody has brought something."), _("Record a donation"), reverse("donations:donation_create"), "gift"
        )
    if acting.has_role(Role.ADMIN):
        yield Step(
            _("People, catalogue and settings are in the administration."),
            _("Open the administration"),
            reverse("admin:index"),
            "gear",
        )
