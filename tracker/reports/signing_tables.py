"""Agreements of a period as annexes: signed, in force with their results, to be signed, extended, ended."""

from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models import Agreement, AgreementEvent, AgreementLink
from agreements.models.agreement import Mode
from agreements.models.effect import Effect, end_text
from tracker.reports import figures
from tracker.reports.addresses import record, sheet_of
from tracker.reports.agreement_status import effect, on_sheet, performance
from tracker.reports.asking import again, left_out
from tracker.reports.reviewing import of_agreements, review_notes
from tracker.reports.shortening import shortened
from tracker.reports.signing import ending, gather
from tracker.reports.signing_question import is_asked
from tracker.reports.table import (
    Cell,
    Column,
    Dated,
    Inviting,
    Labelled,
    Marked,
    Moment,
    Stack,
    make_table,
)
from tracker.reports.visit_counts import Within

SLUG = "agreements-signed"
SHOWN = 3
"""Reports told of each agreement; the rest stand on its sheet."""
NUMBER, TITLE = Column("no", _("No."), "number"), Column("title", _("Agreement"))
SIGNED_ON, NOTE = Column("signed", _("Signed")), Column("note", _("Note"))
SIGNED = (
    NUMBER, TITLE, Column("kind", _("Kind")), Column("ours", _("Vietnamese party")),
    Column("theirs", _("Foreign party")), Column("country", _("Country")), Column("fields", _("Fields")),
    SIGNED_ON, Column("place", _("Signed at")), Column("signatories", _("Signatories (side, title)")),
    Column("effective", _("In effect from")),
    Column("term", _("Term, end of effect")), Column("languages", _("Languages")),
    Column("approval", _("Permission to sign")), Column("published", _("Publication")), NOTE,
)  # fmt: skip
SIGNED_STACKS = (
    Stack("no", _("No."), (("no", ""),)),
    Stack("title", _("Agreement"), (("title", ""), ("kind", ""), ("fields", _("fields")))),
    Stack("parties", _("Parties"), (("ours", ""), ("theirs", ""), ("country", ""))),
    Stack("signed", _("Signing"), (("signed", ""), ("place", ""), ("signatories", ""), ("languages", ""))),
    Stack("term", _("Effect and term"), (("effective", _("from")), ("term", ""))),
    Stack("approval", _("Permission to sign"), (("approval", ""),)),
    Stack("published", _("Publication, note"), (("published", ""), ("note", ""))),
)
RUNNING = (
    NUMBER, TITLE, SIGNED_ON, Column("until", _("In effect until")), Column("effect", _("Legal effect")),
    Column("focal", _("Focal unit")), Column("done", _("Done in the period")),
    Column("cumulative", _("Results so far")), Column("difficulties", _("Difficulties")),
    Column("proposals", _("Proposals")),
)  # fmt: skip
RUNNING_STACKS = (
    Stack("no", _("No."), (("no", ""),)),
    Stack("title", _("Agreement"), (("title", ""), ("signed", _("signed on")), ("focal", _("focal unit")))),
    Stack("effect", _("Legal effect"), (("effect", ""), ("until", _("to")))),
    Stack("done", _("Done in the period"), (("done", ""),)),
    Stack("cumulative", _("Results so far"), (("cumulative", ""),)),
    Stack(
        "difficulties", _("Difficulties, proposals"), (("difficulties", ""), ("proposals", _("proposals")))
    ),
)
COMING = (
    NUMBER, Column("title", _("Paper foreseen")), Column("partner", _("Partner")), Column("level", _("Level")),
    Column("contents", _("Main contents")), Column("when", _("Time and place foreseen")),
    Column("replaces", _("Replaces")), Column("proposer", _("Proposed by")), Column("standing", _("Standing")),
)  # fmt: skip
COMING_STACKS = (
    Stack("no", _("No."), (("no", ""),)),
    Stack("title", _("Paper foreseen"), (("title", ""), ("level", _("level")))),
    Stack("partner", _("Partner"), (("partner", ""),)),
    Stack("contents", _("Main contents"), (("contents", ""), ("replaces", _("replaces")))),
    Stack("when", _("Time and place foreseen"), (("when", ""),)),
    Stack("proposer", _("Proposed by"), (("proposer", ""),)),
    Stack("standing", _("Standing"), (("standing", ""),)),
)
EMPTY = _("No agreement is recorded here.")


def agreements_signed(question, found=None):
    """A Table of what was signed in the period, and below it what is in force, coming and ended; nine queries.

    `found`: what `gather` gave for the question, if it is there.
    """
    found = found or gather(question)
    rows = [signed_row(row, sort, found) for row, sort in found.signed if is_asked(sort, question)]
    return make_table(
        SLUG,
        _("Agreements signed in the period"),
        SIGNED,
        numbered(rows)[: question.most],
        notes=(
            *left_out_of(rows, question),
            *signed_notes(found, question),
            *review_notes(*recorded(found, question)),
        ),
        as_of=question.end,
        begin=question.begin,
        conditions=question.conditions,
        empty=_("No agreement was signed in this period."),
        stacks=SIGNED_STACKS,
        below=(
            running(found, question),
            to_sign(found, question),
            to_extend(found, question),
            *ended(found, question),
        ),
    )


