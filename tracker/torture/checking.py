"""One random file through the import, and what must hold whatever it holds."""

import random
from collections import Counter
from itertools import islice

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from agreements.history import Route
from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import outcome_of, planned
from agreements.interchange.sheets import WEB, SheetError, read_file
from agreements.interchange.writing import write_batch
from agreements.models import Body, User
from tracker.interchange import KINDS, sheets_of
from tracker.torture.counting import history_count, operations_of, recorded_rows, table_counts
from tracker.torture.files import Pool, random_file

SAMPLE = 5
"""After every so many files that were taken, pages and exports are opened."""


class Broken(AssertionError):
    """Something that must hold does not; its text names the file."""


class Trial:
    """Random files, one after another, on one register."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.pool = Pool(self.chance)
        self.office = Body.objects.get(code="SNV-SL")
        self.seen = Counter()

    def run(self, files):
        """Import so many files; returns Counter of what became of them. Raises Broken."""
        for number in range(files):
            made = random_file(self.chance, self.pool)
            try:
                self.one(made)
            except Exception as error:
                raise Broken(f"file {number}: {made.name}\n{made.content[:900]!r}\n{error!r}") from error
        return self.seen

    def one(self, made):
        self.seen["files"] += 1
        before, history = table_counts(), history_count()
        with transaction.atomic():
            outcome, promised, ops = self.take(made)
        if outcome is None or not outcome.taken:
            assert (table_counts(), history_count()) == (before, history), "a refused file wrote"
            self.seen["refused"] += 1
            return
        self.check_written(before, history, promised)
        self.check_rules(ops)
        self.seen["taken"] += 1
        if self.seen["taken"] % SAMPLE == 0:
            self.look_at(made.kind)

    def take(self, made):
        """(outcome, what was promised, its operations); None where the file as a whole is refused."""
        answers = self.chance.choice([{}, {"numbers": "vi"}, {"numbers": "en", "year": "2022"}])
        try:
            book = read_file(made.content, made.name, limits=WEB)
            if book.doubts:
                return None, None, None
            sheets = sheets_of(book, made.kind)
            with planned(sheets, office=self.office, answers=answers, shown=True) as spooled:
                outcome = outcome_of(spooled)
                self.account(made, outcome)
                promised = operations_of(spooled)
                if outcome.taken:
                    write_batch(spooled, route=Route.IMPORT)
                return outcome, promised, list(islice(spooled.operations_of_rows(), 8))
        except SheetError:
            return None, None, None

    def account(self, made, outcome):
        """No row is lost between the counts, and what is refused says why."""
        (sheet,) = outcome.sheets
        counted = outcome.new + outcome.changed + outcome.unchanged + outcome.refused + outcome.conflicting
        if not sheet["faults"] and not made.damaged:
            assert counted + len(sheet["skipped"]) == made.rows, (counted, made.rows)
        assert bool(outcome.refused) <= bool(outcome.faults), "refused without a word"
        assert all(fault.sentence.strip() for fault in outcome.faults)

    def check_written(self, before, history, promised):
        assert history_count() - history == recorded_rows(promised), "history is not what was written"
        now = table_counts()
        for label, rows in now.items():
            wanted = (
                promised["+", label.lower()] - promised["-", label.lower()] + self.proxied(promised, label)
            )
            assert rows - before[label] == wanted, label
        connection.check_constraints()

    def proxied(self, promised, label):
        """Rows that were written by way of a proxy."""
        table = apps.get_model(label)
        signs = {"+": 1, "-": -1, "~": 0}
        return sum(
            signs[sign] * times
            for (sign, other), times in promised.items()
            if other != label.lower() and apps.get_model(other)._meta.concrete_model is table
        )

    def check_rules(self, ops):
        """What was written passes the rules by which forms are checked."""
        for _sign, label, _key, *_values in ops:
            newest = apps.get_model(label)._base_manager.order_by("-pk").first()
            if newest is None or not hasattr(newest, "history"):
                continue
            try:
                newest.full_clean()
            except ValidationError as error:
                raise Broken(f"a form would refuse {label} {newest.pk}: {error}") from error

    def look_at(self, kind):
        """The list of the kind (where there is one), a report and the export of the kind do not break."""
        model = KINDS[kind].model
        user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser(
            "torture", password="x"
        )
        client = Client()
        client.force_login(user)
        addresses = ["/reports/agreement-status/"]
        if admin.site.is_registered(model):  # parts of a record have no list
            addresses.append(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, (address, page.status_code)
        headings, rows = rows_out(KINDS[kind])
        assert sum(map(len, csv_chunks(headings, rows)))
        self.seen["pages"] += 1
