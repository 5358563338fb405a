"""Publishing the page of a drive, and taking it back: what will be seen is shown first."""

from dataclasses import replace

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Drive
from donations.publishing import LONGEST_SLUG, proposed_slug, publish_drive, unpublish_drive
from kitdrive.public.facts import facts_of
from kitdrive.public.pages import drive_context
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused, attach
from web.forms import PageForm
from web.messages import succeed
from web.questions import Question

UNPUBLISH = Question(
    gettext_lazy("Take the public page back"),
    gettext_lazy(
        "The public page of “%(drive)s” will answer that there is nothing at its address: here within seconds, in the"
        " memory of browsers and proxies within a minute. The address stays kept for this drive."
    ),
    gettext_lazy("Take the page back"),
    is_danger=True,
)


class PublishForm(PageForm):
    slug = forms.CharField(
        label=gettext_lazy("Address of the page"),
        max_length=LONGEST_SLUG,
        help_text=gettext_lazy("Lowercase letters without accents, digits and hyphens. It does not change any more."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


@requires(*COORDINATES)
def drive_publish(request: Request, pk: int) -> HttpResponse:
    """Show what the page would say in the reader's language, ask for its address once, and publish it."""
    drive = get_object_or_404(Drive.objects.visible_to(request.acting).select_related("house"), pk=pk)
    form = PublishForm(request.POST or None, initial={"slug": proposed_slug(drive)})
    if request.method == "POST" and (drive.slug or form.is_valid()):
        try:
            publish_drive(drive=drive, slug=drive.slug or form.cleaned_data["slug"], actor=request.user)
        except Refused as refused:
            attach(form, None, refused)
        else:
            undo = reverse("drive_unpublish", args=[drive.pk])
            succeed(request, _("The page of “%(drive)s” is public.") % {"drive": drive}, undo=undo)
            return redirect(drive)
    context = drive_context(facts_of(drive)) | {"form": None if drive.slug else form}
    return render(request, "kitdrive/drive_publish.html", context)


@requires(*COORDINATES)
def drive_unpublish(request: Request, pk: int) -> HttpResponse:
    drive = get_object_or_404(Drive.objects.visible_to(request.acting), pk=pk)
    if request.method == "POST":
        unpublish_drive(drive=drive, actor=request.user)
        undo = reverse("drive_publish", args=[drive.pk])
        succeed(request, _("The page of “%(drive)s” is not public any more.") % {"drive": drive}, undo=undo)
        return redirect(drive)
    question = replace(UNPUBLISH, sentence=UNPUBLISH.sentence % {"drive": drive})
    back = {"back_url": drive.get_absolute_url(), "back_label": drive}
    return render(request, "web/question.html", {"question": question, **back})
