"""Home, and the choice of the house one acts for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kitdrive.home import home_of
from network.requests import Request


def home(request: Request) -> HttpResponse:
    return render(request, "kitdrive/home.html", {"home": home_of(request.acting)})


@require_POST
def choose_house(request: HttpRequest) -> HttpResponse:
    """Act for another of one's houses; `load` ignores a house that is not one's own."""
    house = request.POST.get("house", "")
    if house.isdecimal() and len(house) < 19:
        request.session["house"] = int(house)
    return redirect("home")
