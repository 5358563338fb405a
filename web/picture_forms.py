"""The field and the form with which a picture is sent, and what is asked before one is erased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from web.errors import Refused
from web.forms import PageForm
from web.pictures import Picture, redraw
from web.questions import Question

ERASE = Question(
    _("Erase the picture"),
    _("It is erased for good; another can be added at any time."),
    _("Erase the picture"),
    is_danger=True,
)


class PictureField(forms.FileField):
    """An uploaded picture, drawn anew: its cleaned value is a web.pictures.Picture."""

    default_error_messages = {
        "required": _("Choose a picture."),
        "invalid": _("Choose a picture."),
        "missing": _("Choose a picture."),
        "empty": _("This file is empty. Choose another."),
    }
    # Named one by one: an iPhone then sends JPEG in place of HEIC.
    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        file = super().clean(data, initial)
        try:
            return redraw(file) if file else None
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class PictureForm(PageForm):
    picture = PictureField(
        label=_("Picture"),
        help_text=_(
            "A JPEG, PNG or WebP, 15 MB at most. Goods alone: nobody is seen in it, no name, no number plate, no"
            " address. What the file says of place, time and device is not kept."
        ),
    )
