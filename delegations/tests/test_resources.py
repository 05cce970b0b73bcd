"""Files of the upper floor, and the sheets that serve several tables."""

import pytest
from django.db import transaction
from django.utils.translation import override

from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import import_sheets
from agreements.models import AgreementRole, Citation, Commitment
from agreements.resources import (
    AgreementResource,
    CommitmentResource,
    DocumentResource,
    NameResource,
    OrganizationResource,
    PersonResource,
    ProgressResource,
    TermResource,
)
from agreements.tests.test_resources import PLACES, LocalityResource, rows_in, taken_out
from conftest import rows_of
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryLine,
    DeliveryRole,
    Meeting,
    MeetingRole,
    VisitCitation,
)
from delegations.resources import (
    CitationResource,
    ContributionResource,
    DelegationResource,
    DeliveryResource,
    LineResource,
    MeetingResource,
    RoleResource,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
KINDS = [
    DelegationResource, MeetingResource, DeliveryResource, LineResource, RoleResource, ContributionResource,
    CitationResource,
]  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language of the code."""
    with override("en"):
        yield


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """Lists, places, an office, and one record of each kind."""
    with django_db_blocker.unblock(), transaction.atomic(), override("en"):
        terms = rows_of("reference/terms.csv")
        load(TermResource, "\t".join(terms[0]), *("\t".join(row.values()) for row in terms))
        load(NameResource, "of,code,text,language", "term,VND,đồng,vi")
        load(LocalityResource, *PLACES)
        load(OrganizationResource, "code,name,kind,country,area", "S,Sở Ngoại vụ,department,VN,VN2025-14")
        load(PersonResource, "code,name,country", "p1,Nguyễn Văn Một,VN", "p2,Nguyễn Văn Hai,VN")
        load(DocumentResource, "office,code,title,kind", "S,D1,Biên bản,minutes", "S,D2,Kế hoạch,plan")
        load(AgreementResource, "office,code,title,kind,parties", "S,A1,Một,memorandum,VN2025-14|LA-LP")
        load(MeetingResource, "office,code,kind,held", "S,M1,talks,27/8/2022")
        load(
            CommitmentResource,
            "office,code,agreement,text,kind,unit,made_at",
            "S,C1,A1,Học bổng,cumulative,person,M1",
        )
        load(DelegationResource, "office,code,name,direction,held,people", "S,V1,Đoàn,in,27/8/2022,3")
        load(DeliveryResource, "office,code,held,givers,receivers", "S,H1,2021,VN2025-14,LA-LP")
        load(LineResource, "delivery,number,item,quantity,unit", "H1,1,student_intake,78,person")
        yield
        transaction.set_rollback(True)


def attempt(kind, *lines, user=None, **options):
    """(faults as (row, column, sentence), outcome) of importing a file."""
    answers = {"numbers": "vi"}
    outcome = import_sheets([(kind, kind.kind, rows_in(lines))], user=user, answers=answers, **options)
    return [(fault.row, fault.column, fault.sentence) for fault in outcome.faults], outcome


def load(kind, *lines, **options):
    """(new, changed, unchanged) of a file without faults."""
    faults, outcome = attempt(kind, *lines, **options)
    assert faults == []
    return outcome.new, outcome.changed, outcome.unchanged


def refused(kind, *lines, **options):
    """The one fault of a file, as (row, column, sentence)."""
    (fault,) = attempt(kind, *lines, **options)[0]
    return fault


def test_the_meeting_at_which_a_commitment_was_made_is_a_column_of_it():
    made = Contribution.objects.get(commitment__code="C1")
    assert (made.meeting.code, made.how) == ("M1", "made")
    assert taken_out(CommitmentResource)["made_at"] == ["M1"]
    load(CommitmentResource, "office,code,made_at", "S,C1,")
    assert not Contribution.objects.exists()
    assert Commitment.objects.count() == 1


def test_a_delegation_with_its_short_columns_comes_once():
    heading = "office;code;name;direction;held;senders;visited;head;head_title;agreements;sources;number"
    row = "S;V2;Đoàn hai;out;11/2019–2021;VN2025-14;LA|LA-LP;p1;Giám đốc;A1;D1:tr. 1|D2;"
    assert load(DelegationResource, heading, row) == (1, 0, 0)
    assert load(DelegationResource, heading, row) == (0, 0, 1)
    delegation = Delegation.objects.get(code="V2")
    assert (delegation.held, delegation.number) == ("2019-11/2021", None)
    head = delegation.roles.get(role="head")
    assert (head.person.code, head.title) == ("p1", "Giám đốc")
    assert delegation.contributions.get().agreement.code == "A1"
    assert sorted(delegation.citations.values_list("document__code", "locator")) == [
        ("D1", "tr. 1"),
        ("D2", ""),
    ]


def test_a_head_known_by_title_alone_and_one_that_is_named_later():
    heading = "office;code;head_title"
    load(DelegationResource, heading, "S;V1;Phó Chủ tịch")
    assert DelegationRole.objects.get(role="head").person is None
    load(DelegationResource, f"{heading};head", "S;V1;Phó Chủ tịch;p1")
    head = DelegationRole.objects.get(role="head")
    assert (head.person.code, head.title) == ("p1", "Phó Chủ tịch")
    load(DelegationResource, f"{heading};head", "S;V1;;")
    assert not DelegationRole.objects.filter(role="head").exists()


def test_a_delegation_held_in_the_future_is_refused():
    fault = refused(DelegationResource, "office;code;name;direction;held", "S;V9;Đoàn;in;1/1/2199")
    assert fault == (2, "held", "1/1/2199 is in the future: correct the date, or choose “planned”.")


def test_part_and_whole_may_stand_in_any_order():
    heading = "office;code;name;direction;held;number;part_of"
    load(DelegationResource, heading, "S;P1;Phần;in;2021;0;W1", "S;W1;Toàn bộ;in;2019–2021;2;")
    assert Delegation.objects.get(code="P1").part_of.code == "W1"
    fault = refused(DelegationResource, heading, "S;P2;Phần;in;2021;3;W1")
    assert fault == (2, "number", "The parts of “Toàn bộ” come to 3, more than the whole of 2.")


def test_a_meeting_names_its_delegations_and_chairs():
    heading = "office;code;kind;held;delegations;chairs;hosts;fields"
    load(MeetingResource, heading, "S;M2;working;2022;V1;p1|p2;VN2025-14;health|trade")
    meeting = Meeting.objects.get(code="M2")
    assert meeting.delegations.get().code == "V1"
    assert meeting.roles.filter(role="chair").count() == 2
    assert meeting.number == 1
    load(MeetingResource, "office;code;number;delegations", "S;M2;;")
    meeting.refresh_from_db()
    assert (meeting.number, meeting.delegations.count(), meeting.fields.count()) == (None, 0, 2)


def test_a_delivery_needs_a_giver_and_a_receiver_and_nobody_is_both():
    heading = "office,code,givers,receivers"
    sentence = "Enter at least one giver and one receiver."
    assert refused(DeliveryResource, heading, "S,H2,VN2025-14,") == (2, "", sentence)
    both = refused(DeliveryResource, heading, "S,H2,VN2025-14,LA-LP|VN2025-14")
    assert both == (2, "", "Sơn La cannot both give and receive.")
    role = refused(RoleResource, "record,code,role,body", "delivery,H1,receiver,VN2025-14")
    assert role == (2, "", "Sơn La cannot both give and receive.")
    assert not Delivery.objects.filter(code="H2").exists()


def test_measures_as_offices_write_them_go_to_their_columns():
    heading = "delivery;number;item;quantity;amount"
    load(LineResource, heading, "H1;2;medical_mask;15.000 chiếc;hơn 5 tỷ đồng")
    line = DeliveryLine.objects.get(number=2)
    assert (line.quantity, line.unit.code, line.quantity_is) == (15000, "piece", "exactly")
    assert (line.amount, line.currency.code, line.amount_is) == (5_000_000_000, "VND", "more_than")
    row, column, sentence = refused(LineResource, f"{heading};currency", "H1;3;cash;;5 triệu đồng;LAK")
    assert (row, column) == (2, "amount")
    assert sentence == "“5 triệu đồng” and “LAK” contradict each other: correct one of them."


BAD_LINES = [
    ("H1;2;student_intake;-2;person;", "quantity",
     "“-2” is negative: write what there is, or leave the cell empty."),
    ("H1;2;student_intake;2;;", "", "A quantity needs its unit: choose it."),
    ("H1;2;student_intake;2;người ngoài hành tinh;", "unit", None),
    ("H1;2;student_intake;80;person;1", "", "The parts of line 1 come to 80, more than the whole of 78."),
    ("H1;2;student_intake;2;person;9", "part_of",
     "There is no row 9: write the number of a row of the same record."),
    ("H1;2;;2;person;", "item", "Fill in the column “item”."),
    ("H9;2;student_intake;2;person;", "delivery",
     "No delivery of aid bears the code “H9”: check the code, or enter it first."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "column", "sentence"), BAD_LINES)
def test_a_bad_line_is_told_with_its_column_and_cure(line, column, sentence):
    fault = refused(LineResource, "delivery;number;item;quantity;unit;part_of", line)
    assert fault[:2] == (2, column)
    assert sentence is None or fault[2] == sentence


def test_whole_and_part_may_shrink_in_one_file_and_stand_in_any_order():
    heading = "delivery;number;item;quantity;unit;part_of;funding"
    load(LineResource, heading, "H1;2;student_intake;65;person;1;province")
    load(LineResource, "delivery;number;quantity", "H1;1;40", "H1;2;30")
    assert list(DeliveryLine.objects.order_by("number").values_list("quantity", flat=True)) == [40, 30]
    load(LineResource, heading, "H1;4;student_intake;1;person;5;", "H1;5;student_intake;2;person;;")
    assert DeliveryLine.objects.get(number=4).part_of.number == 5


def test_one_sheet_of_roles_serves_five_tables():
    heading = "record,code,role,body,person,title,as_printed"
    rows = [
        "agreement,A1,signatory,LA-LP,,Phó Chủ tịch,",
        "commitment,C1,lead,S,,,",
        "delegation,V1,member,,p1,,Một",
        "meeting,M1,chair,,p1,,",
        "delivery,H1,witness,,p2,,",
    ]
    assert load(RoleResource, heading, *rows) == (5, 0, 0)
    assert load(RoleResource, heading, *rows) == (0, 0, 5)
    assert MeetingRole.objects.get().person.code == "p1"
    written = b"".join(csv_chunks(*rows_out(RoleResource))).decode("utf-8-sig")
    assert load(RoleResource, *written.splitlines())[:2] == (0, 0)


def test_a_row_that_a_short_column_made_is_filled_in_by_the_sheet_of_roles():
    bare = DeliveryRole.objects.get(role="giver")
    heading = "record,code,role,body,person,title"
    rows = ["delivery,H1,giver,VN2025-14,p1,Chủ tịch", "delivery,H1,giver,VN2025-14,p2,Phó Chủ tịch"]
    assert load(RoleResource, heading, *rows) == (1, 1, 0)
    bare.refresh_from_db()
    assert (bare.person.code, bare.title) == ("p1", "Chủ tịch")
    assert load(RoleResource, heading, *rows) == (0, 0, 2)


def test_a_bare_row_given_in_the_file_itself_is_not_taken_for_another():
    heading = "record,code,role,body,title"
    rows = ["meeting,M1,participant,LA-LP,", "meeting,M1,participant,LA-LP,Bí thư"]
    load(RoleResource, heading, *rows)
    assert sorted(MeetingRole.objects.values_list("title", flat=True)) == ["", "Bí thư"]


def test_names_in_roles_are_those_of_the_day_of_the_record():
    load(RoleResource, "record,code,role,body", "meeting,M1,participant,TP. Hồ Chí Minh")
    assert MeetingRole.objects.get().body.code == "VN2024-79"


BAD_ROLES = [
    ("xe,A1,party,LA-LP,,", "record",
     "“xe” is no kind of record: write one of agreement, commitment, delegation, meeting, delivery."),
    ("agreement,A9,party,LA-LP,,", "code",
     "No agreement bears the code “A9”: check the code, or enter it first."),
    ("agreement,,party,LA-LP,,", "code", "Give the code of the record."),
    ("agreement,A1,host,LA-LP,,", "role", None),
    ("agreement,A1,party,,p1,", "", "This part is taken by a body: choose it, and leave the person empty."),
    ("agreement,A1,signatory,,Nguyễn Văn X,", "person", None),
    ("agreement,A1,party,LA-LQ,,", "body", None),
    ("delegation,V1,member,,p1,yes", "lead", "Only a part in an agreement leads: leave the cell empty."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "column", "sentence"), BAD_ROLES)
def test_a_bad_role_is_told_with_its_column_and_cure(line, column, sentence):
    fault = refused(RoleResource, "record,code,role,body,person,lead", line)
    assert fault[:2] == (2, column)
    assert sentence is None or fault[2] == sentence


def test_the_kind_of_record_may_be_written_in_vietnamese():
    with override("vi"):
        word = str(AgreementRole._meta.get_field("agreement").related_model._meta.verbose_name)
    assert load(RoleResource, "record,code,role,body", f"{word},A1,focal,S") == (1, 0, 0)


def test_more_members_than_people_are_refused():
    load(PersonResource, "code,name", *[f"m{number},Người {number}" for number in range(4)])
    rows = [f"delegation,V1,member,m{number}" for number in range(4)]
    faults, _result = attempt(RoleResource, "record,code,role,person", *rows)
    assert faults[0][2] == "4 members are named, so there are not 3 people."
    assert not DelegationRole.objects.filter(role="member").exists()


def test_citations_serve_records_of_both_floors_and_progress():
    load(ProgressResource, "commitment,number,on,quantity", "C1,1,2023,5")
    heading = "record,code,document,role,locator"
    rows = [
        "agreement,A1,D1,text,",
        "commitment,C1,D1,,tr. 2",
        "progress,C1#1,D2,report,",
        "meeting,M1,D1,minutes,",
        "delivery,H1,D1,minutes,tr. 1",
    ]
    assert load(CitationResource, heading, *rows) == (5, 0, 0)
    assert load(CitationResource, heading, *rows) == (0, 0, 5)
    assert (Citation.objects.count(), VisitCitation.objects.count()) == (3, 2)
    assert taken_out(CitationResource)["code"] == ["A1", "C1", "C1#1", "M1", "H1"]
    fault = refused(CitationResource, heading, "progress,C1#x,D1,,")
    assert fault == (2, "code", "There is no report “C1#x”: write commitment#number.")


def test_contributions_allocate_a_line_to_a_commitment():
    heading = "event,code,line,to,to_code,how,quantity"
    row = "delivery,H1,1,commitment,C1,serves,20"
    assert load(ContributionResource, heading, row) == (1, 0, 0)
    assert load(ContributionResource, heading, row) == (0, 0, 1)
    fault = refused(ContributionResource, heading, "delivery,H1,1,commitment,C1,made,70")
    assert fault[:2] == (2, "quantity")
    assert fault[2] == "90 would be allocated of line 1, which holds 78."
    fault = refused(ContributionResource, heading, "delivery,H1,,commitment,C1,discussed,79")
    assert fault[:2] == (2, "quantity")
    assert fault[2].startswith("The delivery brought 78")


BAD_CONTRIBUTIONS = [
    ("delivery,H1,7,agreement,A1", "line", "There is no line 7: only deliveries have lines."),
    ("meeting,M1,1,agreement,A1", "line", "There is no line 1: only deliveries have lines."),
    ("meeting,M1,,meeting,M1", "to", "“meeting” is no kind of record: write one of agreement, commitment."),
    ("meeting,M1,,agreement,", "to_code", "Give the code of the record."),
    ("agreement,A1,,agreement,A1", "event", None),
]


@pytest.mark.parametrize(("line", "column", "sentence"), BAD_CONTRIBUTIONS)
def test_a_bad_contribution_is_told_with_its_column_and_cure(line, column, sentence):
    fault = refused(ContributionResource, "event,code,line,to,to_code", line)
    assert fault[:2] == (2, column)
    assert sentence is None or fault[2] == sentence


def test_no_column_of_any_kind_makes_a_traceback_of_nonsense():
    """Each column of each kind with nonsense in it: faults are sentences, never exceptions."""
    for kind in KINDS:
        columns = kind().get_export_headers()
        for nonsense in ("?!", "9" * 40, "a|b|c", "30/2/2022", "-1", "\u0e9f" * 500, "delivery"):
            for column in [*columns, None]:
                row = [nonsense if name == column or column is None else "" for name in columns]
                attempt(kind, "\t".join(columns), "\t".join(row), dry_run=True)
