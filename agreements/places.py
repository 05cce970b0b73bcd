"""Places as questions name them: as they are now, with what came before them, or as they were named then.

Mergers keep no record from sight: what was signed with Bắc Giang is asked for by Bắc Ninh, and still bears its name.
"""

from collections import defaultdict
from typing import NamedTuple

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Body, Succession

THEN = "then"
"""The word of an address for places as they were named then; anything else means as they are now."""


def at_home(used):
    """Places of Việt Nam among the ids `used` (a subquery), and what these became."""
    return with_later(used).filter(country="VN")


def abroad(used):
    """Places of other countries among the ids `used`, and what these became."""
    return with_later(used).exclude(country="VN")


def with_later(used):
    later = Succession.objects.filter(old__in=used).values("new")
    latest = Succession.objects.filter(old__in=later).values("new")
    return Body.objects.filter(Q(pk__in=used) | Q(pk__in=later) | Q(pk__in=latest))


def areas(*roles):
    """The places of the bodies that take part by these tables of roles, for `pk__in`."""
    used = Q()
    for role in roles:
        used |= Q(pk__in=role.objects.values("body__area"))
    return Body.objects.filter(used).order_by().values("pk")


class PlaceFilterSet(django_filters.FilterSet):
    """Filters by places, and whether a place stands for its predecessors too (`?partner=12&named=then`)."""

    named = django_filters.ChoiceFilter(
        label=_("Localities"),
        choices=[(THEN, _("as named then"))],
        empty_label=_("as they are now"),
        method="as_named",
    )

    def as_named(self, queryset, name, value):
        """It tells how the filters by places are meant."""
        return queryset

    def ids(self, place):
        """The ids for which `place` stands; read once."""
        known = self.__dict__.setdefault("known", {})
        if place.pk not in known:
            known |= standing_for([place], self.form.cleaned_data.get("named") != THEN)
        return known[place.pk]


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


class Place(NamedTuple):
    """A place as tables name it."""

    id: int
    name: str


def present_places():
    """{id of a former place: the Place that it is today} (one query); one that was split has no single one."""
    later = defaultdict(list)
    for old, *new in Succession.objects.order_by().values_list("old", "new", "new__name"):
        later[old].append(Place(*new))
    return {old: last for old in later if (last := present(old, later)) is not None}


def present(old, later):
    """What `old` has become in the end; None where that is not one place."""
    place, seen = None, {old}
    while len(next_ones := later.get(place.id if place else old, ())) == 1 and next_ones[0].id not in seen:
        place = next_ones[0]
        seen.add(place.id)
    return None if next_ones else place
