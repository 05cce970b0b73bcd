"""Commitments as reports tell them: made by a day, with their state; also those that stand in no agreement."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment, CommitmentRole, Progress
from delegations.models import DelegationRole, MeetingRole
from delegations.results import counted_contributions, served
from tracker.reports.states import State
from tracker.reports.table import Cell, Column, Labelled, Marked, Moment, Parts, make_table

COLUMNS = (
    Column("code", _("Code")),
    Column("text", _("Content")),
    Column("strength", _("Strength")),
    Column("obligors", _("Obligors")),
    Column("lead", _("Lead unit")),
    Column("period", _("Period")),
    Column("targets", _("Reached of target")),
    Column("progress", _("Latest progress")),
    Column("state", _("State")),
)
OUTSIDE_COLUMNS = (*COLUMNS[:5], Column("made", _("Made on")), COLUMNS[5], *COLUMNS[7:])
LIST = "admin:agreements_commitment_changelist"


@dataclass(frozen=True)
class Wanted:
    """Which commitments of a sheet a reader asked for: of this strength, in this state; "" is all."""

    strength: str = ""
    state: str = ""

    def __bool__(self):
        return bool(self.strength or self.state)

    def chooses(self, row):
        return self.strength in ("", row.strength) and self.state in ("", row.state.value)

    @property
    def words(self):
        words = [Commitment.Strength(self.strength).label] if self.strength else []
        return words + ([State(self.state).label] if self.state else [])


def made_by(on):
    """Counted commitments made on or before `on`; one without its own date was made with its agreement."""
    concluded = Coalesce("agreement__signed_first", "agreement__exchanged_first", "agreement__period_first")
    rows = Commitment.objects.counted().annotate(made=Coalesce("made_first", concluded))
    return rows.filter(Q(made__isnull=True) | Q(made__lte=on))


def outside(places, on, office=None, field=None):
    """Those made by `on` in no agreement with one of `places` (a queryset or list of bodies).

    Their roles name a body of the place, or they were made at a meeting or visit in which one took part.
    Only those that `office` keeps, and in `field`, where these are given.
    """
    there = Q(body__area__in=places)
    talks = MeetingRole.objects.filter(there).exclude(role=MeetingRole.As.MENTIONED).values("meeting")
    visits = DelegationRole.objects.filter(there).values("delegation")
    made_there = counted_contributions().filter(Q(meeting__in=talks) | Q(delegation__in=visits), how="made")
    named = CommitmentRole.objects.filter(there).values("commitment")
    rows = made_by(on).filter(agreement__isnull=True)
    if office:
        rows = rows.filter(office=office)
    if field:
        in_field = Commitment.fields.through.objects.filter(Q(term=field) | Q(term__parent=field))
        rows = rows.filter(pk__in=in_field.values("commitment"))
    return rows.filter(Q(pk__in=named) | Q(pk__in=made_there.values("commitment")))


def with_news(rows, on):
    """`rows` with their state as of `on`, `served`, and `told`: what the latest report says was done."""
    reports = Progress.objects.counting(on).filter(commitment=OuterRef("pk")).exclude(done="")
    told = Subquery(reports.order_by("-on_last", "-number").values("done")[:1])
    return rows.with_state(on).annotate(served=served(on), told=told)


def by_sort(choices, found, address=""):
    """Parts of `found` by the members of `choices`, in their order; None without any.

    `address`: of the rows behind each, with %s for the member.
    """
    there = [choice for choice in choices if choice.value in found]
    pairs = tuple((choice.label, found.count(choice.value)) for choice in there)
    links = tuple(address % choice.value for choice in there) if address else ()
    return Parts(pairs, links) if pairs else None


def commitments_table(rows, parts, on, wanted, sheet):
    """The commitments of an agreement; only the `wanted` ones, with a way back to all (`sheet`)."""
    chosen = [row for row in rows if wanted.chooses(row)]
    notes = []
    if wanted:
        counts = {
            "words": ", ".join(str(word) for word in wanted.words),
            "shown": len(chosen),
            "all": len(rows),
        }
        notes = [
            Cell(_("Only: %(words)s – %(shown)s of %(all)s. Show all.") % counts, f"{sheet}#commitments")
        ]
    return make_table(
        "commitments",
        _("Commitments"),
        COLUMNS,
        [list(told(row, parts).values()) for row in chosen],
        notes=tuple(notes),
        as_of=on,
        empty=_("No commitment is entered."),
        sparse=True,
    )


def outside_table(rows, parts, on, title):
    """Commitments of no agreement under a title with their number, and how many of each strength."""
    made = []
    for row in rows:
        cells = {**told(row, parts), "made": Moment(row.made_on)}
        made.append([cells[column.key] for column in OUTSIDE_COLUMNS])
    summary = by_sort(Commitment.Strength, [row.strength for row in rows])
    notes = (summary,) if summary else ()
    numbered = _("%(title)s (%(count)s)") % {"title": title, "count": len(rows)}
    return make_table("outside", numbered, OUTSIDE_COLUMNS, made, notes=notes, as_of=on, sparse=True)


def told(row, parts):
    """{column key: cell} of a commitment with its `state` and `targets_told`."""
    latest = Labelled(Moment(row.reported_text), row.told) if row.told else Moment(row.reported_text)
    return {
        "code": Cell(row.code, reverse("admin:agreements_commitment_change", args=[row.pk])),
        "text": f"{row.article}: {row.text}" if row.article else row.text,
        "strength": row.get_strength_display(),
        "obligors": parts.names("commitment", row.pk, "obligor"),
        "lead": parts.names("commitment", row.pk, "lead"),
        "period": Moment(row.period),
        "targets": tuple(row.targets_told),
        "progress": latest,
        "state": Cell(Marked(row.state.value, row.state.label), late=row.state == State.OVERDUE),
    }


def loose_note(on):
    """A note on what is promised or asked outside any agreement, so that it is not lost (one query)."""
    number = made_by(on).filter(agreement__isnull=True).count()
    if number:
        text = _("%(count)s commitments, proposals and wishes stand in no agreement: open their list.")
        yield Cell(text % {"count": number}, f"{reverse(LIST)}?agreement__isnull=True")
