"""The tiles of the home page: today's work, each a link to exactly the list it counts."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Commitment, Progress
from agreements.models.record import Record, ReviewState, counted_with
from agreements.models.standing import Health
from delegations.models import Delegation, Delivery, Meeting
from tracker.progress.remembered import how_many, one_moment, remembered_of


@one_moment()
def tiles(user, today):
    """The tiles that `user` may see on the day `today`: label, count, url, late.

    Each counts from `counted()`, as the reports do; its list leaves out what is withdrawn, too.
    """
    found = []
    if user.has_perm("agreements.view_agreement"):
        in_force, expiring = Agreement.objects.in_force(today), Agreement.objects.expiring(today, 90)
        found.append(tile(now("agreements in force"), in_force, effect="now"))
        found.append(tile(now("expire within 90 days"), expiring, expiring=90))
    if user.has_perm("agreements.view_commitment"):
        overdue = Commitment.objects.overdue(today)
        found.append(tile(now("commitments overdue"), overdue, late=True, health=Health.OVERDUE.value))
    if user.has_perm("agreements.view_agreement"):
        week = Agreement.objects.changed_since(timezone.now() - timedelta(days=7))
        # asked of another moment each time, so nothing to keep
        found.append(tile(now("agreements changed this week"), week, count=week.count(), changed=7))
    return found + list(waiting(user))


REVIEWED = (
    # table, what waits for approval in it, what was returned in it
    (Progress, _("progress reports to approve"), _("progress reports returned")),
    (Delegation, _("delegations to approve"), _("delegations returned")),
    (Meeting, _("meetings to approve"), _("meetings returned")),
    (Delivery, _("deliveries of aid to approve"), _("deliveries of aid returned")),
)


def waiting(user):
    """Tiles of what waits in the review: for who may approve what was submitted, for who enters what came back."""
    asked = list(awaited(user))
    numbers = counts([rows for _label, rows, _state in asked])
    for place, (label, rows, state) in enumerate(asked):
        if place in numbers:
            late = state == ReviewState.RETURNED
            yield tile(label, rows, late, numbers[place], review_state__exact=state.value)


def awaited(user):
    """(label, rows, their state) of what may wait for `user`."""
    for model, submitted, returned in REVIEWED:
        name = f"{model._meta.app_label}.{{}}_{model._meta.model_name}".format
        for label, right, state in (
            (submitted, "approve", ReviewState.SUBMITTED),
            (returned, "add", ReviewState.RETURNED),
        ):
            if user.has_perm(name("view")) and user.has_perm(name(right)):
                yield label, model.objects.filter(counted_with(model), review_state=state), state


def counts(querysets):
    """{place of a queryset in the list: how many rows it has}, without the empty ones: one statement."""
    if not querysets:
        return {}
    first, *others = (
        rows.order_by().annotate(asked=Value(place)).values("asked").annotate(found=Count("pk"))
        for place, rows in enumerate(querysets)
    )
    found = first.union(*others, all=True).values_list("asked", "found").query
    return {place: number for place, number in remembered_of(found) if number}


def tile(label, rows, late=False, count=None, **filters):
    """The tile that counts `rows` (or says their `count`); `filters`: by the names in its address."""
    opts = rows.model._meta
    if issubclass(rows.model, Record):
        filters["withdrawn_on__isnull"] = True
    url = f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{urlencode(filters)}"
    return {"label": label, "count": how_many(rows) if count is None else count, "url": url, "late": late}
