"""The windows of period reports (half a year, a year), and the same window a year earlier. Knows no Django."""

import re
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})\s*[-–]\s*(\d{1,2})/(\d{1,2})")
COMMON = 2023
"""A year without 29 February: a window whose ends are not there every year is none."""
HALF, YEAR = "H1", ""


class Window(NamedTuple):
    """From `begin` to `end`, both (month, day) and included; one that ends before it begins began a year earlier."""

    begin: tuple
    end: tuple

    def of(self, year):
        """(first, last) day of the window that ends in `year`."""
        return date(year - 1 if self.begin > self.end else year, *self.begin), date(year, *self.end)

    @property
    def is_whole_year(self):
        """Whether each begins on the day after the one before it, leap years too."""
        return all(self.of(year)[1] + DAY == self.of(year + 1)[0] for year in range(COMMON, COMMON + 3))

    def is_part_of(self, year):
        """Whether it begins with the window `year` and ends before it does."""
        return self.begin == year.begin and self.of(COMMON)[1] < year.of(COMMON)[1]


def parsed(text):
    """ "15/12-14/6" as a Window; None where it is none."""
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    days = [int(number) for number in found.groups()]
    ends = (days[1], days[0]), (days[3], days[2])
    try:
        for month, day in ends:
            date(COMMON, month, day)
    except ValueError:
        return None
    return Window(*ends)


def year_before(begin, end):
    """The same window a year earlier: no day between two neighbouring windows is lost or told twice.

    The end is the day before what would follow, so that the end of February stays the end of February.
    """
    last = earlier(end + DAY) - DAY
    return min(earlier(begin), last), last


def earlier(day):
    """The same day a year earlier; 29 February, which only leap years have, is 1 March."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)


def latest(windows, today):
    """(year, word) of the window that ended last, today included; `windows`: {word: Window}."""
    ended = [
        (window.of(year)[1], year, word)
        for word, window in windows.items()
        for year in (today.year - 1, today.year)
        if window.of(year)[1] <= today
    ]
    _end, year, word = max(ended)
    return year, word


def begun(windows, today, years):
    """[(year, word)] of the windows begun by `today`, the latest first, `years` years back."""
    return [
        (year, word)
        for year in range(today.year + 1, today.year - years, -1)
        for word, window in windows.items()
        if window.of(year)[0] <= today
    ]


def code(year, word):
    """ "2022-H1", "2022": how an address names a window."""
    return f"{year}-{word}" if word else str(year)


def named(windows, begin, end):
    """(year, word) of the window with just these days, or None."""
    return next(
        ((end.year, word) for word, window in windows.items() if window.of(end.year) == (begin, end)), None
    )
