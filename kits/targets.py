"""How many kits of each template a drive is to make."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from kits.enums import TemplateKind
from kits.models import KitTemplate, Target
from web.errors import Refused

MOST_KITS = 100_000
LAST_PRIORITY = 9


@dataclass(frozen=True, slots=True)
class TargetLine:
    """So many kits of a template; those of priority 1 are made first."""

    template: KitTemplate
    quantity: int
    priority: int = 1


def set_targets(*, drive: Drive, targets: Sequence[TargetLine], actor: User) -> None:
    """Make `targets` the whole of what the drive is to make; again changes nothing.

    Raises Refused, with the line, for a module, a template of another house or named twice, a number out of bounds.
    """
    for index, line in enumerate(targets):
        _check(drive, targets[:index], line, index)
    with transaction.atomic():
        Drive.objects.select_for_update(no_key=True).get(pk=drive.pk)
        before = {target.template_id: target for target in drive.targets.all()}
        for line in targets:
            target = before.pop(line.template.pk, None) or Target(drive=drive, template=line.template)
            _aim(target, line, actor)
        for target in before.values():
            target._history_user = actor  # type: ignore[attr-defined]
            target.delete()


def _aim(target: Target, line: TargetLine, actor: User) -> None:
    if (target.quantity, target.priority) != (line.quantity, line.priority):
        target.quantity, target.priority = line.quantity, line.priority
        target._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
        target.save()


def _check(drive: Drive, before: Sequence[TargetLine], target: TargetLine, index: int) -> None:
    template = target.template
    if template.kind != TemplateKind.KIT or template.house_id != drive.house_id:
        raise Refused(_("%(template)s is not a kit of this house.") % {"template": template}, line=index)
    if any(template == other.template for other in before):
        raise Refused(_("%(template)s has a target already.") % {"template": template}, line=index)
    if not 1 <= target.quantity <= MOST_KITS:
        raise Refused(
            _("%(template)s: enter between 1 and 100,000 kits.") % {"template": template}, field="quantity", line=index
        )
    if not 1 <= target.priority <= LAST_PRIORITY:
        raise Refused(
            _("%(template)s: the priority is a number from 1, which comes first, to %(last)d.")
            % {"template": template, "last": LAST_PRIORITY},
            field="priority",
            line=index,
        )