def recorded(found, question):
    """What tells of the agreements in force, whatever the review says of it."""
    running = Agreement.objects.filter(pk__in=[row.pk for row in found.running])
    return of_agreements(running, question.end)


def annex(key, title, columns, stacks, rows, question):
    return make_table(
        key,
        title,
        columns,
        numbered(rows)[: question.most],
        notes=left_out_of(rows, question, f"#{key}"),
        as_of=question.end,
        empty=EMPTY,
        stacks=stacks,
    )


def left_out_of(rows, question, anchor=""):
    """A note on the rows that a page leaves out of a long list."""
    shown = len(rows[: question.most])
    return tuple(left_out(shown, len(rows), f"{again(SLUG, question.asked, all=1)}{anchor}"))


def numbered(rows):
    return [[number, *row] for number, row in enumerate(rows, 1)]


def signed_notes(found, question):
    """How many are certain, perhaps in the period, and without a date of signing."""
    counts = found.papers_signed
    yield Labelled(_("Number of papers signed"), Dated(counts.certain, counts.possible))
    if counts.undated is not None:
        undated = sum(1 for _row, relation in found.signed if relation == "undated")
        asked = {
            name: question.asked.get(name)
            for name in ("office", "place", "partner", "named", "field", "unit")
        }
        address = f"{again('gaps', asked, on=question.end, gap='date-unknown')}#date-unknown"
        words = _("%(count)s records of signed papers bear no day of signing and are not listed.")
        yield Cell(Inviting(words % {"count": undated}, _("Open their list.")), address)


# Signed ------------------------------------------------------------------------------------------
def signed_row(row, sort, found):
    ours, theirs = (found.in_role(row, "party", ours=side) for side in (True, False))
    return [
        named(row, found),
        row.kind.name,
        names(ours),
        names(theirs),
        ", ".join(dict.fromkeys(str(one.land) for one in theirs if one.land)),
        ", ".join(found.fields.get(row.pk, ())),
        Moment(row.signed_on or row.exchanged_on),
        place(row),
        tuple(signatory(one) for one in found.in_role(row, "signatory")),
        Moment(row.effective_on),
        term(row),
        row.get_languages_display(),
        tuple(paper(*one) for one in found.papers.get(row.pk, ())),
        published(row),
        tuple(signed_note(row, sort)),
    ]


def named(row, found):
    return Cell(f"{row.title} ({row.code})", sheet_of(row.pk, found.period[1]))


def names(takers):
    return tuple(one.name for one in takers)


def signatory(taker):
    who = f"{taker.who} ({taker.name})" if taker.name and taker.name not in taker.who else taker.who
    return Labelled(taker.land, who) if taker.land else who


def place(row):
    return ", ".join(
        filter(None, [row.signed_at and row.signed_at.name, row.mode and str(Mode(row.mode).label)])
    )


def term(row):
    found = []
    if row.period:
        found.append(Moment(row.period))
    if row.expires_on:
        found.append(Labelled(_("to"), Moment(row.expires_on)))
    if row.auto_renews:
        found.append(_("renews automatically"))
    return tuple(found)


def paper(number, title, issued):
    shown = number or shortened(title, 80)
    return f"{shown} ({dates.display(issued)})" if issued else shown


def published(row):
    """Day and address of publication, why not, or that neither is recorded."""
    if row.published_on or row.published_url:
        return tuple(filter(None, [dates.display(row.published_on), row.published_url]))
    if row.unpublished_reason:
        return Labelled(_("not published"), row.unpublished_reason.name)
    return Agreement.Process.PUBLISHED.label if row.process == Agreement.Process.PUBLISHED else ""


def signed_note(row, sort):
    if sort == "possible":
        yield _("perhaps in the period")
    if row.number != 1:
        yield Labelled(_("papers"), figures.count([row.number]))
    if row.note:
        yield shortened(row.note)


# In force ----------------------------------------------------------------------------------------
def running(found, question):
    rows = [running_row(row, found) for row in found.running]
    title = _("Agreements in force and their results")
    return annex("in-force", title, RUNNING, RUNNING_STACKS, rows, question)


def running_row(row, found):
    sheet = sheet_of(row.pk, found.period[1])
    said = found.said.get(row.pk, [])
    return [
        named(row, found),
        Moment(row.signed_on or row.exchanged_on),
        Moment(end_text(row)),
        effect(row, found.period[1]),
        ", ".join(names(found.in_role(row, "focal"))),
        (*took_place(row, found), *befell(row, found), *told(said, "done", sheet)),
        (*cumulative(row, found),),
        (*told(said, "difficulties", sheet), *reasons(said)),
        (*told(said, "next_step", sheet),),
    ]


