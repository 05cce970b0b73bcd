"""Keys and Vietnamese order of written names."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements import names
from agreements.names import Candidate


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đồng Hới", "dong hoi"),
        ("Ðồng Hới", "dong hoi"),  # with the eth that a wrong code page leaves
        ("Khánh Hoà", "khanh hoa"),
        ("Luông-pha-băng", "luong pha bang"),
        ("TP.HCM", "tp hcm"),
        ("  Viêng\u00a0Chăn ", "vieng chan"),
        ("Thừa Thiên – Huế", "thua thien hue"),
        ("ƯƠNG", "uong"),
    ],
)
def test_folding_drops_accents_and_keeps_words(written, folded):
    assert names.fold(written) == folded
    assert names.fold(unicodedata.normalize("NFD", written)) == folded


@given(
    st.text(
        st.one_of(st.sampled_from(" \t\n-–.đĐ\u0300\u0323\u00a0\u2028\u1e9eຫຼວ²¨ﬁ"), st.characters()),
        max_size=60,
    )
)
def test_words_fold_apart_as_they_fold_together(text):
    assert names.fold(text) == names.folded(text)


def test_lao_vowel_signs_are_kept_and_two_spellings_of_lu_are_one():
    assert names.key("ວຽງຈັນ") == "ວຽງຈັນ"
    assert names.key("ຫຼວງ") == names.key("ຫລວງ")
    assert names.key("ຄໍາ") == names.key("ຄຳ")


def test_provinces_stand_in_vietnamese_order():
    expected = [
        "An Giang", "Ánh", "Ăn", "Âm", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Dak", "Đà Nẵng", "Đắk Lắk",
        "Điện Biên", "Gia Lai", "Huế", "Ổi", "Ơn", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Thanh Hóa", "Ủy", "Ưng",
    ]  # fmt: skip
    shuffled = expected[1::2] + expected[::2]
    assert sorted(shuffled, key=names.sort_key) == expected


def test_tones_decide_only_between_equal_letters():
    expected = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]
    shuffled = expected[1::2] + expected[::2]
    assert sorted(shuffled, key=names.sort_key) == expected


def test_sort_keys_are_plain_ascii_so_that_every_collation_agrees():
    key = names.sort_key("Đắk Lắk – 2025 ວຽງຈັນ Ÿ €")
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def test_numbers_come_before_letters():
    assert sorted(["Ban A", "Ban 2"], key=names.sort_key) == ["Ban 2", "Ban A"]


def test_vietnamese_sort_by_given_name_then_family_name():
    people = [
        ("Trần Sỹ Thanh", "VN"),
        ("Nguyễn Văn Nên", "VN"),
        ("Nguyễn Thanh", "VN"),
        ("Anouphab Tounalom", "LA"),
    ]
    found = sorted(people, key=lambda person: names.person_sort_key(*person))
    assert [name for name, _ in found] == [
        "Anouphab Tounalom",
        "Nguyễn Văn Nên",
        "Nguyễn Thanh",
        "Trần Sỹ Thanh",
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tỉnh Viêng Chăn", ("viengchan", "province")),
        ("TP. Huế", ("hue", "city")),
        ("Thủ đô Viêng Chăn", ("viengchan", "city")),
        ("ແຂວງອັດຕະປື", ("ອັດຕະປື", "province")),
        ("Sekong province", ("sekong", "province")),
        ("Huế", ("hue", "")),
    ],
)
def test_words_before_a_name_say_its_kind(written, expected):
    assert names.bare(written) == expected


OLD = Candidate(1, "Quảng Trị [cũ]", "province", None, date(2025, 6, 30))
NEW = Candidate(2, "Quảng Trị [mới]", "province", date(2025, 7, 1), None)
OLDER = Candidate(3, "Quảng Trị [xưa]", "province", None, date(1976, 2, 1))


def test_without_a_date_the_living_bearer_wins_else_the_last():
    today = date(2026, 11, 24)
    assert names.choose("Quảng Trị", [OLD, NEW], today=today) == NEW
    assert names.choose("Quảng Trị", [OLD, OLDER], today=today) == OLD


def test_a_date_chooses_the_bearer_of_that_day():
    assert names.choose("Quảng Trị", [OLD, NEW], on=date(2025, 6, 30)) == OLD
    assert names.choose("Quảng Trị", [OLD, NEW], on=date(2025, 7, 1)) == NEW


def test_two_bearers_of_one_day_are_ambiguous():
    twin = Candidate(4, "Quảng Trị [khác]")
    with pytest.raises(names.AmbiguousName) as caught:
        names.choose("Quảng Trị", [NEW, twin], today=date(2026, 1, 1))
    assert caught.value.choices == ["Quảng Trị [khác]", "Quảng Trị [mới]"]
    assert isinstance(caught.value, ValueError)
