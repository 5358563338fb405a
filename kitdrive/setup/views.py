"""The page that opens the first house."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kitdrive.setup.forms import Points, SetupForm
from kitdrive.setup.middleware import is_done
from kitdrive.setup.operations import set_up
from web.errors import Refused, attach
from web.messages import succeed

SIGNS_IN = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """Open the house, sign its administrator in, and go on to the second factor; once somebody has an account, 404."""
    if is_done():
        raise Http404
    form = SetupForm(request.POST or None)
    lines = Points(request.POST or None, prefix="points")
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            user = set_up(**form.cleaned_data, points=list(lines.lines))
        except Refused as refused:
            attach(form, lines, refused)
        else:
            login(request, user, backend=SIGNS_IN)
            reauthenticate_by_password(request)
            house = form.cleaned_data["house_name"]
            succeed(request, _("%(house)s is open. One thing is left: your second factor.") % {"house": house})
            return redirect("mfa_activate_totp")
    return render(request, "kitdrive/setup.html", {"form": form, "lines": lines})
