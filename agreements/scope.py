"""Who sees which rows: the walls between offices.

`WALLS` names every table of ours once, with its way to the office that keeps the row. `scope(model, user)` are the
rows that a user may read; a table that nobody named shows nothing. While a page is made (`seen_by`, set by
tracker/middleware.py for each request), the managers of these tables give no other rows: so lists, choices, files,
reports and pages still to be written stand behind the same wall, and none of them can forget it. Commands see
everything: whoever has the machine has the data.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db.models import Manager, Q, QuerySet
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wall:
    """How the rows of a table lead to who may read them.

    `offices`: paths to the office that keeps the row (of several, one is set); `common`: where this path is empty
    the row is of all offices. `promise`, `paper`: the path to the commitment or agreement by which focal points
    read the row; "": they do not. `shared`: why all offices read, and keep up, every row together; `closed`: why
    nobody reads any who does not see everything.
    """

    offices: tuple = ()
    common: str = ""
    promise: str = ""
    paper: str = ""
    shared: str = ""
    closed: str = ""


def office(path="office", **more):
    return Wall((path,), **more)


LIST = Wall(shared="a list for all: records of two offices must mean the same thing by the same entry")
WALLS = {
    # The ground floor: bodies, people and lists are of all offices, records and their parts of one
    "agreements.body": LIST,
    "agreements.locality": LIST,
    "agreements.organization": LIST,
    "agreements.succession": LIST,
    "agreements.person": Wall(shared="a name and nothing else; titles stand in the records"),
    "agreements.term": LIST,
    "agreements.name": office("agreement__office", common="agreement", paper="agreement"),
    "agreements.user": office(),
    "agreements.document": office(),
    "agreements.agreement": office(paper="id"),
    "agreements.agreementrole": office("agreement__office", paper="agreement"),
    "agreements.agreementlink": office("agreement__office"),
    "agreements.agreementevent": office("agreement__office", paper="agreement"),
    "agreements.commitment": office(promise="id"),
    "agreements.commitmentrole": office("commitment__office", promise="commitment"),
    "agreements.target": office("commitment__office", promise="commitment"),
    "agreements.progress": office("commitment__office", promise="commitment"),
    "agreements.stateoverride": office("commitment__office", promise="commitment"),
    "agreements.citation": Wall(("agreement__office", "commitment__office", "progress__commitment__office")),
    # The upper floor
    "delegations.delegation": office(),
    "delegations.delegationrole": office("delegation__office"),
    "delegations.meeting": office(),
    "delegations.meetingrole": office("meeting__office"),
    "delegations.delivery": office(),
    "delegations.deliveryrole": office("delivery__office"),
    "delegations.deliveryline": office("delivery__office"),
    "delegations.contribution": Wall(("delegation__office", "meeting__office", "delivery__office")),
    "delegations.visitcitation": Wall(("delegation__office", "meeting__office", "delivery__office")),
    # What is told about both; a copy made of all offices' rows bears no office, and only who reads all reads it
    "tracker.importbatch": office(),
    "tracker.frozenreport": office(),
    "tracker.reporttemplate": office(common="office"),
    "tracker.accesslog": Wall(closed="who took and read what is for administrators, in its own list"),
    "tracker.seal": Wall(closed="the chain over the logs of all offices"),
}
NOBODY = Q(pk__in=[])
HIDDEN = _("(of another office)")
"""In place of what the reader may not see, where a row of theirs names it."""
NOT_OURS = _("Here you enter records of your own office only: leave the office as it is filled in.")
TOOK_ON = ("lead", "cooperating")
"""Parts taken in a commitment by which it is a focal point's: his unit leads or shares it."""


class Reach(Enum):
    """How far somebody sees."""

    NOTHING = "nothing"
    UNIT = "unit"  # the commitments that their unit leads or shares, with their agreements
    OFFICE = "office"
    EVERYTHING = "everything"


