import logging
import sys

import pytest
from django.views.debug import ExceptionReporter

from web.logs import NoParameters, SilentReporterFilter

SECRET = "marie.durand@example.org"


def logged(message, *args, **more):
    record = logging.LogRecord("django.request", logging.ERROR, "file.py", 1, message, args, more.pop("exc_info", None))
    vars(record).update(more)
    assert NoParameters().filter(record)
    return record


def failing():
    try:
        raise ValueError(SECRET)
    except ValueError:
        return sys.exc_info()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/stock/?q=marie", "/stock/"),
        ("/kits/codes/K7-ABC9/", "/kits/codes/…/"),
        ("/handovers/1482/undo/", "/handovers/…/undo/"),
        ("/account/login/", "/account/login/"),
    ],
)
def test_an_address_keeps_its_words_alone(address, kept):
    assert logged("Not Found: %s", address).getMessage() == f"Not Found: {kept}"


def test_a_fault_keeps_its_place_and_not_its_words():
    record = logged("Internal Server Error: %s", "/stock/", exc_info=failing())
    text = logging.Formatter().format(record)
    assert "ValueError at" in text
    assert "test_logs.py" in text
    assert SECRET not in text


def test_a_record_carries_no_request(rf):
    assert logged("Bad", request=rf.get("/")).request is None


def test_arguments_that_do_not_fit_stop_nothing():
    assert logged("%d bags", "many").getMessage() == "%d bags"


def test_an_error_mail_holds_no_value(rf):
    request = rf.post("/account/login/?next=x", {"login": SECRET}, headers={"x-mine": SECRET})
    request.COOKIES["sessionid"] = SECRET
    request.META["REMOTE_ADDR"] = SECRET
    reporter = ExceptionReporter(request, *failing(), is_email=True)
    reporter.filter = SilentReporterFilter()
    report = str(reporter.get_traceback_data()["request_meta"]) + str(
        [frame["vars"] for frame in reporter.get_traceback_data()["frames"]]
    )
    assert SECRET not in report
    assert "(not kept)" in str(SilentReporterFilter().get_traceback_frame_variables(request, sys._getframe()))
    assert SilentReporterFilter().get_post_parameters(request) == {}
    assert SilentReporterFilter().get_safe_settings() == {}
