"""Who acts in the invented register: three offices, their departments, partners and people."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from agreements.models import Body, Person, Succession, Term

HOMES = {"A": "VN2025-38", "B": "VN2025-40", "C": "VN2025-14"}
SUBJECTS = {
    "YTE": "Y tế",
    "GDDT": "Giáo dục và Đào tạo",
    "NN": "Nông nghiệp và Môi trường",
    "CT": "Công Thương",
    "VH": "Văn hóa, Thể thao và Du lịch",
}
TITLES = ("Chủ tịch", "Phó Chủ tịch", "Giám đốc Sở", "Phó Giám đốc Sở", "Tỉnh trưởng", "Phó Tỉnh trưởng")
MERGER = date(2025, 7, 1)


@dataclass
class Office:
    """An office that keeps records, in `home`, with its departments and the places it works with."""

    letter: str
    body: Body
    home: Body
    units: list
    partners: list
    numbers: Counter = field(default_factory=Counter)

    def next_code(self, prefix):
        self.numbers[prefix] += 1
        return f"{prefix}-{self.numbers[prefix]:04d}"


class World:
    """All that the parts of the register refer to; made once."""

    def __init__(self, chance, writer, size):
        self.chance, self.writer = chance, writer
        self.terms = terms_by_list()
        self.places = {body.code: body for body in Body.objects.filter(kind__in=Body.PLACES).order_by("id")}
        self.successors = dict(Succession.objects.order_by("id").values_list("old_id", "new"))
        self.offices = [self.office(*one) for one in HOMES.items()]
        self.units_of = self.partner_units()
        self.people = self.write_people(max(12, size // 4))

    def office(self, letter, home):
        home = self.places[home]
        body = department(f"SNV-GD-{letter}", f"Sở Ngoại vụ giả định {letter}", home)
        units = [
            department(f"{code}-GD-{letter}", f"Sở {name} giả định {letter}", home)
            for code, name in SUBJECTS.items()
        ]
        self.writer.write([body, *units])
        return Office(letter, body, home, units, self.partners())

    def partners(self):
        """Five Lao places, two former and one present Vietnamese province."""
        lao = [place for code, place in self.places.items() if code.startswith("LA-")]
        former = [place for place in self.places.values() if place.pk in self.successors]
        vietnamese = [self.places[code] for code in ("VN2025-42", "VN2025-46", "VN2025-11")]
        choose = self.chance.sample
        return [*choose(lao, 5), *choose(former, 2), *choose(vietnamese, 1)]

    def partner_units(self):
        places = sorted({place.pk: place for one in self.offices for place in one.partners}.items())
        units = {
            pk: [
                department(f"SO-GD-{place.code}-{number}", f"Sở giả định {number} của {place.name}", place)
                for number in (1, 2)
            ]
            for pk, place in places
        }
        self.writer.write([unit for pair in units.values() for unit in pair])
        return units

    def write_people(self, count):
        people = [
            Person(
                code=f"nhan-vat-gia-dinh-{number}",
                name=f"Nhân vật giả định {number}",
                country=self.chance.weighted({"VN": 50, "LA": 40, "": 10}),
            )
            for number in range(1, count + 1)
        ]
        return self.writer.write(people)

    def term(self, vocabulary, code):
        return next(term for term in self.terms[vocabulary] if term.code == code)

    def fields(self):
        return self.chance.some(self.terms["field"], 3)

    def somebody(self):
        """{person, title} of a signer or traveller: named, named with a title, or known by the title."""
        person, title = self.chance.choice(self.people), self.chance.choice(TITLES)
        known = self.chance.weighted({"both": 60, "person": 20, "title": 20})
        return {
            "person": None if known == "title" else person,
            "title": "" if known == "person" else title,
        }

    def standing(self):
        """Columns that every top record has: review, rarely a note, rarely withdrawn."""
        chance = self.chance
        facts = {
            "note": chance.maybe(15, "Ghi chú (dữ liệu giả định)", ""),
            "review_state": chance.weighted({"draft": 60, "submitted": 10, "approved": 27, "returned": 3}),
        }
        if chance.happens(1):
            facts |= {"withdrawn_on": chance.day(date(2024, 1, 1)), "withdrawn_reason": "Nhập trùng (bịa)"}
        return facts


def terms_by_list():
    terms = {}
    for term in Term.objects.filter(retired=False).order_by("vocabulary", "rank", "id"):
        terms.setdefault(term.vocabulary, []).append(term)
    return terms


def department(code, name, area):
    return Body(code=code, name=name, kind=Body.Kind.DEPARTMENT, country=area.country, area=area)
