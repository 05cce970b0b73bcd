"""Top records named in a cell: CODE, OFFICE/CODE, OFFICE//CODE, and which of them reads one way."""

from functools import cached_property

from django.db.models import Count, TextField
from django.utils.translation import gettext as _

from agreements.interchange.table import says_total
from agreements.resources.values import Asked, Cell, Later, plain


def divisions(text):
    """(office, code) of every way to read OFFICE/CODE or OFFICE//CODE; either may hold a slash itself."""
    for place, sign in enumerate(text):
        if sign == "/":
            yield text[:place], text[place + 1 :]
            if text[place + 1 : place + 2] == "/":
                yield text[:place], text[place + 2 :]


def exact(office, code):
    """The code of a record with that of its office, so that it is no code by itself."""
    return f"{office}//{code}"


class WrittenCodes:
    """How the codes of a table are written so that reading them in finds the same record, for any number of them."""

    def __init__(self, model):
        self.model = model

    @cached_property
    def shared(self):
        """Codes that several offices use."""
        counted = self.model.objects.order_by().values("code").annotate(times=Count("pk"))
        return frozenset(counted.filter(times__gt=1).values_list("code", flat=True))

    @cached_property
    def slashed(self):
        """Codes with a slash in them, which may look like OFFICE/CODE."""
        found = self.model.objects.order_by().filter(code__contains="/")
        return frozenset(found.values_list("code", flat=True))

    @cached_property
    def offices(self):
        """The codes of the offices that have records."""
        found = self.model.objects.order_by().values_list("office__code", flat=True)
        return frozenset(found.distinct())

    def written(self, office, code):
        """CODE; OFFICE/CODE where several offices use it; OFFICE//CODE where the like is a code, or reads otherwise.

        “Tổng cộng” alone would be taken for a row of totals.
        """
        if code in self.shared or says_total(code):
            text = f"{office}/{code}"
            mistaken = text in self.slashed or ("/" in code and self.names_others(text, office, code))
        else:
            text = code
            mistaken = "/" in code and self.names_others(text, office, code)
        return exact(office, code) if mistaken else text

    def names_others(self, text, office, code):
        """Whether `text` is OFFICE/CODE of another record."""
        found = (pair for pair in divisions(text) if pair[0] in self.offices and pair != (office, code))
        return any(self.model.objects.filter(office__code=other, code=rest).exists() for other, rest in found)


class RecordCell(Cell):
    """A top record by its code; in the importer's office first, else in the only office that has it.

    The whole cell is read as a code, and as OFFICE/CODE where the part before a slash is the code of an office that
    has such a record. Where that names two records the officer says which one is meant. A code that nobody bears yet
    may stand further down in the file (`Later`).
    """

    def __init__(self, model):
        self.model, self.office = model, None
        self.forget()

    def forget(self):
        """Read the table anew at the next cell."""
        self.batch, self.codes = None, WrittenCodes(self.model)

    def bind(self, batch, office):
        self.batch, self.office, self.codes = batch, office, WrittenCodes(self.model)
        batch.session.columns.setdefault(self.model, light(self.model))

    def fetch(self, texts):
        """Read the records of many cells at once."""
        codes = {plain(text) for text in texts}
        codes |= {rest for code in codes for _office, rest in divisions(code)}
        self.batch.session.fetch(self.model, "code", codes - {""})

    def rows(self, code):
        if self.batch:
            return self.batch.session.rows(self.model, "code", code, refused=True)
        return list(self.model.objects.filter(code=code)[:20])

    def bearers(self, text):
        """Records whose code the whole text is (at most a few: one an office)."""
        rows = self.rows(text)
        own = [row for row in rows if self.office is not None and row.office_id == self.office.pk]
        return own or rows

    def of_offices(self, text):
        """Records that the text names as OFFICE/CODE."""
        return [
            row for office, rest in divisions(text) for row in self.rows(rest) if row.office.code == office
        ]

    def clean(self, value, row=None, **kwargs):
        code = plain(value)
        if not code:
            return None
        whole = self.bearers(code)
        of_offices = self.of_offices(code) if "/" in code else []
        found = list({one.pk: one for one in [*whole, *of_offices]}.values())
        if len(found) > 1:  # a row of the file whose office is wrong has none, and is refused anyway
            found = [one for one in found if one.office_id] or found[:1]
        if len(found) == 1:
            return self.found(code, found[0])
        if found:
            return self.chosen(code, found, bool(of_offices))
        if self.batch and self.batch.may_come(self.model):
            raise Later(code)
        raise ValueError(
            _("No %(kind)s bears the code “%(code)s”: check the code, or enter it first.")
            % {"kind": self.model._meta.verbose_name, "code": code}
        )

    def found(self, code, record):
        """The record; one that is withdrawn may come back by a row further down."""
        if record.withdrawn_on and self.batch:
            if self.batch.may_come(self.model):
                raise Later(code)
            self.batch.withdrawals.learn(record)
        return record

    def chosen(self, code, found, divided):
        """The one of several records that the officer chose; raises ValueError where that is open."""
        if not divided:
            raise ValueError(
                _("Several offices have the code “%(code)s”: write it as %(example)s.")
                % {"code": code, "example": f"{found[0].office.code}/{code}"}
            )
        choices = {exact(one.office.code, one.code): one for one in found}
        if self.batch and (answer := self.batch.answered_name(self.model, code)) in choices:
            return choices[answer]
        error = _("“%(code)s” names more than one record: write which one is meant (%(choices)s).") % {
            "code": code, "choices": ", ".join(choices),
        }  # fmt: skip
        offered = [(text, str(one)) for text, one in choices.items()]
        raise Asked(error, self.model._meta.model_name, code, offered)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.codes.written(value.office.code, value.code)

    def shown(self, value):
        return value.code if value is not None else ""


def light(model):
    """The columns of a table but its long texts: what rules ask of a record that is only named."""
    return [field.attname for field in model._meta.concrete_fields if not isinstance(field, TextField)]
