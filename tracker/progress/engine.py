"""How commitments stand on a day: one query judges those that are not known to stand as they were judged before.

What is asked of the answer (how many, which, how each) is counted here; what decides it is standing.sql alone.
"""

import json
from collections import defaultdict, namedtuple
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.expressions import RawSQL

from agreements.models import Commitment
from agreements.models.standing import decides
from tracker.progress.judgements import Judgements
from tracker.progress.remembered import answers, now, one_moment, pages, remembered, remembered_of, rows_of
from tracker.progress.statement import days, statement

COLUMNS = (
    "id", "agreement", "kind", "strength", "first", "last", "made", "child_signed", "continued", "assessment",
    "said_on", "reason", "uncertain", "set_reason", "set_until", "set_by", "targets", "met", "beyond", "begun",
    "missed", "next_due", "acts", "recent", "news", "news_text", "claimed", "drafts", "outside", "outside_days",
    "outside_text", "state", "about", "due", "overridden", "health", "dated",
)  # fmt: skip
Standing = namedtuple("Standing", COLUMNS)
"""A commitment as it stands on a day.

`targets`, `met`, `beyond`, `begun`: how many decide, are reached, are passed, have any figure; `missed`,
`next_due`: the first unmet last day before and from the day on; `acts`: what tells of work, `recent` of it
within the window; `news`: the latest day of anything told; `claimed`, `drafts`: facts not verified, not
approved; `outside`: what surely came and counts for no target, on `outside_days` days, the last of them
"last day|EDTF" `outside_text`; `about`: the answer is uncertain because dates are; `overridden`: an officer set
the state, `set_by` (None: a file or command did); `dated`: it can be late.
"""


Tally = namedtuple(
    "Tally", "agreement strength kind state health child number dated news_text claimed drafts overridden"
)
"""`number` commitments that stand alike; `child`: the id of one that promises to sign a paper, which stands alone;
`dated`: one of them can be late; `news_text`: "last day|EDTF"; `overridden`: of how many an officer set the state.
"""
DATES = ("first", "last", "made", "missed", "next_due", "news", "due", "set_until")
Figure = namedtuple(
    "Figure",
    "target commitment minimum most period first last due by_whom with_whom whole decides reached possible checked "
    "delivered",
)
"""What of a target is reached by the day: `reached` surely, `possible` at most, `checked` of that verified.

Quantities are Decimal or None (no figure); `delivered`: 1 where deliveries alone brought what is reached.
"""


def answered(on, chosen, select, by_counterpart=False):
    """The rows that `select` gives over the common tables; none where nothing can be chosen (`pk__in=[]`)."""
    try:
        return remembered(*statement(on, chosen, select, by_counterpart))
    except EmptyResultSet:
        return []


KEPT = Judgements(40_000)
"""Some 1 KB each; of a register of 100,000 commitments one day is kept, some 100 MB."""
FEW = 500
"""Commitments that a statement lists; more are judged with all that are asked for."""
SELECT = "SELECT {} FROM standing LEFT JOIN figures ON figures.commitment = standing.id ORDER BY {}".format(
    ", ".join([*(f"standing.{name}" for name in COLUMNS), *(f"figures.{name}" for name in Figure._fields)]),
    "standing.id, figures.first, figures.target",
)


def judge(on, chosen, keys=None):
    """{commitment id: (Standing, [Figure])} of the commitments of `chosen`, with days as the database gives them.

    `keys`: their ids, where they are known. What was judged before and nothing has touched since is not judged again.
    """
    rows = rows_of_judging(on, chosen, keys)
    return {
        key: (Standing._make(own), [Figure._make(one) for one in figures])
        for key, (own, figures) in rows.items()
    }


