from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string

from web.messages import refuse, succeed, warn


def shown(rf, say):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    say(request)
    return render_to_string("web/_messages.html", {"messages": get_messages(request)})


def test_a_success_offers_to_be_taken_back(rf):
    page = shown(rf, lambda request: succeed(request, "Donation 12 recorded.", undo="/stock/operations/12/undo/"))
    assert "Donation 12 recorded." in page
    assert '<form method="post" action="/stock/operations/12/undo/"' in page


def test_what_cannot_be_taken_back_offers_nothing(rf):
    assert "<form" not in shown(rf, lambda request: succeed(request, "Kit handed over."))


def test_warnings_and_refusals_have_a_shape_of_their_own(rf):
    page = shown(rf, lambda request: (warn(request, "Late."), refuse(request, "Gone.")))
    assert "bi-exclamation-triangle-fill" in page
    assert "bi-x-octagon-fill" in page


def test_what_was_typed_is_escaped(rf):
    assert "<b>" not in shown(rf, lambda request: succeed(request, "<b>Soap</b>"))
