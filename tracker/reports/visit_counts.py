"""Three counts of delegations: how many, how often somebody travelled, how many people did (docs/reports.md)."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from agreements import dates
from agreements.models.effect import bounds
from delegations.results import TOOK_PLACE
from tracker.reports import figures
from tracker.reports.table import Count, Dated


class Visit(NamedTuple):
    """A delegation, or several known as a count; `begins`: (first, last) day on which it may have begun."""

    id: int
    direction: str
    number: int | None
    whole: int | None
    people: int | None
    begins: tuple
    told: tuple = ()
    """Values of the further columns that were asked for."""

    @property
    def event(self):
        return "delegation", self.id

    @property
    def said(self):
        """Its direction and its purpose in the words of the record."""
        return self.direction, self.told.purpose

    def certainty(self, period):
        """certain, possible or undated, of its beginning within `period` (first, last); "" outside of it."""
        relation = dates.relation(*self.begins, *period)
        return "" if relation == "outside" else relation


class Named(NamedTuple):
    """Who travelled: the numbers of people named, and how many are known by their title alone."""

    people: frozenset = frozenset()
    untold: int = 0


def beginning(number, held, first, last, none_from):
    """(first, last) day on which a delegation may have begun.

    A single one with the day of its beginning began that day. One known to a month, a year or a stretch of them, and
    several told as a count, began at any time in it; not when the source says that there was none (`none_from`).
    """
    begin = held.partition("/")[0]
    if number == 1 and begin.count("-") == 2:
        return bounds(begin)
    if none_from and first and first < none_from:
        return first, none_from - timedelta(days=1)
    return first, last


class Within(figures.Link):
    """A Link whose certainty is told of a period; a delegation stands in the one in which it began."""

    __slots__ = ()

    def certainty(self, period):
        if self.status not in TOOK_PLACE:
            return ""
        days = self.first, self.last
        if self.delegation:
            days = beginning(self.number, self.held, self.first, self.last, self.none_from)
        relation = dates.relation(*days, *period)
        return "" if relation == "outside" else relation


def three(visits, named, period):
    """(delegations, journeys of people, people) of `visits` in the period, each a Dated of Counts.

    `named`: {visit id: Named}.
    """
    groups = {
        sort: [visit for visit in visits if visit.certainty(period) == sort] for sort in figures.CERTAINTIES
    }
    everyone = {sort: persons(rows, named) for sort, rows in groups.items()}
    travels = journeys(visits, period)
    least = {
        sort: not_fewer(getattr(travels, sort), everyone[sort])
        for sort, rows in groups.items()
        if stands_alone(rows, visits)
    }
    return figures.tally(visits, period), replace(travels, **least), Dated(**everyone)


def stands_alone(rows, visits):
    """Whether none of `rows` is told in part by a visit of another certainty, which takes journeys from it."""
    ids = {visit.id for visit in rows}
    return ids.isdisjoint(visit.whole for visit in visits if visit.id not in ids)


def not_fewer(travels, people):
    """Journeys of which only a least number is known: at least as many as the people, each of whom made one."""
    if travels is None or people is None or not travels.at_least:
        return travels
    least = max(travels.number or 0, people.number or 0)
    return Count(least or None, True)


def journeys(visits, period):
    """Every journey of every person: a part counts only where its whole is silent about people."""
    by_id = {visit.id: visit for visit in visits}
    rows = []
    for visit in visits:
        whole = by_id.get(visit.whole)
        speaks_alone = whole is not None and whole.people is None and visit.people is not None
        rows.append(visit._replace(number=visit.people, whole=None if speaks_alone else visit.whole))
    return figures.tally(rows, period)


def persons(visits, named):
    """How many different people: exactly where all are named or there is one journey, else at least."""
    if not visits:
        return None
    ids = {visit.id for visit in visits}
    wholes = [visit for visit in visits if visit.whole not in ids]
    known = frozenset().union(*(named.get(visit.id, Named()).people for visit in visits))
    least = max(len(known), *(at_least(visit, named.get(visit.id, Named())) for visit in visits))
    one = len(wholes) == 1 and wholes[0].number == 1 and wholes[0].people is not None
    exact = one or all(is_complete(visit, named.get(visit.id, Named())) for visit in wholes)
    return Count(least or (0 if exact else None), not exact)


def at_least(visit, named):
    """So many different people one row stands for at least: its journeys are shared by its delegations."""
    if visit.people is not None:
        return -(-visit.people // visit.number) if visit.number else min(visit.people, 1)
    return len(named.people) + named.untold if visit.number == 1 else len(named.people)


def is_complete(visit, named):
    return visit.number == 1 and visit.people == len(named.people) and not named.untold
