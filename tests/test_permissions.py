"""Every address of kitdrive, and what it answers to each person. An address that has no row here fails.

To add one: give it a row in tests/permission_table.py, by its name, with one character for each of

    anonymous, nobody (an account without a role), volunteer, coordinator, distributor, referrer, partner, network,
    admin, coordinator elsewhere (of another house)

    .  200   the page        >  302/303  goes on to another page      l  to the page of signing in
    x  403   not this role   0  404      not theirs, or not in this state

An address with an argument is asked for a row of the stage (tests/permission_stage.py): its first word says which
(shipment_edit: a shipment), or name the address itself there. Who may not GET an address may not POST to it either;
that is asked too. What answers with a file is among FILES. Two addresses of one name: the second row names the
argument. A row that begins with "POST " is asked by POST, for addresses that take nothing else.
"""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.permission_stage import PEOPLE, Stage, the_person
from tests.permission_table import ADMINISTRATION, FILES, MODELS, SHARED, TABLE

pytestmark = pytest.mark.django_db
SHUT = "lx"
EVERY_PAGE = ("changelist", "add", "change", "delete", "history", "simple_history")


def routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each address with the names of its arguments, the administration's left out."""

    def walk(patterns, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
                yield from walk(pattern.url_patterns, inner)
            elif pattern.name:
                arguments = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
                yield ":".join((*namespaces, pattern.name)), arguments

    return walk(get_resolver().url_patterns)


OURS = sorted(route for route in set(routes()) if not route[0].startswith("admin:"))
ADMINS = sorted(route for route in set(routes()) if route[0].startswith("admin:"))


def character(answer: HttpResponse) -> str:
    """What an answer is, as one character of the table."""
    if answer.status_code in (302, 303):
        return "l" if "/login/" in answer.url else ">"
    return {200: ".", 403: "x", 404: "0"}.get(answer.status_code, str(answer.status_code))


def address(route: str, arguments: tuple[str, ...], stage: Stage) -> str:
    fixed = {"uidb36": "1", "key": "set-password", "kind": "organisations", "slug": "collecte", "size": "small"}
    fixed |= {"part": "forms", "point": stage.point.pk, "sheet": "a4-fr"}
    fixed["day"] = timezone.localdate()
    if "picture" in arguments:
        fixed["picture"] = stage.row_of(route).picture
    values = {name: fixed[name] if name in fixed else stage.row_of(route).pk for name in arguments}
    return reverse(route, kwargs=values)


def test_every_address_has_its_row_and_every_row_its_address():
    assert {name for name, _arguments in OURS} == {name.partition(" ")[0] for name in TABLE}
    assert all(len(row.removeprefix("POST ")) == len(PEOPLE) for row in TABLE.values())


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_opens_what_is_theirs_and_nothing_else(client, who):
    stage, user = Stage(), the_person(who)
    found, expected = {}, {}
    for name, arguments in OURS:
        if user:
            client.force_login(user)
        at = f"{name} {' '.join(arguments)}"
        row = TABLE.get(at) or TABLE[name]
        ask = client.post if row.startswith("POST ") else client.get
        expected[at] = row.removeprefix("POST ")[PEOPLE.index(who)]
        answer = ask(address(name, arguments, stage))
        found[at] = character(answer)
        if found[at] in SHUT:
            found[at] = character(client.post(address(name, arguments, stage)))
        if found[at] == ".":
            assert answer.headers["content-type"].startswith("text/html") == (name not in FILES), at
    assert found == expected


def test_every_address_of_the_administration_is_in_the_table():
    models = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    known = {f"{model}_{action}" for model, does in MODELS.items() for action in (*EVERY_PAGE, *does)}
    assert models == set(MODELS)
    assert {name.removeprefix("admin:") for name, _arguments in ADMINS} <= known | set(ADMINISTRATION)


@pytest.mark.parametrize("who", [*PEOPLE, "admin elsewhere"])
def test_the_administration_is_for_administrators_and_each_for_their_own_house(client, who):
    stage, user = Stage(), the_person(who)
    if user:
        client.force_login(user)
    found, expected = {}, {}
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        for action in {"changelist", "add", "change", "delete", "history", *MODELS[name]}:
            arguments = [] if action in ("changelist", "add") else [stage.administered(model).pk]
            found[name, action] = character(client.get(reverse(f"admin:{name}_{action}", args=arguments)))
            expected[name, action] = in_administration(who, name, action)
            if found[name, action] + expected[name, action] == "x0":  # refused before the row is looked for
                expected[name, action] = "x"
    assert found == expected


def in_administration(who: str, model: str, action: str) -> str:
    if "admin" not in who:
        return "l"
    if who == "admin elsewhere" and model not in SHARED and action not in ("changelist", "add"):
        return "0"
    return "." if action in ("changelist", "change", "history", *MODELS[model]) else "x"


@pytest.mark.parametrize("who", PEOPLE)
def test_the_other_addresses_of_the_administration(client, who):
    user, _somebody = the_person(who), the_person("volunteer")
    if user:
        client.force_login(user)
    arguments = {"app_list": ["stock"]}
    found = {name: character(client.get(reverse(f"admin:{name}", args=arguments.get(name)))) for name in ADMINISTRATION}
    expected = {name: row[0 if who == "admin" else 1] for name, row in ADMINISTRATION.items()}
    assert found == (expected if user else dict.fromkeys(expected, "l"))
