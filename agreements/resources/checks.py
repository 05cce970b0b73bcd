"""A row that is read: what it lacks, which rules it breaks, what it changes."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from agreements.interchange import constraints
from agreements.resources.faults import fault_columns


class ChecksMixin:
    """How a kind checks the record of a row and plans its parts, once `take` has read the row."""

    # A row: checking -----------------------------------------------------------------------------
    def finish(self, entry):
        """Complete the record, check every rule, and plan the parts that the short columns state."""
        if entry.new:
            self.complete(entry)
        if not entry.fixed:  # a second row of a record stands on what the first one left
            self.check(entry)
        if not entry.faults:
            self.plan_lists(entry)
        if not entry.faults:
            try:
                self.plan_more(entry)
            except (ValueError, ValidationError) as error:
                entry.note("", error)

    def complete(self, entry):
        """What a new record has that no column says."""
        for name, sentence in self.lacking.items():
            entry.fault(name, sentence)
        self.count(entry)

    def count(self, entry):
        """Note the code of a new record, or that one must be made for it when the sheet is read to its end."""
        for field in self.code_fields:
            office, code = entry.instance.office_id, getattr(entry.instance, field.attname)
            if code:
                self.running.meet(office, field.number_in(code))
            else:
                entry.made = self.running.lack(office)

    def made(self):
        """[column, {group: start}] of what is made for rows without a code (see interchange/made.py)."""
        for field in self.code_fields:
            return [field.attname, self.running.starts(field.highest_of)]
        return []

    def check(self, entry):
        """The rules of the model: its own `clean`, its constraints, what must be unique.

        All that is wrong is told at once; rules over a cell that is told already are left out, as in a form.
        """
        instance = entry.instance
        for check in (instance.clean, instance.clean_withdrawn):
            try:
                check()
            except ValidationError as error:
                self.tell(entry, error)
        told = self.told(entry) if entry.faults else frozenset()
        for name, sentence in self.not_unique(instance, told):
            entry.fault(name, sentence)
        for sentence in constraints.broken(instance, told):
            entry.fault("", sentence)

    def told(self, entry):
        """The fields of the record of which a fault is told, and the columns derived from them."""
        columns = entry.faulty
        attributes = {one.attribute for one in self.get_import_fields() if one.column_name in columns}
        attributes = attributes.union(columns, *(self.stands_for.get(name, ()) for name in columns))
        derived = entry.instance.derived_fields()
        return attributes | {one.name for one in derived if attributes.intersection(one.sources())}

    def tell(self, entry, error):
        """A ValidationError of the model as faults of its columns, those apart that are told already."""
        found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        told = self.told(entry) - {""} if entry.faults else ()
        for name, errors in fault_columns(found, self.get_import_fields()).items():
            for sentence in ValidationError(errors).messages if name not in told else ():
                entry.fault("" if name == NON_FIELD_ERRORS else name, sentence)

    def not_unique(self, instance, told=frozenset()):
        """(column or "", sentence) of what must be unique and is not, the natural key and `told` fields apart."""
        table = instance._meta.concrete_model
        for unique in constraints.uniques(table):
            if unique.columns == self.key_columns or (key := unique.key(instance)) is None:
                continue
            if told.isdisjoint(unique.names) and (
                self.met(unique, key, instance) or self.taken(table, unique, key, instance)
            ):
                yield "", unique.sentence
        for name in constraints.unique_columns(table):
            value = getattr(instance, name)
            if value is None or name in told or (table is self.model and (name,) == self.key_columns):
                continue
            if self.session.match(table, (name,), (value,), but=instance.pk) is not None:
                yield name, instance.unique_error_message(table, (name,)).messages[0]

    def met(self, unique, key, instance):
        """Whether an earlier row of the file, which may be let go since, has the same key."""
        mark = hash((unique.constraint.name, key))
        return self.unique_marks.setdefault(mark, instance.pk) != instance.pk

    def taken(self, table, unique, key, instance):
        own = tuple(getattr(instance, column) for column in unique.columns)
        other = self.session.match(table, unique.columns, own, but=instance.pk)
        return other is not None and unique.key(other) == key

    def plan_lists(self, entry):
        """The whole lists that short columns state."""
        for field in self.lists:
            if field.column_name not in entry.wanted:
                continue
            wanted = entry.wanted[field.column_name]
            stands = field.stands(self, entry.instance)
            if set(wanted) == set(stands):
                continue
            with entry.told_under(field.column_name):
                field.plan(self, entry.instance, wanted)
                entry.changes[field.column_name] = (field.widget.shown(stands), field.widget.shown(wanted))

    def plan_more(self, entry):
        """Parts and rules that are no short column; for kinds that have any."""

    def add_part(self, row):
        """Plan a new row of a part, which must keep the rules of its table."""
        self.check_part(row)
        self.session.add(row)

    def change_part(self, row, **values):
        """Plan other values for a part, which must keep the rules of its table."""
        self.session.change(row, **values)
        self.check_part(row)

    def check_part(self, row):
        row.checked_together = True
        for field in row.derived_fields() if hasattr(row, "derived_fields") else ():
            field.derive(row)
        row.clean()
        if hasattr(row, "clean_withdrawn"):  # not the rows of an n:m list
            row.clean_withdrawn()
        sentences = [sentence for _column, sentence in self.not_unique(row)]
        if sentences := [*constraints.broken(row), *sentences]:
            raise ValidationError(sentences)

    # A row: its outcome --------------------------------------------------------------------------
    def differences(self, entry):
        """{column of the table: value before} of what the row changes in its record."""
        if entry.new:
            return {}
        before, now = entry.kept[0], entry.instance.__dict__
        names = [field.attname for field in self.model._meta.concrete_fields]
        return {name: before[name] for name in names if name in before and before[name] != now[name]}

    def describe(self, entry, differences):
        """Tell the changed cells of a record as (before, after)."""
        before = entry.kept[0]
        for reader in self.filled:
            if reader.attname in differences:
                old, now = before[reader.attname], entry.instance.__dict__[reader.attname]
                entry.changes[reader.name] = (reader.text(old, entry), reader.text(now, entry))

    def outdated(self, entry):
        """Whether the file was taken out before somebody else changed the record."""
        return False

    # Rules over several rows ---------------------------------------------------------------------
    def together(self):
        """The checks over several rows that this file calls for (see together.py)."""
        return []

    def looks(self):
        """The looks at several rows after which officers are warned (see together.py)."""
        return []

    def touch(self, entry):
        """Note what the row touches that `together` checks."""
