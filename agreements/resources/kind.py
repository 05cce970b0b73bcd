"""One kind of flat file: its columns, its natural key, and how a row becomes a record."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff
from import_export.results import RowResult

from agreements import dates
from agreements.history import Route, recording
from agreements.models.term import Term
from agreements.resources.columns import ListCell, ListColumn, PartList, PlainList, under_column
from agreements.resources.faults import fault_columns
from agreements.resources.headings import HeadingsMixin
from agreements.resources.values import (
    Later,
    RecordCell,
    ReferenceCell,
    guarded,
    plain,
    unguarded,
)


class NoDiff:
    """Stands for the comparison of before and after where nobody looks at it, for it is slow."""

    def __init__(self, resource, instance, new):
        pass

    def compare_with(self, resource, instance):
        pass

    def as_html(self):
        return []


class KindResource(HeadingsMixin, resources.Resource):
    """Base of all kinds. `model`, `kind` and `key` (columns of the natural key) are set below it.

    `office` is whose records rows without an office are; `route` and `batch` mark the history rows.
    """

    model = None
    kind = ""
    key = ("code",)
    optional_key = ()
    dated = ()
    """Columns whose first known date decides which bearer of a name is meant."""

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True
        instance_loader_class = BaseInstanceLoader

    def __init__(self, office=None, route=Route.IMPORT, batch=None, **kwargs):
        super().__init__(**kwargs)
        self.office, self.route, self.batch = office, route, batch
        self.start_file()

    @classmethod
    def get_display_name(cls):
        return str(cls.model._meta.verbose_name_plural)

    @classmethod
    def add_column(cls, field):
        """A column that an upper floor adds to this kind."""
        cls.fields[field.column_name] = field

    def get_queryset(self):
        return self.model.objects.all()

    def get_import_id_fields(self):
        return list(self.key)

    def init_instance(self, row=None):
        return self.model()

    # A file --------------------------------------------------------------------------------------
    def start_file(self):
        self.later, self.touched, self.rows, self.written = [], {}, {}, {}
        self.blank_rows, self.refused = 0, False
        self.row_number, self.in_file, self.numbers = 0, frozenset(), frozenset()

    def import_data(self, dataset, dry_run=False, rollback_on_validation_errors=True, **kwargs):
        """All rows or none; every history row is marked with the route and one batch."""
        options = {"rollback_on_validation_errors": rollback_on_validation_errors, **kwargs}
        self.previewing, options["dry_run"] = dry_run, dry_run
        with recording(self.route, self.batch or uuid4()):
            return super().import_data(dataset, **options)

    def get_diff_class(self):
        return Diff if self.previewing else NoDiff

    def before_import(self, dataset, **kwargs):
        self.start_file()
        self.refused = True  # until the headings are understood
        self.read_headings(dataset)
        self.refused = False
        written = dataset.headers
        if "code" in written:
            codes = [unguarded(plain(code)) for code in dataset["code"]]
            offices = [plain(office) for office in dataset["office"]] if "office" in written else []
            self.in_file = frozenset([*codes, *map("/".join, zip(offices, codes, strict=False))])
        if "number" in written:
            self.numbers = frozenset(plain(number) for number in dataset["number"])
        self.forget()

    def forget(self):
        """Read other tables anew."""
        for cell in self.cells():
            if not isinstance(cell, ReferenceCell | RecordCell):
                continue
            expected = self.in_file if self.names_itself(cell) else ()
            if isinstance(cell, RecordCell):
                cell.forget(expected, self.office)
            else:
                cell.forget(expected)

    def names_itself(self, cell):
        """Whether the rows of the file are of the table that `cell` looks in."""
        return cell.model is self.model._meta.concrete_model and cell.model is not Term

    def cells(self):
        for field in self.get_import_fields():
            yield field.widget.cell if isinstance(field.widget, ListCell) else field.widget

    def _check_import_id_fields(self, headers):
        """Missing key columns are told by `read_headings`."""

    # A row ---------------------------------------------------------------------------------------
    def import_row(self, row, instance_loader, **kwargs):
        """Rows of empty cells, as spreadsheets leave behind, and those of a refused file are passed over."""
        if not self.refused and any(plain(value) for value in row.values()):
            return super().import_row(row, instance_loader, **kwargs)
        self.blank_rows += 1
        result = RowResult()
        result.import_type, result.diff = RowResult.IMPORT_TYPE_SKIP, []
        return result

    def before_import_row(self, row, row_number=0, **kwargs):
        self.row_number, self.rows[row_number] = row_number, row
        for name, value in row.items():
            if isinstance(value, str):
                row[name] = unguarded(value)
        for key in self.key:
            row.setdefault(key, "")
        self.choose_day(row)

    def choose_day(self, row, instance=None):
        """Names in this row are those of its first known date (of today where there is none)."""
        for name in self.dated:
            text = row.get(name, getattr(instance, name, ""))
            try:
                read = dates.parse(text or "")
            except dates.DateError:  # told under its column
                continue
            if read:
                return self.set_day(read.first or read.last)
        return self.set_day(None)

    def set_day(self, day):
        for cell in self.cells():
            if isinstance(cell, ReferenceCell):
                cell.on = day

    def whole_key(self, row):
        """Whether the row names its record; without a code each row is a new record."""
        return all(plain(row.get(key)) for key in self.key if key not in self.optional_key)

    def get_or_init_instance(self, instance_loader, row):
        instance = self.find(row)
        if instance is None:
            return self.init_instance(row), True
        self.choose_day(row, instance)
        self.touch(instance)
        return instance, False

    def touch(self, instance):
        """Refuse a second row for a record of this file."""
        same = (type(instance)._meta.concrete_model, instance.pk)
        if same in self.touched:
            raise ValidationError(
                _("Row %(row)s is of the same record: keep one of the two rows.")
                % {"row": self.touched[same] + 1}
            )
        self.touched[same] = self.row_number

    def touched_ids(self, model):
        """Ids of the rows of `model` that this file has named already."""
        return [pk for table, pk in self.touched if table is model]

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

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        for field in self.get_import_fields():
            try:
                if isinstance(field, ListColumn):
                    self.check_list(field, row)
                else:
                    self.import_field(field, instance, row)
            except ValueError as error:
                errors[field.column_name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def check_list(self, field, row):
        try:
            if field.column_name in row:
                field.clean(row)
        except Later:
            pass

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name not in row:
            return
        try:
            self.fill(field, instance, row)
        except Later:
            self.later.append((self.row_number, instance, field, dict(row)))

    def fill(self, field, instance, row):
        """Write one cell into the record; for kinds with columns of their own sort."""
        try:
            field.save(instance, row)
        except ValidationError as error:  # of a part that a short column writes
            raise under_column(error, field.column_name) from error

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
        for number, check in enumerate(checks):
            if number and errors:
                break
            try:
                check()
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(fault_columns(errors, self.get_import_fields()))

    def missing_references(self, instance, errors):
        for field in instance._meta.concrete_fields:
            required = field.many_to_one and not field.null and not field.blank and field.name not in errors
            if required and getattr(instance, field.attname) is None:
                sentence = _("Fill in the column “%(column)s”.") % {"column": field.name}
                errors[field.name] = [ValidationError(sentence)]

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors or original.pk is None or any(one[1] is instance for one in self.later):
            return False
        return not any(
            self.differs(field, instance, original, row)
            for field in self.get_import_fields()
            if field.column_name in row
        )

    def differs(self, field, instance, original, row):
        if not isinstance(field, ListColumn):
            return field.get_value(instance) != field.get_value(original)
        try:
            return field.differs(original, row)
        except Later:
            return True

    def after_save_instance(self, instance, row, **kwargs):
        self.touched[type(instance)._meta.concrete_model, instance.pk] = self.row_number
        for cell in self.cells():
            if (
                isinstance(cell, ReferenceCell | RecordCell)
                and cell.model is type(instance)._meta.concrete_model
            ):
                cell.learn(instance)

    def get_diff_headers(self):
        return [self.label(field) for field in self.get_user_visible_fields()]

    # The second pass -----------------------------------------------------------------------------
    def after_import(self, dataset, result, **kwargs):
        """References to rows further down, and the rules over several rows.

        (The library's own step here would set back PostgreSQL's counters: two imports at once lost a file.)
        """
        if result.has_errors() or result.has_validation_errors():
            return
        self.in_file = self.numbers = frozenset()  # what is not there by now is unknown
        self.forget()
        for number, instance, field, row in self.later:
            self.row_number = number
            self.try_row(result, self.fill_later, instance, field, row)
        if not result.has_validation_errors():
            self.check_together(result)

    def fill_later(self, instance, field, row):
        try:
            self.fill(field, instance, row)
        except ValueError as error:
            raise ValidationError({field.column_name: str(error)}) from error
        self.validate_instance(instance)
        instance.save()

    def try_row(self, result, step, *arguments):
        """Do `step`; its ValidationError becomes a fault of the row `row_number`."""
        try:
            step(*arguments)
        except ValidationError as error:
            result.append_invalid_row(self.row_number, self.rows.get(self.row_number, {}), error)

    def check_together(self, result):
        """Rules over several rows of the file, once all are written; for kinds that have any."""

    # Writing a file ------------------------------------------------------------------------------
    def before_export(self, queryset, **kwargs):
        self.forget()

    def filter_export(self, queryset, **kwargs):
        """What the cells need comes with the records: the same number of queries however many they are."""
        if not isinstance(queryset, QuerySet):
            return queryset
        references = list(paths(self.get_queryset().query.select_related or {}))
        return queryset.select_related(*references).prefetch_related(*self.prefetches())

    def prefetches(self):
        parts = {field.relation: field for field in self.get_export_fields() if isinstance(field, PartList)}
        plain_lists = [field.attribute for field in self.get_export_fields() if isinstance(field, PlainList)]
        return [*plain_lists, *(part.prefetch(self.model) for part in parts.values())]

    def export_field(self, field, instance, **kwargs):
        """The cell, guarded against being run as a formula."""
        text = self.cell_text(field, instance)
        return guarded(text) if isinstance(text, str) else text

    def cell_text(self, field, instance):
        """The text of one cell; for kinds with columns of their own sort."""
        return field.export(instance)


def paths(tree, above=""):
    """Lookup paths of the leaves and branches of a select_related tree."""
    for name, below in tree.items():
        yield above + name
        yield from paths(below, f"{above}{name}__")


class RecordResource(KindResource):
    """A kind of top records: code within an office, which may be left out of the file."""

    key = ("office", "code")
    optional_key = ("office", "code")

    def before_import_row(self, row, **kwargs):
        if not plain(row.get("office")) and self.office is not None:
            row["office"] = self.office.code
        super().before_import_row(row, **kwargs)

    def whole_key(self, row):
        return bool(plain(row.get("code")) and plain(row.get("office")))

    def missing_references(self, instance, errors):
        if instance.office_id is None and "office" not in errors:
            sentence = _(
                "Say whose record it is: fill in the column “office”, or set the office of your account."
            )
            errors["office"] = [ValidationError(sentence)]
        super().missing_references(instance, errors)
