"""Everything that the register holds of a person, as a Sheet: for the person who asks for it."""

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.admin.history_rows import told_fields
from agreements.admin.record import owners
from agreements.admin.words import in_words
from agreements.models import Name, Person
from tracker.personal.holdings import Holdings, live, past
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
    told = (Person, Name)  # their rows stand above and in the history
    rows = [
        [table_words(one.model), str(one.pk), str(verbose(one)), one.excerpt]
        for one in holdings.mentions()
        if live(one.model) not in told
    ]
    notes = [_("Others bear the same name: a text may mean them.")] if holdings.namesakes else []
    titles = (_("Table"), _("Row number"), _("Column"), _("Words"))
    return make_table("mentions", _("Texts with the name"), columns(*titles), rows, notes=notes)


def table_words(model):
    """“Thỏa thuận”, or “Thỏa thuận (lịch sử)” for its history."""
    words = capfirst(live(model)._meta.verbose_name)
    return words if live(model) is model else _("%(table)s (history)") % {"table": words}


def verbose(mention):
    return capfirst(mention.model._meta.get_field(mention.column).verbose_name)


def changes(holdings):
    """Every history row of the person, their names and parts."""
    found = [
        (row.history_date, model, row)
        for model in (Person, Name, *holdings.roles)
        for row in holdings.own(past(model)[1]).select_related("history_user")
    ]
    rows = [
        [moment(when), str(row.history_user or ""), row.get_route_display(), capfirst(model._meta.verbose_name),
         row.get_history_type_display(), values_of(model, row)]
        for when, model, row in sorted(found, key=lambda one: (one[0], one[2].history_id))
    ]  # fmt: skip
    titles = (_("When"), _("By whom"), _("Through"), _("What"), _("Change"), _("Values"))
    return make_table("changes", _("History"), columns(*titles), rows)


def values_of(model, row):
    words = [in_words(one, getattr(row, one.attname)) for one in told_fields(model) if not one.is_relation]
    return "; ".join(filter(None, words))


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
    return formats.date_format(timezone.localtime(when), "d/m/Y H:i:s")
