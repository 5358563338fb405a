"""Finding a container by what somebody scans or types of its code."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from donations.models import Container
from network.acting import Acting
from stock.barcodes import NotACode, read_code
from stock.codes import LENGTH, clean_code, spoken
from web.errors import Refused

SHORTEST = 3  # characters of a code by which one may look for it


class NotFound(Refused):
    """No container is meant, or several: `alike` are their ids."""

    def __init__(self, sentence: object, alike: Sequence[int] = ()) -> None:
        super().__init__(sentence, field="code")  # type: ignore[arg-type]
        self.alike = alike


def find_container(acting: Acting, typed: str) -> Container:
    """The container of `acting`'s sites that bears the code `typed`, or the only one to sort that has this in its code.

    Raises NotFound for a wrong code, for one that no container here bears, and where a part is in several or in none.
    """
    containers = Container.objects.visible_to(acting)
    part = "".join(character for character in typed.upper() if character.isalnum())
    if whole := _whole(typed, part):
        found = containers.filter(code=whole).first()
        if found is None:
            raise NotFound(_("No container of yours has the code %(codes)s.") % {"codes": spoken(whole)})
        return found
    if len(part) < SHORTEST:
        raise NotFound(_("Type at least three characters of the code."))
    alike = list(containers.to_sort().filter(code__contains=part)[:100])
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise NotFound(
            _("Several containers have “%(part)s” in their code: choose one.") % {"part": part}, [c.pk for c in alike]
        )
    raise NotFound(_("No container to sort has “%(part)s” in its code.") % {"part": part})


def _whole(typed: str, part: str) -> str:
    """The whole code that was typed or scanned, or nothing where it is a part. Raises NotFound for a wrong one."""
    try:
        return clean_code(typed)
    except Refused as refused:
        if len(part) < LENGTH:
            return ""
        if _is_of_an_article(typed):
            said = _("This is the bar code of an article. Scan the code of its carton or pallet first.")
            raise NotFound(said) from None
        raise NotFound(refused.message) from None


def _is_of_an_article(typed: str) -> bool:
    try:
        read_code(typed)
    except NotACode:
        return False
    return True