def took_place(row, found):
    """Visits, meetings and aid of the period."""
    links = [Within(*link) for link in found.links.get(row.pk, ())]
    sheet = f"{sheet_of(row.pk, found.period[1])}&begin={found.period[0].isoformat()}"
    return tallied(links, found.lines, found.period, sheet)


def cumulative(row, found):
    """What is done of the promises, and all that took place by the end of the period."""
    if done := performance(found.promises.get(row.pk, [])):
        yield done
    on = found.period[1]
    yield from tallied(found.links.get(row.pk, []), found.lines, on, sheet_of(row.pk, on))


def tallied(links, lines, when, sheet):
    """Labelled figures of `links`, those of which there is something; `when`: what their certainty asks."""
    sorts = [
        (_("delegations out"), [one for one in links if one.direction == "out"], "delegations-out"),
        (_("delegations in"), [one for one in links if one.direction == "in"], "delegations-in"),
        (_("meetings"), [one for one in links if one.meeting], "meetings"),
    ]
    for word, rows, anchor in sorts:
        if number := figures.tally(rows, when):
            yield Labelled(word, on_sheet(number, sheet, anchor))
    served = figures.served_lines(links, lines)
    for word, given, anchor in (
        (_("aid given"), True, "aid-given"),
        (_("aid received"), False, "aid-received"),
    ):
        if money := figures.aid(served, when, given):
            yield Labelled(word, on_sheet(money, sheet, anchor))


def befell(row, found):
    """Events after signing that lie in the period."""
    for what, when, _title in found.happened.get(row.pk, ()):
        if when and dates.relation(*dates.bounds(when), *found.period) != "outside":
            yield f"{AgreementEvent.Kind(what).label} {dates.display(when)}"


def told(said, name, sheet):
    """The words of the latest reports, shortened; how many more stand on the sheet."""
    rows = [one for one in said if getattr(one, name)]
    for one in rows[:SHOWN]:
        yield Cell(f"{dates.display(one.on)}: {shortened(getattr(one, name))}", f"{sheet}#commitments")
    if len(rows) > SHOWN:
        words = _("%(count)s more reports: open the sheet.") % {"count": len(rows) - SHOWN}
        yield Cell(words, f"{sheet}#commitments")


def reasons(said):
    """Reasons given without further words."""
    return tuple(dict.fromkeys(one.reason for one in said if one.reason and not one.difficulties))


# To come and ended -------------------------------------------------------------------------------
def to_sign(found, question):
    rows = [coming_row(row, found, row.get_process_display(), foreseen(row)) for row in found.to_sign] + [
        promised_row(row, found) for row in found.children
    ]
    return coming_table("to-sign", _("Agreements to be signed"), rows, question)


def to_extend(found, question):
    rows = [coming_row(row, found, effect(row, found.period[1]), ends(row)) for row in found.to_extend]
    return coming_table("to-extend", _("Agreements to be extended or renewed"), rows, question)


def ended(found, question):
    """What ended in the period, then what ended on no known day, if anything."""
    rows = {True: [], False: []}
    for row in found.ended:
        sort = found.end_relation(row)
        how = Marked(row.effect, Effect(row.effect).label, sort != "certain")
        if question.value("certainty") in (None, "", sort):
            rows[sort != "undated"].append(coming_row(row, found, how, Moment(ending(row))))
    yield coming_table("ended", _("Agreements that ended in the period"), rows[True], question)
    if rows[False]:
        yield coming_table("ended-undated", _("Agreements that ended, date not known"), rows[False], question)


def coming_table(key, title, rows, question):
    return annex(key, title, COMING, COMING_STACKS, rows, question)


def coming_row(row, found, standing, when):
    focal = found.in_role(row, "focal", ours=True)
    contents = [", ".join(found.fields.get(row.pk, ())), shortened(row.note)]
    return [
        named(row, found),
        names(found.in_role(row, "party", ours=False)),
        row.get_level_display(),
        tuple(filter(None, contents)),
        when,
        tuple(older(row, found)),
        names(focal) or row.office.name,
        standing,
    ]


def foreseen(row):
    moments = [Moment(text) for text in (row.signed_on, row.period) if text]
    return (*moments, place(row)) if place(row) else tuple(moments)


def ends(row):
    return Labelled(_("in effect until"), Moment(end_text(row)))


def older(row, found):
    """The titles of what it follows or replaces."""
    for what, _when, title in found.happened.get(row.pk, ()):
        if what in (AgreementLink.Kind.FOLLOWS, AgreementLink.Kind.REPLACES):
            yield title


def promised_row(row, found):
    """A paper that an agreement promises and that nobody has entered yet."""
    address = record("commitment", row.pk)
    above = row.agreement
    return [
        Cell(f"{shortened(row.text)} ({row.code})", address),
        names(found.in_role(above, "party", ours=False)) if above else (),
        "",
        Labelled(_("promised in"), above.title) if above else "",
        Moment(row.period),
        (),
        row.lead or row.office.name,
        _("promised, not entered yet"),
    ]
