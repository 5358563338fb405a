"""Each thing that pages are made of, in each of its states, as the pages themselves include it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kitdrive.gallery import samples
from network.enums import Role
from network.perms import requires
from network.requests import Request
from web.messages import refuse, succeed, warn

PARTS = {
    "buttons": (gettext_lazy("Buttons and ways"), samples.buttons),
    "forms": (gettext_lazy("Forms"), samples.forms_),
    "lists": (gettext_lazy("Lists"), samples.lists),
    "states": (gettext_lazy("States and messages"), samples.states),
    "figures": (gettext_lazy("Figures"), samples.figures),
}


@requires(Role.ADMIN)
def gallery(request: Request, part: str = "buttons") -> HttpResponse:
    """Show one part. What is sent from here is thrown away: it says so and comes back."""
    if part not in PARTS:
        raise Http404
    if request.method == "POST":
        succeed(request, _("Nothing was written: this is the gallery."))
        return redirect("gallery_part", part)
    if part == "states":
        _say_one_of_each(request)
    title, sample = PARTS[part]
    links = [{"slug": slug, "label": label, "is_current": slug == part} for slug, (label, _sample) in PARTS.items()]
    context = {"part": part, "part_title": title, "links": links, "template": f"kitdrive/gallery/_{part}.html"}
    return render(request, "kitdrive/gallery.html", context | sample())


def _say_one_of_each(request: Request) -> None:
    succeed(request, _("Donation n° 1482 is recorded: 24 soaps."), undo=reverse("gallery_part", args=["states"]))
    warn(request, _("3 kits were packed with a substitute: look at the recipe card."))
    refuse(request, _("The shipment was not packed: 12 soaps are missing at Store."))