@one_moment()
def rows_of_judging(on, chosen, keys=None):
    """As `judge`, as plain tuples: thousands of them are kept, and Python need not look through such again."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:  # it may yet be undone
        return judge_anew(on, chosen)
    day = (*days(on)[1], settings.REVIEW_REQUIRED)
    known, register = KEPT.known(day, now(connection), keys)
    if not known:
        found = judge_anew(on, chosen)
        KEPT.add(day, register, found)
        return found
    keys = keys_of(chosen) if keys is None else keys
    missing = [key for key in keys if key not in known]
    if missing:
        # of all rows: `chosen` has decided already whether its reader may read these
        few = Commitment._base_manager.filter(pk__in=missing)
        found = judge_anew(on, few if len(missing) <= FEW else chosen)
        KEPT.add(day, register, found)
        known.update(found)
    return {key: known[key] for key in keys if key in known}


def forget():
    """As in a new process: nothing is kept."""
    KEPT.clear()
    answers.clear()
    pages.clear()


def keys_of(chosen):
    """The ids of the queryset, in their order."""
    return [pk for (pk,) in remembered_of(chosen.order_by("pk").values("pk").query)]


def judge_anew(on, chosen):
    """{commitment id: (columns of its Standing, those of each Figure)}, asking the database."""
    try:
        rows = rows_of(connections[DEFAULT_DB_ALIAS], *statement(on, chosen, SELECT))
    except EmptyResultSet:
        return {}
    end = len(COLUMNS)
    found = {}
    for pk, own in groupby(rows, itemgetter(0)):
        own = list(own)
        found[pk] = own[0][:end], tuple(row[end:] for row in own if row[end] is not None)
    return found


@decides
def standings(on, chosen):
    """[Standing] of the commitments of the queryset `chosen` as of the day `on`, in the order of their ids."""
    return [typed(stands) for stands, _figures in judge(on, chosen).values()]


def judged(on, chosen, keys=None):
    """{commitment id: (Standing, [Figure])} of the commitments of `chosen`, targets in the order of their periods."""
    return {
        pk: (typed(stands), [typed_figure(one) for one in figures])
        for pk, (stands, figures) in judge(on, chosen, keys).items()
    }


def typed_figure(one):
    numbers = {name: decimal(getattr(one, name)) for name in QUANTITIES}
    return typed(one._replace(**numbers), ("first", "last", "due"))


Share = namedtuple("Share", "party reached recent news_text")
"""What a counterpart of a commitment got: `reached` surely (None: no figure); `recent` activities that may lie within
the window; `news_text` of the last one: "last day|EDTF", None where none is known."""


def shares(on, chosen):
    """{commitment id: [Share]} of the commitments of `chosen` with several counterparts, in one query."""
    select = """SELECT g.commitment, g.with_whom, g.reached, SUM(CASE WHEN f.last IS NULL OR f.last >= asked.window_day
            THEN f.active ELSE 0 END),
        MAX(CASE WHEN f.active = 1 THEN CAST(CASE WHEN f.last <= asked.on_day THEN f.last ELSE f.first END AS TEXT)
            || '|' || f.held END)
        FROM asked, figures g LEFT JOIN matched m ON m.target = g.target
        LEFT JOIN facts f ON f.source = m.source AND f.id = m.id
        GROUP BY g.target, g.commitment, g.with_whom, g.reached ORDER BY g.commitment, g.target"""
    found = {}
    for commitment, party, reached, recent, news_text in answered(on, chosen, select, by_counterpart=True):
        found.setdefault(commitment, []).append(Share(party, decimal(reached), recent or 0, news_text))
    return {pk: parts for pk, parts in found.items() if len(parts) > 1}


QUANTITIES = ("minimum", "most", "reached", "possible", "checked")


def decimal(number):
    """A quantity as a Decimal: SQLite adds them as binary numbers."""
    return None if number is None else round(Decimal(str(number)), 2)


def typed(row, names=DATES):
    """SQLite gives days as text."""
    days = {name: day_of(day) for name in names if isinstance(day := getattr(row, name), str)}
    return row._replace(**days) if days else row


day_of = lru_cache(10_000)(date.fromisoformat)


ALIKE, TOLD = (
    itemgetter(*(COLUMNS.index(name) for name in names))
    for names in (Tally._fields[:5], ("dated", "news_text", "claimed", "drafts", "overridden"))
)
"""Of the columns of a Standing: by which a Tally is told apart, and what it tells of those alike."""


def tallies(on, chosen):
    """[Tally] of the commitments of `chosen`: how many of each agreement, strength and kind stand how."""
    alike = defaultdict(list)
    for pk, (own, _figures) in rows_of_judging(on, chosen).items():
        key = ALIKE(own)
        alike[*key, pk if key[2] == "child" else None].append(TOLD(own))
    return [Tally(*key, *told_of(some)) for key, some in alike.items()]


def told_of(some):
    """What is told of commitments that stand alike: the columns of a Tally from `number` on."""
    dated, news, claimed, drafts, overridden = zip(*some, strict=True)
    last = max(filter(None, news), default=None)
    return len(some), max(dated), last, sum(claimed), sum(drafts), sum(overridden)


@decides
def ids(on, chosen, **values):
    """The ids of those of `chosen` whose columns have the `values` (one, or a list of them), for `pk__in`.

    Within a transaction the query itself.
    """
    wanted = {
        name: [value] if isinstance(value, str | int) else list(value) for name, value in values.items()
    }
    if not all(wanted.values()):
        return []
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        conditions = (f"{name} IN ({', '.join(['%s'] * len(some))})" for name, some in wanted.items())
        select = f"SELECT id FROM standing WHERE {' AND '.join(['TRUE', *conditions])}"
        return as_query(on, chosen, select, [one for some in wanted.values() for one in some])
    return listed(
        stands.id
        for stands, _figures in judge(on, chosen).values()
        if all(getattr(stands, name) in some for name, some in wanted.items())
    )


MOST_IDS = 10_000
"""Ids that a statement may list, each as a parameter of its own."""


def listed(keys):
    """Ids for `pk__in`: the list of them, or where they are many one parameter that the database takes apart.

    A text, for answers are kept by the parameters of their question (remembered.py).
    """
    keys = list(keys)
    if len(keys) <= MOST_IDS:
        return keys
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        return RawSQL("SELECT UNNEST(%s::bigint[])", [f"{{{','.join(map(str, keys))}}}"])
    return RawSQL("SELECT value FROM JSON_EACH(%s)", [json.dumps(keys)])


def as_query(on, chosen, select, wanted=()):
    """The query of the ids that `select` (with the parameters `wanted`) gives over the common tables."""
    try:
        sql, params = statement(on, chosen, select)
    except EmptyResultSet:
        return []
    return RawSQL(sql, [*params, *wanted])


def selected(on, chosen, select):
    """The ids that `select` gives over the common tables, for `pk__in`; within a transaction the query itself."""
    query = as_query(on, chosen, select)
    if not query or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return query
    return listed(pk for (pk,) in remembered(query.sql, query.params))
