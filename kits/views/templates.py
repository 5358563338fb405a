"""Templates: what each kit holds, how it is written, published and compared."""

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from kits.capacity import Capacity, capacity
from kits.comparing import Change, compare
from kits.contents import ContentLine, contents, grams, is_weight_assumed, load
from kits.enums import TemplateKind
from kits.filters import TemplateFilter
from kits.forms import PartsForm, RenameForm, TemplateForm, draft_lines, written_lines
from kits.models import KitTemplate, TemplateVersion
from kits.plans import capacities, free_articles, free_by_place
from kits.rearranging import pressed_at, rearranged, where_it_went
from kits.templates import DraftLine, create_template, new_draft, publish, rename_template, save_draft
from network.perms import COORDINATES, HANDLES_GOODS, requires
from network.requests import Request, house_of
from stock.finding import Catalogue
from stock.models import Item, Place
from web.errors import Refused, attach
from web.lists import list_page, wants_fragment
from web.messages import succeed


@requires(*HANDLES_GOODS)
def template_list(request: Request) -> HttpResponse:
    templates = KitTemplate.objects.visible_to(request.acting).with_state()
    possible = capacities(house_of(request))
    return list_page(request, "kits/template_list.html", templates, TemplateFilter, {"possible": possible})


@requires(*COORDINATES)
def template_create(request: Request) -> HttpResponse:
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            template = create_template(house=house_of(request), actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("“%(template)s” was created: now say what it holds.") % {"template": template})
            return redirect("kits:template_edit", template.pk)
    return render(request, "kits/template_create.html", {"form": form})


@requires(*HANDLES_GOODS)
def template_detail(request: Request, pk: int) -> HttpResponse:
    template = get_object_or_404(KitTemplate.objects.visible_to(request.acting), pk=pk)
    versions = list(template.versions.published().with_contents())
    version = _chosen(versions, request.GET.get("version")) or (versions[0] if versions else None)
    lines = contents(version) if version else ()
    places = Place.objects.visible_to(request.acting).in_use().where_goods_are_ready().select_related("site", "house")
    context = {
        "template": template,
        "version": version,
        "versions": versions,
        "draft": template.versions.drafts().first(),
        "groups": by_category(lines),
        "grams": grams(lines),
        "is_weight_assumed": is_weight_assumed(lines),
        **_possible(request, lines, list(places)),
    }
    return render(request, "kits/template_detail.html", context)


@requires(*COORDINATES)
def template_rename(request: Request, pk: int) -> HttpResponse:
    template = get_object_or_404(KitTemplate.objects.visible_to(request.acting), pk=pk)
    initial = {"name": template.name, "name_en": template.name_en, "is_active": template.is_active}
    form = RenameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rename_template(template=template, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("“%(template)s” was changed.") % {"template": template})
            return redirect("kits:template_detail", template.pk)
    return render(request, "kits/template_rename.html", {"form": form, "template": template})


@requires(*COORDINATES)
def template_edit(request: Request, pk: int) -> HttpResponse:
    """The draft, saved whole at each press; where there is none, the offer to prepare one."""
    template = get_object_or_404(KitTemplate.objects.visible_to(request.acting).select_related("house"), pk=pk)
    draft = template.versions.drafts().with_contents().prefetch_related("parts__template").first()
    if draft is None:
        return _prepare(request, template)
    items = Item.objects.visible_to(request.acting).in_use().allowed_in_kits()
    catalogue = Catalogue(items)
    data = rearranged(request.POST) if request.method == "POST" else None
    parts = PartsForm(data, draft=draft, initial=_parts_of(draft))
    lines = draft_lines(catalogue, data, _own_lines(draft))
    if data is not None and all([parts.is_valid(), lines.is_valid()]):
        try:
            written = written_lines(lines)
            save_draft(version=draft, lines=written, parts=parts.parts, actor=request.user)
        except Refused as refused:
            attach(parts, lines, refused)
        else:
            return _after_saving(request, template)
    here = pressed_at(request.GET) if data is None else where_it_went(request.POST)
    held = contents(draft)
    context = {
        "template": template,
        "draft": draft,
        "here": here,
        "form": parts,
        "lines": lines,
        "catalogue": catalogue,
        "grams": grams(held),
        "is_weight_assumed": is_weight_assumed(held),
        "possible": capacity(held, free_articles(template.house)),
    }
    return render(request, "kits/template_edit.html", context)


