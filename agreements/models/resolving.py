"""From a written name to the row meant."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agreements import names
from agreements.history import RecordedQuerySet


def arm_of(model):
    """The foreign key of Name that points to `model`: body, person, agreement or term."""
    return model._meta.concrete_model._meta.model_name


class ResolvingQuerySet(RecordedQuerySet):
    """Rows that are found by any of their written names."""

    def resolve(self, text, on=None):
        """The row that `text` means on the day `on` (without a date: today, else the last one of that name).

        Raises names.UnknownName with the nearest suggestions, or names.AmbiguousName naming the choices.
        """
        return Resolver(self).resolve(text, on)

    def search(self, text):
        """Rows one of whose names contains `text`, accents and capitals apart; same hits on both databases."""
        sought = names.key(text[: names.LONGEST])
        if not sought:
            return self.none()
        other = apps.get_model("agreements", "Name").objects.filter(
            **{arm_of(self.model): OuterRef("pk")}, key__contains=sought
        )
        return self.filter(Q(key__contains=sought) | Q(code__iexact=text.strip()[:40]) | Exists(other))

    def remember(self, row, text, document=None):
        """Keep a spelling that an officer matched to `row`, so that it is asked once; returns its Name."""
        name = apps.get_model("agreements", "Name")
        arm = arm_of(self.model)
        found = name.objects.filter(**{arm: row}, text=names.normalise(text)).first()
        return found or name.objects.create(**{arm: row}, text=text, document=document, language="und")


class Resolver:
    """Answers `resolve` for any number of names after two queries."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.rows = {row.pk: row for row in queryset}
        self.register = names.Register(self.written_names())

    def written_names(self):
        candidates = {pk: candidate(row) for pk, row in self.rows.items()}
        for pk, row in self.rows.items():
            yield row.name, candidates[pk]
        arm = arm_of(self.queryset.model)
        others = apps.get_model("agreements", "Name").objects.filter(**{f"{arm}__isnull": False})
        for pk, text in others.values_list(arm, "text"):
            if pk in candidates:
                yield text, candidates[pk]

    def learn(self, row):
        """A row that is not written yet may be meant too."""
        self.rows[row.pk] = row
        self.register.add(row.name, candidate(row))

    def learn_name(self, pk, text):
        """Another name of the row `pk`."""
        self.register.add(text, candidate(self.rows[pk]))

    def resolve(self, text, on=None):
        return self.rows[self.register.resolve(text, on, timezone.localdate()).id]


def candidate(row):
    return names.Candidate(
        id=row.pk,
        label=f"{row.name} [{row.code}]",
        kind=getattr(row, "kind", ""),
        first=getattr(row, "exists_first", None),
        last=getattr(row, "exists_last", None),
    )
