"""Which commitments a change in the register may make stand otherwise.

Every change writes a row of history (remembered.py). Of each history that is longer now the new rows name what was
changed; RULES say which commitments tell of it. They ask the histories alone: there stands also what was named before,
and what has changed once more since. What no rule speaks of may touch any commitment, except a new row: nothing names
it yet, and who names it later is a change of its own. Tables that the statement does not read touch none.
"""

from datetime import date
from functools import cache

from agreements.models import (
    Agreement,
    AgreementLink,
    Commitment,
    CommitmentRole,
    Progress,
    StateOverride,
    Target,
    User,
)
from agreements.scope import whole_register
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryRole,
    Meeting,
    MeetingRole,
    VisitCitation,
)
from tracker.progress.remembered import recorded
from tracker.progress.statement import statement

MOST = 500
"""New rows of a history, beyond which everything is judged anew: an import."""


@whole_register()
def touched(before, after):
    """The ids of the commitments that changes between two states of the register may touch; None: any."""
    found = set()
    for model, old, new in zip(recorded(), pairs(before), pairs(after), strict=True):
        if old == new or not is_read(model):
            continue
        changed = rows_between(model, old, new)
        if changed is None:
            return None
        if model in RULES:
            found |= RULES[model]({pk for pk, _kind in changed})
        elif any(kind != "+" for _pk, kind in changed):
            return None
    return found


def pairs(stamp):
    """(rows, last number) of each history."""
    return zip(stamp[::2], stamp[1::2], strict=True)


def rows_between(model, old, new):
    """[(id, "+", "~" or "-")] of the rows of a history that came; None where they are too many or not just these.

    Not just these: rows of a history were erased, or one came late under an earlier number.
    """
    came = new[0] - old[0]
    if not 0 < came <= MOST:
        return None
    rows = past(model).filter(history_id__gt=old[1] or 0, history_id__lte=new[1])
    changed = list(rows.order_by().values_list("id", "history_type"))
    return changed if len(changed) == came else None


def past(model):
    return model.history.model.objects


@cache
def is_read(model):
    """Whether the statement that judges reads the table."""
    sql, _params = statement(date(2000, 1, 1), Commitment.objects.all(), "SELECT 1")
    return f'"{model._meta.db_table}"' in sql


def named(model, column):
    """A rule: the commitments that its rows name, or named."""

    def rule(keys):
        return set(past(model).filter(id__in=keys).values_list(column, flat=True))

    return rule


def linked(event):
    """A rule: the commitments for which it took place, or was held to."""

    def rule(keys):
        rows = past(Contribution).filter(**{f"{event}__in": keys}, commitment__isnull=False)
        return set(rows.order_by().values_list("commitment_id", flat=True))

    return rule


def part_of(model, event):
    """A rule of what stands in a visit, meeting or delivery: as if that was changed itself."""

    def rule(keys):
        owners = past(model).filter(id__in=keys).values_list(f"{event}_id", flat=True)
        return linked(event)(set(owners) - {None})

    return rule


def of_commitments(keys):
    """Commitments themselves; those they continue; and those with which they share, or name, a paper promised."""
    rows = past(Commitment).filter(id__in=keys).values_list("agreement_id", "continues_id", "child_id")
    agreements, continued, papers = (set(some) - {None} for some in zip(*rows, strict=True))
    return keys | continued | of_agreements(agreements) | of_agreements(above(papers))


def of_agreements(keys):
    """The commitments made in agreements, and those that promise the agreements themselves."""
    made = past(Commitment).filter(agreement__in=keys).values_list("id", "continues_id")
    promised = past(Commitment).filter(child__in=keys).values_list("id", flat=True)
    return {pk for pair in made for pk in pair if pk} | set(promised)


def of_agreements_and_above(keys):
    """As `of_agreements`, and the commitments that these agreements, as papers signed under others, perform."""
    return of_agreements(keys | above(keys))


def above(papers):
    """The agreements that papers are linked with, or were."""
    return set(past(AgreementLink).filter(agreement__in=papers).values_list("other_id", flat=True))


def of_links(keys):
    """The commitments under whose agreement a paper was signed, or was held to be."""
    return of_agreements(set(past(AgreementLink).filter(id__in=keys).values_list("other_id", flat=True)))


def of_officers(keys):
    """The commitments whose state they set; whoever logs in changes, too, and nothing more."""
    return set(past(StateOverride).filter(author__in=keys).values_list("commitment_id", flat=True))


RULES = {
    **{model: named(model, "commitment_id") for model in (Progress, Target, StateOverride, CommitmentRole)},
    Contribution: lambda keys: named(Contribution, "commitment_id")(keys) - {None},
    Delegation: linked("delegation"),
    Meeting: linked("meeting"),
    Delivery: linked("delivery"),
    DelegationRole: part_of(DelegationRole, "delegation"),
    MeetingRole: part_of(MeetingRole, "meeting"),
    DeliveryRole: part_of(DeliveryRole, "delivery"),
    VisitCitation: part_of(VisitCitation, "delivery"),
    Commitment: of_commitments,
    Agreement: of_agreements_and_above,
    AgreementLink: of_links,
    User: of_officers,
}
"""{model: the commitments that changes of its rows (ids) may touch}."""
