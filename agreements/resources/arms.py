"""Which table a row means: a word such as “agreement” or “thỏa thuận” in a cell."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import names
from agreements.resources.values import LANGUAGES, plain


def arm_named(value, tables):
    """The key of `tables` ({arm: model}) that `value` names, by the key or by what staff call the model."""
    sought = names.key(plain(value))
    if sought in tables:
        return sought
    for language in LANGUAGES:
        with override(language):
            for arm, model in tables.items():
                if sought and sought == names.key(str(model._meta.verbose_name)):
                    return arm
    raise ValueError(
        _("“%(value)s” is no kind of record: write one of %(choices)s.")
        % {"value": plain(value), "choices": ", ".join(tables)}
    )
