"""Commitments as reports tell them: made by a day, with their state; also those that stand in no agreement."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment, CommitmentRole, Progress, StateOverride
from agreements.models.standing import Health, State
from delegations.models import DelegationRole, MeetingRole
from delegations.results import reported_contributions
from tracker.progress.facts import made_by
from tracker.progress.sentences import whose
from tracker.progress.telling import tell
from tracker.reports.addresses import record
from tracker.reports.table import (
    Cell,
    Column,
    Inviting,
    Labelled,
    Marked,
    Moment,
    Parts,
    Stack,
    Target,
    make_table,
)

COLUMNS = (
    Column("code", _("Code")),
    Column("text", _("Content")),
    Column("strength", _("Strength")),
    Column("obligors", _("Obligors")),
    Column("lead", _("Lead unit")),
    Column("period", _("Period")),
    Column("targets", _("Reached of target")),
    Column("done", _("What was done")),
    Column("state", _("How far")),
    Column("health", _("Deadline")),
    Column("why", _("Why")),
)
OUTSIDE_COLUMNS = (*COLUMNS[:5], Column("made", _("Made on")), COLUMNS[5], *COLUMNS[7:])
STACKS = (
    Stack("text", _("Content"), (("text", ""), ("code", ""))),
    Stack("strength", _("Strength"), (("strength", ""), ("period", ""), ("made", _("made on")))),
    Stack("who", _("Obligors, lead unit"), (("obligors", ""), ("lead", _("lead unit")))),
    Stack("state", _("How far; deadline"), (("state", ""), ("health", ""))),
    Stack(
        "why", _("Why; what was done"), (("why", ""), ("targets", _("results")), ("done", _("what was done")))
    ),
)
"""How a page lays out the columns."""
LIST = "admin:agreements_commitment_changelist"


@dataclass(frozen=True)
class Wanted:
    """Which commitments of a sheet a reader asked for: of this strength, state, health; "" is all.

    And which visits, meetings and aid: of this certainty, in the period from `begin` on, in one sum of aid (`behind`).
    """

    strength: str = ""
    state: str = ""
    health: str = ""
    certainty: str = ""
    begin: date | None = None
    behind: str = ""

    def __bool__(self):
        return bool(self.strength or self.state or self.health)

    def chooses(self, row):
        stands = row.stands.standing
        return (
            self.strength in ("", row.strength)
            and self.state in ("", stands.state)
            and self.health in ("", stands.health)
        )

    @property
    def words(self):
        asked = [(Commitment.Strength, self.strength), (State, self.state), (Health, self.health)]
        return [words(value).label for words, value in asked if value]


def outside(places, on, office=None, field=None, unit=None):
    """Those made by `on` in no agreement with one of `places` (a queryset or list of bodies).

    Their roles name a body of the place, or they were made at a meeting or visit in which one took part.
    Only those that `office` keeps, in `field`, led by `unit`, where these are given.
    """
    there = Q(body__area__in=places)
    talks = MeetingRole.objects.filter(there).exclude(role=MeetingRole.As.MENTIONED).values("meeting")
    visits = DelegationRole.objects.filter(there).values("delegation")
    made_there = reported_contributions().filter(Q(meeting__in=talks) | Q(delegation__in=visits), how="made")
    named = CommitmentRole.objects.filter(there).values("commitment")
    rows = made_by(on).filter(agreement__isnull=True)
    if office:
        rows = rows.filter(office=office)
    if field:
        in_field = Commitment.fields.through.objects.filter(Q(term=field) | Q(term__parent=field))
        rows = rows.filter(pk__in=in_field.values("commitment"))
    if unit:
        led = CommitmentRole.objects.filter(role=CommitmentRole.As.LEAD, body=unit)
        rows = rows.filter(pk__in=led.values("commitment"))
    return rows.filter(Q(pk__in=named) | Q(pk__in=made_there.values("commitment")))


def with_standing(rows, on, *order, by_counterpart=False):
    """The rows of the queryset in this order, each with `stands` (Told) and `told`, the latest report's words.

    Two queries; three with what each of several counterparts got (`by_counterpart`).
    """
    reports = Progress.objects.reported().counting(on).filter(commitment=OuterRef("pk")).exclude(done="")
    told = Subquery(reports.order_by("-on_last", "-number").values("done")[:1])
    found = list(rows.annotate(told=told).select_related("unit", "child").order_by(*order))
    chosen = Commitment.objects.filter(pk__in=[row.pk for row in found])
    stand = tell(on, chosen, found, by_counterpart=by_counterpart)
    for row in found:
        row.stands = stand[row.pk]
    return found


def by_sort(choices, found, address=""):
    """Parts of `found` ({member: how many}) by the members of `choices`, in their order; None without any.

    `address`: of the rows behind each, with %s for the member.
    """
    there = [choice for choice in choices if found.get(choice.value)]
    pairs = tuple((choice.label, found[choice.value]) for choice in there)
    links = tuple(address % choice.value for choice in there) if address else ()
    return Parts(pairs, links) if pairs else None


def commitments_table(rows, parts, on, wanted, sheet):
    """The commitments of an agreement; only the `wanted` ones, with a way back to all (`sheet`)."""
    chosen = [row for row in rows if wanted.chooses(row)]
    notes = list(set_among(chosen))
    if wanted:
        counts = {
            "words": ", ".join(str(word) for word in wanted.words),
            "shown": len(chosen),
            "all": len(rows),
        }
        words = _("Only: %(words)s – %(shown)s of %(all)s.") % counts
        notes.append(Cell(Inviting(words, _("Show all.")), f"{sheet}#commitments"))
    return make_table(
        "commitments",
        _("Commitments"),
        COLUMNS,
        [list(told(row, parts).values()) for row in chosen],
        notes=tuple(notes),
        as_of=on,
        empty=_("No commitment is entered."),
        stacks=stacks(COLUMNS),
        sparse=True,
    )


def outside_table(rows, parts, on, title):
    """Commitments of no agreement under a title with their number, and how many of each strength."""
    made = []
    for row in rows:
        cells = {**told(row, parts), "made": Moment(row.made_on)}
        made.append([cells[column.key] for column in OUTSIDE_COLUMNS])
    summary = by_sort(Commitment.Strength, Counter(row.strength for row in rows))
    notes = (*([summary] if summary else []), *set_among(rows))
    numbered = _("%(title)s (%(count)s)") % {"title": title, "count": len(rows)}
    return make_table(
        "outside",
        numbered,
        OUTSIDE_COLUMNS,
        made,
        notes=notes,
        as_of=on,
        sparse=True,
        stacks=stacks(OUTSIDE_COLUMNS),
    )


def stacks(columns):
    """STACKS with those of their parts that are among `columns`."""
    keys = {column.key for column in columns}
    kept = [(one.key, one.title, tuple(part for part in one.parts if part[0] in keys)) for one in STACKS]
    return tuple(Stack(*one) for one in kept if one[2])


def told(row, parts):
    """{column key: cell} of a commitment with how it `stands`."""
    stands = row.stands
    return {
        "code": Cell(row.code, record("commitment", row.pk)),
        "text": f"{row.article}: {row.text}" if row.article else row.text,
        "strength": row.get_strength_display(),
        "obligors": parts.names("commitment", row.pk, "obligor"),
        "lead": parts.names("commitment", row.pk, "lead"),
        "period": Moment(row.period),
        "targets": (
            *(result(one, row.unit) for one in stands.figures),
            *(Labelled(party, text) for party, text in stands.shares),
        ),
        "done": row.told,
        "state": state(stands),
        "health": Cell(stands.health and stands.health.label, late=stands.health == Health.OVERDUE),
        "why": stands.why,
    }


def state(stands):
    """How far a commitment is; one that an officer set is marked as such."""
    label = stands.state.label
    if stands.standing.overridden:
        label = _("%(state)s (set by an officer)") % {"state": label}
    return Marked(stands.state.value, label, bool(stands.standing.about))


def set_by_officers(on, chosen):
    """The states that officers set, valid on the day `on`, of commitments of the queryset `chosen`."""
    return StateOverride.objects.valid(on).filter(commitment__in=chosen.order_by().values("pk")).order_by()


def set_among(rows):
    """A note on how many of the rows that `stand` do so as officers say."""
    if number := sum(1 for row in rows if row.stands.standing.overridden):
        yield set_words(number)


def set_words(number):
    return _("State set by an officer, not by dates and figures: %(count)s commitments.") % {"count": number}


def result(figure, unit):
    """What of a target is reached, for whom."""
    reached = Target(figure.period, figure.minimum, figure.most, figure.reached, str(unit or ""))
    return Labelled(whose(figure), reached) if whose(figure) else reached


def loose_note(on):
    """A note on what is promised or asked outside any agreement, so that it is not lost (one query)."""
    number = made_by(on).filter(agreement__isnull=True).count()
    if number:
        text = _("%(count)s commitments, proposals and wishes stand in no agreement.") % {"count": number}
        yield Cell(Inviting(text, _("Open their list.")), f"{reverse(LIST)}?agreement__isnull=True")
