"""Commitment progress: how commitments stand, by partner, agreement, field or lead unit, and each of them.

Columns: docs/reports.md.
"""

from collections import Counter

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.db.models import Count, F, Window
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.filters import CommitmentFilter
from agreements.models import Commitment
from agreements.models.standing import BINDING, Health, State
from tracker.progress.facts import made_by
from tracker.reports.asking import Choosing, again, left_out
from tracker.reports.charts import stacked
from tracker.reports.progress_groups import NONE, By, Narrowed, groups, ids, names
from tracker.reports.progress_rows import rows_table
from tracker.reports.promises import set_by_officers, set_words
from tracker.reports.questions import CommitmentQuestion
from tracker.reports.reviewing import of_commitments, review_notes
from tracker.reports.table import Cell, Column, Inviting, Parts, Stack, make_table
from tracker.reports.taking_part import label, union

SLUG = "commitment-progress"
FULFILLED = ("fulfilled", _("done, or beyond target"))
MEASURED = ("measured", _("measurable: all kinds but “standing”"))
DOUBTS = (("claimed", _("with figures not verified")), ("drafts", _("with drafts")))
IN_CHART = 15
SORTS = (
    (_("done, or beyond target"), (State.DONE, State.BEYOND)),
    (_("under way, or done in part"), (State.IN_PROGRESS, State.ACTIVE, State.PARTLY)),
    (_("nothing told, or not started"), (State.NO_NEWS, State.NOT_STARTED, State.IDLE)),
    (_("not due yet"), (State.NOT_DUE,)),
    (_("paused, not performed, carried over"), (State.PAUSED, State.NOT_PERFORMED, State.CARRIED_OVER)),
)
"""States as the drawing tells them."""
COLUMNS = (
    Column("all", _("Commitments"), "number"),
    Column("states", _("State")),
    Column("done", _("Signed, measurable: done"), "number"),
    Column("measured", _("Signed, measurable"), "number"),
    Column("active", _("Signed, standing: active"), "number"),
    Column("standing", _("Signed, standing"), "number"),
    Column("overdue", _("Overdue"), "number"),
    Column("due_soon", _("Due soon"), "number"),
    Column("stale", _("Stale"), "number"),
    Column("claimed", _("With figures not verified"), "number"),
    Column("drafts", _("With drafts"), "number"),
)
ALONE = ("all", "states", "overdue", "due_soon", "stale", "claimed", "drafts")
NOTES = (
    _(
        "A commitment with two partners, fields or lead units stands in both rows: rows are not to be added up."
    ),
    _(
        "Done and active are counted of signed commitments only; measurable and standing ones are never added."
    ),
    _("—: there is none of that kind, or nothing that can be late; 0: there are some, and none is so."),
)


