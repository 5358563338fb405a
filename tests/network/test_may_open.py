"""A link is shown to who may open it: the view at its end is asked."""

import pytest
from django.urls import reverse

from network.acting import choose
from network.models import Membership
from network.perms import may_open
from tests.cast import a_coordinator, a_volunteer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("person", "may"), [(a_coordinator, True), (a_volunteer, False)])
def test_the_view_says_who_may_open_it(person, may):
    user = person()
    acting = choose(user, Membership.objects.of_user(user), None)
    assert may_open(acting, reverse("network:organisation_list")) is may
    assert may_open(acting, reverse("home"))


def test_an_address_of_nobody_asks_for_no_role():
    user = a_volunteer()
    assert may_open(choose(user, Membership.objects.of_user(user), None), "/nowhere/")
