"""Closing list: agreements that have ended with commitments still open, and what to do with each.

Columns: docs/reports.md.
"""

from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.filters import one_of
from agreements.models import Agreement, AgreementLink, Commitment
from agreements.models.effect import Effect, end_text
from agreements.models.record import counted
from agreements.models.standing import BINDING, CLOSED, State
from tracker.progress.engine import ids
from tracker.reports.addresses import record, sheet_of
from tracker.reports.agreement_status import effect
from tracker.reports.asking import Choosing, again, left_out
from tracker.reports.deadlines import DeadlineFilter
from tracker.reports.progress_rows import names
from tracker.reports.promises import state, with_standing
from tracker.reports.questions import CommitmentQuestion
from tracker.reports.reviewing import of_commitments, review_notes
from tracker.reports.table import Cell, Column, Moment, Stack, make_table
from tracker.reports.taking_part import parts_taken

SLUG = "closing-list"
ENDED = (Effect.EXPIRED, Effect.ENDED, Effect.REPLACED, Effect.CONFIRM)
OPEN = tuple(state.value for state in State if state not in CLOSED)
COLUMNS = (
    Column("title", _("Agreement")),
    Column("effect", _("Legal effect")),
    Column("end", _("Ended on")),
    Column("open", _("Commitments still open"), "number"),
    Column("next", _("Later agreement")),
    Column("unit", _("Focal unit")),
    Column("office", _("Office")),
)
ROWS = (
    Column("number", _("No."), "number"),
    Column("agreement", _("Agreement")),
    Column("text", _("Commitment")),
    Column("obligors", _("Obligors")),
    Column("period", _("Period, deadline")),
    Column("state", _("State")),
    Column("why", _("Why")),
    Column("lead", _("Lead unit")),
    Column("close", _("Done, or not performed"), right="agreements.change_commitment"),
    Column("carry", _("Carried over"), right="agreements.add_commitment"),
)
STACKS = (
    Stack("text", _("Commitment"), (("text", ""),), number="number"),
    Stack("agreement", _("Agreement"), (("agreement", ""), ("period", _("period")))),
    Stack("who", _("Obligors, lead unit"), (("obligors", ""), ("lead", _("lead unit")))),
    Stack("state", _("State"), (("state", ""),)),
    Stack("why", _("Why"), (("why", ""),)),
    Stack("todo", _("What to do"), (("close", ""), ("carry", ""))),
)
NOTES = (
    _("An agreement ended: each of its commitments is closed as done, not performed, or carried over."),
    _("Done or not performed: add a progress report. Carried over: enter a commitment of the successor."),
    _("Renewed automatically? Record the renewal or the end of the agreement first."),
)


class ClosingFilter(DeadlineFilter):
    """The filters of deadlines, and one agreement, for the links of the first table."""

    agreement = one_of(_("Agreement"), Agreement.objects.counted)


class ClosingQuestion(Choosing, CommitmentQuestion):
    """The open commitments of what has ended by a day."""

    filters = ClosingFilter
    rare = ("agreement",)

    @property
    def ended(self):
        rows = Agreement.objects.counted().with_effect(self.on)
        return rows.filter(effect__in=ENDED)

    @cached_property
    def among(self):
        """Whatever was undertaken in them, open or closed."""
        # Listed, because SQLite reads only so many conditions within one another
        ended = list(self.ended.values_list("pk", flat=True))
        return super().rows.filter(strength__in=BINDING, agreement__in=ended)

    @property
    def rows(self):
        among = self.among
        return among.filter(pk__in=ids(self.on, among, state=OPEN))

    def address(self, **changes):
        return again(SLUG, self.asked, **{"on": self.on.isoformat(), **changes})


