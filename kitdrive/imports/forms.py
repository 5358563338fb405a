from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from web.forms import IdempotentForm
from web.imports.reader import MOST_BYTES


class FileForm(IdempotentForm):
    """The file that is looked at first. What is in it is read by the engine, which says what is wrong with it."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A table in .xlsx or in “CSV UTF-8”, 10 MB at most. Nothing is written before you say so."),
        error_messages={"required": _("Choose the file to read."), "invalid": _("Choose the file to read.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,.txt"}),
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it by year or by site."))
        return file
