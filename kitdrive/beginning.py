"""What a new house does first, shown at home until something has moved."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from network.enums import Role
from stock.models import Operation


@dataclass(frozen=True)
class FirstStep:
    sentence: str | Promise
    label: str | Promise
    url: str
    icon: str


def first_steps(acting: Acting) -> list[FirstStep]:
    """The steps that this person may take; none any more once the house's stock has moved."""
    leads = acting.has_role(Role.COORDINATOR, Role.ADMIN)
    if not leads or Operation.objects.filter(house=acting.house).exists():
        return []
    steps = [
        (
            Role.ADMIN,
            FirstStep(
                _("Nobody runs a drive alone. Open an account for each person, with the role that they have."),
                _("Open accounts"),
                reverse("admin:accounts_user_add"),
                "person-plus",
            ),
        ),
        (
            Role.COORDINATOR,
            FirstStep(
                _("Articles, organisations and kit lists that you have in a table come in at once."),
                _("Bring in a file"),
                reverse("import_list"),
                "file-earmark-arrow-up",
            ),
        ),
        (
            Role.COORDINATOR,
            FirstStep(
                _("Say how many kits you aim at: home then shows how far you are, and what is missing."),
                _("Set targets"),
                reverse("kits:target_list"),
                "bullseye",
            ),
        ),
    ]
    return [step for role, step in steps if acting.has_role(role)]
