"""Targets of single periods of recurring commitments: “20 a year, 2022–2025” as one target for each year.

They are ordinary targets once they are made: an officer may change them or take them out, and files hold them.
Nothing is made twice, and nothing that an officer changed or took out is made again.
"""

from collections import defaultdict, namedtuple
from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from agreements.history import Route, recording
from agreements.models import Commitment, Target
from agreements.recurring import Followed, follows_pages
from tracker.progress import facts

Every = Commitment.Every
MONTHS = {Every.YEAR: 12, Every.HALF: 6, Every.QUARTER: 3, Every.MONTH: 1}
"""Months of one period; periods are those of the calendar."""
MOST = 600
"""Instances that one pattern gives at most: fifty years of months."""
SLICE = 500
"""Commitments that are looked at together."""
TRIES = 5
"""How often the rest is made again where another run has just made some of it."""
EACH = ("obligor_id", "counterpart_id")
TAKEN = ("minimum", "maximum", *EACH, "document_id")
"""What an instance takes over from its pattern."""
Pattern = namedtuple(
    "Pattern", ("pk", "commitment_id", "every", "start", "end", "own_first", "own_last", *TAKEN)
)
Key = namedtuple("Key", ("commitment_id", "first", "last", *EACH))
"""What tells an instance from others: another spelling of the same period is no other instance."""
NEVER, ALWAYS = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
NOBODY = Value(0, output_field=BigIntegerField())
KEY = ("commitment_id", "period_first", "period_last", *EACH)


# Which periods ----------------------------------------------------------------------------------------
def periods(every, first, last, on):
    """EDTF texts of the calendar periods that have begun by `on` and share a day with `first` … `last` (None: open)."""
    months, end = MONTHS[every], min(last or on, on)
    if first > end:
        return
    place = (first.year * 12 + first.month - 1) // months
    for number in range(place, place + MOST):
        year, month = divmod(number * months, 12)
        if date(year, month + 1, 1) > end:
            return
        yield written(year, month + 1, months)


def written(year, month, months):
    """“2022”, “2022-03”, “2022-01/2022-06”."""
    if months == 12:
        return f"{year}"
    begin = f"{year}-{month:02d}"
    return begin if months == 1 else f"{begin}/{year}-{month + months - 1:02d}"


def recurring():
    """Q of the targets that stand for each period of their commitment; an open end is never one period."""
    open_end = Q(commitment__kind=Commitment.Kind.PER_PERIOD, period_last__isnull=True)
    return facts.pattern() | open_end


def patterns(commitments):
    """The patterns of the counted ones of `commitments`, each with the stretch of days over which it recurs.

    Its period is its own, else its commitment's, else its agreement's; a start that it leaves open is theirs.
    """
    above = "commitment__period", "commitment__agreement__period"
    ends = [When(~Q(**{text: ""}), then=F(f"{text}_last")) for text in ("period", *above[:1])]
    return Target.objects.filter(recurring(), commitment__in=commitments.counted()).annotate(
        start=Coalesce("period_first", *(f"{text}_first" for text in above)),
        end=Case(*ends, default=F(f"{above[1]}_last")),
    )


def without_start(on):
    """The counted commitments made by `on` that recur, but since when is not known: nothing is made for them."""
    startless = patterns(Commitment.objects.all()).filter(start__isnull=True)
    return facts.made_by(on).filter(pk__in=startless.values("commitment"))


# Making -----------------------------------------------------------------------------------------------
def make_instances(on, commitments=None, *, batch=None):
    """Make the targets of all periods begun by `on` that `commitments` (a queryset; None: all) lack; how many.

    Missed runs are caught up; a second run, or two at once, make nothing twice. `batch`: the import of which
    they are a consequence, so that they are undone with it.
    """
    commitments = Commitment.objects.all() if commitments is None else commitments
    keys = patterns(commitments).filter(start__lte=on).order_by("commitment_id")
    keys = list(keys.values_list("commitment_id", flat=True).distinct())
    with recording(Route.COMMAND, batch):
        return sum(make_some(on, keys[start : start + SLICE]) for start in range(0, len(keys), SLICE))


def make_some(on, keys):
    """Make what the commitments `keys` lack; where another run makes the same, what is left."""
    for again in reversed(range(TRIES)):
        if not (rows := missing(on, keys)):
            return 0
        try:
            with transaction.atomic():
                return len(Target.objects.bulk_create(rows))
        except IntegrityError:
            if not again:
                raise


def lacking(on, commitments):
    """(instances, keys): what the patterns of `commitments` promise and nobody has made yet, not saved.

    Of a pattern with an end those of all its periods, of one without those begun by `on`, and `keys` are those of
    the commitments that have such a one. With what is made they come to the same whenever that was made.
    """
    ends = list(patterns(commitments).order_by("commitment_id").values_list("commitment_id", "end"))
    keys = list(dict.fromkeys(key for key, _end in ends))
    slices = [keys[start : start + SLICE] for start in range(0, len(keys), SLICE)]
    found = [row for some in slices for row in missing(on, some, ahead=True)]
    return found, {key for key, end in ends if end is None}


