"""What a file leaves open is asked on its page, and the answer is taken."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest
from django.urls import reverse

from agreements.models import Commitment, Person, Succession
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_term
from tracker.imports.models import ImportBatch
from tracker.tests.importers import (  # noqa: F401
    PEOPLE,
    State,
    asked,
    begin,
    bodies,
    counts,
    html,
    kept_apart,
    login,
    officer,
    page,
    post,
    reply,
    url,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]


# Questions ------------------------------------------------------------------------------------------------
def test_an_unknown_name_is_answered_by_one_of_the_suggestions(officer, bodies):
    job = begin(officer, "old;new;how;on\nSở Ngoại vụ Sơn Laa;SCT;renamed;2020\n", "successions")
    (question,) = asked(officer, job)
    assert ("SNV", "Sở Ngoại vụ Sơn La") in map(tuple, question["choices"])
    assert 'name="pick" value="0:SNV"' in html(page(officer, job))
    assert len(page(officer, job).context["obstacles"]) == 1  # the question alone: no row is wrong by itself
    reply(officer, job, pick="0:SNV")
    assert asked(officer, job) == []
    write(officer, job)
    assert Succession.objects.get().old.code == "SNV"


def test_known_names_between_commas_are_not_taken_for_one_that_comes_near(bodies):
    keeper = login("hoa", "agreement", office=make_body(code="SNV-X", name="Sở X"))
    make_body(code="SDL", name="Sở Du lịch")
    text = "code;title;kind;parties\nA1;Một;memorandum;{}\n"
    make_term("agreement_kind", "memorandum")
    job = begin(keeper, text.format("Sở Ngoại vụ Sơn La, Sở Du lịch"), "agreements")
    (question,) = asked(keeper, job)
    assert "“Sở Ngoại vụ Sơn La; Sở Du lịch”" in question["sentence"]
    assert (question["choices"], counts(job)) == ([], {"refused": 1})
    job = begin(keeper, text.format("Sở Ngoại vụ Sơn La, Sở Du lich Laa"), "agreements")
    (question,) = asked(keeper, job)
    assert "Sở Ngoại vụ Sơn La; " not in question["sentence"]
    job = begin(keeper, text.format('"Sở Ngoại vụ Sơn La; Sở Du lịch"'), "agreements")
    assert (asked(keeper, job), counts(job)) == ([], {"new": 1})


@pytest.mark.parametrize("typed", ["SNV", "Sở Ngoại vụ Sơn La [SNV]"])
def test_an_unknown_name_is_answered_by_a_code(officer, bodies, typed):
    job = begin(officer, "old;new;how;on\nNgoại vụ cũ;SCT;renamed;2020\n", "successions")
    reply(officer, job, **{"answer-0": typed})
    assert (asked(officer, job), counts(job)) == ([], {"new": 1})


def test_a_code_that_nobody_bears_is_told(officer, bodies):
    job = begin(officer, "old;new;how;on\nNgoại vụ cũ;SCT;renamed;2020\n", "successions")
    batch = job.batch
    shown = reply(officer, job, **{"answer-0": "KHONG-CO"})
    assert "KHONG-CO" in shown.context["note"]
    assert job.batch == batch


def test_names_are_suggested_while_they_are_typed(officer, bodies):
    found = officer.get(reverse("imports:names"), {"arm": "body", "q": "ngoai vu son"}).json()["found"]
    assert found == [{"code": "SNV", "name": "Sở Ngoại vụ Sơn La"}]
    assert officer.get(reverse("imports:names"), {"arm": "user", "q": "a"}).status_code == 404


def test_a_date_without_a_year_asks_for_the_year_once(officer, bodies):
    make_body(code="SYT", name="Sở Y tế")
    job = begin(officer, "old;new;how;on\nSNV;SCT;renamed;27/8\nSCT;SYT;renamed;3/9\n", "successions")
    (question,) = asked(officer, job)
    assert question["about"] == "year"
    assert reply(officer, job, **{"answer-0": "22"}).context["note"]
    reply(officer, job, **{"answer-0": "2022"})
    assert (asked(officer, job), counts(job)) == ([], {"new": 2})


def numbers_file():
    make_agreement(code="TT-1", office=make_body())
    return "code;agreement;text;kind;unit;minimum\nC-1;TT-1;Đào tạo;once;người;1.500\n"


@pytest.fixture
def keeper():
    from agreements.tests.builders import make_term

    make_term("unit", "nguoi", "người")
    return login("giu", "commitment", office=make_body())


@pytest.mark.parametrize(("reading", "minimum"), [("vi", 1500), ("en", 1.5)])
def test_a_number_that_reads_both_ways_is_asked_about(keeper, reading, minimum):
    job = begin(keeper, numbers_file(), "commitments")
    (question,) = asked(keeper, job)
    assert question["about"] == "numbers"
    assert 'value="0:en"' in html(page(keeper, job))
    reply(keeper, job, pick=f"0:{reading}")
    write(keeper, job)
    assert Commitment.objects.get(code="C-1").targets.get().minimum == minimum


@pytest.mark.parametrize(("answer", "countries"), [("-", {""}), ("country", {"VN", "LA"})])
def test_an_unknown_column_is_left_out_or_mapped(officer, answer, countries):
    job = begin(officer, PEOPLE.replace("country", "xứ sở"))
    (question,) = asked(officer, job)
    assert (question["about"], question["text"]) == ("column", "xứ sở")
    assert len(page(officer, job).context["obstacles"]) == 1
    given = {"pick": "0:-"} if answer == "-" else {"answer-0": answer}
    reply(officer, job, **given)
    write(officer, job)
    assert set(Person.objects.values_list("country", flat=True)) == countries


def test_the_rows_are_shown_without_an_unknown_column_and_not_written_before_it_is_answered(officer):
    job = begin(officer, PEOPLE.replace("country", "xứ sở"))
    shown = page(officer, job)
    assert [[cell.typed for cell in row.cells] for row in shown.context["rows"]] == [
        ["nguyen-van-a", "Nguyễn Văn Á", "VN"],
        ["bounnhang", "Bun Nhăng", "LA"],
    ]
    assert [(heading, left_out) for heading, left_out, _long in shown.context["headings"]] == [
        ("code", False),
        ("name", False),
        ("xứ sở", True),
    ]
    assert counts(job) == {"new": 2}
    assert url("write", job) not in html(shown)
    shown = write(officer, job)
    assert shown.context["note"]
    assert (job.state, Person.objects.count()) == (State.READY, 0)


def test_rows_are_not_called_wrong_while_a_heading_is_unknown(officer):
    job = begin(officer, "code;họ tên\na;Nguyễn Văn Á\nb;Bê\n")
    shown = page(officer, job)
    assert counts(job) == {"refused": 2}  # without their names
    assert len(shown.context["obstacles"]) == 1
    reply(officer, job, **{"answer-0": "name"})
    assert counts(job) == {"new": 2}


@pytest.mark.parametrize(
    ("heading", "near", "proposed"),
    [
        ("Quoc gia cua ho", ["country"], "country"),
        ("countri", ["country"], "country"),
        ("Tên gọi khác nữa", ["other_names"], "other_names"),
        ("Ghi chú", [], ""),
    ],
)
def test_the_nearest_column_that_is_free_is_offered_first(officer, heading, near, proposed):
    job = begin(officer, f"code;name;{heading}\na;Nguyễn Văn Á;VN\n")
    (question,) = asked(officer, job)
    assert (question["choices"][: question["near"]], question["chosen"]) == (
        [one for one in question["choices"] if one[0] in near],
        proposed,
    )
    offered = {name for name, _label in question["choices"]}
    assert offered == {"country", "other_names"}
    assert html(page(officer, job)).count(" selected>") == bool(proposed)


def test_what_brackets_add_to_the_name_of_a_column_does_not_count(keeper):
    lines = (
        "code;agreement;text;kind;Thời hạn thực hiện\nC-1;TT-1;Đào tạo;once;2026\n"  # Thời hạn (đến hạn …)
    )
    make_agreement(code="TT-1", office=keeper.user.office)
    (question,) = asked(keeper, begin(keeper, lines, "commitments"))
    assert question["chosen"] == "period"


@pytest.mark.parametrize("headings", ["countri;countryy", "countryy;countri"])
def test_a_column_is_proposed_for_the_nearer_of_two_headings(officer, headings):
    job = begin(officer, f"code;name;{headings}\na;Nguyễn Văn Á;VN;LA\n")
    assert {one["text"]: one["chosen"] for one in asked(officer, job)} == {
        "countri": "",
        "countryy": "country",
    }


def test_two_headings_cannot_be_the_same_column(officer):
    job = begin(officer, "code;name;countri;countryy\na;Nguyễn Văn Á;VN;LA\n")
    shown = reply(officer, job, **{"answer-0": "country", "answer-1": "country"})
    assert "“countri”" in shown.context["note"]
    (question,) = asked(officer, job)
    assert question["text"] == "countryy"


def test_a_proposed_column_is_taken_only_when_the_officer_confirms_it(officer, bodies):
    text = "old;new;how;on;documen\nSở Ngoại vụ Sơn Laa;SCT;renamed;2020;\n"
    job = begin(officer, text, "successions")
    column, name = sorted(asked(officer, job), key=lambda one: one["about"] != "column")
    assert column["chosen"] == "document"
    reply(officer, job, pick=f"{name['number']}:SNV", **{column["input"]: "document"})
    (left,) = asked(officer, job)
    assert left["about"] == "column"
    reply(officer, job, **{left["input"]: "document"})
    assert (asked(officer, job), counts(job)) == ([], {"new": 1})


def test_rows_that_others_changed_since_the_export_are_left_out(keeper):
    commitment = make_commitment(make_agreement(code="TT-1"), text="Như cũ")
    lines = (
        f"office;code;text;version\n{commitment.office.code};{commitment.code};Khác;{commitment.version}\n"
    )
    commitment.text = "Người khác sửa"
    commitment.save()
    job = begin(keeper, lines, "commitments")
    assert counts(job) == {"conflict": 1}
    shown = page(keeper, job)
    assert shown.context["conflicts"] == 1
    assert [cell.changes for cell in shown.context["rows"][0].cells][2]
    shown = reply(keeper, job, conflicts="skip")
    assert shown.context["obstacles"] == []
    commitment.refresh_from_db()
    assert commitment.text == "Người khác sửa"


def test_an_encoding_in_doubt_shows_both_readings(officer):
    job = begin(officer, "code;name\na;Trần Văn Đông\n".replace("ầ", "â").encode("windows-1258"))
    shown = page(officer, job)
    assert {encoding for encoding, _rows in shown.context["doubts"]} == {"windows-1258", "windows-1252"}
    write(officer, job)
    assert not Person.objects.exists()
    reply(officer, job, encoding="windows-1258")
    write(officer, job)
    assert Person.objects.get().name == "Trân Văn Đông"


def test_answers_to_another_page_than_the_latest_are_not_taken(officer, bodies):
    job = begin(officer, "old;new;how;on\nSở Ngoại vụ Sơn Laa;SCT;renamed;2020\n", "successions")
    officer.post(url("answer", job), {"batch": "", "pick": "0:SNV"})
    job.refresh_from_db()
    assert job.answers == {}


def test_answers_are_taken_back_and_asked_for_again(officer, bodies):
    text = "old;new;how;on\nSở Ngoại vụ Sơn Laa;SCT;renamed;2020\n"
    officer.post(reverse("imports:new"), {"kind": "successions", "pasted": text.replace(";", "\t")})
    job = ImportBatch.objects.get()
    assert 'name="forget"' not in html(page(officer, job))
    reply(officer, job, pick="0:SCT")
    assert 'name="forget"' in html(page(officer, job))
    shown = post(officer, "read", job, forget="yes")
    assert job.answers == {"pasted": True}
    assert [one["text"] for one in shown.context["questions"]] == ["Sở Ngoại vụ Sơn Laa"]
    reply(officer, job, pick="0:SNV")
    assert counts(job) == {"new": 1}
