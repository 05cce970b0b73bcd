"""The seals over the logs: a chain of HMACs whose head stands outside the database, in a file and in every backup.

A seal says of each log table: rows above `after` up to `upto`, so many, with this fingerprint. A later seal may say
the same range anew (`amend`: an upgrade or an erasure by law changed it, with a reason) or that rows up to a key were
purged. Whoever changes rows must change the seal, whoever changes a seal needs the key, and whoever cuts off the end
is told by the head.
"""

import hashlib
import hmac
import json
import os
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.models import HistoricalChanges

from tracker.locking import alone
from tracker.trace.models import AccessLog, Seal
from tracker.trace.rows import columns_of, fingerprint, plain

FIRST = "0" * 64


class Broken(Exception):
    """The logs are not as they were sealed; `faults` are sentences."""

    def __init__(self, faults):
        super().__init__(" ".join(faults))
        self.faults = faults


def logs():
    """The log tables: every history, what the admin notes, who took what out."""
    past = [one for one in apps.get_models(include_auto_created=True) if issubclass(one, HistoricalChanges)]
    return {model._meta.label: model for model in [*past, LogEntry, AccessLog]}


# The chain ---------------------------------------------------------------------------------------
def mac_of(seal, before):
    """The HMAC of a seal that follows one with the `mac` before."""
    key = hashlib.sha256(b"seal of the logs:" + (settings.SEAL_KEY or settings.SECRET_KEY).encode()).digest()
    said = [before, seal.number, plain(seal.made_at), seal.reason, seal.content]
    return hmac.new(key, json.dumps(said, sort_keys=True).encode(), "sha256").hexdigest()


def head(using="default"):
    """{"number", "mac"} of the last seal; None before the first."""
    return Seal.objects.using(using).order_by("-number").values("number", "mac").first()


def add(content, reason=""):
    """A new seal at the end of the chain; on PostgreSQL others wait until its transaction is over."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('seal of the logs'))")
    last = head() or {"number": 0, "mac": FIRST}
    seal = Seal(number=last["number"] + 1, made_at=timezone.now(), reason=reason, content=content)
    seal.mac = mac_of(seal, last["mac"])
    seal.save(force_insert=True)
    return seal


# The head outside --------------------------------------------------------------------------------
def anchor_path():
    return settings.DATA_DIR / "seal_head.json"


def anchored():
    """The head as it was kept outside the database; None where none was."""
    try:
        return json.loads(anchor_path().read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def anchor(kept):
    """Keep the head `kept` outside the database, whole or as it was."""
    draft = anchor_path().with_suffix(".tmp")
    with open(draft, "w", encoding="ascii") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(anchor_path())


# Checking ----------------------------------------------------------------------------------------
def told(seals):
    """What the chain says at its end: ({label: {(after, upto): (rows, sha256, columns)}}, {label: purged up to})."""
    ranges, purged = {}, {}
    for seal in seals:
        for label, after, upto, rows, sha256, columns in seal.content["rows"]:
            ranges.setdefault(label, {})[after, upto] = rows, sha256, columns
        for label in seal.content.get("dropped", []):
            ranges.pop(label, None)
        purged |= seal.content.get("purged", {})
    return ranges, purged


def sealed_upto(seals):
    """{label: key of the last sealed row}."""
    ranges, purged = told(seals)
    ends = {label: max(upto for _after, upto in found) for label, found in ranges.items()}
    return {label: max(ends.get(label, 0), purged.get(label, 0)) for label in {*ends, *purged}}


def chain_faults(seals):
    """What is wrong with the seals themselves, and with the head."""
    faults, before = [], FIRST
    for place, seal in enumerate(seals, 1):
        if seal.number != place or not hmac.compare_digest(seal.mac, mac_of(seal, before)):
            faults.append(
                _("Seal %(number)s of the logs was changed, or the secret key is another.")
                % {"number": seal.number}
            )
            break
        before = seal.mac
    kept = anchored()
    if kept is None and seals:
        faults.append(_("The head of the log chain is missing (%(file)s).") % {"file": anchor_path()})
    elif kept and kept not in [{"number": seal.number, "mac": seal.mac} for seal in seals]:
        faults.append(_("The end of the log was cut off: seal %(number)s is missing.") % kept)
    return faults


def row_faults(seals):
    """Which sealed rows are not as they were."""
    (ranges, purged), known = told(seals), logs()
    faults = []
    for label in sorted({*ranges, *purged}):
        if (model := known.get(label)) is None:
            faults.append(_("The log %(table)s is gone.") % {"table": label})
            continue
        gone, found = purged.get(label), ranges.get(label, {})
        sound = all(
            same(model, *span, *said) for span, said in found.items() if gone is None or span[1] > gone
        )
        if not sound or (gone is not None and model._base_manager.filter(pk__lte=gone).exists()):
            faults.append(
                _("Sealed rows of the log “%(table)s” were changed.") % {"table": model._meta.verbose_name}
            )
    return faults


def same(model, after, upto, rows, sha256, columns):
    """Whether the rows of a range are as they were sealed."""
    if not {*columns} <= {*columns_of(model)}:
        return False  # an upgrade took a column away, and its seal did not follow
    return fingerprint(model, columns=columns, after=after, upto=upto) == (rows, sha256)


def verify():
    """Sentences about every sealed row or seal that is not as it was; empty when all is well."""
    seals = list(Seal.objects.all())
    return chain_faults(seals) + row_faults(seals)


def unsealed():
    """How many rows of the logs no seal covers yet."""
    ends = sealed_upto(Seal.objects.all())
    return sum(
        model._base_manager.filter(pk__gt=ends[label]).count()
        if label in ends
        else model._base_manager.count()
        for label, model in logs().items()
    )


# Sealing -----------------------------------------------------------------------------------------
def last_key(model):
    """The last key of a log below which no row can appear any more.

    PostgreSQL gives keys before they are written: we wait for whoever is writing this table, then look.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE MODE")
        return model._base_manager.aggregate(last=Max("pk"))["last"]


