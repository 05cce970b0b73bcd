"""Reports that are to be given within some days: of delegations, of a signing, of what befell an agreement.

The register knows no more than its dates: a report not recorded may have been given all the same.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.filters import with_field
from agreements.models import Agreement, AgreementEvent
from agreements.models.effect import bounds
from delegations.filters import taken_part
from delegations.models import Delegation, DelegationRole
from tracker.reports.addresses import record as page_of
from tracker.reports.asking import left_out
from tracker.reports.reviewing import of_commitments
from tracker.reports.table import Cell, Column, Days, make_table
from tracker.reports.taking_part import label, union

DAYS = 15
"""After a signing, a change or an ending (Luật 70/2020 Art. 19, 33, 34); usual after a delegation too."""
RECORD = ("pk", "title", "office__name")
"""What is told of an agreement."""
BACK = timedelta(days=180)
"""A due date that is reckoned and not entered is told for so long: what is older was hardly left undone."""
COLUMNS = (
    Column("what", _("Report")),
    Column("name", _("Of which record")),
    Column("since", _("Took place on")),
    Column("due", _("Due on")),
    Column("days", _("Days left (−: over)"), "number"),
    Column("unit", _("Lead or sending unit")),
    Column("office", _("Office")),
)
NOTES = (
    _("A due date that is not entered is reckoned: 15 days after it took place."),
    _("Listed because no report is recorded; it may have been given all the same: record it, and it leaves."),
)


class Duty(NamedTuple):
    """A report to give on a record (`kind`, `pk`) whose parts taken name the unit."""

    what: object
    name: str
    link: str
    since: date
    due: date
    office: str
    kind: str
    pk: int


def found(asked):
    """[Duty], the first due first (two queries)."""
    every = (*of_agreements(asked), *visits(asked))
    duties = [one for one in every if one.due <= asked.until]
    return sorted(duties, key=lambda one: (one.due, str(one.name)))


def earliest(asked):
    """The first day of which a reckoned due date is told."""
    return asked.on - BACK - timedelta(days=DAYS)


def one_day(rows, name):
    """Those whose date `name` is known to the day."""
    return rows.filter(**{f"{name}_first": F(f"{name}_last")})


def of_agreements(asked):
    """Signings to report and changes to notify (one query)."""
    for event, day, *record in union([signings(asked), changes(asked)]):
        what = _("report of the signing")
        if event:
            named = AgreementEvent.Kind(event).label
            what = gettext("notice to the Ministry: %(event)s") % {"event": named}
        yield duty(what, "agreement", record, day)


def signings(asked):
    """Agreements signed on a known day whose signing is not reported."""
    rows = asked.agreements.filter(process=Agreement.Process.SIGNED, track=Agreement.Track.TREATY_LAW)
    rows = one_day(rows, "signed").filter(signed_first__range=(earliest(asked), asked.on))
    return rows.annotate(event=label("")).order_by().values_list("event", "signed_first", *RECORD)


def changes(asked):
    """What changed or ended an agreement, not notified."""
    kinds = [kind for kind in AgreementEvent.Kind if kind != AgreementEvent.Kind.INHERITED]
    rows = AgreementEvent.objects.filter(kind__in=kinds, on_first__range=(earliest(asked), asked.on))
    rows = rows.filter(Q(notified_on="") | Q(notified_first__gt=asked.on))
    rows = rows.filter(agreement__in=asked.agreements.filter(track=Agreement.Track.TREATY_LAW).values("pk"))
    columns = [f"agreement__{name}" for name in RECORD]
    return one_day(rows, "on").order_by().values_list("kind", "on_first", *columns)


def visits(asked):
    """Delegations over and not reported: with a due date entered, or a lone one of which the last day is known."""
    for row in to_report(Delegation.objects.reported(), asked).select_related("office"):
        first, last = bounds(row.held.rpartition("/")[2])
        if row.report_due_last or first == last:
            record = row.pk, str(row), row.office.name
            yield duty(
                _("result report of the delegation"), "delegation", record, row.held_last, row.report_due_last
            )


def to_report(rows, asked):
    rows = chosen(rows, asked).filter(status="held", held_last__lte=asked.on).exclude(number=0)
    rows = rows.filter(Q(reported_on="") | Q(reported_first__gt=asked.on))
    reckoned = Q(report_due_on="", number=1, held_last__gte=earliest(asked))
    return rows.filter(~Q(report_due_on="") | reckoned)


def recorded(asked):
    """The delegations to report on, and what tells of the commitments, whatever the review says of it."""
    due = to_report(Delegation.objects.counted(), asked).values("pk")
    for rows in of_commitments(asked.rows, asked.on):
        if rows.model is Delegation:
            rows = Delegation.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=due))
        yield rows


def chosen(rows, asked):
    """The delegations that the filters choose: a unit is one that sends."""
    for name in ("place", "partner"):
        if places := asked.places(name):
            rows = taken_part(rows, places)
    if field := asked.value("field"):
        rows = with_field(rows, field)
    if unit := asked.value("unit"):
        sent = DelegationRole.objects.filter(role="sender", body=unit)
        rows = rows.filter(pk__in=sent.values("delegation"))
    if office := asked.value("office"):
        rows = rows.filter(office=office)
    return rows


def duty(what, kind, record, since, due=None):
    """The Duty to report on a `record` (number, name, office) that took place on the day `since`."""
    pk, name, office = record
    return Duty(what, name, page_of(kind, pk), since, due or since + timedelta(days=DAYS), office, kind, pk)


KEY = "reports"
UNITS = {"agreement": ("focal",), "delegation": ("sender", "host")}
"""Who reports, as far as they are ours: who sent a delegation out, who received one."""


def table(duties, parts, asked):
    """(Table, how many) of the duties, as many as a page shows."""
    shown = duties[: asked.most]
    made = make_table(
        KEY,
        _("Reports to give after delegations, signings and changes"),
        COLUMNS,
        [told(one, parts, asked.on) for one in shown],
        notes=(*NOTES, *left_out(len(shown), len(duties), f"{asked.address(all=1)}#{KEY}")),
        as_of=asked.on,
        empty=_("None."),
    )
    return made, len(duties)


def told(one, parts, on):
    left = (one.due - on).days
    ours = [part for part in parts.of(one.kind, one.pk, *UNITS[one.kind]) if part.country == "VN"]
    return [
        one.what,
        Cell(one.name, one.link),
        one.since,
        one.due,
        Cell(Days(left), late=left < 0),
        ", ".join(dict.fromkeys(part.name for part in ours)),
        one.office,
    ]
