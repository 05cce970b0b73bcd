"""From a written name to the row meant."""

from django.db import models


class ResolvingQuerySet(models.QuerySet):
    """Placeholder until names are resolved here."""