@requires(*COORDINATES)
def template_publish(request: Request, pk: int) -> HttpResponse:
    template = get_object_or_404(KitTemplate.objects.visible_to(request.acting), pk=pk)
    draft = template.versions.drafts().with_contents().first()
    if draft is None:
        return redirect("kits:template_detail", template.pk)
    refusal = None
    if request.method == "POST":
        try:
            version = publish(version=draft, actor=request.user)
        except Refused as refused:
            refusal = refused
        else:
            succeed(request, _("%(version)s is published.") % {"version": version})
            return redirect("kits:template_detail", template.pk)
    lines = contents(draft)
    weight = {"grams": grams(lines), "is_weight_assumed": is_weight_assumed(lines)}
    context = {"template": template, "draft": draft, "groups": by_category(lines), "refusal": refusal, **weight}
    return render(request, "kits/template_publish.html", context)


@requires(*HANDLES_GOODS)
def template_compare(request: Request, pk: int) -> HttpResponse:
    """Two versions side by side; without a choice, the latest two."""
    template = get_object_or_404(KitTemplate.objects.visible_to(request.acting), pk=pk)
    versions = list(template.versions.published().with_contents())
    load(versions)
    after = _chosen(versions, request.GET.get("after")) or (versions[0] if versions else None)
    before = _chosen(versions, request.GET.get("before")) or (versions[1] if len(versions) > 1 else after)
    found = compare(contents(before), contents(after)) if before and after else []
    context = {"template": template, "versions": versions, "before": before, "after": after}
    changed = [difference for difference in found if difference.change != Change.SAME]
    return render(
        request,
        "kits/template_compare.html",
        {**context, "changed": changed, "unchanged": [d for d in found if d.change == Change.SAME]},
    )


def by_category(lines: Sequence[ContentLine]) -> list[tuple[str, list[ContentLine]]]:
    """Lines under the names of their categories, in the order of the first of each."""
    order = {category: n for n, category in enumerate(dict.fromkeys(line.item.category for line in lines))}
    ordered = sorted(lines, key=lambda line: order[line.item.category])
    return [(name, list(group)) for name, group in groupby(ordered, lambda line: line.item.get_category_display())]


def _chosen(versions: list[TemplateVersion], number: str | None) -> TemplateVersion | None:
    return next((version for version in versions if str(version.number) == number), None)


def _possible(request: Request, lines: Sequence[ContentLine], places: list[Place]) -> dict[str, object]:
    """What can be made at each place where anything can, and of all that is free at them together."""
    free = free_by_place(house_of(request), places)
    together: dict[int, int] = {}
    for articles in free.values():
        for item, quantity in articles.items():
            together[item] = together.get(item, 0) + quantity
    here: list[tuple[Place, Capacity]] = [(place, capacity(lines, free.get(place.pk, {}))) for place in places]
    return {"possible": capacity(lines, together), "possible_here": [row for row in here if row[1].count]}


def _prepare(request: Request, template: KitTemplate) -> HttpResponse:
    if request.method == "POST":
        new_draft(template=template, actor=request.user)
        return redirect("kits:template_edit", template.pk)
    latest = template.versions.published().select_related("template").first()
    return render(request, "kits/template_edit.html", {"template": template, "latest": latest})


def _after_saving(request: Request, template: KitTemplate) -> HttpResponse:
    """The draft again; or, where that was pressed, the page that publishes, to which htmx goes as a whole."""
    if "publish" not in request.POST:
        here, address = where_it_went(request.POST), reverse("kits:template_edit", args=[template.pk])
        return redirect(f"{address}?{here[0]}={here[1]}" if here else address)
    address = reverse("kits:template_publish", args=[template.pk])
    return HttpResponseClientRedirect(address) if wants_fragment(request) else redirect(address)


def _own_lines(draft: TemplateVersion) -> list[DraftLine]:
    own = [line for line in contents(draft) if line.part.pk == draft.pk]
    return [DraftLine(line.items, line.quantity, line.is_optional, line.note) for line in own]


def _parts_of(draft: TemplateVersion) -> dict[str, object]:
    parts = list(draft.parts.all())
    bases = [part for part in parts if part.template.kind == TemplateKind.KIT]
    return {"base": bases[0] if bases else None, "modules": [part for part in parts if part not in bases]}
