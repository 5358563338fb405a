"""What logs and error mails may hold: where something happened, never what anybody typed, saw or is called."""

import logging
import re
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter

_QUERY = re.compile(r"\?[^\s\"'\]]*")
_SEGMENT = re.compile(r"(?<=/)(?<!HTTP/)[\w%.~:@+-]*[^a-z/_\s\"'\]-][\w%.~:@+-]*(?=/|$|\s|\"|')")
_HELD_BACK = "(not kept)"


class SilentReporterFilter(SafeExceptionReporterFilter):
    """Report an exception by its place alone: no value of a variable, form, query, cookie, header or setting."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        meta = getattr(request, "META", {})
        return {name: meta[name] for name in ("REQUEST_METHOD",) if name in meta}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_cleansed_multivaluedict(self, request: HttpRequest, multivaluedict: QueryDict) -> QueryDict:
        return QueryDict()

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> ItemsView[str, Any]:
        return dict.fromkeys(sorted(tb_frame.f_locals), _HELD_BACK).items()


class NoParameters(logging.Filter):
    """Strip from a record the parameters of every address, and the request and the variables it carries.

    Of an exception the type and the place are kept; its words are not, for they may quote a value.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_parameters(_message_of(record)), ()
        for name in ("request", "exc_text", "stack_info"):
            if getattr(record, name, None) is not None:
                setattr(record, name, None)
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.msg} {_place_of(record.exc_info)}"
            record.exc_info = None
        return True


def without_parameters(text: str) -> str:
    """Strip query strings, and every part of a path that is not plain lower-case words: a number, a code, a token."""
    return _SEGMENT.sub("…", _QUERY.sub("", text))


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # arguments that do not fit must not stop the work that logged them
        return str(record.msg)


def _place_of(exc_info: Any) -> str:
    """Name the exception and the lines it passed through, innermost first: file:line function."""
    kind, _error, trace = exc_info
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"[{kind.__name__} at {' < '.join(reversed(places[-12:]))}]"
