"""The tiles of the home page: today's work, each a link to exactly the list it counts."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement, Commitment


def tiles(user, today):
    """The four tiles for `user` on the day `today`: label, count, url, late."""
    found = []
    agreements, commitments = (
        reverse(f"admin:agreements_{name}_changelist") for name in ("agreement", "commitment")
    )
    if user.has_perm("agreements.view_agreement"):
        found += [
            tile(_("agreements in force"), Agreement.objects.in_force(today), f"{agreements}?effect=now"),
            tile(
                _("expire within 90 days"), Agreement.objects.expiring(today, 90), f"{agreements}?expiring=90"
            ),
        ]
    if user.has_perm("agreements.view_commitment"):
        found.append(
            tile(
                _("commitments overdue"),
                Commitment.objects.overdue(today),
                f"{commitments}?overdue=1",
                late=True,
            )
        )
    if user.has_perm("agreements.view_agreement"):
        week = Agreement.objects.changed_since(timezone.now() - timedelta(days=7))
        found.append(tile(_("agreements changed this week"), week, f"{agreements}?changed=7"))
    return found


def tile(label, rows, url, late=False):
    return {"label": label, "count": rows.count(), "url": url, "late": late}