def administers(user):
    """Whether `user` is an administrator: who changes accounts can give themselves every right, so has them all."""
    return user.is_superuser or user.has_perm("agreements.change_user")


def reach(user):
    """How far `user` sees.

    Who manages accounts sees everything: no wall could hold them. Who reports progress without entering commitments
    is a focal point of a unit. Nobody's office is everybody's: province-wide readers have none.
    """
    if user is None or not (user.is_authenticated and user.is_active):
        return Reach.NOTHING
    if administers(user):
        return Reach.EVERYTHING
    if user.has_perm("agreements.add_progress") and not user.has_perm("agreements.change_commitment"):
        return Reach.UNIT
    return Reach.EVERYTHING if user.office_id is None else Reach.OFFICE


def scope(rows, user):
    """Those of `rows` (a model or QuerySet) that `user` may read."""
    queryset = rows if isinstance(rows, QuerySet) else rows._base_manager.all()
    condition = condition_for(queryset.model, user)
    return queryset if condition is None else queryset.filter(condition)


def condition_for(model, user):
    """The Q of `scope`; None where `user` reads every row. History tables follow the tables they tell of."""
    wall, far = WALLS.get(getattr(model, "instance_type", model)._meta.label_lower), reach(user)
    if wall is None:
        return None if user is not None and user.is_superuser else NOBODY
    if far is Reach.EVERYTHING:
        return None
    if far is Reach.NOTHING or wall.closed:
        return NOBODY
    if wall.shared:
        return None
    common = Q(**{f"{wall.common}__isnull": True}) if wall.common else NOBODY
    if far is Reach.UNIT:
        return common | of_unit(wall, user.office_id)
    found = [Q(**{path: user.office_id}) for path in wall.offices]
    return any_of([*found, common] if wall.common else found)


def any_of(conditions):
    found = conditions[0]
    for one in conditions[1:]:
        found |= one
    return found


def of_unit(wall, unit):
    """Q: rows of commitments that the body `unit` leads or shares, and of their agreements."""
    if unit is None:
        return NOBODY  # of no unit, so no commitment is theirs
    roles = apps.get_model("agreements", "CommitmentRole")._base_manager
    taken = roles.filter(role__in=TOOK_ON, body=unit)
    if wall.promise:
        return Q(**{f"{wall.promise}__in": taken.values("commitment")})
    return Q(**{f"{wall.paper}__in": taken.values("commitment__agreement")}) if wall.paper else NOBODY


# While a page is made ------------------------------------------------------------------------------
_reader = ContextVar("reader", default=None)


@contextmanager
def seen_by(user):
    """Inside, the register holds only what `user` may read; None: everything."""
    token = _reader.set(user)
    try:
        yield
    finally:
        _reader.reset(token)


def whole_register():
    """Inside, everything is read: for answers that must be the same for whoever may ask."""
    return seen_by(None)


def walled(queryset):
    """Those of `queryset` that the reader of the page may see; all of them where nobody reads."""
    reader = _reader.get()
    return queryset if reader is None else scope(queryset, reader)


class WalledManager(Manager):
    """The manager of every table of `WALLS`: it gives what the reader may see."""

    def get_queryset(self):
        return walled(super().get_queryset())


def sees(model, key):
    """Whether the reader of the page may see the row of `model` with this primary key."""
    reader = _reader.get()
    condition = None if reader is None else condition_for(model, reader)
    return condition is None or model._base_manager.filter(condition, pk=key).exists()


def own_office():
    """The one office whose records the reader of the page may keep; None: any."""
    reader = _reader.get()
    if reader is None or reach(reader) is Reach.EVERYTHING:
        return None
    return reader.office_id or 0


def may_keep(office_id):
    """Whether the reader of the page may keep records of this office."""
    return own_office() in (None, office_id)


def may_take_out():
    """Whether the reader of the page may take out files of the register: focal points read single commitments."""
    reader = _reader.get()
    return reader is None or reach(reader) in (Reach.OFFICE, Reach.EVERYTHING)
