"""Records that an undone import had made, when a file names them again: they come back as the file says.

Undoing withdraws them, and they hold their codes: without this the corrected file could never come in. What
somebody withdrew by hand stays withdrawn, and the row is refused. Commitments that were withdrawn together with an
agreement come back with it, as they do when it is restored on its page.
"""

from django.db.models import Max
from django.utils.translation import gettext as _

from agreements.interchange.operations import as_written
from agreements.models import Commitment, User
from agreements.models.record import is_owner, named_records, withdrawn_sentence
from agreements.withdrawing import is_together

SLICE = 500
RESTORED = {
    "withdrawn_on": None, "withdrawn_by_id": None, "withdrawn_reason": "", "withdrawn_with_agreement": False,
}  # fmt: skip


def withdrawn_by_undoing(model, keys):
    """Which of the withdrawn records `keys` the undoing of an import withdrew: it stands in their history."""
    last = model.history.filter(id__in=keys).order_by().values("id").annotate(last=Max("history_id"))
    rows = model.history.filter(history_id__in=[one["last"] for one in last], batch__isnull=False)
    return set(rows.filter(withdrawn_on__isnull=False).values_list("id", flat=True))


class Withdrawals:
    """What the sentences about withdrawn records of a batch tell, read for all rows at hand at once."""

    def __init__(self, session):
        self.session, self.staff, self.met = session, {}, False

    def learn(self, record):
        """Make ready to tell of a withdrawn record: who withdrew it, whether undoing did, its whole text."""
        self.met = True  # most files name none, and their rows need not be looked at
        if "undone_import" in record.__dict__:
            return
        model = type(record)._meta.concrete_model
        rows = [record, *(row for row in self.at_hand(model) if "undone_import" not in row.__dict__)]
        keys = {row.pk for row in rows}
        undone, whole = withdrawn_by_undoing(model, keys), model._base_manager.in_bulk(keys)
        missing = {row.withdrawn_by_id for row in rows} - {None, *self.staff}
        self.staff.update(User._base_manager.in_bulk(missing) if missing else {})
        for row in rows:
            for name, value in whole[row.pk].__dict__.items():
                row.__dict__.setdefault(name, value)  # long texts are not read with what is only named
            row._state.fields_cache["withdrawn_by"] = self.staff.get(row.withdrawn_by_id)
            row.undone_import = row.pk in undone

    def at_hand(self, model):
        """The withdrawn rows of `model` that were read for the rows planned now."""
        for (table, _column), found in self.session.read_rows.items():
            if table._meta.concrete_model is model:
                yield from (row for rows in found.values() for row in rows if row.withdrawn_on)
        for (table, _columns), found in self.session.read_keys.items():
            if table._meta.concrete_model is model:
                yield from (row for row in found.values() if row is not None and row.withdrawn_on)


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
            self.batch.withdrawals.learn(whole)
            entry.fault("", withdrawn_sentence(whole))
        else:
            for name, value in RESTORED.items():
                if name in record.__dict__:
                    setattr(record, name, value)

    def describe(self, entry, differences):
        super().describe(entry, differences)
        if "withdrawn_on" in differences:
            code, count = entry.instance.code, self.coming_along(entry)
            now = _("%(code)s, and %(count)s commitments with it") % {"code": code, "count": count}
            entry.changes["code"] = (_("%(code)s (withdrawn)") % {"code": code}, now if count else code)

    def coming_along(self, entry):
        """How many other records come back with that of the row."""
        return 0


class AgreementRenewing:
    """For the kind of agreements: commitments that were withdrawn together with one come back with it."""

    def prefetch(self, entries):
        super().prefetch(entries)
        if self.undone:
            fetch_commitments(self.session, self.undone)

    def coming_along(self, entry):
        return len(list(commitments_along(self.session, entry.instance.pk, entry.kept[0])))

    def touch(self, entry):
        super().touch(entry)
        if not entry.new and entry.kept[0]["withdrawn_on"]:
            names = ("withdrawn_on", "withdrawn_reason")
            self.batch.renewed[entry.instance.pk] = {name: entry.kept[0][name] for name in names}


def fetch_commitments(session, agreements):
    session.columns.pop(Commitment, None)  # they are changed, so they are wanted whole
    session.fetch(Commitment, "agreement_id", agreements)


def commitments_along(session, agreement, withdrawn):
    """The commitments that were withdrawn together with an agreement; `withdrawn` tells when and why it was."""
    return (one for one in session.rows(Commitment, "agreement_id", agreement) if is_together(one, withdrawn))


def bring_along(batch):
    """Plan that the commitments of the agreements that come back do too, but for those that a row of theirs brought."""
    session, keys = batch.session, sorted(batch.renewed)
    for start in range(0, len(keys), SLICE):
        some = keys[start : start + SLICE]
        session.ops = []
        session.forget_read()
        fetch_commitments(session, some)
        for key in some:
            for one in list(commitments_along(session, key, batch.renewed[key])):
                session.change(one, **RESTORED, version=one.version + 1)
        if ops := [as_written(*op) for op in session.take_ops()]:
            batch.spool.plan(ops)
    batch.renewed = {}


def withdrawn_tie(record):
    """The withdrawn record to which `record` is tied (its agreement), or None."""
    ties = (getattr(record, one.name) for one in named_records(type(record)) if is_owner(one))
    return next((one for one in ties if one is not None and one.withdrawn_on), None)
