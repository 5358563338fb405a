"""From what was scanned to the article of the house's catalogue that it is printed on."""

from dataclasses import dataclass

from django.core.files.base import File
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from network.perms import COORDINATES
from stock.barcodes import Barcode, NotACode, read_code
from stock.forms import PrintedDate
from stock.models import Gtin, Item
from web.codes_in_pictures import codes_in
from web.errors import Refused


class NotInCatalogue(Refused):
    """No article has this code yet; `barcode` says what was read."""

    def __init__(self, barcode: Barcode) -> None:
        sentence = (
            _("%(code)s is the code of a case of several pieces. Scan the code on one piece.")
            if barcode.is_of_several
            else _("No article has the code %(code)s yet. Choose the article by hand; the coordination can attach it.")
        )
        super().__init__(sentence % {"code": barcode.printed}, field="code")
        self.barcode = barcode


@dataclass(frozen=True, slots=True)
class Scanned:
    """An article, with what its code says besides."""

    item: Item
    barcode: Barcode

    @property
    def printed_date(self) -> PrintedDate:
        """As the fields of forms take it."""
        return PrintedDate(self.barcode.best_before, self.barcode.precision)


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What came of a scan, said beside the field (stock/_scan.html); `attach_url` where a new code can be attached.

    `row` is the id of the line that it came to, where there is one.
    """

    sentence: str
    is_refused: bool = False
    attach_url: str = ""
    row: str = ""

    @classmethod
    def of_refusal(cls, refused: Refused, acting: Acting) -> "ScanAnswer":
        """Why not; and for a new code of one piece, where who coordinates says which article it is."""
        url = ""
        if isinstance(refused, NotInCatalogue) and not refused.barcode.is_of_several:
            url = f"{reverse('stock:code_attach')}?code={refused.barcode.printed}"
        return cls(str(refused), True, url if acting.has_role(*COORDINATES) else "")


def find_scanned(acting: Acting, text: str) -> Scanned:
    """The article of the house that the code `text` is printed on, in one statement.

    Raises NotACode, NotInCatalogue, or Refused for an article that is out of use; each with the field "code".
    """
    barcode = read_code(text)
    known = Gtin.objects.filter(code=barcode.gtin, item__in=Item.objects.visible_to(acting)).select_related("item")
    gtin = known.first()
    if gtin is None:
        raise NotInCatalogue(barcode)
    if not gtin.item.is_active:
        raise Refused(_("%(item)s is not in use any more. Ask the coordination.") % {"item": gtin.item}, field="code")
    return Scanned(gtin.item, barcode)


def code_in_photo(file: File) -> str:
    """The code of an article in a photo, as `find_scanned` takes it; of several of one article, that which says most.

    Raises Refused for what is no picture, where no code is found, and where codes of several articles are.
    """
    found: dict[str, Barcode] = {}
    refusal = NotACode(_("No code was found in this photo. Go closer, hold still, or type the digits."), field="code")
    for text in codes_in(file):
        try:
            found[text] = read_code(text)
        except NotACode as refused:
            refusal = refused
    if not found:
        raise refusal
    if len({barcode.gtin for barcode in found.values()}) > 1:
        raise NotACode(_("There are codes of several articles in this photo. Take one alone."), field="code")
    return max(found, key=lambda text: (found[text].best_before is not None, found[text].lot != ""))
