"""How many commitments of a partner, field, agreement or unit stand how: one grouped query over the engine."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, F, TextChoices, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementRole, Body, Commitment, CommitmentRole, Term
from agreements.models.standing import Health, State
from tracker.progress.engine import MOST_IDS, compiled, statement
from tracker.progress.remembered import remembered


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

    def where(self):
        """(sql, params) over `standing` and `grouped`."""
        said, params = [], []
        if self.state:
            states = FULFILLED if self.state == "fulfilled" else (self.state,)
            said.append(f"state IN ({', '.join(['%s'] * len(states))})")
            params += [str(state) for state in states]
        if self.health:
            said.append("health = %s")
            params.append(self.health)
        if self.doubt:
            said.append("claimed > 0" if self.doubt == "claimed" else "drafts > 0")
        if self.of is not None:
            said.append("grp = %s" if self.of else "grp IS NULL")
            params += [self.of] if self.of else []
        return (f" WHERE {' AND '.join(said)}" if said else ""), params


def over_groups(on, chosen, by, present, narrowed, select, after=""):
    """(sql, params): `select` over the judged commitments of `chosen`, a row for each group that one is in."""
    pairs, more = compiled(members(by, present))
    where, wanted = narrowed.where()
    written = (
        f", grouped (commitment, grp) AS ({pairs})\n"  # one more common table after those of the engine
        f"{select} FROM standing LEFT JOIN grouped ON grouped.commitment = standing.id{where}{after}"
    )
    sql, params = statement(on, chosen, written)
    return sql, [*params, *more, *wanted]


def ids(on, chosen, by, present, narrowed):
    """The ids of the commitments meant, for `pk__in` (one query); where they are many, the query itself."""
    sql, params = over_groups(on, chosen, by, present, narrowed, "SELECT standing.id")
    found = remembered(sql, params)
    return RawSQL(sql, params) if len(found) > MOST_IDS else [row[0] for row in found]


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

    def take(self, state, health, kind, strength, number, dated, claimed, drafts):
        """Add commitments that stand alike."""
        self.number += number
        self.states[state] += number
        self.health[health] += number
        self.claimed += claimed
        self.drafts += drafts
        self.dated |= bool(dated)
        self.binding |= strength in ("signed", "agreed", "announced", "task")
        if strength != "signed":
            return
        if kind == "standing":
            self.standing += number
            self.active += number * (state == State.ACTIVE)
        else:
            self.measured += number
            self.done += number * (state in FULFILLED)

    @property
    def overdue(self):
        return self.health[Health.OVERDUE]


ALIKE = "grp, state, health, kind, strength"


def groups(on, chosen, by, present, narrowed):
    """[Group] of the commitments meant, most overdue first; key 0 are those of no group (one query)."""
    counts = (
        "COUNT(*), MAX(dated), SUM(CASE WHEN claimed > 0 THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN drafts > 0 THEN 1 ELSE 0 END)"
    )
    sql, params = over_groups(
        on, chosen, by, present, narrowed, f"SELECT {ALIKE}, {counts}", after=f" GROUP BY {ALIKE}"
    )
    found = {}
    for key, *alike in remembered(sql, params):
        found.setdefault(key or 0, Group(key or 0)).take(*alike)
    return sorted(found.values(), key=lambda one: (not one.key, -one.overdue, -one.number, one.key))
