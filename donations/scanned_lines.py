"""A code scanned into the form of an arrival adds a line, or one more piece to the line that it belongs to."""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.arrivals import ArrivalLine, check_formula
from donations.enums import Condition
from network.requests import Request
from stock.enums import DateRule
from stock.finding import Catalogue
from stock.forms import PrintedDateField
from stock.lots import Arrival, check_arrival
from stock.models import Item
from stock.scanning import ScanAnswer, Scanned, find_scanned
from web.errors import Refused
from web.forms import ADD_LINE, MOST_LINES, QuantityField
from web.numbers import grouped

SCAN, CODE = "scan", "code"  # the button's name, and the field's
FIELDS = ("item", "quantity", "best_before", "number", "grams")


def posted(request: Request, catalogue: Catalogue, prefix: str) -> tuple[QueryDict | None, ScanAnswer | None]:
    """What the form is bound to, and what came of the scan if this was one.

    A form that is sent with a code in its field is never recorded, whichever button sent it: a scanner presses Enter.
    """
    if not request.POST:
        return None, None
    code = request.POST.get(CODE, "").strip()
    if SCAN not in request.POST and (not code or ADD_LINE in request.POST):
        return request.POST, None
    data = request.POST.copy()
    data[ADD_LINE] = SCAN  # shown again as typed, neither valid nor wrong
    if not code:
        return data, ScanAnswer(_("Scan a code, or type the digits below the bars."), is_refused=True)
    try:
        return data, _Rows(data, prefix, catalogue).take(find_scanned(request.acting, code))
    except Refused as refused:
        return data, ScanAnswer.of_refusal(refused, request.acting)


class _Rows:
    """The rows of a form of lines as they were typed."""

    def __init__(self, data: QueryDict, prefix: str, catalogue: Catalogue) -> None:
        self.data, self.prefix, self.catalogue = data, prefix, catalogue
        total = data.get(f"{prefix}-TOTAL_FORMS", "")
        self.total = min(int(total), MOST_LINES) if total.isdecimal() and len(total) < 5 else 0

    def take(self, scanned: Scanned) -> ScanAnswer:
        """One more piece of what was scanned. Refused where its date is past, and for what this form does not take."""
        item, barcode = scanned.item, scanned.barcode
        self._check_offered(item)
        if barcode.best_before:
            arrival = Arrival(item, barcode.lot, barcode.best_before, barcode.precision)
            check_arrival(arrival, today=timezone.localdate())
        printed = str(PrintedDateField().prepare_value(scanned.printed_date) or "")
        number = self._line_of(item, barcode.lot, printed)
        if number is None:
            number = self._open(item, barcode.lot, printed)
        quantity = (_count(self._typed(number, "quantity")) or 0) + 1
        self._write(number, quantity=str(quantity))
        said = {"item": item, "quantity": grouped(quantity), "line": number + 1}
        sentence = _("%(item)s: %(quantity)s on line %(line)d.")
        if item.date_rule != DateRule.NONE and not self._typed(number, "best_before"):
            sentence = _("%(item)s: %(quantity)s on line %(line)d. Read its printed date, and write it there.")
        return ScanAnswer(sentence % said, row=f"{self.prefix}-{number + 1}")

    def _check_offered(self, item: Item) -> None:
        """Raise Refused for an article that cannot be chosen here, which is infant formula that the public gave."""
        if item not in self.catalogue.items:
            check_formula(ArrivalLine(item, 1), index=0)
            raise Refused(_("%(item)s cannot be taken in here.") % {"item": item}, field=CODE)

    def _typed(self, number: int, field: str) -> str:
        return self.data.get(f"{self.prefix}-{number}-{field}", "").strip()

    def _write(self, line: int, /, **typed: str) -> None:
        for field, value in typed.items():
            self.data[f"{self.prefix}-{line}-{field}"] = value

    def _line_of(self, item: Item, lot: str, printed: str) -> int | None:
        """The last line of this article; of this lot and date, where the code says them."""
        for number in reversed(range(self.total)):
            typed = self._typed(number, "number"), self._typed(number, "best_before")
            is_of_it = self._is_of(number, item) and (typed == (lot, printed) or not (lot or printed))
            if is_of_it and _count(self._typed(number, "quantity")) is not None:
                return number
        return None

    def _is_of(self, number: int, item: Item) -> bool:
        try:
            return bool(typed := self._typed(number, "item")) and self.catalogue.find(typed) == item
        except ValidationError:
            return False

    def _open(self, item: Item, lot: str, printed: str) -> int:
        """The first line where nothing is written, or one more."""
        blank = (number for number in range(self.total) if not any(self._typed(number, field) for field in FIELDS))
        number = next(blank, self.total)
        if number >= MOST_LINES:
            raise Refused(_("This form is full. Record it, and go on with the next."), field=CODE)
        if number == self.total:
            self.data[f"{self.prefix}-TOTAL_FORMS"] = str(number + 1)
            self._write(number, condition=Condition.NEW)
        self._write(number, item=self.catalogue.name_of(item), number=lot, best_before=printed)
        return number


def _count(typed: str) -> int | None:
    """The number that was typed, 0 where nothing was; None for what is no number of pieces."""
    try:
        return QuantityField(required=False, minimum=0).clean(typed) or 0
    except ValidationError:
        return None
