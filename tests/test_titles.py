"""Each page has a title of its own: two that a browser shows side by side, or lists as visited, are told apart."""

import re
from collections import defaultdict
from html import unescape

import pytest

from tests.permission_stage import PEOPLE, Stage, the_person
from tests.permission_table import FILES, TABLE
from tests.test_permissions import OURS, address

pytestmark = pytest.mark.django_db
SAME = {  # one page at two addresses, and in the two languages of the public
    "kits:target_list drive_pk": "kits:target_list",
    "public_drive_en slug": "public_drive_fr",
    "public_index_en ": "public_index_fr",
    "public_point_en slug point": "public_point_fr",
}


def title_of(page: str) -> str:
    return unescape(" ".join(re.search("<title>(.*?)</title>", page, re.DOTALL).group(1).split()))


def pages_of(who: str, stage: Stage):
    """The name and the address of each page that this person may open."""
    for name, arguments in OURS:
        at = f"{name} {' '.join(arguments)}"
        row = TABLE.get(at) or TABLE[name]
        if not row.startswith("POST ") and row[PEOPLE.index(who)] == "." and name not in FILES:
            yield SAME.get(at, name), address(name, arguments, stage)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_two_pages_share_a_title(client, who):
    stage, user, pages = Stage(), the_person(who), defaultdict(set)
    if user:
        client.force_login(user)
    for name, path in pages_of(who, stage):
        pages[title_of(client.get(path).content.decode())].add(name)
    assert [f"{title}: {sorted(names)}" for title, names in pages.items() if len(names) > 1] == []
    assert len(pages) > 1