class ProgressFilter(CommitmentFilter):
    """The filters of commitments, and how they stand; state, health, doubt and group are decided by the engine."""

    by = django_filters.ChoiceFilter(
        label=_("One row for each"), choices=By.choices, method="later", empty_label=None
    )
    strength = django_filters.ChoiceFilter(
        label=_("Strength"),
        choices=Commitment.Strength.choices,
        empty_label=_("All but proposals and wishes"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[*State.choices, FULFILLED], method="later", empty_label=_("All")
    )
    health = django_filters.ChoiceFilter(
        label=_("Deadline"), choices=Health.choices, method="later", empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=[*Commitment.Kind.choices, MEASURED], method="of_kind", empty_label=_("All")
    )
    doubt = django_filters.ChoiceFilter(label=_("Only"), choices=DOUBTS, method="later", empty_label=_("All"))
    of = django_filters.CharFilter(
        label=_("Group"),
        method="later",
        validators=[RegexValidator(r"^\d{1,9}$", _("Choose the group from the report."))],
        widget=forms.HiddenInput,
    )

    def later(self, queryset, name, value):
        return queryset

    def of_kind(self, queryset, name, value):
        return queryset.measurable() if value == MEASURED[0] else queryset.filter(kind=value)


class ProgressQuestion(Choosing, CommitmentQuestion):
    """How commitments stand on a day, in groups."""

    filters = ProgressFilter
    shared = ("by", "place", "partner", "named", "field", "unit", "office", "strength", "state", "health")
    rare = ("kind", "doubt", "of")

    @property
    def rows(self):
        """Those that were undertaken; proposals and wishes only when they are asked for."""
        found = super().rows
        return found if self.value("strength") else found.filter(strength__in=BINDING)

    @property
    def by(self):
        return By(self.value("by") or By.PARTNER)

    @property
    def narrowed(self):
        named = {name: self.value(name) or "" for name in ("state", "health", "doubt")}
        return Narrowed(**named, of=int(self.value("of")) if self.value("of") else None)

    @cached_property
    def meant(self):
        """The commitments that the rows tell."""
        narrowed = self.narrowed
        return (
            self.rows.filter(pk__in=ids(self.on, self.rows, self.by, self.present, narrowed))
            if narrowed
            else self.rows
        )

    def address(self, **changes):
        return again(SLUG, self.asked, **{"on": self.on.isoformat(), **changes})


def commitment_progress(asked):
    """The Table of a ProgressQuestion: a row a group, below it the commitments. Eight queries at most."""
    found = groups(asked.on, asked.rows, asked.by, asked.present, asked.narrowed)
    called = {0: NONE[asked.by], **names(asked.by, asked.rows, asked.present)}
    shown = found[: asked.most]
    conditions = [one for one in asked.conditions if one[0] != ProgressFilter.base_filters["by"].label]
    of = asked.narrowed.of
    if of is not None:
        conditions.append((asked.by.label, str(called.get(of, "—"))))
    return make_table(
        SLUG,
        _("Commitment progress"),
        (Column("group", asked.by.label), *COLUMNS),
        [group_row(one, called.get(one.key, "—"), asked) for one in shown],
        notes=(*notes(asked), *left_out(len(shown), len(found), asked.address(all=1))),
        as_of=asked.on,
        conditions=tuple(conditions),
        empty=_("No commitment fits. Choose other filters."),
        stacks=stacks(asked.by.label),
        below=(rows_of(asked),),
        charts=drawn(found, called, asked.by),
    )


def notes(asked):
    yield from NOTES
    yield from counts_beside(asked)
    if asked.narrowed.of is not None:
        yield Cell(Inviting(_("Only one group is shown."), _("Show all groups.")), asked.address(of=None))
    yield from review_notes(*of_commitments(asked.rows, asked.on))


def counts_beside(asked):
    """Notes: of how many an officer set the state; proposals and wishes, which are no commitments (one query)."""
    proposed = made_by(asked.on).filter(strength__in=[] if asked.value("strength") else ["proposal", "wish"])
    own = set_by_officers(asked.on, asked.meant).annotate(sort=label("set")).values("sort")
    asking = proposed.annotate(sort=F("strength")).order_by().values("sort")
    found = union(
        [own.annotate(number=Count("commitment", distinct=True)), asking.annotate(number=Count("pk"))]
    )
    counts = Counter(dict(found.values_list("sort", "number")))
    if counts["set"]:
        yield set_words(counts["set"])
    if counts["proposal"] or counts["wish"]:
        text = _("Not among them, in the whole register: %(proposals)s proposals, %(wishes)s wishes.")
        yield text % {"proposals": counts["proposal"], "wishes": counts["wish"]}


def group_row(group, name, asked):
    """The row of a Group; each number opens this report for the commitments behind it."""

    def rows(**more):
        return f"{asked.address(by=asked.by.value, of=group.key, **more)}#commitments"

    def number(value, known, late=False, **more):
        return Cell(value if known else None, rows(**more) if value else "", late=late)

    late = group.overdue > 0
    return [
        Cell(name, rows()),
        Cell(group.number, rows()),
        states(group, rows),
        number(group.done, group.measured, strength="signed", kind="measured", state="fulfilled"),
        number(group.measured, group.measured, strength="signed", kind="measured"),
        number(group.active, group.standing, strength="signed", kind="standing", state="active"),
        number(group.standing, group.standing, strength="signed", kind="standing"),
        number(group.overdue, group.dated, late, health="overdue"),
        number(group.health[Health.DUE_SOON], group.dated, health="due_soon"),
        number(group.health[Health.STALE], group.binding, health="stale"),
        number(group.claimed, True, doubt="claimed"),
        number(group.drafts, True, doubt="drafts"),
    ]


def states(group, rows):
    there = [state for state in State if group.states[state.value]]
    return Parts(
        tuple((state.label, group.states[state.value]) for state in there),
        tuple(rows(state=state.value) for state in there),
    )


def stacks(title):
    titles = {column.key: column.title for column in COLUMNS}
    one = {key: Stack(key, titles[key], ((key, ""),)) for key in ALONE}
    done = Stack("done", _("Signed, measurable"), (("done", _("done")), ("measured", _("of"))))
    active = Stack(
        "active", _("Signed, standing"), (("active", _("with activity lately")), ("standing", _("of")))
    )
    first = Stack("group", title, (("group", ""),))
    return (first, one["all"], one["states"], done, active, *(one[key] for key in ALONE[2:]))


def drawn(found, called, by):
    """The groups with most overdue, at most IN_CHART."""
    title = _("State of commitments by group: %(by)s") % {"by": str(by.label).lower()}
    if len(found) > IN_CHART:
        title = _("%(title)s (the first %(shown)s of %(all)s rows)") % {
            "title": title,
            "shown": IN_CHART,
            "all": len(found),
        }
    told = [
        (
            str(called.get(one.key, "—")),
            tuple(sum(one.states[state] for state in some) for _word, some in SORTS),
        )
        for one in found[:IN_CHART]
    ]
    return stacked(title, [word for word, _some in SORTS], told)


def rows_of(asked):
    """The Table of the commitments, as many as a page shows (four queries)."""
    order = (F("agreement__signed_first").desc(nulls_last=True), "agreement__code", "article", "code", "pk")
    rows = asked.meant.annotate(of_all=Window(Count("pk")))
    return rows_table(rows, asked.on, order, asked.most, asked.address(all=1))
