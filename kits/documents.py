"""Where the document of an operation is shown. Registered with the ledger (apps.py)."""

from django.urls import reverse

from kits.models import AssemblySession, Pack
from stock.models import Operation


def pack_url(operation: Operation) -> str | None:
    pack = Pack.objects.filter(operation=operation).values_list("pk", flat=True).first()
    return reverse("kits:pack_detail", args=[pack]) if pack else None


def session_url(operation: Operation) -> str | None:
    session = AssemblySession.objects.filter(closing=operation).values_list("pk", flat=True).first()
    return reverse("kits:session_detail", args=[session]) if session else None
