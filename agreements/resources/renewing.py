"""Records that an undone import had made, when a file names them again: they come back as the file says.

Undoing withdraws them, and they hold their codes: without this the corrected file could never come in. What
somebody withdrew by hand stays withdrawn, and the row is refused.
"""

from django.db.models import Max
from django.utils.translation import gettext as _

from agreements.models.record import is_owner, named_records, withdrawn_sentence


def withdrawn_by_undoing(model, keys):
    """Which of the withdrawn records `keys` the undoing of an import withdrew: it stands in their history."""
    last = model.history.filter(id__in=keys).order_by().values("id").annotate(last=Max("history_id"))
    rows = model.history.filter(history_id__in=[one["last"] for one in last], batch__isnull=False)
    return set(rows.filter(withdrawn_on__isnull=False).values_list("id", flat=True))


class RenewingMixin:
    """For a kind of top records: rows that name what an undone import had made."""

    undone = frozenset()

    def prefetch(self, entries):
        """Also learns which of the withdrawn records that the rows name may come back; one query, if there are any."""
        super().prefetch(entries)
        found = (self.find(entry) for entry in entries)
        keys = {one.pk for one in found if one is not None and one.withdrawn_on}
        self.undone = withdrawn_by_undoing(self.model, keys) if keys else frozenset()

    def refuse_withdrawn(self, entry):
        """Put the record back where an undone import had made it; its agreement must be in the register."""
        record = entry.instance
        if record.pk not in self.undone or not record.withdrawn_on:
            super().refuse_withdrawn(entry)
        elif whole := withdrawn_tie(record):
            entry.fault("", withdrawn_sentence(whole))
        else:
            record.withdrawn_on, record.withdrawn_by_id, record.withdrawn_reason = None, None, ""
            if hasattr(record, "withdrawn_with_agreement"):
                record.withdrawn_with_agreement = False

    def describe(self, entry, differences):
        super().describe(entry, differences)
        if "withdrawn_on" in differences:
            code = entry.instance.code
            entry.changes["code"] = (_("%(code)s (withdrawn)") % {"code": code}, code)


def withdrawn_tie(record):
    """The withdrawn record to which `record` is tied (its agreement), or None."""
    ties = (getattr(record, one.name) for one in named_records(type(record)) if is_owner(one))
    return next((one for one in ties if one is not None and one.withdrawn_on), None)