def fresh_ranges():
    """What is to be said of the rows that no seal covers yet."""
    ends, found = sealed_upto(Seal.objects.all()), []
    for label, model in logs().items():
        after, upto = ends.get(label), last_key(model)
        if upto is not None and (after is None or upto > after):
            found.append(said_of(label, model, after, upto))
    return found


def said_of(label, model, after, upto):
    """What a seal says of the rows of a range: [label, after, upto, rows, sha256, columns]."""
    columns = columns_of(model)
    return [label, after, upto, *fingerprint(model, columns=columns, after=after, upto=upto), columns]


def seal():
    """Seal what is not sealed yet; returns (the new Seal or None, faults of what was sealed before).

    Broken seals stay as they are, and the chain goes on: what comes after is worth sealing too. Raises `Busy` where
    another program seals.
    """
    with alone("seal", _("The logs are being sealed by another program: wait, then try again.")):
        return sealed()


def sealed():
    """What `seal` returns, while nobody else seals."""
    faults = verify()
    ranges = fresh_ranges()
    if not ranges:
        return None, faults
    with transaction.atomic():
        made = add({"rows": ranges})
    if not faults:  # else the head stays the witness of what is wrong
        anchor({"number": made.number, "mac": made.mac})
    return made, faults


@contextmanager
def amending(reason):
    """Sealed rows may change inside (an upgrade, an erasure by law): the chain says so, and why.

    Raises Broken where they were changed before: that would be sealed as if it were meant.
    """
    if faults := verify():
        raise Broken(faults)
    yield
    amend(reason)


def amend(reason):
    """A seal that says anew every range that is not as it was sealed."""
    (ranges, purged), known, changed = told(Seal.objects.all()), logs(), []
    for label in ranges.keys() & known.keys():
        for (after, upto), said in ranges[label].items():
            if upto > purged.get(label, upto - 1) and not same(known[label], after, upto, *said):
                changed.append(said_of(label, known[label], after, upto))
    dropped = sorted(ranges.keys() - known.keys())
    if changed or dropped:
        with transaction.atomic():
            made = add({"rows": changed, "dropped": dropped}, reason)
        anchor({"number": made.number, "mac": made.mac})


def purge_accesses(before):
    """Delete the access log of what was sealed before the moment `before`; returns how many rows.

    Raises Broken where a sealed row is not as it was: evidence is not thrown away.
    """
    _made, faults = seal()
    if faults:
        raise Broken(faults)
    label = AccessLog._meta.label
    upto = sealed_upto(Seal.objects.filter(made_at__lt=before)).get(label)
    old = AccessLog.objects.filter(pk__lte=upto or 0)
    if upto is None or not old.exists():
        return 0
    with transaction.atomic():
        count, _models = old.delete()
        made = add({"rows": [], "purged": {label: upto}}, "purge")
    anchor({"number": made.number, "mac": made.mac})
    return count
