"""Everything that the register holds of a person, as a Sheet: for the person who asks for it."""

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.admin.history_rows import told_fields
from agreements.admin.record import owners
from agreements.admin.words import in_words
from agreements.models import Name, Person
from tracker.personal.holdings import Holdings, past
from tracker.reports.table import Column, Sheet, make_table
from tracker.trace.models import AccessLog


def person_data(person, on):
    """All that is held of `person` as of the day `on`."""
    holdings = Holdings(person)
    names = list(holdings.own(Name))
    facts = [
        (capfirst(one.verbose_name), in_words(one, getattr(person, one.attname)))
        for one in told_fields(Person)
    ]
    facts.append((_("Other names"), "; ".join(one.text for one in names)))
    tables = (parts(holdings), mentions(holdings), changes(holdings), accesses(holdings), documents(holdings))
    notes = (
        _("Birth dates, telephones, addresses and numbers of passports or identity cards are not held."),
    )
    return Sheet("person-data", _("What the register holds of one person"), on, tuple(facts), tables, notes)


def columns(*titles):
    return [Column(f"c{number}", title) for number, title in enumerate(titles, 1)]


def parts(holdings):
    """What the person took part in: signed, led, travelled."""
    rows = []
    for role in holdings.roles:
        for row in holdings.own(role).select_related():
            record = next(iter(owners(row)), "")
            rows.append(
                [capfirst(role._meta.verbose_name), str(getattr(record, "code", "")), str(record),
                 row.get_role_display(), row.title, row.as_printed, str(row.document or "")]
            )  # fmt: skip
    titles = (_("What"), _("Code"), _("The record"), _("As"), _("Title held"), _("As printed"), _("Document"))
    return make_table("parts", _("Parts taken"), columns(*titles), rows)


def mentions(holdings):
    """Texts that hold one of the names; a namesake may be meant."""
    rows = [
        [capfirst(one.model._meta.verbose_name), str(one.pk), str(verbose(one)), one.excerpt]
        for one in holdings.mentions()
    ]
    notes = [_("Others bear the same name: a text may mean them.")] if holdings.namesakes else []
    titles = (_("Table"), _("Row number"), _("Column"), _("Words"))
    return make_table("mentions", _("Texts with the name"), columns(*titles), rows, notes=notes)


def verbose(mention):
    return capfirst(mention.model._meta.get_field(mention.column).verbose_name)


def changes(holdings):
    """Every history row of the person, their names and parts."""
    rows = []
    for model in (Person, Name, *holdings.roles):
        history = past(model)[1]
        for row in (
            holdings.own(history).select_related("history_user").order_by("history_date", "history_id")
        ):
            words = [
                in_words(one, getattr(row, one.attname)) for one in told_fields(model) if not one.is_relation
            ]
            rows.append(
                [moment(row.history_date), str(row.history_user or ""), row.get_route_display(),
                 capfirst(model._meta.verbose_name), row.get_history_type_display(), "; ".join(filter(None, words))]
            )  # fmt: skip
    titles = (_("When"), _("By whom"), _("Through"), _("What"), _("Change"), _("Values"))
    return make_table("changes", _("History"), columns(*titles), sorted(rows, key=lambda row: row[0]))


def accesses(holdings):
    """Who opened the person's pages or took this file."""
    rows = holdings.own(AccessLog).select_related("user", "office").order_by("at", "pk")
    told = [[moment(row.at), str(row.user or ""), str(row.office or ""), row.path] for row in rows]
    titles = (_("When"), _("By whom"), _("Office"), _("Page"))
    return make_table("accesses", _("Who read the pages of the person"), columns(*titles), told)


def documents(holdings):
    rows = [[one.code, str(one), one.file_name] for one in holdings.documents()]
    titles = (_("Code"), _("Document"), _("File"))
    return make_table("documents", _("Files in which the name may stand"), columns(*titles), rows)


def moment(when):
    return formats.date_format(timezone.localtime(when), "Y-m-d H:i:s")
