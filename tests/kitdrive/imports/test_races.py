"""The same file written twice at the same moment is there once, and nobody meets a fault."""

import pytest

from accounts.models import User
from kitdrive.imports import KINDS
from kitdrive.imports.listing import EXAMPLES
from network.acting import choose
from network.models import Membership, Organisation
from stock.models import Item
from tests.cast import a_coordinator
from web.imports.kinds import apply_import, find_kind

pytestmark = pytest.mark.race


def write(slug: str, actor: int) -> bool:
    """Write the example of a kind, and answer whether this changed anything."""
    user = User.objects.get(pk=actor)
    acting = choose(user, Membership.objects.of_user(user), None)
    kind, file = find_kind(KINDS, slug), EXAMPLES / f"{slug}.csv"
    assert kind
    return not apply_import(kind, file.read_bytes(), file.name, acting, ticked=frozenset()).changes_nothing


@pytest.mark.parametrize("kind", [kind.slug for kind in KINDS])
def test_the_same_file_twice_at_once_is_written_once(race, kind):
    actor = a_coordinator().pk
    answers = race(*[(write, {"slug": kind, "actor": actor})] * 3)
    assert answers.count(True) == 1
    assert set(answers) <= {True, False, "Refused"}
    once = Organisation.objects.count(), Item.objects.count()
    assert not write(kind, actor)
    assert (Organisation.objects.count(), Item.objects.count()) == once
