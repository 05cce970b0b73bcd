"""Rules over several rows of a batch, checked when all rows are planned, by the functions that forms call too.

A check is a function batch → ((sheet, row number), column, sentence) of each fault. What it looks at are the
rows that the batch touches (`batch.touch`), as they will be.
"""

from agreements import rules
from agreements.models import (
    Agreement,
    AgreementLink,
    AgreementRole,
    Body,
    Commitment,
    Document,
    Succession,
    Target,
    Term,
)

SLICE = 500


def row_of(session, model, pk):
    """The row with this key, as it will be; None where there is none."""
    return session.match(model, ("id",), (pk,))


def circles_of(model, column):
    """A check: nobody comes under, after or instead of himself by the foreign key `column` of his own table."""
    attname = f"{column}_id"

    def check(batch):
        for pk, mark in batch.touched(column, model).items():
            start = row_of(batch.session, model, pk)
            seen, above = {pk}, start and getattr(start, attname)
            while above is not None and above not in seen:
                seen.add(above)
                row = row_of(batch.session, model, above)
                above = row and getattr(row, attname)
            if above == pk:
                other = row_of(batch.session, model, getattr(start, attname))
                yield mark, column, rules.circle_sentence(other)
                return

    return check


bodies_in_circles = circles_of(Body, "parent")
terms_in_circles = circles_of(Term, "parent")
documents_in_circles = circles_of(Document, "replaces")
commitments_in_circles = circles_of(Commitment, "continues")


def parts_of(model):
    """A check: parts are of a whole that is no part, and together not more than it."""

    def check(batch):
        session, touched = batch.session, batch.touched("part_of", model)
        rows = [row for pk in touched if (row := row_of(session, model, pk))]
        wholes = {row.part_of_id: row_of(session, model, row.part_of_id) for row in rows if row.part_of_id}
        wholes |= {row.pk: row for row in rows}
        session.fetch(model, "part_of_id", wholes)
        parts = [part for pk in wholes for part in session.rows(model, "part_of_id", pk)]
        for part, sentence in rules.part_faults(list(wholes.values()), parts):
            yield touched.get(part.pk) or touched[part.part_of_id], "number", str(sentence)

    return check


agreements_in_parts = parts_of(Agreement)


def links_in_circles(batch):
    """A check: an agreement does not come both before and after another."""
    planned = batch.session.planned[AgreementLink]
    for pk, mark in sorted(batch.touched("link", AgreementLink).items(), key=lambda pair: pair[1]):
        link = planned.get(pk)
        if link and link.kind in AgreementLink.ORDERED and rules.link_faults(edges_from(batch.session, link)):
            (_edge, sentence), *_others = rules.link_faults(edges_from(batch.session, link))
            yield mark, "other" if mark[0] == "links" else link.kind, str(sentence)
            return


def edges_from(session, link):
    """Every relation of the kind of `link` that one comes to from its other end, and `link` last."""
    edges, seen, front = [], set(), {link.other_id}
    while front:
        seen |= front
        session.fetch(AgreementLink, "agreement_id", front)
        rows = [row for one in front for row in session.rows(AgreementLink, "agreement_id", one)]
        onward = [row for row in rows if row.kind == link.kind and row.pk != link.pk]
        edges += [(row.agreement_id, row.other_id) for row in onward]
        front = {row.other_id for row in onward} - seen
    return [*edges, (link.agreement_id, link.other_id)]


def unmeasured_targets(batch):
    """A check: only a commitment with a unit has targets."""
    session, touched = batch.session, batch.touched("targets", Commitment)
    session.fetch_keys(Commitment, ("id",), [(pk,) for pk in touched])
    session.fetch(Target, "commitment_id", touched)
    for pk, mark in touched.items():
        targets = session.rows(Target, "commitment_id", pk)
        if targets and row_of(session, Commitment, pk).unit_id is None:
            yield mark, "", str(rules.unmeasured_sentence())


def second_leads(batch):
    """A check: one party a side leads."""
    session, touched = batch.session, batch.touched("lead", Agreement)
    session.fetch(AgreementRole, "agreement_id", touched)
    for pk, mark in touched.items():
        for _role, sentence in rules.lead_faults(session.rows(AgreementRole, "agreement_id", pk)):
            yield mark, "lead", str(sentence)


def successions(batch):
    """A check: nobody comes before and after another, and no successor had ended before."""
    planned = batch.session.planned[Succession]
    touched = batch.touched("succession", Succession)
    stored = [row for row in Succession.objects.select_related("old", "new") if row.pk not in planned]
    written = [row for pk, row in planned.items() if pk in touched]
    for row, sentence in rules.succession_faults([*stored, *written]):
        if row.pk in touched:
            yield touched[row.pk], "new", str(sentence)


# Looks after which officers are warned: nothing is refused for them -----------------------------------------
class Look:
    """A look at the parts of each record that a batch touches: `judge(parts)` is a sentence, or "".

    Where rows are let go before the end of the file, it is taken while the row of the record is at hand (`now`).
    """

    def __init__(self, name, table, owner, judge, column=""):
        self.name, self.table, self.owner, self.judge, self.column = name, table, owner, judge, column

    @property
    def model(self):
        return self.table._meta.get_field(self.owner).related_model

    def now(self, kind, entry):
        """Look at the record of a row, or note that it is to be looked at when all rows are planned."""
        read = any(field.part(kind.model)[0] is self.table for field in kind.lists)
        if kind.batch.keeps or not (entry.new or read):
            kind.batch.touch(self.name, entry.instance, entry)
        elif sentence := self.judge(kind.session.rows(self.table, f"{self.owner}_id", entry.instance.pk)):
            kind.batch.warn(entry, self.column, sentence)

    def part(self, kind, entry, record):
        """Note that a row is of a part of `record`, whose own row in the file is told rather."""
        if record.pk not in kind.batch.touched(self.name, self.model):
            kind.batch.touch(self.name, record, entry)

    def __call__(self, batch):
        session, touched = batch.session, batch.touched(self.name, self.model)
        keys, column = list(touched), f"{self.owner}_id"
        for start in range(0, len(keys), SLICE):
            session.forget_read()
            session.querysets.setdefault(self.table, self.table._default_manager.select_related("body"))
            session.fetch(self.table, column, keys[start : start + SLICE])
            for key in keys[start : start + SLICE]:
                if sentence := self.judge(session.rows(self.table, column, key)):
                    yield touched[key], self.column, sentence


look_at_parties = Look("parties", AgreementRole, "agreement", rules.parties_warning_of, "parties")
