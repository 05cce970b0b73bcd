"""The paper in which a row of all offices stands: a document is of one office, the row is not."""

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from agreements.scope import sees


class SeenOnly(ForwardManyToOneDescriptor):
    """Gives None in place of a row that the reader of the page may not see."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        found = super().__get__(instance, cls)
        return found if found is None or sees(type(found), found.pk) else None


class PaperField(models.ForeignKey):
    """A foreign key to documents from a row that all offices read; to the database a plain one."""

    forward_related_accessor_class = SeenOnly

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
