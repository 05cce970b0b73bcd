"""One kind of flat file: its columns, its natural key, and how a row becomes a record."""

from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _, override
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.widgets import ManyToManyWidget

from agreements import names
from agreements.resources.values import Later, RecordCell, ReferenceCell

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def column(name, cell, attribute=None):
    """A column that fills one attribute of the record."""
    return Field(attribute=attribute or name, column_name=name, widget=cell, saves_null_values=True)


class ListCell(ManyToManyWidget):
    """Several values in a cell, with “|” between; the whole list of what it names."""

    def __init__(self, cell):
        self.cell = cell

    def clean(self, value, row=None, **kwargs):
        parts = [part.strip() for part in str(value or "").split("|")]
        return [self.cell.clean(part, row=row) for part in parts if part]

    def render(self, value, obj=None, **kwargs):
        return "|".join(self.cell.render(one) for one in value or ())


class ListColumn(Field):
    """A short column: it states the whole list of what hangs on the record under one heading.

    Sub-classes say what stands there now (`current`, a list of values) and write it anew (`write`).
    """

    def __init__(self, name, cell):
        super().__init__(attribute=name, column_name=name, widget=ListCell(cell))

    def get_value(self, instance):
        return self.current(instance) if instance is not None and instance.pk else []

    def save(self, instance, row, is_m2m=False, **kwargs):
        if self.column_name in row:
            self.write(instance, self.clean(row))


class PlainList(ListColumn):
    """An n:m field of the record."""

    def current(self, instance):
        return list(getattr(instance, self.attribute).all())

    def write(self, instance, values):
        getattr(instance, self.attribute).set(values)


class RoleList(ListColumn):
    """The bodies (or people) that take one part; rows that stay keep their detail."""

    def __init__(self, name, cell, role, arm="body"):
        super().__init__(name, cell)
        self.role, self.arm = role, arm

    def current(self, instance):
        rows = instance.roles.filter(role=self.role, **{f"{self.arm}__isnull": False}).select_related(
            self.arm
        )
        return list(dict.fromkeys(getattr(row, self.arm) for row in rows))

    def write(self, instance, values):
        rows = instance.roles.filter(role=self.role, **{f"{self.arm}__isnull": False})
        for row in rows.exclude(**{f"{self.arm}__in": values}):
            row.delete()
        there = set(rows.values_list(f"{self.arm}_id", flat=True))
        for rank, value in enumerate(values, 1):
            if value.pk not in there:
                row = instance.roles.model(
                    role=self.role, rank=rank, **{self.arm: value, self.owner(instance): instance}
                )
                row.full_clean()
                row.save()

    def owner(self, instance):
        return instance.roles.field.name


