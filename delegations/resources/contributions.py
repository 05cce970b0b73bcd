"""The sheet of contributions: what delegations, meetings and deliveries did for promises."""

from contextlib import suppress

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.resources.arms import arm_named
from agreements.resources.columns import column
from agreements.resources.values import (
    ChoiceCell,
    NumberCell,
    TextCell,
    body_cell,
    plain,
)
from delegations.models import (
    Contribution,
    DeliveryLine,
)
from delegations.resources.shared import EVENTS, PROMISES, SharedResource
from delegations.resources.together import more_than_brought, over_allocated


class ContributionResource(SharedResource):
    """contributions: what delegations, meetings and deliveries did for agreements and commitments."""

    kind, model, arms = "contributions", Contribution, EVENTS
    key = ("event", "code", "line", "to", "to_code", "how", "counterpart")
    optional_key = ("line", "how", "counterpart")
    event = column("event", TextCell(), "event_kind", gettext_lazy("kind of event"))
    code = column("code", TextCell(), "event_code", gettext_lazy("code"))
    line = column("line", NumberCell(whole=True), "line_number")
    to = column("to", TextCell(), "to_kind", gettext_lazy("contributes to"))
    to_code = column("to_code", TextCell(), "to_code", gettext_lazy("code of the agreement or commitment"))
    how = column("how", ChoiceCell(Contribution.How, default="serves"))
    counterpart = column("counterpart", body_cell())
    quantity = column("quantity", NumberCell())

    own = ("event", "code", "line", "to", "to_code")
    stands_for = {"to": PROMISES, "to_code": PROMISES}

    def prefetch(self, entries):
        codes = {}
        for entry in entries:
            with suppress(ValueError):
                arm = arm_named(entry.row.get("to"), PROMISES)
                codes.setdefault(arm, set()).add(plain(entry.row.get("to_code")))
        for arm, found in codes.items():
            self.record_cells[arm].fetch(found)
        super().prefetch(entries)

    def promise(self, row):
        """(arm, the agreement or commitment that the row goes to)."""
        arm = arm_named(row.get("to"), PROMISES)
        return arm, self.record_of(arm, row.get("to_code"))

    def line_of(self, row):
        number = NumberCell(whole=True).clean(row.get("line"))
        if number is None:
            return None
        line = None
        if self.arm(row) == "delivery":
            line = self.session.match(DeliveryLine, ("delivery_id", "number"), (self.record(row).pk, number))
        if line is None:
            raise ValueError(
                _("There is no line %(number)s: only deliveries have lines.") % {"number": number}
            )
        return line

    def identity(self, entry):
        row = entry.row
        arm, promise = self.promise(row)
        line, how = self.line_of(row), self.readers["how"].read(row.get("how", ""))
        counterpart = self.readers["counterpart"].read(row.get("counterpart", ""), entry.day)
        return (
            self.arm(row), self.record(row).pk, arm, promise.pk, line.pk if line else None, how,
            counterpart.pk if counterpart else None,
        )  # fmt: skip

    def find_among(self, rows, entry):
        arm, promise, line, how, counterpart = entry.key[2:]
        for row in rows:
            same = (row.line_id, row.how, row.counterpart_id) == (line, how, counterpart)
            if same and getattr(row, f"{arm}_id") == promise:
                return row
        return None

    def fill_own(self, name, entry):
        if name == "to":  # told also where the kind of event cannot be read
            arm_named(entry.row.get("to"), PROMISES)
        else:
            super().fill_own(name, entry)

    def fill_known(self, name, entry):
        instance, row = entry.instance, entry.row
        if name == "code":
            setattr(instance, self.arm(row), self.record(row))
        elif name == "line":
            instance.line = self.line_of(row)
        else:
            self.fill_promise(instance, row)

    def fill_promise(self, instance, row):
        try:
            arm_named(row.get("to"), PROMISES)
        except ValueError:  # told under its own column
            return
        arm, promise = self.promise(row)
        setattr(instance, arm, promise)

    def together(self):
        return [over_allocated, more_than_brought]

    def touch(self, entry):
        if entry.instance.line_id:
            self.batch.touch("allocations", entry.instance.line, entry)
        if entry.instance.delivery_id and entry.instance.quantity is not None:
            self.batch.touch("shares", entry.instance.delivery, entry)

    def get_queryset(self):
        return Contribution.objects.select_related(
            "delegation__office", "meeting__office", "delivery__office", "line",
            "agreement__office", "commitment__office", "counterpart",
        ).order_by("id")  # fmt: skip
