"""Seeded choices: weights, days, dates known to a day, a month, a year or not at all."""

import random
from datetime import date, timedelta

FIRST, LAST = date(2005, 1, 1), date(2026, 6, 30)
"""What has taken place lies between these days, whenever the data are made."""

PRECISIONS = {"day": 66, "month": 12, "year": 10, "guessed_year": 4, "guessed": 4, "unknown": 4}
KNOWN = {precision: weight for precision, weight in PRECISIONS.items() if precision != "unknown"}


class Chance(random.Random):
    """`random.Random` that knows how offices know things."""

    def weighted(self, table):
        """A key of {value: weight}."""
        return self.choices(list(table), list(table.values()))[0]

    def happens(self, per_cent):
        return self.random() * 100 < per_cent

    def maybe(self, per_cent, value, otherwise=None):
        return value if self.happens(per_cent) else otherwise

    def some(self, values, most):
        """1 to `most` different ones of `values`, fewer more often."""
        return self.sample(values, min(self.randint(1, most), self.randint(1, most), len(values)))

    def day(self, first=FIRST, last=LAST):
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))

    def written(self, day, precisions=PRECISIONS):
        """`day` as EDTF text with a precision by chance."""
        return edtf(day, self.weighted(precisions))

    def stay(self, day, longest=6):
        """A visit from `day` on: one day, some days, or known to its month, year or half-year only."""
        last = day + timedelta(days=self.randint(1, longest))
        if self.happens(60) and last <= LAST:
            return f"{day}/{last}"
        return half_year(day) if self.happens(8) else self.written(day, KNOWN)


def edtf(day, precision):
    """EDTF text of `day`, known to a "day", "month", "year", by inference, or "unknown"."""
    return {
        "day": f"{day}",
        "month": f"{day:%Y-%m}",
        "year": f"{day.year}",
        "guessed_year": f"{day.year}?-{day:%m-%d}",
        "guessed": f"{day}?",
        "unknown": "",
    }[precision]


def half_year(day):
    return f"{day.year}-01/{day.year}-06" if day.month <= 6 else f"{day.year}-07/{day.year}-12"
