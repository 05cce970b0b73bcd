"""The tiles of the home page: today's work, each a link to exactly the list it counts."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement, Commitment
from agreements.models.standing import Health


def tiles(user, today):
    """The tiles that `user` may see on the day `today`: label, count, url, late.

    Each counts from `counted()`, as the reports do; its list leaves out what is withdrawn, too.
    """
    found = []
    if user.has_perm("agreements.view_agreement"):
        in_force, expiring = Agreement.objects.in_force(today), Agreement.objects.expiring(today, 90)
        found.append(tile(_("agreements in force"), in_force, effect="now"))
        found.append(tile(_("expire within 90 days"), expiring, expiring=90))
    if user.has_perm("agreements.view_commitment"):
        overdue = Commitment.objects.overdue(today)
        found.append(tile(_("commitments overdue"), overdue, late=True, health=Health.OVERDUE.value))
    if user.has_perm("agreements.view_agreement"):
        week = Agreement.objects.changed_since(timezone.now() - timedelta(days=7))
        found.append(tile(_("agreements changed this week"), week, changed=7))
    return found


def tile(label, rows, late=False, **filters):
    """The tile that counts `rows`; `filters`: those of their list, by the names in its address."""
    address = reverse(f"admin:agreements_{rows.model._meta.model_name}_changelist")
    url = f"{address}?{urlencode({**filters, 'withdrawn_on__isnull': True})}"
    return {"label": label, "count": rows.count(), "url": url, "late": late}