def closing_list(asked):
    """The Table of a ClosingQuestion: a row an agreement, below it the commitments. Seven queries at most."""
    order = (F("agreement__period_last").desc(nulls_last=True), "agreement__code", "article", "code", "pk")
    still_open = list(asked.rows.order_by(*order).values_list("pk", "agreement"))  # all judged once, here
    open_of = Counter(agreement for _pk, agreement in still_open)
    papers = (
        asked.ended.filter(pk__in=list(open_of)).select_related("office").order_by("-end_on", "code", "pk")
    )
    papers = list(papers[: asked.most])
    followers = successors(open_of, asked.on)
    shown = Commitment.objects.filter(pk__in=[pk for pk, _agreement in still_open[: asked.most]])
    rows = with_standing(shown.select_related("agreement"), asked.on, *order)
    parts = parts_taken({"agreement": [row.pk for row in papers], "commitment": [row.pk for row in rows]})
    return make_table(
        SLUG,
        _("Closing list"),
        COLUMNS,
        [paper_row(row, open_of[row.pk], followers[row.pk], parts, asked) for row in papers],
        notes=(
            *NOTES,
            *left_out(len(papers), len(open_of), asked.address(all=1)),
            *review_notes(*of_commitments(asked.among, asked.on)),
        ),
        as_of=asked.on,
        conditions=asked.conditions,
        empty=_("No agreement that has ended holds an open commitment."),
        below=(open_table(rows, len(still_open), followers, parts, asked),),
    )


def successors(papers, on):
    """{agreement id: [Agreement that follows or replaces it]}, those concluded first (one query)."""
    links = AgreementLink.objects.filter(
        counted("agreement__"), other__in=list(papers), kind__in=["follows", "replaces"]
    ).exclude(agreement__process=Agreement.Process.REFUSED)
    begun = Coalesce("agreement__signed_first", "agreement__exchanged_first", "agreement__period_first")
    links = links.annotate(begun=begun).filter(Q(begun=None) | Q(begun__lte=on))
    found = defaultdict(list)
    for link in links.select_related("agreement").order_by(F("begun").desc(nulls_last=True), "pk"):
        if link.agreement not in found[link.other_id]:
            found[link.other_id].append(link.agreement)
    return found


def paper_row(row, number, following, parts, asked):
    sheet = sheet_of(row.pk, asked.on)
    ended = {Effect.ENDED: row.ending_text, Effect.REPLACED: row.replacing_text.partition("/")[0]}
    return [
        Cell(f"{row.title} ({row.code})", sheet),
        effect(row, asked.on),
        Moment(ended.get(row.effect) or end_text(row)),
        Cell(number, f"{asked.address(agreement=row.pk)}#commitments", late=True),
        Cell(
            ", ".join(one.title for one in following),
            sheet_of(following[0].pk, asked.on) if following else "",
        ),
        parts.names("agreement", row.pk, "focal"),
        row.office.name,
    ]


def open_table(rows, every, followers, parts, asked):
    """The commitments of `rows`, the first of `every` one still open."""
    return make_table(
        "commitments",
        _("Commitments to close (%(count)s)") % {"count": every},
        ROWS,
        [told(place, row, followers, parts, asked) for place, row in enumerate(rows, 1)],
        notes=tuple(left_out(len(rows), every, f"{asked.address(all=1)}#commitments")),
        as_of=asked.on,
        empty=_("No agreement that has ended holds an open commitment."),
        stacks=STACKS,
    )


def told(place, row, followers, parts, asked):
    on, back = asked.on, f"{asked.address()}#commitments"
    change = record("commitment", row.pk)
    text = f"{row.article}: {row.text}" if row.article else row.text
    return [
        place,
        Cell(row.agreement.title, sheet_of(row.agreement.pk, on)),
        Cell(text, change),
        names(parts, row, "obligor"),
        Moment(row.period),
        state(row.stands),
        row.stands.why,
        names(parts, row, "lead"),
        Cell(_("record: done, or not performed"), f"{change}#progress-group"),
        carry(row, followers[row.agreement_id], back),
    ]


def carry(row, following, back):
    """The way to enter the commitment in the successor, filled in; without one, that there is none."""
    if not following:
        return _("no successor is recorded")
    words = gettext("carry over to “%(agreement)s”") % {"agreement": following[0].title}
    return Cell(words, carried_over(row, following[0], back))


def carried_over(row, successor, back):
    """The address of the form of a new commitment of `successor` that continues `row`, and leads back to `back`."""
    asked = {"agreement": successor.pk, "continues": row.pk, "back": back}
    return f"{reverse('admin:agreements_commitment_add')}?{urlencode(asked)}"
