"""What is asked at a handover, and what is refused before anything moves: how many, never who."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from django.utils.translation import gettext_lazy as _

from distribution.drafts import Line
from distribution.enums import LetterException
from network.models import Organisation
from stock.enums import PlaceKind
from stock.models import Place
from web.errors import Refused
from web.forms import MOST_PIECES
from web.numbers import grouped

MOST_PEOPLE = 30  # of one band: a larger number is a slip of the hand
MOST_KITS = 50
MOST_GRAMS = 1_000_000


@dataclass(frozen=True, slots=True)
class Household:
    """How many came, by age band; nothing else is asked of anybody."""

    women: int = 0
    men: int = 0
    children_0_2: int = 0
    children_3_11: int = 0
    children_12_17: int = 0


def check_who(
    place: Place, structure: Organisation | None, has_letter: bool, letter_exception: str, household: Household
) -> None:
    """Raise Refused for a place that is no desk, a structure of another house, no word on the letter, or nobody."""
    if place.kind not in (PlaceKind.STORE, PlaceKind.TABLE) or not place.is_active:
        raise Refused(_("One hands over at a store or a table that is in use."), field="place")
    if structure and (structure.house_id != place.house_id or not structure.is_active):
        raise Refused(_("Choose a structure of your house that is in use."), field="structure")
    if has_letter == bool(letter_exception) or letter_exception not in ("", *LetterException.values):
        raise Refused(_("Say that the letter was seen, or choose why not."), field="letter")
    for name, number in zip(Household.__slots__, astuple(household), strict=True):
        if not 0 <= number <= MOST_PEOPLE:
            raise Refused(_("Enter a number of people from 0 to %(most)d.") % {"most": MOST_PEOPLE}, field=name)
    if not any(astuple(household)):
        raise Refused(_("A household has at least one person: use the + buttons."), field="women")


def check_what(
    place: Place,
    codes: Sequence[str],
    kits: Sequence[Line],
    articles: Sequence[Line],
    grams: int | None,
    is_formula_asked_for: bool,
) -> None:
    """Raise Refused where nothing is given, a quantity is no quantity, or formula is given that nobody asked for."""
    if not (codes or kits or articles):
        raise Refused(_("Nothing is handed over yet: scan a kit, choose one, or add an article."), field="codes")
    if len(codes) + sum(line.quantity for line in kits) > MOST_KITS:
        raise Refused(_("More than %(most)d kits for one household: check the number.") % {"most": MOST_KITS})
    for line in kits:
        if not line.item.is_kit or line.item.house_id != place.house_id or line.quantity < 1:
            raise Refused(_("%(item)s: choose at least one, of the kits of this place.") % {"item": line.item})
    if grams is not None and not 1 <= grams <= MOST_GRAMS:
        raise Refused(_("Enter the weight in grams, from 1 to 1,000,000, or leave it empty."), field="grams")
    _check_articles(place, articles, is_formula_asked_for)


def _check_articles(place: Place, articles: Sequence[Line], is_formula_asked_for: bool) -> None:
    seen: set[int] = set()
    for index, line in enumerate(articles):
        item = line.item
        if item.is_kit or item.house_id != place.house_id or item.pk in seen:
            raise Refused(
                _("%(item)s: choose each article of this place once.") % {"item": item}, field="item", line=index
            )
        if not 1 <= line.quantity <= MOST_PIECES:
            raise Refused(
                _("%(item)s: enter a quantity between 1 and %(most)s.") % {"item": item, "most": grouped(MOST_PIECES)},
                field="quantity",
                line=index,
            )
        if item.is_formula and not is_formula_asked_for:
            raise Refused(
                _(
                    "%(item)s: infant formula, bottles and teats are given when a health or social worker"
                    " asked for them. Tick that one did, or take this line out."
                )
                % {"item": item},
                field="item",
                line=index,
            )
        seen.add(item.pk)
