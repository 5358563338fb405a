"""One question a function: may this acting person do this? And the decorator that asks it before a view runs."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from network.acting import Acting
from network.enums import Role
from network.requests import Request

View = Callable[..., HttpResponseBase]

COORDINATES = (Role.COORDINATOR,)
HANDLES_GOODS = (Role.VOLUNTEER, Role.COORDINATOR, Role.DISTRIBUTOR)
SEES_STOCK = (Role.VOLUNTEER, Role.COORDINATOR, Role.DISTRIBUTOR, Role.ADMIN)
HANDS_OVER = (Role.COORDINATOR, Role.DISTRIBUTOR)
EVERY_ROLE = tuple(Role)


def requires(*roles: Role) -> Callable[[View], View]:
    """Let only who acts with one of `roles` open the view; everybody else is refused (403). Rows are scoped apart."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args, **kwargs) -> HttpResponseBase:
            if not request.acting.has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


def roles_of(url: str) -> tuple[Role, ...] | None:
    """The roles that the view at `url` lets in, or None where it names none."""
    try:
        return getattr(resolve(url).func, "roles", None)
    except Resolver404:
        return None


def may_open(acting: Acting, url: str) -> bool:
    """Whether the view at `url` lets `acting` in. Which rows they find there is not asked."""
    roles = roles_of(url)
    return roles is None or acting.has_role(*roles)
