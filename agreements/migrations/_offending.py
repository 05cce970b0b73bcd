"""New rules meet old rows: an upgrade names the rows that break a rule, in words, before it changes anything."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations
from django.utils.translation import gettext, override

SHOWN = 10


def checked(app, model, constraint, label="code"):
    """The operations that add `constraint` to `model` of `app`; rows that break it are named by `label`."""

    def refuse_offending(apps, schema_editor):
        manager = apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)
        rows = manager.exclude(constraint.condition).order_by("pk")
        if names := list(rows.values_list(label, flat=True)[: SHOWN + 1]):
            raise CommandError(told(names, constraint))

    return [
        migrations.RunPython(refuse_offending, migrations.RunPython.noop),
        migrations.AddConstraint(model, constraint),
    ]


def told(names, constraint):
    """Which rows, which rule, and what to do; commands run without a language, so it is chosen here."""
    with override(settings.LANGUAGE_CODE):
        return gettext(
            "These rows contradict a rule of the new version: %(rows)s. %(rule)s "
            "Correct them in the version that you have used so far, then upgrade again."
        ) % {
            "rows": ", ".join(map(str, names[:SHOWN])) + (" …" if len(names) > SHOWN else ""),
            "rule": gettext(str(constraint.violation_error_message)),
        }
