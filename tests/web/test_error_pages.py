import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.utils import translation

from web import views


@pytest.mark.parametrize(
    ("view", "args", "status"),
    [
        (views.bad_request, [ValueError("secret")], 400),
        (views.permission_denied, [PermissionDenied()], 403),
        (views.page_not_found, [ValueError("secret")], 404),
        (views.server_error, [], 500),
        (views.csrf_failure, ["secret"], 403),
    ],
)
def test_a_page_of_error_needs_no_database_and_tells_no_secret(rf, view, args, status):
    with translation.override("en"):
        answer = view(rf.get("/"), *args)
    assert answer.status_code == status
    assert b"<h1>" in answer.content
    assert b"secret" not in answer.content


@pytest.mark.parametrize(("cookies", "has_exit"), [({}, True), ({settings.SESSION_COOKIE_NAME: "somebody"}, False)])
def test_the_public_finds_the_quick_exit_there_too(rf, cookies, has_exit):
    request = rf.get("/")
    request.COOKIES.update(cookies)
    assert (b"data-quick-exit" in views.page_not_found(request, ValueError()).content) is has_exit


def test_a_refusal_may_say_why(rf):
    answer = views.permission_denied(rf.get("/"), PermissionDenied("Handovers of last week need a coordinator."))
    assert b"Handovers of last week need a coordinator." in answer.content


@override_settings(DEBUG=False)
def test_an_unknown_address_makes_no_query(client):
    answer = client.get("/static-page-that-is-not/")
    assert answer.status_code in (302, 404)
