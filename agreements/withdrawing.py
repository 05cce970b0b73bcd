"""Taking records out of the register without losing them: withdrawing, restoring, and what may be purged later.

Staff never delete a top record. It is withdrawn with a reason, then stands in no list, report or file, and is
restored by one click. An administrator purges what has been withdrawn for PURGE_AFTER_DAYS (`manage.py purge`, or
the list of withdrawn records); its history stays.
"""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from agreements.files import storage
from agreements.models import Agreement, Commitment, Document
from agreements.models.record import counted, withdrawn_sentence

log = logging.getLogger("tracker.purge")


def locked(model, pk):
    """The row `pk` of `model` as it is now, locked until the transaction ends; None if it is gone."""
    return model._base_manager.select_for_update().filter(pk=pk).order_by("pk").first()


def hanging(record):
    """The top records that stand and fall with `record`: the commitments of an agreement."""
    found = Commitment.objects.order_by("pk")
    return found.filter(agreement=record.pk) if isinstance(record, Agreement) else found.none()


@transaction.atomic
def withdraw(record, reason, user, on):
    """Take `record`, and what hangs on it, out of the register on the day `on`; returns how many records.

    Raises ValidationError without a reason, or when it is withdrawn or gone already.
    """
    if not reason.strip():
        raise ValidationError(_("Say why the record is withdrawn."))
    record = locked(type(record), record.pk)
    if record is None or record.withdrawn_on:
        raise ValidationError(_("The record is withdrawn already."))
    parts = list(hanging(record).counted().select_for_update())
    for part in parts:
        part.withdrawn_with_agreement = True
    for one in [record, *parts]:
        one.withdrawn_on, one.withdrawn_by, one.withdrawn_reason = on, user, reason
        one.save()
    return 1 + len(parts)


def withdraw_together(model, keys, reason, user, on):
    """Take the records `keys` of `model` out together; returns how many. The caller writes their history.

    A commitment whose agreement is withdrawn for the same reason, before it, is restored with it.
    """
    found = model._base_manager.filter(pk__in=keys)
    values = {"withdrawn_on": on, "withdrawn_by": user, "withdrawn_reason": reason}
    taken = QuerySet.update(found.filter(counted()), version=F("version") + 1, **values)
    if model is Commitment:
        with_agreement = found.filter(agreement__withdrawn_on=on, agreement__withdrawn_reason=reason)
        QuerySet.update(with_agreement, withdrawn_with_agreement=True)
    return taken


def is_together(commitment, withdrawn):
    """Whether a commitment was withdrawn together with its agreement, on the day and for the reason in `withdrawn`."""
    same = all(getattr(commitment, name) == withdrawn[name] for name in ("withdrawn_on", "withdrawn_reason"))
    return commitment.withdrawn_with_agreement and same


@transaction.atomic
def restore(record):
    """Put `record` back, with what was withdrawn together with it; returns how many records.

    Raises ValidationError when it is not withdrawn, or hangs on something that is.
    """
    record = locked(type(record), record.pk)
    if record is None or not record.withdrawn_on:
        raise ValidationError(_("The record is not withdrawn any more."))
    whole = locked(Agreement, record.agreement_id) if isinstance(record, Commitment) else None
    if whole is not None and whole.withdrawn_on:
        raise ValidationError(withdrawn_sentence(whole))
    together = {name: getattr(record, name) for name in ("withdrawn_on", "withdrawn_reason")}
    hanging_on = hanging(record).filter(withdrawn_with_agreement=True).select_for_update()
    parts = [one for one in hanging_on if is_together(one, together)]
    for one in [record, *parts]:
        one.withdrawn_on, one.withdrawn_by, one.withdrawn_reason = None, None, ""
        if isinstance(one, Commitment):
            one.withdrawn_with_agreement = False
        one.save()
    return 1 + len(parts)


def due_to_purge(queryset, today, days):
    """The rows of `queryset` that have been withdrawn for at least `days` days; none where `days` is 0 (never)."""
    if not days:
        return queryset.none()
    return queryset.filter(withdrawn_on__lte=today - timedelta(days=days))


def files_of(record):
    """The stored files of a document, earlier ones too; none of other records."""
    if not isinstance(record, Document):
        return set()
    rows = record.history.exclude(file="").exclude(file=None)
    return {*rows.values_list("file", flat=True), *filter(None, [record.file.name])}


@transaction.atomic
def purge(record, *, version, today, days, by):
    """Delete a withdrawn record for good, with its parts; its history stays. `by` is named in the log.

    Raises ValidationError when it is not due (any more), is another `version` by now, or is still referred to.
    """
    found = locked(type(record), record.pk)
    if found is None:
        raise ValidationError(_("The record is deleted already."))
    if (
        found.version != version
        or not due_to_purge(type(record).objects.filter(pk=found.pk), today, days).exists()
    ):
        raise ValidationError(_("“%(what)s” was changed or restored meanwhile: it stays.") % {"what": found})
    files = files_of(found)
    label = f"{found._meta.label} {found.pk}"  # a log holds nothing that staff entered
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError as error:
        others = ", ".join(sorted({str(one._meta.verbose_name) for one in error.protected_objects}))
        sentence = _("“%(what)s” stays, because others still refer to it (%(others)s).")
        raise ValidationError(sentence % {"what": found, "others": others}) from error
    transaction.on_commit(lambda: [storage().delete(name) for name in files])
    log.warning("purged %s by %s", label, by)
