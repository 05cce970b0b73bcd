"""The sheet of citations: what documents say of records and of progress reports."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import (
    Citation,
    Document,
    Progress,
)
from agreements.resources.columns import column
from agreements.resources.records import RecordCell
from agreements.resources.values import ChoiceCell, TextCell, plain
from delegations.models import (
    VisitCitation,
)
from delegations.resources.shared import CITED, EVENTS, SharedResource


class CitationResource(SharedResource):
    """citations: what documents say of records and of progress reports."""

    kind, model, arms = "citations", Citation, CITED
    key = ("record", "code", "document", "role", "locator")
    optional_key = ("locator", "role")
    of = column("record", TextCell(), "record", gettext_lazy("kind of record"))
    code = column("code", TextCell(), "code", gettext_lazy("code"))
    document = column("document", RecordCell(Document))
    role = column("role", TextCell())
    locator = column("locator", TextCell())

    own = ("record", "code", "role")

    def table(self, row):
        return VisitCitation if self.arm(row) in EVENTS else Citation

    def record(self, row):
        """The record cited; a progress report is written commitment#number."""
        if self.arm(row) != "progress":
            return super().record(row)
        commitment, _hash, number = plain(row.get("code")).rpartition("#")
        found = None
        if number.isdecimal() and len(number) < 6:
            key = self.record_of("commitment", commitment).pk, int(number)
            found = self.session.match(Progress, ("commitment_id", "number"), key)
        if found is None:
            raise ValueError(
                _("There is no report “%(code)s”: write commitment#number.")
                % {"code": plain(row.get("code"))}
            )
        return found

    def role_of(self, row):
        return ChoiceCell(self.table(row).Role, default="source").clean(row.get("role"))

    def identity(self, entry):
        row = entry.row
        document = self.readers["document"].read(row.get("document", ""))
        return (
            self.arm(row), self.record(row).pk, document.pk, self.role_of(row),
            self.readers["locator"].read(row.get("locator", "")),
        )  # fmt: skip

    def find_among(self, rows, entry):
        wanted = entry.key[2:]
        found = [row for row in rows if (row.document_id, row.role, row.locator) == wanted]
        return found[0] if found else None

    def fill_known(self, name, entry):
        if name == "code":
            setattr(entry.instance, self.arm(entry.row), self.record(entry.row))
        else:
            entry.instance.role = self.role_of(entry.row)
