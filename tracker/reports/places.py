"""Places as reports ask for them: as they are now, their predecessors included, or as they were named then."""

from collections import defaultdict

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.filters import one_of
from agreements.models import AgreementRole, Body, Succession
from delegations.models import DelegationRole, DeliveryRole, MeetingRole

THEN = "then"
"""The word of an address for places as they were named then; anything else means as they are now."""
ROLES = (AgreementRole, DelegationRole, MeetingRole, DeliveryRole)


def named():
    """A filter: whether a place stands for its predecessors too."""
    return django_filters.ChoiceFilter(
        label=_("Localities"),
        choices=[(THEN, _("as named then"))],
        empty_label=_("as they are now"),
        method="as_named",
    )


def named_words(value):
    """The choice of `named` in words."""
    return str(_("as named then") if value == THEN else _("as they are now"))


def occurring(*roles):
    """Places of which some body takes part in agreements, visits, meetings or aid."""
    wanted = Q()
    for role in roles or ROLES:
        wanted |= Q(pk__in=role.objects.values("body__area"))
    return Body.objects.filter(wanted)


def ours(*roles):
    """Those of Việt Nam."""
    return occurring(*roles).filter(country="VN")


def theirs(*roles):
    """Those of other countries."""
    return occurring(*roles).exclude(country="VN")


def place_filter(label, rows):
    """A filter by one of the places that `rows()` gives."""
    return one_of(label, rows, "with_partner")


def standing_for(places, as_now=True):
    """{id of each of `places`: ids for which it stands}: with `as_now` all that came before it (one query)."""
    if not as_now:
        return {place.pk: {place.pk} for place in places}
    earlier = defaultdict(set)
    for old, new in Succession.objects.values_list("old", "new"):
        earlier[new].add(old)
    return {place.pk: with_earlier(place.pk, earlier) for place in places}


def with_earlier(pk, earlier):
    """`pk` and all that came before it, near and far."""
    found, front = {pk}, {pk}
    while front:
        front = set().union(*(earlier.get(one, ()) for one in front)) - found
        found |= front
    return found