def missing(on, keys, *, ahead=False):
    """The instances, not saved, that the commitments `keys` should have by `on` and do not have.

    `ahead`: by the end of their patterns, where they have one.
    """
    stored = set(map(Key._make, Target.objects.filter(commitment__in=keys).values_list(*KEY)))
    found = {key: made for key, made in wanted(on, keys, ahead).items() if key not in stored}
    if not found:
        return []
    entered = entered_at({pattern for _row, pattern in found.values()})
    settled = settled_by_hand({key.commitment_id for key in found})
    return [
        row for key, (row, pattern) in found.items() if entered.get(pattern, ALWAYS) > settled.get(key, NEVER)
    ]


def wanted(on, keys, ahead):
    """{Key: (instance, key of its pattern)}; of several patterns the one over the shorter time counts."""
    rows = patterns(Commitment.objects.filter(pk__in=keys)).filter(start__isnull=False)
    columns = (
        "pk",
        "commitment_id",
        "commitment__every",
        "start",
        "end",
        "period_first",
        "period_last",
        *TAKEN,
    )
    instances = {}
    for one in sorted(map(Pattern._make, rows.values_list(*columns)), key=breadth):
        for text in periods(one.every, one.start, one.end, one.end if ahead and one.end else on):
            row = instance(one, text)
            instances.setdefault(Key._make(getattr(row, name) for name in KEY), (row, one.pk))
    return dict(sorted(instances.items(), key=lambda pair: pair[0][:3]))


def instance(pattern, period):
    """The target of one period, not saved."""
    taken = {name: getattr(pattern, name) for name in TAKEN}
    row = Target(commitment_id=pattern.commitment_id, period=period, **taken)
    for field in Target.derived_fields():
        field.derive(row)
    return row


def entered_at(targets):
    """{key: when the target was entered} of the keys `targets`."""
    rows = Target.history.filter(id__in=targets, history_type="+").order_by("history_id")
    return dict(rows.values_list("id", "history_date"))


def breadth(pattern):
    """By commitment, the shorter stretch first."""
    bounded = pattern.own_first and pattern.own_last
    days = (pattern.own_last - pattern.own_first).days if bounded else date.max.toordinal()
    return pattern.commitment_id, days, pattern.pk


def settled_by_hand(commitments):
    """{Key: moment} of instances that once were and are not now: changed into another, or taken out on a page.

    Those that are changed are settled for good; those taken out unless their pattern was entered later.
    """
    past = Target.history.filter(commitment__in=commitments).order_by("history_id")
    single = Target.objects.filter(commitment__in=commitments).exclude(recurring())
    standing = set(single.values_list("pk", flat=True))
    found = defaultdict(lambda: NEVER)
    for pk, sign, route, moment, *key in past.values_list(
        "id", "history_type", "route", "history_date", *KEY
    ):
        if pk in standing:
            found[Key._make(key)] = ALWAYS
        elif (sign, route) == ("-", Route.FORM):
            found[Key._make(key)] = max(found[Key._make(key)], moment)
    return found


# What follows from pages and imports ------------------------------------------------------------------
@follows_pages
def follow_page(commitment):
    """After the page of a commitment was saved with its targets."""
    on, one = timezone.localdate(), Commitment.objects.filter(pk=commitment.pk)
    return Followed(make_instances(on, one), without_start(on).filter(pk=commitment.pk).exists())


def touched_by(batch):
    """The commitments that the import `batch` wrote, or whose targets it wrote."""
    rows = Commitment.history.filter(batch=batch).order_by().values("id")
    parts = Target.history.filter(batch=batch).order_by().values("commitment_id")
    return Commitment.objects.filter(Q(pk__in=rows) | Q(pk__in=parts))


def follow_import(batch):
    """After an import was written, in its transaction: what follows from it is undone with it."""
    return make_instances(timezone.localdate(), touched_by(batch), batch=batch)


def clear_import(batch):
    """Before an import is undone: take out what later runs made of its commitments and patterns, if nobody touched it.

    What an officer changed since stays, and stands in the way of undoing as every later work does.
    """
    entered = {"batch": batch, "history_type": "+"}
    made = Commitment.history.filter(**entered).order_by().values("id")
    own = Target.history.filter(batch=batch).order_by().values("id")
    new = Target.history.filter(**entered).order_by().values("id")
    source = Target.objects.filter(recurring(), pk__in=new, commitment=OuterRef("commitment"))
    for name in EACH:
        source = source.filter(Exact(Coalesce(name, NOBODY), Coalesce(OuterRef(name), NOBODY)))
    rows = Target.objects.filter(Q(commitment__in=made) | Exists(source), untouched()).exclude(pk__in=own)
    with recording(Route.COMMAND):
        return rows.delete()


def untouched():
    """Condition of targets that a run made by itself and nobody changed since."""
    alone = Q(history_type="+", route=Route.COMMAND, batch__isnull=True)
    past = Target.history.filter(id=OuterRef("pk")).order_by()
    return Exists(past.filter(alone)) & ~Exists(past.exclude(alone))


def follow_undoing(batch):
    """After an import was undone, in its transaction: what its commitments as they stood before still lack."""
    return make_instances(timezone.localdate(), touched_by(batch))
