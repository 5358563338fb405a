"""Invented content for the gallery: the usual, the empty, the long, the wrong."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from web.forms import LineForm, PageForm, QuantityField, lines_formset
from web.numbers import grouped

LONG = gettext_lazy("Hypoallergenic washing lotion without perfume for newborn babies, refill of two litres")
SIZES = [("", gettext_lazy("Everything")), ("s", gettext_lazy("small")), ("l", gettext_lazy("large"))]
ICONS = [
    "house gift boxes box-seam truck person-check buildings gear search funnel plus-lg pencil trash printer",
    "download upload arrow-left arrow-right arrow-counterclockwise check-circle-fill exclamation-triangle-fill",
    "x-octagon-fill info-circle-fill circle-half circle",
]


class SampleForm(PageForm):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=20, help_text=gettext_lazy("As others will read it."))
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    quantity = QuantityField(label=gettext_lazy("Quantity"))
    size = forms.ChoiceField(label=gettext_lazy("Size"), choices=SIZES[1:])
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    picture = forms.FileField(label=gettext_lazy("Picture"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    is_public = forms.BooleanField(
        label=gettext_lazy("Shown on the public page"),
        required=False,
        help_text=gettext_lazy("You can change it later."),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it goes"),
        choices=[("delivery", gettext_lazy("we bring it")), ("pickup", gettext_lazy("they fetch it"))],
        widget=forms.RadioSelect,
        required=False,
    )


class SampleLine(LineForm):
    name = forms.CharField(label=gettext_lazy("Article"), max_length=80)
    quantity = QuantityField(label=gettext_lazy("Quantity"))


class Narrow(forms.Form):
    text = forms.CharField(label=gettext_lazy("Article"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), choices=SIZES, required=False)


SampleLines = lines_formset(SampleLine, rows=3)


def buttons() -> dict[str, Any]:
    labels = [_("Move goods"), _("Correct a count"), _("Write off")]
    actions = [{"label": each, "url": "#", "icon": "pencil", "primary": not at} for at, each in enumerate(labels)]
    return {"actions": actions, "icons": " ".join(ICONS).split()}


def forms_() -> dict[str, Any]:
    """A form that is empty, one that was refused, one that cannot be changed; lines with a mistake; a question."""
    wrong = SampleForm({"name": _("A name that is far too long for this field"), "email": "nobody", "quantity": "-3"})
    shut = SampleForm(initial={"name": "Camille", "quantity": 12, "size": "l"}, auto_id="shut_%s")
    for field in shut.fields.values():
        field.disabled = True
    typed = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0", "lines-0-name": str(LONG), "lines-0-quantity": "24"}
    lines = SampleLines(typed | {"lines-1-name": _("Soap"), "lines-1-quantity": "1.5"}, prefix="lines")
    lines.is_valid()
    return {"empty": SampleForm(auto_id="empty_%s"), "wrong": wrong, "shut": shut, "lines": lines}


def lists() -> dict[str, Any]:
    names = [_("Soap"), _("Toothbrush for adults"), str(LONG), _("Silk scarf")]
    states = [("done", _("ready")), ("doing", _("being packed")), ("attention", _("late")), ("refused", _("refused"))]
    rows = [
        {"name": name, "place": _("Workshop, store"), "count": 1482 // (at + 1), "kind": kind, "state": state}
        for at, (name, (kind, state)) in enumerate(zip(names, states, strict=True))
    ]
    return {
        "filter": SimpleNamespace(form=Narrow({"text": _("Soap"), "size": ""})),
        "page": Paginator(range(1482), 50).get_page(3),
        "rows": rows,
        "one": rows[:1],
    }


def states() -> dict[str, Any]:
    late = 3
    sentence = ngettext("%(count)s pledge is late.", "%(count)s pledges are late.", late) % {"count": grouped(late)}
    kinds = [
        ("done", _("acknowledged")),
        ("doing", _("on its way")),
        ("attention", _("late")),
        ("refused", _("refused")),
        ("quiet", _("cancelled")),
    ]
    return {"kinds": kinds, "attention": [(sentence, "#"), (_("Long: %(name)s") % {"name": LONG}, "#")]}


def figures() -> dict[str, Any]:
    return {"made": [0, 320, 800, 1040], "target": 800, "big": 1_234_567}
