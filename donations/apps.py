from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DonationsConfig(AppConfig):
    name = "donations"
    verbose_name = _("donations")

    def ready(self) -> None:
        from donations.containers.operations import uncollect, unfill
        from donations.drives import leave_drives
        from donations.drop_offs.journal import address_of_drop_off, address_of_refusal, drop_off_numbers
        from donations.drop_offs.papers import PAPERS as TALLIES
        from donations.drop_offs.tables import TABLES as DAYS
        from donations.enums import Condition, DropOffKind, LossReason, RefusalReason
        from donations.models import Donation
        from donations.operations import address_of, donation_numbers, purchase_numbers, reverse_arrival
        from donations.partners.attestations import erase_past_attestations, forget_attestations
        from donations.partners.checks import check_attestations
        from donations.partners.papers import PAPERS
        from donations.partners.tables import TABLES as GIFTS
        from donations.picture_operations import erase_pictures_of
        from donations.sorting.checks import check_sortings
        from donations.sorting.operations import address_of_container, reopen, sorting_numbers, unsort
        from donations.tablets.long_files import FILES
        from network import registry as network
        from stock import registry
        from stock.enums import OperationKind
        from stock.operations import reverse
        from web import kept_pictures, tidy
        from web.jobs.kinds import kinds

        tidy.sweepers["past attestations"] = erase_past_attestations
        kept_pictures.holders["donations"] = Donation.objects.pictures
        registry.reversals[OperationKind.RECEIVE] = reverse_arrival
        registry.reversals[OperationKind.PURCHASE] = reverse_arrival
        registry.reversals[OperationKind.DROP_OFF] = reverse
        registry.reversals[OperationKind.DECLINE] = reverse
        registry.reversals[OperationKind.FILL] = unfill
        registry.reversals[OperationKind.COLLECT] = uncollect
        registry.reversals[OperationKind.SORT] = unsort
        registry.reversals[OperationKind.FINISH_SORTING] = reopen
        registry.checks["donations"] = check_sortings
        for kind in (OperationKind.FILL, OperationKind.SORT, OperationKind.FINISH_SORTING):
            registry.documents[kind] = address_of_container
        registry.documents[OperationKind.RECEIVE] = address_of
        registry.documents[OperationKind.PURCHASE] = address_of
        registry.documents[OperationKind.DROP_OFF] = address_of_drop_off
        registry.documents[OperationKind.DECLINE] = address_of_refusal
        registry.choices.extend([Condition, DropOffKind, RefusalReason, LossReason])
        for kind in (OperationKind.DROP_OFF, OperationKind.DECLINE, OperationKind.SORT):
            registry.own_choices[kind] = (RefusalReason,)
        registry.numbers[OperationKind.RECEIVE] = donation_numbers
        registry.numbers[OperationKind.PURCHASE] = purchase_numbers
        registry.numbers[OperationKind.DROP_OFF] = drop_off_numbers
        registry.numbers[OperationKind.SORT] = sorting_numbers
        network.made_confidential.append(leave_drives)
        network.made_confidential.append(erase_pictures_of)
        network.made_confidential.append(forget_attestations)
        registry.checks["attestations"] = check_attestations
        kinds.update({**PAPERS, **TALLIES, **DAYS, **GIFTS, **FILES})
