"""The addresses that a tablet's page asks by itself. docs/tablets.md says what goes in and out."""

import json
from functools import partial
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, UnreadablePostError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import TooMany, check_tries, count_wrong
from donations.containers.operations import allot_codes
from donations.drop_offs.moments import read_moment
from donations.tablets.access import TabletRequest, answer, for_tablets, remember, state_of
from donations.tablets.operations import note_contact
from donations.tablets.receiving import MOST_ENTRIES, take_in
from donations.tablets.telling import state
from network import devices
from network.devices import WrongCode
from stock.codes import UnknownCode, clean_code
from web.languages import known_language

TRIED = "tablet-code"
MOST_WAITING = 1_000_000  # entries that a tablet can say are on it
WRONG_CODES = 20  # in ten minutes, of one address: a hall of volunteers shares one


@require_POST
@for_tablets
def tablet_open(request: TabletRequest) -> HttpResponse:
    """Open an invitation: the tablet gets its secret, and waits until it is confirmed."""
    content = _content(request)
    with translation.override(_language(content)):
        try:
            check_tries(request, TRIED, at_most=WRONG_CODES)
            code = clean_code(_line(content, "code"))
            device, secret = devices.open_with(code=code, software=_line(content, "software"))
        except TooMany as too_many:
            return answer({"reason": str(too_many)}, status=HTTPStatus.TOO_MANY_REQUESTS)
        except UnknownCode:
            count_wrong(request, TRIED)
            mistyped = _("One character of this code is wrong or missing. Read it again on the coordinator’s screen.")
            return answer({"reason": mistyped}, status=HTTPStatus.NOT_FOUND)
        except WrongCode as wrong:
            count_wrong(request, TRIED)
            return answer({"reason": str(wrong)}, status=HTTPStatus.NOT_FOUND)
        response = answer({**state(device.tablet)})
    remember(response, secret)
    return response


@require_safe
@for_tablets
def tablet_state(request: TabletRequest) -> HttpResponse:
    """What the tablet may do, and what its page needs for it."""
    with translation.override(known_language(request.GET.get("language", ""))):
        return answer(state(request.tablet))


@require_POST
@for_tablets
def tablet_entries(request: TabletRequest) -> HttpResponse:
    """Take entries in: 200 with a receipt for each, 403 with the state of a tablet that may send nothing any more."""
    tablet = request.tablet
    may_send = state_of(tablet) in ("active", "ended")
    if tablet is None or not may_send:
        return answer({"state": state_of(tablet)}, status=HTTPStatus.FORBIDDEN)
    content = _content(request)
    entries, sent_at = content.get("entries"), read_moment(content.get("sent_at"))
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES or sent_at is None:
        return answer({"state": state_of(tablet)}, status=HTTPStatus.BAD_REQUEST)
    waiting, refused = (_count(content, name) for name in ("waiting", "refused"))
    contact = partial(note_contact, tablet, waiting=waiting, refused=refused, version=_line(content, "version"))
    with translation.override(_language(content)):
        receipts = [each.as_json() for each in take_in(entries, tablet=tablet, sent_at=sent_at, contact=contact)]
    told: dict[str, Any] = {"state": state_of(tablet), "results": receipts}
    if any(isinstance(entry, dict) and entry.get("kind") == "container" for entry in entries):
        told["codes"] = allot_codes(tablet.device)
    return answer(told)


def _content(request: TabletRequest) -> dict[str, Any]:
    """The JSON object that was sent; an empty one for what is none, is cut short, or is larger than any page sends."""
    try:
        content = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig, UnreadablePostError):
        return {}
    return content if isinstance(content, dict) else {}


def _language(content: dict[str, Any]) -> str:
    return known_language(_line(content, "language"))


def _line(content: dict[str, Any], name: str) -> str:
    """A short text of one line, of characters that can be seen and stored."""
    value = content.get(name)
    return "".join(filter(str.isprintable, value[:200])) if isinstance(value, str) else ""


def _count(content: dict[str, Any], name: str) -> int:
    value = content.get(name)
    return value if isinstance(value, int) and 0 <= value < MOST_WAITING else 0
