"""Closing list: what has ended with something open, and the ways to close it."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from agreements.models import Commitment, CommitmentRole
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_event,
    make_link,
    make_place,
    make_progress,
    make_term,
)
from tracker.reports.closing_list import ClosingQuestion, closing_list
from tracker.tests.conftest import logged_in
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)
PAGE = "/reports/closing-list/"


def built(on=ON, **more):
    given = QueryDict(mutable=True)
    given.update({"on": on.isoformat(), **more})
    return closing_list(ClosingQuestion(given, on))


def dicts(table):
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def ended(**facts):
    return make_agreement(**{"signed_on": "2020-01-01", "period": "2020/2022", **facts})


def test_what_has_ended_with_open_commitments():
    first = ended(code="TT-1", title="Hết hạn")
    make_commitment(first, text="Thường xuyên")
    make_commitment(first, text="Tạm dừng", kind="one_off")
    make_progress(first.commitments.get(text="Tạm dừng"), "2022-05-01", "paused")
    for assessment in ("done", "not_performed", "carried_over"):
        make_progress(make_commitment(first, text=assessment, kind="one_off"), "2022-05-01", assessment)
    make_commitment(first, text="Mong", strength="wish")
    make_progress(make_commitment(ended(title="Khép rồi"), kind="one_off"), "2022-05-01", "done")
    broken = make_agreement(signed_on="2022-01-01", title="Chấm dứt", code="TT-2")
    make_event(broken, "terminated", "2023-02")
    make_commitment(broken, text="Dở dang", kind="one_off")
    make_commitment(make_agreement(signed_on="2022-01-01"), text="Còn hiệu lực")
    table = built()
    assert [(row["title"].value, row["open"].value) for row in dicts(table)] == [
        ("Hết hạn (TT-1)", 2),
        ("Chấm dứt (TT-2)", 1),
    ] or [(row["title"].value, row["open"].value) for row in dicts(table)] == [
        ("Chấm dứt (TT-2)", 1),
        ("Hết hạn (TT-1)", 2),
    ]
    ends = {row["title"].value: row["end"].value.text for row in dicts(table)}
    assert ends == {"Hết hạn (TT-1)": "2022", "Chấm dứt (TT-2)": "2023-02"}
    assert sorted(row["text"].value for row in dicts(table.below[0])) == [
        "Dở dang",
        "Thường xuyên",
        "Tạm dừng",
    ]


def test_as_of_an_earlier_day_it_had_not_ended():
    make_commitment(ended())
    assert len(built().rows) == 1
    assert built(date(2022, 12, 31)).rows == ()


def test_a_commitment_carried_over_is_closed():
    old, new = ended(), make_agreement(signed_on="2023-01-01")
    open_one = make_commitment(old)
    make_commitment(new, continues=open_one)
    assert built().rows == ()


@pytest.fixture
def officer(db):
    names = ["view_agreement", "view_commitment", "add_commitment", "change_commitment", "view_body"]
    names += ["view_organization", "view_locality", "view_term", "add_progress", "view_progress"]
    return logged_in("can-bo", *names)


def test_the_ways_to_close_one(officer):
    new = make_agreement(signed_on="2023-01-01", title="Kế tiếp", code="TT-9")
    old = ended()
    make_link(new, "follows", old)
    unit = make_term("unit", "scholarship", "suất")
    row = make_commitment(
        old, text="Cấp 5 & 6 suất", kind="per_period", every="year", unit=unit, period="2020/2022"
    )
    (told,) = dicts(built().below[0])
    assert officer.get(told["close"].link).status_code == 200
    assert 'id="progress-group"' in officer.get(told["close"].link).content.decode()
    assert "Kế tiếp" in told["carry"].value
    form = officer.get(told["carry"].link).context["adminform"].form
    initial = {
        name: str(form[name].value()) for name in ("agreement", "continues", "text", "kind", "every", "unit")
    }
    assert initial == {
        "agreement": str(new.pk),
        "continues": str(row.pk),
        "text": "Cấp 5 & 6 suất",
        "kind": "per_period",
        "every": "year",
        "unit": str(unit.pk),
    }
    assert form["office"].value() == new.office_id


def keys(value):
    return [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value


def filled_in(page):
    """What the browser sends of an add form as it came filled in."""
    forms, fields = [page.context["adminform"].form], {}
    for one in page.context["inline_admin_formsets"]:
        forms += one.formset.forms
        prefix, count = one.formset.prefix, len(one.formset.forms)
        fields |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": 0}
    for form in forms:
        values = {form[name].html_name: keys(form[name].value()) for name in form.fields}
        fields |= {name: value for name, value in values.items() if value not in (None, "", False)}
    return fields


def test_what_is_carried_over_keeps_its_facts(officer):
    new, old = make_agreement(signed_on="2023-01-01", period="2023/2027"), ended()
    make_link(new, "follows", old)
    long = "Cử chuyên gia. " * 200
    row = make_commitment(old, text=long.strip(), period="2020/2022", article="Điều 3")
    row.fields.add(make_term("field", "education", "Giáo dục"))
    parts = {"obligor": make_place(), "counterpart": make_place("LA-Y"), "lead": make_body()}
    for role, body in parts.items():
        CommitmentRole.objects.create(commitment=row, role=role, body=body)
    CommitmentRole.objects.create(commitment=row, role="accepter", title="Thứ trưởng", rank=2)
    (told,) = dicts(built().below[0])
    answer = officer.post(told["carry"].link, filled_in(officer.get(told["carry"].link)))
    assert answer.status_code == 302, answer.context["errors"]
    made = Commitment.objects.get(continues=row)
    assert (made.text, made.period, made.article) == (long.strip(), "2023/2027", "")
    assert [field.code for field in made.fields.all()] == ["education"]
    kept = made.roles.order_by("id").values_list("role", "body", "title", "rank")
    assert set(kept) == {
        *((role, body.pk, "", 1) for role, body in parts.items()),
        ("accepter", None, "Thứ trưởng", 2),
    }


def test_a_deadline_that_was_its_own_is_not_carried_over(officer):
    new, old = make_agreement(signed_on="2023-01-01", period="2023/2027"), ended()
    make_link(new, "follows", old)
    make_commitment(old, period="2021-06")
    (told,) = dicts(built().below[0])
    assert not officer.get(told["carry"].link).context["adminform"].form["period"].value()


def test_what_is_entered_there_closes_it(officer):
    new, old = make_agreement(signed_on="2023-01-01"), ended()
    make_link(new, "replaces", old)
    row = make_commitment(old, text="Đào tạo")
    (told,) = dicts(built().below[0])
    answer = officer.post(told["carry"].link, filled_in(officer.get(told["carry"].link)))
    assert answer.status_code == 302, answer.context["errors"]
    assert answer.headers["Location"] == "/reports/closing-list/?on=2023-06-30#commitments"
    assert Commitment.objects.get(continues=row).agreement == new
    assert built().rows == ()


def test_without_a_successor_there_is_nowhere_to_carry():
    make_commitment(ended())
    (told,) = dicts(built().below[0])
    assert (told["carry"].link, str(told["carry"].value)) == ("", "chưa ghi nhận thỏa thuận kế tiếp")


def test_filters():
    z = make_place("LA-Z", "Tỉnh Z")
    make_commitment(ended(title="Y"))
    make_commitment(ended(title="Z", theirs=z, code="TT-Z"))
    assert [row[0].value for row in built(partner=str(z.pk)).rows] == ["Z (TT-Z)"]


def test_queries_do_not_grow():
    def enter():
        old = ended()
        make_link(make_agreement(signed_on="2023-01-01"), "follows", old)
        make_commitment(old)

    enter()
    with CaptureQueriesContext(connection) as few:
        built()
    for _number in range(6):
        enter()
    with CaptureQueriesContext(connection) as many:
        built()
    assert len(many) == len(few) <= 10


def test_the_page(reader):
    make_commitment(ended(title="Hết hạn"), text="Dở dang")
    page = reader.get(PAGE, {"on": "30/6/2023"}).content.decode()
    assert "Dở dang" in page
    assert "style=" not in page.partition("<main")[2]
    assert "Không thỏa thuận nào" in reader.get(PAGE, {"on": "30/6/2020"}).content.decode()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_command(form):
    make_commitment(ended(title="Hết hạn", code="TT-1"), text="Dở dang")
    out = io.StringIO()
    call_command("report", "closing-list", "--on", "2023-06-30", "--format", form, stdout=out)
    if form == "json":
        assert json.loads(out.getvalue())["rows"][0]["open"] == 1
    else:
        rows = list(csv.reader(io.StringIO(out.getvalue().removeprefix("\ufeff"))))
        assert rows[1][0] == "Hết hạn (TT-1)"


def test_the_seeds(seeded):  # noqa: F811
    """Sơn La – Luông Pha Bang 2022–2024: nothing to close in 2024, its six standing commitments in 2025."""
    assert built(date(2024, 12, 31)).rows == ()
    (row,) = dicts(built(date(2025, 1, 1)))
    assert row["open"].value == 6


def test_ways_to_close_are_offered_to_those_who_may(reader, db):
    first = ended(code="TT-1")
    make_commitment(first, text="Dở dang")
    make_link(make_agreement(signed_on="2023-01-01", title="Mới"), "follows", first)
    officer = logged_in("can-bo", "view_agreement", "change_commitment", "add_commitment")
    words = ("ghi hoàn thành", "chuyển sang “Mới”", "Việc cần làm")
    page, told = (one.get(PAGE, {"on": ON}).content.decode() for one in (reader, officer))
    assert [word in page for word in words] == [False] * 3
    assert [word in told for word in words] == [True] * 3
    half = logged_in("can-bo-2", "view_agreement", "change_commitment").get(PAGE, {"on": ON}).content.decode()
    assert [word in half for word in words] == [True, False, True]
    assert "ghi hoàn thành" not in reader.get(PAGE, {"on": ON, "format": "csv"}).content.decode()
