"""One kind of flat file: its columns, its natural key, and how a row becomes a record."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import resources

from agreements import dates
from agreements.fields import CodeField
from agreements.interchange import constraints
from agreements.interchange.made import Running
from agreements.interchange.readers import ErrorCell, ListReader, Reader, error_shown, required_elsewhere
from agreements.interchange.session import fresh, snapshot
from agreements.models.record import withdrawn_owner, withdrawn_sentence
from agreements.resources.alike import AlikeMixin
from agreements.resources.checks import ChecksMixin
from agreements.resources.columns import ListColumn, column
from agreements.resources.headings import HeadingsMixin
from agreements.resources.marks import mark_of, marks_of
from agreements.resources.measures import spread_measure
from agreements.resources.renewing import RenewingMixin
from agreements.resources.values import OFFICE, Asked, NumberCell, plain, unguarded
from agreements.scope import NOT_OURS, may_keep


class KindResource(HeadingsMixin, ChecksMixin, resources.Resource):
    """Base of all kinds. `model`, `kind` and `key` (columns of the natural key) are set below it.

    `office` is whose records rows without an office are. A file is planned chunk by chunk in two steps: `take`
    reads a row into a record, `finish` checks it against all rules; nothing is written (see
    agreements/interchange/planning.py).
    """

    model = None
    kind = ""
    key = ("code",)
    optional_key = ()
    dated = ()
    """Columns whose first known date decides which bearer of a name is meant."""
    own = ()
    """Columns that `fill_own` writes, because they are no field of the record."""
    looked_at = ()
    """Columns that say something about the row and are not written."""
    stands_for = {}
    """{column: the fields of the record of which nothing can be said while its cell is not read}."""
    spread = {}
    """{column of a number: columns that its cells may fill too} (“hơn 5 tỷ đồng”)."""

    def __init__(self, office=None, **kwargs):
        super().__init__(**kwargs)
        self.office = office
        self.written, self.session = {}, None

    @classmethod
    def get_display_name(cls):
        return str(cls.model._meta.verbose_name_plural)

    @classmethod
    def add_column(cls, field):
        """A column that an upper floor adds to this kind."""
        cls.fields[field.column_name] = field

    def get_queryset(self):
        return self.model.objects.all()

    def heading(self, column):
        """A column as this file writes it."""
        return self.written.get(column, column)

    # A file --------------------------------------------------------------------------------------
    def open(self, batch, written):
        """Make ready for a file with the columns `written` ({column: heading}) as a sheet of `batch`."""
        filled = [name for number, names in self.spread.items() if number in written for name in names]
        written = {**dict.fromkeys(filled, ""), **written}
        written = {name: heading or name for name, heading in written.items()}
        self.batch, self.session, self.written = batch, batch.session, written
        fields = self.get_import_fields()
        self.readers = {
            field.column_name: Reader(self, field)
            for field in fields
            if not isinstance(field, ListColumn) and field.column_name not in (*self.own, *self.looked_at)
        }
        self.filled = [self.readers[name] for name in written if name in self.readers]
        self.lists = [
            field for field in fields if isinstance(field, ListColumn) and field.column_name in written
        ]
        self.list_readers = {field.column_name: ListReader(self, field) for field in self.lists}
        self.owned = [name for name in written if name in self.own]
        self.comparable = not (self.owned or self.lists) and type(self).find is KindResource.find
        self.compared = [reader for reader in self.filled if reader.name not in self.key]
        self.lacking = required_elsewhere(self, {reader.attribute for reader in self.filled})
        self.whole_of = [one for one in map(self.readers.get, self.key) if one and one.names_owner]
        self.key_columns = tuple(self.readers[name].attname for name in self.key if name in self.readers)
        self.derived = self.model.derived_fields()
        unique = {
            name for one in constraints.uniques(self.model._meta.concrete_model) for name in one.columns
        }
        self.derived_keys = unique & {field.attname for field in self.derived}
        self.code_fields = [one for one in self.model._meta.concrete_fields if isinstance(one, CodeField)]
        self.first, self.unique_marks, self.running = {}, {}, Running()
        self.bind_cells()
        self.choose_querysets()

    def bind_cells(self):
        for cell in self.cells():
            if hasattr(cell, "bind"):
                cell.bind(self.batch, self.office)

    def cells(self):
        for field in self.get_import_fields():
            yield getattr(field.widget, "cell", field.widget)

    def choose_querysets(self):
        """What comes with the rows that the batch reads."""
        self.session.columns.pop(self.model, None)  # its rows are compared whole
        for field in self.lists:
            table, _owner = field.part(self.model)
            self.session.querysets[table] = table._default_manager.select_related(*field.related)

    def names_itself(self):
        """Whether a column of the file may name a row of the file."""
        return any(
            getattr(cell, "model", None) is self.model._meta.concrete_model
            for cell in (
                getattr(one.cell, "cell", one.cell) for one in [*self.filled, *self.list_readers.values()]
            )
        )

    # A row: reading ------------------------------------------------------------------------------
    def prepare(self, entry):
        """Bring the cells of a row into the shape that the columns read."""
        for name in self.owned:
            value = entry.row.get(name)
            if type(value) is str:
                entry.row[name] = unguarded(value)
            elif type(value) is ErrorCell:
                entry.fault(name, error_shown(value))
                entry.row[name] = ""
        for number, names in self.spread.items():
            text = entry.row.get(number)
            if type(text) is str and text and not text.isdecimal():
                with entry.told_under(number):
                    spread_measure(entry.row, self, number, *names)
        entry.day = self.day_of(entry.row)

    def day_of(self, row, instance=None):
        """The day whose names are meant in this row: its first known date; None (today) where there is none."""
        for name in self.dated:
            text = row.get(name)
            if text in (None, "") and name not in row:
                text = getattr(instance, name, "")
            try:
                read = dates.parse(text or "") if text else None
            except dates.DateError:  # told under its column
                continue
            if read:
                return read.first or read.last
        return None

    def key_of(self, entry):
        """The values of the natural key, or None where the row does not name its record."""
        row, found = entry.row, []
        for name in self.key:
            text, reader = row.get(name, ""), self.readers[name]
            if text in ("", None) and name not in self.optional_key:
                return None
            try:
                value = reader.read(text, entry.day)
            except ValueError:  # told under its column when the row is read
                return None
            found.append(value.pk if reader.relation and value is not None else value)
        return tuple(found)

    def prefetch(self, entries):
        """Read at once what the rows will look up."""
        self.prefetch_references(entries)
        for entry in entries:
            entry.key = self.key_of(entry)
        keys = [entry.key for entry in entries if entry.key]
        self.session.fetch_keys(self.model, self.key_columns, keys)

    def prefetch_references(self, entries):
        for reader in [*self.filled, *self.list_readers.values()]:
            if fetch := getattr(reader.cell, "fetch", None):
                texts = {entry.row.get(reader.name, "") for entry in entries}
                fetch(texts - reader.known.keys())

    def prefetch_parts(self, entries):
        """Derive what is derived, then read at once what the rules and short columns of the rows ask."""
        for entry in entries:
            for field in self.derived:
                field.derive(entry.instance)
            if entry.new and self.derived_keys:
                self.session.register(entry.instance)
        known = [entry.instance.pk for entry in entries if not entry.new]
        for field in self.lists:
            table, owner = field.part(self.model)
            self.session.fetch(table, owner, known)
        for table, columns, folded in self.looked_up():
            keys = [tuple(getattr(entry.instance, name) for name in columns) for entry in entries]
            self.session.fetch_keys(table, columns, [key for key in keys if folded or None not in key])

    def looked_up(self):
        """(table, columns, whether unknown values count) of what must be unique, the natural key apart."""
        table = self.model._meta.concrete_model
        found = [(table, unique.columns, unique.folded) for unique in constraints.uniques(table)]
        found += [(table, (name,), False) for name in constraints.unique_columns(table)]
        return [one for one in found if one[1] != self.key_columns or table is not self.model]

    def find(self, entry):
        """The record that the row names, or None."""
        if entry.key:
            return self.session.match(self.model, self.key_columns, entry.key)
        return self.alike_to(entry)

    def alike_to(self, entry):
        """The record that a row means which names none (see alike.py)."""
        return None

    def make(self, entry):
        """A new record for the row."""
        return fresh(self.model)

    def stands(self, entry):
        """Whether the row says only what its record holds, so that nothing of it need be checked.

        Of a file that is read again, most rows do.
        """
        if not (self.comparable and entry.key) or entry.instance is not None or entry.fixed:
            return False
        record, doubts = self.session.stored_match(self.model, self.key_columns, entry.key), self.batch.doubts
        if record is None or withdrawn_owner(record) or self.named_before(entry, record):
            return False
        try:
            same = self.says(record, entry) and not (self.batch.withdrawals.met and self.hidden(entry))
        except (ValueError, ValidationError):  # told when the row is taken
            same = False
        if same:
            self.remember(entry, record)
        else:
            self.batch.doubts = doubts  # they are counted again
        return same

    def hidden(self, entry):
        """Whether what the row is a part of is withdrawn."""
        return any(one.read(entry.row[one.name], entry.day).withdrawn_on for one in self.whole_of)

    def says(self, record, entry):
        """Whether each cell of the row reads as what `record` holds."""
        held, row, day = record.__dict__, entry.row, self.day_of(entry.row, record)
        self.batch.row = entry.number
        for reader in self.compared:
            text, name = held[reader.attname], reader.name
            if name not in row or (reader.text_only and text and text == row[name] and text[0] != "'"):
                continue
            value = reader.read(row[name], day)
            if (value.pk if reader.relation and value is not None else value) != text:
                return False
        for name in self.looked_at:
            self.fields[name].widget.clean(row.get(name))
        return True

    def take(self, entry):
        """Read the row into its record, found or new; what cannot be read is a fault of the entry."""
        if entry.instance is None:
            self.choose_record(entry)
        entry.faults, instance = list(entry.fixed), entry.instance
        self.batch.row, row, day = entry.number, entry.row, entry.day
        told = entry.faulty
        for reader in self.filled:
            name = reader.name
            if name not in row or name in told:
                continue  # a column that only some cells of another fill, or that is told already
            try:
                value = reader.read(row[name], day)
            except ValueError as error:
                entry.note(name, error)
            else:
                reader.write(instance, value)
        for name in self.owned:
            with entry.told_under(name):
                self.fill_own(name, entry)
        for reader in self.list_readers.values():
            with entry.told_under(reader.name):
                entry.wanted[reader.name] = reader.read(entry.row[reader.name], entry.day)
        if not entry.new:
            self.refuse_withdrawn(entry)
        if entry.new and entry.ops == []:
            self.session.add(instance)
            if self.batch.keeps:
                self.first.setdefault(mark_of(instance), entry.number)
        elif entry.new:  # it waited for rows further down, and is read a second time
            self.session.register(instance)

    def refuse_withdrawn(self, entry):
        """What is withdrawn, or is part of what is, is not changed by a file."""
        if record := withdrawn_owner(entry.instance):
            self.batch.withdrawals.learn(record)
            entry.fault("", withdrawn_sentence(record))

    def choose_record(self, entry):
        instance = self.find(entry)
        entry.new = instance is None
        if entry.new:
            instance = self.make(entry)
        else:
            entry.kept = snapshot(instance)
            entry.day = self.day_of(entry.row, instance)
        entry.instance = instance
        instance.checked_together = True  # rules over several rows come when all are read
        self.refuse_second(entry)

    def refuse_second(self, entry):
        """A second row for a record of this file is a fault."""
        record = None if entry.new else entry.instance
        if earlier := self.named_before(entry, record):
            entry.fix(_("Row %(row)s is of the same record: keep one of the two rows.") % {"row": earlier})
        self.remember(entry, record)

    def named_before(self, entry, record):
        """The number of an earlier row of the same record, or None."""
        return min((self.first[mark] for mark in marks_of(entry, record) if mark in self.first), default=None)

    def remember(self, entry, record):
        for mark in marks_of(entry, record):
            self.first.setdefault(mark, entry.number)


class RecordResource(RenewingMixin, AlikeMixin, KindResource):
    """A kind of top records: code within an office, which may be left out of the file."""

    key = ("office", "code")
    optional_key = ("office", "code")
    looked_at = ("version",)
    version = column("version", NumberCell(whole=True))

    def prepare(self, entry):
        if not plain(entry.row.get("office")):
            if self.office is not None:
                entry.row["office"] = self.office.code
            else:  # asked once for the file, by `complete`
                entry.row.pop("office", None)
        super().prepare(entry)

    def key_of(self, entry):
        key = super().key_of(entry)
        return key if key and all(key) else None

    def open(self, batch, written):
        if self.office is not None and "office" not in written:
            written = {**written, "office": "office"}
        super().open(batch, written)
        self.lacking.pop("office", None)

    def complete(self, entry):
        if entry.instance.office_id is None and "office" not in entry.faulty:
            sentence = _("Say whose records these are: choose the office, or fill in the column “office”.")
            entry.note("office", Asked(sentence, OFFICE, ""))
        elif entry.instance.office_id and not may_keep(entry.instance.office_id):
            entry.fault("office", NOT_OURS)
        super().complete(entry)

    def take(self, entry):
        super().take(entry)
        if "version" not in entry.row:
            return
        with entry.told_under("version"):
            self.fields["version"].widget.clean(entry.row.get("version"))

    def outdated(self, entry):
        """Whether the version in the file is older than the record's; no file knows that of its withdrawing."""
        written = self.fields["version"].widget.clean(entry.row.get("version"))
        if written is None or entry.kept[0]["withdrawn_on"] or written >= entry.kept[0]["version"]:
            return False
        sentence = _(
            "The record was changed since the file was taken out (version %(now)s, the file has %(then)s): "
            "take the file out again, or leave this row out."
        )
        entry.fault("version", sentence % {"now": entry.kept[0]["version"], "then": written})
        return True
