"""Delete for good what has been withdrawn for PURGE_AFTER_DAYS days; its history stays."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.history import Route, recording
from agreements.models import Agreement
from agreements.models.record import Record
from agreements.withdrawing import due_to_purge, purge


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what is due, delete nothing")

    def handle(self, *, dry_run, **options):
        """What something still refers to stays, and is told."""
        days, today = settings.PURGE_AFTER_DAYS, timezone.localdate()
        if not days:
            self.stdout.write(_("PURGE_AFTER_DAYS is 0: nothing is ever purged."))
            return
        done, kept = 0, 0
        for record in due(today, days):
            self.stdout.write(f"{record._meta.verbose_name} {record.code}: {record}")
            if dry_run:
                kept += 1
                continue
            try:
                with recording(Route.COMMAND):
                    purge(record, version=record.version, today=today, days=days, by="purge")
                done += 1
            except ValidationError as error:
                kept += 1
                self.stderr.write(error.messages[0])
        self.stdout.write(_("Purged: %(count)s. Kept: %(kept)s.") % {"count": done, "kept": kept})


def due(today, days):
    """Every record that is due, agreements last, because others refer to them."""
    tables = [model for model in apps.get_models() if issubclass(model, Record)]
    for model in sorted(tables, key=lambda one: one is Agreement):
        yield from list(due_to_purge(model.objects.order_by("-pk"), today, days))
