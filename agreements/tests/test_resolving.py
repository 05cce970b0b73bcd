"""From written names to rows: all aliases of the reference table, and what staff type."""

import unicodedata
from datetime import date

import pytest

from agreements.models import Body, Locality, Name, Organization, Person
from agreements.models.resolving import Resolver
from agreements.names import AmbiguousName, UnknownName
from agreements.tests.reference import load_localities
from conftest import rows_of

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2024, 12, 31), date(2026, 1, 1)


@pytest.fixture
def localities():
    load_localities()


def test_all_915_aliases_are_right(localities):
    resolver, rows, wrong = Resolver(Locality.objects.all()), rows_of("ledger/localities_aliases.csv"), []
    for row in rows:
        wrong += [f"{row['alias']}: {fault}" for fault in faults(resolver, row)]
    assert len(rows) == 915
    assert wrong == []


def faults(resolver, row):
    """What `resolver` says wrongly of one alias: by no date, by a day before and a day after July 2025."""
    alias, candidates = row["alias"], row["candidates"].split("|")
    if row["decided_by"] == "":
        expected = {None: row["locality_key"]}
    elif row["decided_by"] == "date":
        new = next(code for code in candidates if code.startswith("VN2025"))
        old = next(code for code in candidates if code.startswith("VN2024"))
        expected = {None: new, AFTER: new, BEFORE: old}
    else:
        expected = {None: set(candidates), BEFORE: set(candidates)}
    for on, code in expected.items():
        found = answer(resolver, alias, on)
        if found != code:
            yield f"on {on} {found} instead of {code}"


def answer(resolver, alias, on):
    try:
        return resolver.resolve(alias, on).code
    except AmbiguousName as error:
        return {choice.rpartition("[")[2].rstrip("]") for choice in error.choices}
    except UnknownName:
        return "unknown"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Luổng Phạ Bang", "LA-LP"),
        ("luong pha bang", "LA-LP"),
        ("LUÔNG-PHA-BĂNG", "LA-LP"),
        ("Champasack", "LA-CH"),
        ("Thủ đô Viêng Chăn", "LA-VT"),
        ("tỉnh Viêng Chăn", "LA-VI"),
        ("Tỉnh Luông Pha Bang", "LA-LP"),
        ("TP. Hà Nội", "VN2025-01"),
        ("ha noi", "VN2025-01"),
        ("Khánh Hoà", "VN2025-56"),
        ("ແຂວງຫຼວງພະບາງ", "LA-LP"),
        ("Sekong Province", "LA-XE"),
    ],
)
def test_what_staff_write_is_understood(localities, written, code):
    assert Locality.objects.resolve(written).code == code
    assert Locality.objects.resolve(unicodedata.normalize("NFD", written)).code == code


def test_a_date_chooses_between_before_and_after_the_mergers(localities):
    assert Locality.objects.resolve("Quảng Trị", on=date(2019, 8, 16)).code == "VN2024-45"
    assert Locality.objects.resolve("Quảng Trị", on=date(2025, 7, 1)).code == "VN2025-44"
    assert Locality.objects.resolve("Bắc Giang").code == "VN2024-24"


def test_viengchan_alone_is_asked(localities):
    for written in ("Viêng Chăn", "vientiane", "ວຽງຈັນ"):
        with pytest.raises(AmbiguousName) as caught:
            Locality.objects.resolve(written)
        assert len(caught.value.choices) == 2


def test_an_unknown_name_comes_with_suggestions(localities):
    with pytest.raises(UnknownName) as caught:
        Locality.objects.resolve("Luang Prabangg")
    assert "Luang Prabang" in caught.value.suggestions
    assert "Luang Prabangg" in str(caught.value)


def test_a_hundred_thousand_characters_are_unknown_at_once(localities):
    with pytest.raises(UnknownName):
        Locality.objects.resolve("Viêng " * 20_000)


@pytest.mark.parametrize(
    "typed", ["vieng chan", "VIÊNG CHĂN", unicodedata.normalize("NFD", "Viêng Chăn"), "ວຽງຈັນ"]
)
def test_search_finds_both_viengchans(localities, typed):
    found = set(Locality.objects.search(typed).values_list("code", flat=True))
    assert found == {"LA-VT", "LA-VI"}


def test_a_spelling_matched_once_is_remembered(localities):
    paksan = Body.objects.get(code="LA-BL")
    with pytest.raises(UnknownName):
        Locality.objects.resolve("Paksane vung")
    Locality.objects.remember(paksan, "Paksane vung")
    Locality.objects.remember(paksan, "Paksane vung")
    assert Locality.objects.resolve("PAKSANE VUNG") == paksan
    assert Name.objects.filter(text="Paksane vung").count() == 1


def test_one_person_has_two_spellings():
    person = Person.objects.create(name="Anouphab Tounalom", country="LA")
    Person.objects.remember(person, "Anouphap Tounalom")
    assert Person.objects.resolve("anouphap tounalom") == person


def test_organizations_resolve_apart_from_places(localities):
    hanoi = Body.objects.get(code="VN2025-01")
    office = Organization.objects.create(
        code="SNV-HN", name="Sở Ngoại vụ Hà Nội", kind="department", country="VN", area=hanoi
    )
    assert Organization.objects.resolve("so ngoai vu ha noi") == office
    with pytest.raises(UnknownName):
        Organization.objects.resolve("Hà Nội")


def test_provinces_sort_in_vietnamese_order(localities):
    names = [
        "An Giang",
        "Bắc Ninh",
        "Cà Mau",
        "Cao Bằng",
        "Cần Thơ",
        "Đà Nẵng",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
    ]
    found = Locality.objects.filter(code__startswith="VN2025", name__in=names).order_by("sort")
    assert [body.name for body in found] == names
