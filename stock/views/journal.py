"""What happened: the journal, one operation, its reversal, and what was set aside."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.perms import COORDINATES, may_open, requires
from network.requests import Request
from stock import registry
from stock.enums import OperationKind
from stock.filters import OperationFilter
from stock.models import Conflict, Movement, Operation
from stock.perms import READS_JOURNAL, can_reverse
from stock.place_operations import settle
from stock.wording import in_words
from web.errors import Refused, attach
from web.forms import IdempotentForm
from web.lists import list_page
from web.messages import succeed


@requires(*READS_JOURNAL)
def operation_list(request: Request) -> HttpResponse:
    operations = Operation.objects.visible_to(request.acting).for_display()
    context = {"conflicts": Conflict.objects.visible_to(request.acting).open().count()}
    name = "stock/operation_list.html"
    return list_page(request, name, operations, OperationFilter, context, dress=_with_sums, is_endless=True)


def _with_sums(operations: list[Operation]) -> list[Operation]:
    """Say of each its number, and how many lots and pieces moved, in one statement for all."""
    registry.give_numbers([*operations, *(operation.reverses for operation in operations if operation.reverses)])
    moved = Movement.objects.filter(operation__in=operations).order_by().values("operation")
    sums = {row["operation"]: row for row in moved.annotate(lots=Count("lot", distinct=True), pieces=Sum("quantity"))}
    for operation in operations:
        operation.moved = sums.get(operation.pk)  # type: ignore[attr-defined]
    return operations


@requires(*READS_JOURNAL)
def operation_detail(request: Request, pk: int) -> HttpResponse:
    operation = get_object_or_404(Operation.objects.visible_to(request.acting).for_display(), pk=pk)
    movements = operation.movements.select_related("lot__item", "source__site", "target__site")
    document = registry.document_url(operation)
    context = {
        "operation": operation,
        "movements": movements,
        "document_url": document if document and may_open(request.acting, document) else None,
        "can_reverse": can_reverse(request.acting, operation),
    }
    return render(request, "stock/operation_detail.html", context)


@requires(*COORDINATES)
def operation_reverse(request: Request, pk: int) -> HttpResponse:
    """Ask, or on POST take an operation back; “Undo” posts no key of its own, and one operation has one reversal."""
    operation = get_object_or_404(Operation.objects.visible_to(request.acting).for_display(), pk=pk)
    if operation.kind not in registry.reversals:
        raise PermissionDenied(_("Nothing of this kind is taken back. Record what corrects it."))
    form = IdempotentForm(_with_key(request, operation))
    if form.is_valid():
        try:
            registry.reversals[operation.kind](
                operation=operation, actor=request.user, key=str(form.cleaned_data["key"])
            )
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(operation)s is taken back.") % {"operation": operation})
            return redirect(operation)
    return render(request, "stock/operation_reverse.html", {"operation": operation, "form": form})


def _with_key(request: Request, operation: Operation) -> Any:
    if request.method != "POST":
        return None
    return request.POST if "key" in request.POST else {"key": uuid5(NAMESPACE_OID, operation.key)}


@requires(*COORDINATES)
def conflict_list(request: Request) -> HttpResponse:
    conflicts = Conflict.objects.visible_to(request.acting).open().select_related("operation", "actor", "device")
    return list_page(request, "stock/conflict_list.html", conflicts, per_page=20, dress=_in_words)


def _in_words(conflicts: list[Conflict]) -> list[Conflict]:
    """Say what was sent, and whether its first operation has a page: a handover and another house's have none."""
    registry.give_numbers([conflict.operation for conflict in conflicts])
    for conflict in conflicts:
        first = conflict.operation
        conflict.leads_somewhere = (  # type: ignore[attr-defined]
            first.house_id == conflict.house_id and first.kind != OperationKind.HAND_OVER
        )
        conflict.words = in_words(conflict.content, first.kind)  # type: ignore[attr-defined]
    return conflicts


@require_POST
@requires(*COORDINATES)
def conflict_settle(request: Request, pk: int) -> HttpResponse:
    conflict = get_object_or_404(Conflict.objects.visible_to(request.acting), pk=pk)
    settle(conflict=conflict, actor=request.user)
    succeed(request, _("This entry is settled."))
    return redirect("stock:conflict_list")
