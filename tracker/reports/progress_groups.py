"""How many commitments of a partner, field, agreement or unit stand how: counted of the engine's answer."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, F, TextChoices, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementRole, Body, Commitment, CommitmentRole, Term
from agreements.models.standing import BINDING, Health, State
from tracker.progress.engine import judge, listed
from tracker.progress.remembered import remembered
from tracker.progress.statement import compiled


class By(TextChoices):
    """What the rows of the summary are."""

    PARTNER = "partner", _("Partner")
    AGREEMENT = "agreement", _("Agreement")
    FIELD = "field", _("Field")
    UNIT = "unit", _("Lead unit")


NONE = {
    By.PARTNER: _("(no partner recorded)"),
    By.AGREEMENT: _("(in no agreement)"),
    By.FIELD: _("(no field recorded)"),
    By.UNIT: _("(no lead unit recorded)"),
}
"""What the commitments of no group are called."""
FULFILLED = (State.DONE, State.BEYOND)


def members(by, present):
    """(commitment, group) of every commitment that belongs to a group, each pair once.

    `present`: {id of a former place: what it is now}.
    """
    if by == By.AGREEMENT:
        rows = Commitment.objects.filter(agreement__isnull=False).values_list("pk", "agreement")
    elif by == By.FIELD:
        rows = Commitment.fields.through.objects.values_list("commitment", "term")
    elif by == By.UNIT:
        leads = CommitmentRole.objects.filter(role="lead", body__isnull=False)
        rows = leads.values_list("commitment", "body").distinct()
    else:
        abroad = CommitmentRole.objects.filter(body__isnull=False).exclude(body__area__country="VN")
        parties = AgreementRole.objects.filter(role="party").exclude(body__area__country="VN")
        signed = parties.filter(agreement__commitments__isnull=False)
        place = now("body__area_id", present)
        rows = abroad.order_by().values_list("commitment", place)
        return rows.union(signed.order_by().values_list("agreement__commitments", place))
    return rows.order_by()


def now(column, present):
    """The place in a column as it is now."""
    changed = [When(**{column: old}, then=Value(place.id)) for old, place in sorted(present.items())]
    return Case(*changed, default=F(column), output_field=BigIntegerField()) if changed else F(column)


def names(by, chosen, present):
    """{id: name} of the groups of `chosen` (one query); an agreement with its code."""
    if by == By.AGREEMENT:
        rows = Agreement.objects.filter(pk__in=chosen.order_by().values("agreement"))
        return {pk: f"{title} ({code})" for pk, title, code in rows.values_list("pk", "title", "code")}
    model = Term if by == By.FIELD else Body
    used = RawSQL(*of_groups(by, present, "SELECT grp FROM grouped"))
    return dict(model.objects.filter(pk__in=used).order_by().values_list("pk", "name"))


def of_groups(by, present, select):
    """(sql, params): `select` over the pairs of `members`, as a query of its own."""
    pairs, params = compiled(members(by, present))
    return f"WITH grouped (commitment, grp) AS ({pairs}) {select}", params


@dataclass(frozen=True)
class Narrowed:
    """Which of the judged commitments are meant: "" or None is all; `of` 0: those of no group."""

    state: str = ""
    health: str = ""
    doubt: str = ""
    of: int | None = None

    def __bool__(self):
        return bool(self.state or self.health or self.doubt or self.of is not None)

    def means(self, stands, group):
        """Whether a Standing in a group (None: in none) is meant."""
        doubts = {"claimed": stands.claimed, "drafts": stands.drafts}
        states = FULFILLED if self.state == "fulfilled" else (self.state,)
        return (
            (not self.state or stands.state in states)
            and self.health in ("", stands.health)
            and (not self.doubt or doubts[self.doubt] > 0)
            and self.of in (None, group or 0)
        )


def in_groups(on, chosen, by, present, narrowed):
    """(Standing, group or None) of the commitments of `chosen` that are meant, a pair for each group (two queries)."""
    among, own = compiled(chosen.order_by().values("pk"))
    select = f", asked (id) AS ({among}) SELECT id, grp FROM asked LEFT JOIN grouped ON commitment = id ORDER BY id"
    sql, params = of_groups(by, present, select)
    pairs = remembered(sql, [*params, *own])
    stand = judge(on, chosen, list(dict(pairs)))
    for pk, group in pairs:
        if pk in stand and narrowed.means(stands := stand[pk][0], group):
            yield stands, group


def ids(on, chosen, by, present, narrowed):
    """The ids of the commitments meant, for `pk__in` (two queries)."""
    return listed({stands.id: None for stands, _group in in_groups(on, chosen, by, present, narrowed)})


@dataclass
class Group:
    """What is counted of one group. `dated`: one of them can be late; `binding`: one can be without news."""

    key: int
    number: int = 0
    states: Counter = field(default_factory=Counter)
    health: Counter = field(default_factory=Counter)
    done: int = 0
    measured: int = 0
    active: int = 0
    standing: int = 0
    claimed: int = 0
    drafts: int = 0
    dated: bool = False
    binding: bool = False

    def take(self, stands):
        """Add a commitment."""
        self.number += 1
        self.states[stands.state] += 1
        self.health[stands.health] += 1
        self.claimed += stands.claimed > 0
        self.drafts += stands.drafts > 0
        self.dated |= bool(stands.dated)
        self.binding |= stands.strength in BINDING
        if stands.strength != "signed":
            return
        if stands.kind == "standing":
            self.standing += 1
            self.active += stands.state == State.ACTIVE
        else:
            self.measured += 1
            self.done += stands.state in FULFILLED

    @property
    def overdue(self):
        return self.health[Health.OVERDUE]


def groups(on, chosen, by, present, narrowed):
    """[Group] of the commitments meant, most overdue first; key 0 are those of no group (two queries)."""
    found = {}
    for stands, group in in_groups(on, chosen, by, present, narrowed):
        found.setdefault(group or 0, Group(group or 0)).take(stands)
    return sorted(found.values(), key=lambda one: (not one.key, -one.overdue, -one.number, one.key))
