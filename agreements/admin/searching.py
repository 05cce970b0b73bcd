"""Search without accents, and which rows an autocomplete offers first."""

import re

from django.db.models import Case, F, IntegerField, Q, When

from agreements import names
from agreements.models import Body, Name
from agreements.models.resolving import arm_of

LAO = re.compile("[\u0e80-\u0eff]")
OFFERED = {
    "office": "organizations",
    "kept_by": "organizations",
    "signed_at": "places",
    "place": "places",
    "area": "places",
}
"""Foreign keys to bodies that take only one kind of them: a record is kept by an office, signed at a place."""


def offered(field_name, bodies):
    """Those of the QuerySet `bodies` that the foreign key `field_name` takes."""
    return getattr(bodies, OFFERED[field_name])() if field_name in OFFERED else bodies


def asked_field(request):
    """The field whose autocomplete asks, or "" on any other page."""
    match = getattr(request, "resolver_match", None)
    return request.GET.get("field_name", "") if match and match.url_name == "autocomplete" else ""


def beginning(path, word):
    """Rows in whose folded text `path` a word begins with `word`; Lao is written without spaces between words."""
    if LAO.search(word):
        return Q(**{f"{path}__contains": word})
    return Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})


def bearing(model, word):
    """Q: rows of `model` one of whose names holds `word`."""
    arm = arm_of(model)
    others = Name.objects.filter(**{f"{arm}__isnull": False}, key__contains=word)
    return Q(key__contains=word) | Q(pk__in=others.values(arm))


def named(model, word):
    """Primary keys of the rows of `model` found by `word`; of bodies also those of a place so named."""
    found = bearing(model, word)
    if model._meta.concrete_model is Body:
        found |= Q(area__in=Body.objects.filter(bearing(Body, word)).values("pk"))
    return model._base_manager.filter(found).values("pk")


def target(model, path):
    """The model at the end of the relation `path` from `model`."""
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model


class FoldedSearch:
    """Search without accents, on SQLite and PostgreSQL alike: every word in one of `search_fields`.

    `search_fields` are paths to folded text ("folded", matched at the beginnings of words), "named" (the
    row's own names), "names" (its other titles), or relations to what bears names ("roles__body"). Those
    over parts are looked up apart, so that no row comes twice.
    """

    search_fields = ("folded",)

    def get_search_results(self, request, queryset, search_term):
        words = names.fold(search_term[: names.LONGEST]).split()
        if search_term.strip() and not words:
            return queryset.none(), False
        for word in words:
            queryset = queryset.filter(self.holds(queryset.model, word))
        if words and asked_field(request):
            queryset = best_first(queryset, words)
        return queryset, False

    def holds(self, model, word):
        found = Q()
        for path in self.search_fields:
            found |= self.match(model, path, word)
        return found

    def match(self, model, path, word):
        if path.endswith("folded"):
            return beginning(path, word)
        if path == "named":
            return Q(pk__in=named(model, word))
        if path == "names":
            others = Name.objects.filter(**{f"{arm_of(model)}__isnull": False}, key__contains=word)
            return Q(pk__in=others.values(arm_of(model)))
        rows = model._base_manager.filter(**{f"{path}__in": named(target(model, path), word)})
        return Q(pk__in=rows.values("pk"))


def best_first(queryset, words):
    """Exact names first, then those that begin as typed, then places, then the rest."""
    model = queryset.model
    if not (hasattr(model, "key") or hasattr(model, "folded")):
        return queryset  # progress reports: found by their commitment, in their own order
    if not hasattr(model, "key"):
        if not hasattr(model, "folded"):  # found by the texts of its commitment alone: in its own order
            return queryset
        return queryset.annotate(best=text_rank(" ".join(words))).order_by("best", *model._meta.ordering)
    is_body = model._meta.concrete_model is Body
    queryset = queryset.annotate(best=name_rank(model, "".join(words), is_body))
    if is_body:  # those that exist today before those that ended
        return queryset.order_by("best", F("exists_last").asc(nulls_first=True), "sort")
    return queryset.order_by("best", "sort")


def text_rank(phrase):
    whens = [When(folded__startswith=phrase, then=0), When(folded__contains=phrase, then=1)]
    return Case(*whens, default=2, output_field=IntegerField())


def name_rank(model, typed, is_body):
    arm = arm_of(model)
    exact = Name.objects.filter(**{f"{arm}__isnull": False}, key=typed).values(arm)
    whens = [When(key=typed, then=0), When(pk__in=exact, then=1), When(key__startswith=typed, then=2)]
    places = [When(kind__in=Body.PLACES, then=3)] if is_body else []
    return Case(*whens, *places, default=4, output_field=IntegerField())
