"""Papers: sources, approvals, minutes, plans, reports; and what they are cited for."""

import re

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import files
from agreements.fields import CodeField, FoldedField, SortField, Text, WebAddress, Year, edtf
from agreements.models.record import Record, Recorded, exactly_one, not_before, refuse
from agreements.models.term import Term, term

SECRET_NUMBER = re.compile(r"-\s*m\s*$|\(\s*m(ật)?\s*\)", re.IGNORECASE)
SECRET_WORDS = re.compile(r"\b(TỐI |TUYỆT )?MẬT\b")


def secrecy_warning(number="", *texts):
    """A sentence when a number or text looks like a state secret, else "".

    Numbers ending in -m and the words MẬT, TỐI MẬT, TUYỆT MẬT mark secrets (Luật Bảo vệ bí mật nhà nước):
    such papers do not belong in a register on a networked machine.
    """
    if SECRET_NUMBER.search(number or "") or any(SECRET_WORDS.search(text or "") for text in texts):
        return gettext(
            "“%(number)s” looks like a secret paper: secrets do not belong here. "
            "Enter only that it exists and where the paper file is kept."
        ) % {"number": number or "MẬT"}
    return ""


class Document(Record):
    """A paper or page that says something, or decides it (tài liệu)."""

    code = CodeField("TL", verbose_name=_("code"))
    kind = term(Term.Vocabulary.DOCUMENT_KIND, _("kind"))
    number = Text(
        _("number"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("As printed: 01652/QĐ-UBND keeps its zero."),
    )
    issuer = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
        verbose_name=_("issued by"),
    )
    issued_on, issued_first, issued_last = edtf(_("issued on"))
    issued_year = Year("issued_first")
    title = Text(_("title"), max_length=500)
    url = WebAddress(_("address"), blank=True, default="")
    read_on, read_first, read_last = edtf(_("read on"))
    file = files.KeptFileField(
        _("file"),
        storage=files.storage,
        upload_to=files.random_name,
        validators=[files.validate_upload],
        max_length=255,
        null=True,
        blank=True,
        help_text=_("Never a state secret."),
    )
    file_name = Text(_("name of the file"), blank=True, default="", editable=False)
    sha256 = models.CharField(
        _("fingerprint of the file"), max_length=64, blank=True, default="", editable=False
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    folded = FoldedField("number", "title", "code")
    sort = SortField("title")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = [models.F("issued_first").desc(nulls_last=True), "code"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "issuer", "number", "issued_year"],
                condition=Q(issuer__isnull=False, issued_year__isnull=False) & ~Q(number=""),
                name="document_number_once_a_year",
                violation_error_message=_(
                    "The office has a document of this body with this number of this year already."
                ),
            ),
            not_before(
                "read",
                "issued",
                "document_read_after_issue",
                _("It was read before it was issued: check both dates."),
            ),
        ]

    def __str__(self):
        return " · ".join(filter(None, [self.number, self.title]))

    def clean(self):
        if self.pk and not self.checked_together and self in ancestors_by_replacement(self.replaces):
            refuse(_("“%(other)s” replaces this document already."), "replaces", other=self.replaces)

    def secrecy_warning(self):
        return secrecy_warning(self.number, self.title, self.note)


def ancestors_by_replacement(document):
    seen = []
    while document is not None and document not in seen:
        seen.append(document)
        document = document.replaces
    return seen


def cited(model, label):
    return models.ForeignKey(
        model, on_delete=models.CASCADE, null=True, blank=True, related_name="citations", verbose_name=label
    )


def cited_once(*arms):
    """A rule: the same document is not cited twice for the same thing at the same place."""
    return models.UniqueConstraint(
        *(Coalesce(arm, Value(0), output_field=models.BigIntegerField()) for arm in arms),
        "document",
        "role",
        "locator",
        name="%(class)s_once",
        violation_error_message=_("This document is cited here already."),
    )


class CitationBase(Recorded):
    """Where a statement stands: document, as what, place in it."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("document")
    )
    locator = Text(
        _("place in it"), max_length=200, blank=True, default="", help_text=_("Page, article or paragraph.")
    )

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self):
        return " · ".join(filter(None, [str(self.document), self.locator]))


class Citation(CitationBase):
    """What a document says of an agreement, a commitment or a progress report (dẫn nguồn)."""

    ARMS = ("agreement", "commitment", "progress")

    class Role(models.TextChoices):
        SOURCE = "source", _("source")
        LEGAL_BASIS = "legal_basis", _("legal basis")
        APPROVAL = "approval", _("approval")
        TEXT = "text", _("text of the agreement")
        TRANSLATION = "translation", _("translation")
        PLAN = "plan", _("plan")
        EVIDENCE = "evidence", _("evidence")
        REPORT = "report", _("report")

    agreement = cited("agreements.Agreement", _("agreement"))
    commitment = cited("agreements.Commitment", _("commitment"))
    progress = cited("agreements.Progress", _("progress report"))
    role = models.CharField(_("as"), max_length=15, choices=Role, default=Role.SOURCE)

    class Meta(CitationBase.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("agreement", "commitment", "progress"),
                name="citation_for_exactly_one",
                violation_error_message=_("A citation is for one agreement, commitment or progress report."),
            ),
            cited_once("agreement", "commitment", "progress"),
        ]
