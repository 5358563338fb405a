"""Who may do what with drives, pledges, donations and purchases. Which rows they see is said by the querysets."""

from django.utils import timezone

from donations.models import Donation
from network.acting import Acting
from network.enums import Role
from stock.models import Operation

TAKES_IN = (Role.VOLUNTEER, Role.COORDINATOR)
READS_DONATIONS = (*TAKES_IN, Role.PARTNER)
READS_PLEDGES = (Role.COORDINATOR, Role.PARTNER)


def can_picture(acting: Acting, donation: Donation) -> bool:
    """What a partner delivered is pictured by who may take it back, while it stands; a confidential place never."""
    can_have_one = donation.is_of_partner and not donation.is_reversed and not donation.is_confidential
    return can_have_one and can_reverse(acting, donation.operation)


def can_reverse(acting: Acting, operation: Operation) -> bool:
    """A coordinator takes back any arrival; a volunteer what they recorded themselves, on the same day."""
    if acting.has_role(Role.COORDINATOR):
        return True
    is_of_today = timezone.localdate(operation.recorded_at) == timezone.localdate()
    return acting.has_role(*TAKES_IN) and operation.actor_id == acting.user.pk and is_of_today