class KindResource(resources.Resource):
    """Base of all kinds. `model`, `key` (names of the columns of the natural key) and `kind` are set below it."""

    model = None
    kind = ""
    key = ("code",)
    optional_key = ()

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True
        instance_loader_class = BaseInstanceLoader

    def __init__(self, office=None, **kwargs):
        super().__init__(**kwargs)
        self.office = office
        self.later, self.seen = [], {}

    @classmethod
    def get_display_name(cls):
        return str(cls.model._meta.verbose_name_plural)

    def get_queryset(self):
        return self.model.objects.all()

    def get_import_id_fields(self):
        return list(self.key)

    def init_instance(self, row=None):
        return self.model()

    # Reading a file ------------------------------------------------------------------------------
    @cached_property
    def headings(self):
        """Folded heading → column: its key or its label in either language."""
        found = {}
        for field in self.get_import_fields():
            found[names.key(field.column_name)] = field.column_name
            for language in ("vi", "en"):
                with override(language):
                    found.setdefault(names.key(self.label(field)), field.column_name)
        return found

    def label(self, field):
        """What staff call a column: the label of its field, else its key."""
        try:
            return str(self.model._meta.get_field(field.attribute).verbose_name)
        except Exception:
            return field.column_name.replace("_", " ")

    def before_import(self, dataset, **kwargs):
        self.later, self.seen, self.in_file = [], {}, set()
        self.read_headings(dataset)
        if "code" in dataset.headers:
            self.in_file = {str(code or "").strip() for code in dataset["code"]}
        for cell in self.cells():
            if isinstance(cell, ReferenceCell):
                cell.forget()
            if isinstance(cell, RecordCell):
                cell.office, cell.in_file = self.office, self.in_file

    def cells(self):
        for field in self.get_import_fields():
            yield field.widget.cell if isinstance(field.widget, ListCell) else field.widget

    def read_headings(self, dataset):
        """Give the columns their keys; refuse a file whose headings are unknown, double or lacking."""
        found = [self.headings.get(names.key(str(heading or "")), "") for heading in dataset.headers or []]
        unknown = [str(heading) for heading, key in zip(dataset.headers or [], found, strict=True) if not key]
        if unknown:
            raise ValidationError(
                _("Unknown columns: %(columns)s. Remove them or take the headings of an export.")
                % {"columns": ", ".join(unknown)}
            )
        if double := sorted({key for key in found if found.count(key) > 1}):
            raise ValidationError(
                _("These columns stand twice: %(columns)s.") % {"columns": ", ".join(double)}
            )
        if missing := [key for key in self.key if key not in found and key not in self.optional_key]:
            raise ValidationError(
                _("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)}
            )
        dataset.headers = found

    def _check_import_id_fields(self, headers):
        """Missing key columns are told by `read_headings`."""

    # A row ---------------------------------------------------------------------------------------
    def before_import_row(self, row, **kwargs):
        for key in self.key:
            row.setdefault(key, "")
        for name, value in row.items():
            if isinstance(value, str) and value[:1] == "'" and value[1:2] in DANGEROUS:
                row[name] = value[1:]  # the guard that exports put before a formula
        identity = tuple(str(row.get(key) or "").strip() for key in self.key)
        number = kwargs.get("row_number", 0)
        if any(identity) and identity in self.seen and self.whole_key(row):
            raise ValidationError(
                _("The same key stands in row %(row)s: keep one of the two rows.")
                % {"row": self.seen[identity]}
            )
        self.seen[identity] = number

    def whole_key(self, row):
        """Whether the row names its record; without a code each row is a new record."""
        return all(str(row.get(key) or "").strip() for key in self.key if key not in self.optional_key)

    def get_or_init_instance(self, instance_loader, row):
        instance = self.find(row)
        return (instance, False) if instance is not None else (self.init_instance(row), True)

    def find(self, row):
        """The record that the row's natural key names, or None."""
        if not self.whole_key(row):
            return None
        conditions = {}
        for field in self.get_import_fields():
            if field.column_name in self.key:
                try:
                    conditions[field.attribute] = field.clean(row)
                except ValueError:  # told under its column when the row is read
                    return None
        return self.get_queryset().filter(**conditions).first()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name not in row:
            return
        try:
            field.save(instance, row, is_m2m)
        except Later as later:
            self.later.append((instance, field, dict(row), str(later)))

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        for field in self.get_import_fields():
            try:
                if isinstance(field.widget, ListCell):
                    self.read_list(field, row)
                else:
                    self.import_field(field, instance, row)
            except ValueError as error:
                errors[field.column_name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def read_list(self, field, row):
        try:
            if field.column_name in row:
                field.clean(row)
        except Later:
            pass

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """All rules of the model but the existence of what the cells found already (a query each)."""
        errors = dict(import_validation_errors or {})
        references = {field.name for field in instance._meta.concrete_fields if field.many_to_one}
        checks = [
            lambda: instance.clean_fields(exclude=references | set(errors)),
            instance.clean,
            instance.validate_unique,
            instance.validate_constraints,
        ]
        self.missing_references(instance, errors)
        for check in checks if not errors else checks[:1]:
            try:
                check()
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def missing_references(self, instance, errors):
        for field in instance._meta.concrete_fields:
            if field.many_to_one and not field.null and not field.blank and field.name not in errors:
                if getattr(instance, field.attname) is None:
                    errors[field.name] = [ValidationError(field.error_messages["null"])]

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors or original.pk is None or any(one[0] is instance for one in self.later):
            return False
        for field in self.get_import_fields():
            if field.column_name not in row:
                continue
            if isinstance(field.widget, ListCell):
                if self.list_differs(field, original, row):
                    return False
            elif field.get_value(instance) != field.get_value(original):
                return False
        return True

    def list_differs(self, field, original, row):
        try:
            return set(field.clean(row)) != set(field.get_value(original))
        except Later:
            return True

    def get_diff_headers(self):
        return [self.label(field) for field in self.get_user_visible_fields()]

    # The second pass -----------------------------------------------------------------------------
    def after_import(self, dataset, result, **kwargs):
        """References to records that stood further down in the file."""
        if result.has_errors() or result.has_validation_errors():
            return
        for instance, field, row, _code in self.later:
            if instance.pk is None:
                continue
            field.save(instance, row, isinstance(field.widget, ListCell))
            self.validate_instance(instance)
            instance.save()

    # Writing a file ------------------------------------------------------------------------------
    def export_field(self, field, instance, **kwargs):
        """The cell, guarded: what a spreadsheet would run as a formula is led by an apostrophe."""
        text = field.export(instance)
        guarded = isinstance(text, str) and text[:1] in DANGEROUS
        return f"'{text}" if guarded else text


class RecordResource(KindResource):
    """A kind of top records: code within an office, which may be left out of the file."""

    key = ("office", "code")
    optional_key = ("office", "code")

    def before_import_row(self, row, **kwargs):
        if not str(row.get("office") or "").strip() and self.office is not None:
            row["office"] = self.office.code
        super().before_import_row(row, **kwargs)

    def whole_key(self, row):
        return bool(str(row.get("code") or "").strip() and str(row.get("office") or "").strip())


class PartResource(KindResource):
    """A kind of parts: found by their record and what tells them apart in it."""


def row_fault(error, resource=None):
    """Sentences of a ValidationError as [(column, sentence)]; "" where it is the row's."""
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    return [
        ("" if column == NON_FIELD_ERRORS else column, message)
        for column, messages in error.message_dict.items()
        for message in messages
    ]
