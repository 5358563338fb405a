"""The form that invites a tablet: its cleaned data are the arguments of the operation."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations.enums import TabletKind
from donations.forms import the_running_one
from donations.models import Drive
from donations.tablets.files import MOST_BYTES
from network.acting import Acting
from network.models import Site
from stock.models import Place
from web.forms import IdempotentForm


class TabletForm(IdempotentForm):
    drive = forms.ModelChoiceField(Drive.objects.none(), label=_("Drive"))
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Collection point"))
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("By its place or its colour, such as “Blue tablet”; never by a person."),
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=TabletKind, initial=TabletKind.SHARED, widget=forms.RadioSelect
    )
    until = forms.TimeField(
        label=_("End of the shift"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("A volunteer’s own phone logs until this hour. A shared tablet does until the drive ends."),
    )
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=_("Where loose goods go"),
        required=False,
        empty_label=_("None: they are not counted there"),
        help_text=_("For a point where goods that are given one by one are counted article by article."),
    )

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drives = Drive.objects.visible_to(acting).open()
        sites = Site.objects.visible_to(acting).in_use().filter(is_confidential=False, drives__in=drives)
        places = Place.objects.visible_to(acting).in_use().where_goods_are_ready().filter(site__in=sites)
        self.fields["drive"].queryset = drives  # type: ignore[attr-defined]
        self.fields["drive"].initial = the_running_one(drives)
        self.fields["site"].queryset = sites.distinct()  # type: ignore[attr-defined]
        self.fields["place"].queryset = places.select_related("house", "site")  # type: ignore[attr-defined]

    def clean_until(self) -> datetime | None:
        """The next time that it is that hour here."""
        hour = self.cleaned_data["until"]
        if hour is None:
            return None
        now = timezone.localtime()
        today = timezone.make_aware(datetime.combine(now.date(), hour))
        return today if today > now else timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), hour))


class TabletFileForm(IdempotentForm):
    """The file of a tablet. What is in it is read by files.py, which says what is wrong with it."""

    file = forms.FileField(
        label=_("File of the tablet"),
        allow_empty_file=True,
        help_text=_("It opens here alone, with the tablet’s own key. Bringing it in twice changes nothing."),
        error_messages={"required": _("Choose the file."), "invalid": _("Choose the file.")},
        widget=forms.FileInput(),
    )

    def clean_file(self) -> bytes:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB: no tablet gives out such a one."))
        return file.read()
