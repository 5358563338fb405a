"""The one form that opens a house."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from web.forms import IdempotentForm, LineForm, lines_formset


def _password(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        **kwargs,
    )


class SetupForm(IdempotentForm):
    house_name = forms.CharField(label=_("Name of your association"), max_length=120)
    name = forms.CharField(
        label=_("Your first name or a pseudonym"),
        max_length=40,
        help_text=_("This is all that other people see: no family name."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = _password(_("Password"), help_text=_("12 characters at least, such as three words that only you join."))
    password_again = _password(_("Password, once more"))
    store_name = forms.CharField(label=_("Name of the store"), max_length=80, initial=_("Store"))
    store_address = forms.CharField(
        label=_("Address of the store"),
        max_length=200,
        required=False,
        help_text=_("Empty if nobody is to know it: people then come to your first collection point."),
    )
    store_city = forms.CharField(
        label=_("City of the store"),
        max_length=80,
        required=False,
        help_text=_("Goes with the address: leave it empty too where there is none."),
    )
    drive_name = forms.CharField(label=_("Name of your first drive"), max_length=120)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    with_starter = forms.BooleanField(
        label=_("Begin with a catalogue and three kits made for such drives"),
        required=False,
        initial=True,
        help_text=_("Articles with their weights, and templates that you can change. Without it you begin empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            again = _("Write it once more: a password is never sent back to you.")
            for field in (self.fields["password"], self.fields["password_again"]):
                field.help_text = f"{again} {field.help_text}".strip()
        today = timezone.localdate()
        self.initial.update(starts_on=today, ends_on=today + timedelta(days=30))

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            "key",
            Fieldset(_("Your association"), "house_name"),
            Fieldset(_("You, who administer and coordinate"), "name", "email", "password", "password_again"),
            Fieldset(_("The store"), "store_name", "store_address", "store_city"),
            Fieldset(_("The first drive"), "drive_name", "starts_on", "ends_on"),
            Fieldset(_("What kits hold"), "with_starter"),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        """Check the passwords, and leave out the second: what is left are the operation's arguments."""
        cleaned = super().clean() or self.cleaned_data
        password, again = cleaned.get("password"), cleaned.pop("password_again", None)
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        if password:
            somebody = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(password, somebody)
            except ValidationError as error:
                self.add_error("password", error)
        if cleaned.get("store_city") and not cleaned.get("store_address"):
            self.add_error("store_city", _("A store without an address is confidential: leave its city empty too."))
        return cleaned


class PointForm(LineForm):
    name = forms.CharField(label=_("Collection point"), max_length=80)
    address = forms.CharField(label=_("Public address"), max_length=200)
    city = forms.CharField(label=_("City"), max_length=80)


Points = lines_formset(
    PointForm,
    rows=2,
    none_given=_("Name one collection point at least: the place where people bring things, with its address and city."),
)
