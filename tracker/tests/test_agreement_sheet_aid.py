"""One agreement's sheet: the rows behind its numbers, parts of wholes, aid, gifts, sources."""

from decimal import Decimal

import pytest
from django.utils import translation

from agreements.models import Citation
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_document,
    make_event,
    make_place,
    make_progress,
)
from delegations.models import VisitCitation
from delegations.tests.builders import (
    contribute,
    make_delegation,
    make_delivery,
    make_line,
)
from tracker.tests.sheet_rows import ON, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_rows_are_exactly_those_behind_the_numbers_and_the_rest_is_told_apart():
    agreement = make_agreement(signed_on="2022-01-01")
    for code, facts_of_it in [
        ("D1", {"held": "2022-03-01"}),
        ("D2", {"held": ""}),
        ("D3", {"held": "2023"}),
        ("D4", {"held": "2024-01-01"}),
        ("D5", {"held": "2022-03-01", "status": "cancelled"}),
    ]:
        contribute(make_delegation("out", code=code, **facts_of_it), agreement)
    rows = told(agreement, "delegations-out")
    assert [(row["code"], row["certainty"]) for row in rows] == [
        ("D1", "—"),
        ("D3", "possibly"),
        ("D2", "undated"),
    ]
    others = told(agreement, "others")
    assert [(row["code"], row["status"]) for row in others] == [
        ("D5", "cancelled"),
        ("D4", "after the day asked"),
    ]


def test_of_which_lines_are_shown_and_not_added():
    agreement = make_agreement(signed_on="2019-01-01")
    delivery = make_delivery("2019/2021")
    whole = make_line(delivery, "students", quantity=Decimal(78), unit="person", description="Lưu học sinh")
    make_line(delivery, "students", quantity=Decimal(65), unit="person", part_of=whole, funding="province")
    make_line(delivery, "masks", quantity=Decimal(15_000), unit="piece")
    make_line(delivery, "cash", amount=Decimal(300_000_000), currency="VND")
    make_line(delivery, "support")
    contribute(delivery, agreement)
    rows = told(agreement, "aid-given")
    assert [(row["item"], row["quantity"], row["amount"], row["counts"]) for row in rows] == [
        ("Lưu học sinh", "78 person", "—", "added"),
        ("of which: students", "65 person", "—", "not added: part of the line above"),
        ("masks", "15.000 piece", "—", "added"),
        ("cash", "—", "300.000.000 VND", "added"),
        ("support", "—", "—", "no figure"),
    ]
    assert rows[1]["funding"] == "provincial budget"
    assert [(row["item"], row["total"], row["lines"]) for row in told(agreement, "aid-totals")] == [
        ("students", "78 person", "1"),
        ("masks", "15.000 piece", "1"),
        ("VND", "300.000.000 VND", "1"),
        ("without a figure", "—", "1"),
    ]


def masks(agreement, times=1):
    """1.500 masks, of which 1.000 medical and 500 of cloth."""
    for _number in range(times):
        delivery = make_delivery()
        whole = make_line(delivery, "masks", quantity=Decimal(1500), unit="piece")
        make_line(delivery, "medical", quantity=Decimal(1000), unit="piece", part_of=whole)
        make_line(delivery, "cloth", quantity=Decimal(500), unit="piece", part_of=whole)
        contribute(delivery, agreement)


def test_parts_of_another_item_stand_beneath_their_whole_and_are_not_added():
    agreement = make_agreement(signed_on="2019-01-01")
    masks(agreement, times=2)
    assert [row["counts"].partition(":")[0] for row in told(agreement, "aid-given")] == [
        "added",
        "not added",
        "not added",
    ] * 2
    assert [
        (row["item"], row["total"], row["lines"], row["counts"]) for row in told(agreement, "aid-totals")
    ] == [
        ("masks", "3.000 piece", "2", "added"),
        ("of which: medical", "2.000 piece", "2", "not added: part of the line above"),
        ("of which: cloth", "1.000 piece", "2", "not added: part of the line above"),
    ]


def test_parts_are_indented_on_the_page(reader):
    agreement = make_agreement(signed_on="2019-01-01")
    masks(agreement)
    text = reader.get(f"/reports/agreements/{agreement.pk}/").content.decode()
    assert text.count('<div class="of-which">trong đó: medical</div>') == 2  # line by line, and in the totals


def test_the_sum_of_an_item_also_tells_what_is_part_of_another():
    agreement = make_agreement(signed_on="2019-01-01")
    masks(agreement)
    alone = make_delivery("2022-06-01")
    make_line(alone, "medical", quantity=Decimal(7), unit="piece")
    contribute(alone, agreement)
    row = told(agreement, "aid-totals")[-1]
    assert (row["item"], row["total"]) == ("medical", "7 piece")
    assert row["counts"] == "added; with parts of other items: 1.007 piece"  # Σ by item and unit


def test_a_part_is_added_where_its_whole_has_no_figure():
    agreement = make_agreement(signed_on="2019-01-01")
    delivery = make_delivery()
    silent = make_line(delivery, "support")
    make_line(delivery, "masks", quantity=Decimal(9), unit="piece", part_of=silent)
    contribute(delivery, agreement)
    assert [row["counts"] for row in told(agreement, "aid-given")] == ["no figure", "added"]
    assert [(row["item"], row["total"]) for row in told(agreement, "aid-totals")] == [("masks", "9 piece")]


def test_a_line_may_be_added_by_one_of_its_measures_only():
    agreement = make_agreement(signed_on="2019-01-01")
    delivery = make_delivery()
    lump = make_line(delivery, "support", amount=Decimal(900), currency="VND")
    make_line(
        delivery,
        "masks",
        quantity=Decimal(9),
        unit="piece",
        amount=Decimal(400),
        currency="VND",
        part_of=lump,
    )
    contribute(delivery, agreement)
    assert told(agreement, "aid-given")[1]["counts"] == "added only: quantity"


def test_unsplit_aid_to_several_receivers_is_said_to_be_not_separable():
    agreement = make_agreement()
    delivery = make_delivery()
    other = make_place("LA-Z", "Tỉnh Z")
    delivery.roles.create(role="receiver", body=other)
    make_line(delivery, "cash", amount=Decimal(5), currency="VND")
    make_line(delivery, "cash", amount=Decimal(7), currency="VND", receiver=other)
    contribute(delivery, agreement)
    assert [row["way"] for row in told(agreement, "aid-given")] == [
        "not separable: Tỉnh X → Tỉnh Y, Tỉnh Z",
        "Tỉnh X → Tỉnh Z",
    ]


def test_gifts_stand_apart_from_aid():
    agreement = make_agreement()
    delivery = make_delivery(kind="gift")
    make_line(delivery, "gift")
    contribute(delivery, agreement)
    assert told(agreement, "aid-given") == []
    assert told(agreement, "aid-totals") == []
    assert len(told(agreement, "gifts")) == 1


# Sources -----------------------------------------------------------------------------------------
def test_every_citation_is_listed_with_its_place_and_document():
    agreement = make_agreement(signed_on="2022-01-01")
    commitment = make_commitment(agreement, code="CK-1")
    progress = make_progress(commitment, "2022-05", "done")
    delegation = make_delegation(code="V1")
    contribute(delegation, agreement)
    paper = make_document(title="Bài báo", number="12/BC", url="https://example.org/a")
    Citation.objects.create(agreement=agreement, document=paper, locator="tr. 2")
    Citation.objects.create(commitment=commitment, document=paper, role="legal_basis")
    Citation.objects.create(progress=progress, document=paper, role="evidence")
    VisitCitation.objects.create(delegation=delegation, document=paper, role="minutes", locator="tr. 9")
    other = make_document(title="Kế hoạch")
    Citation.objects.create(commitment=commitment, document=other, locator="tr. 5")
    assert [(row["document"], row["says"]) for row in told(agreement, "sources")] == [
        (
            "12/BC · Bài báo",
            "source: agreement (tr. 2); legal basis: commitment CK-1; "
            "evidence: progress report CK-1 #1; handover minutes: delegation V1 (tr. 9)",
        ),
        ("Kế hoạch", "source: commitment CK-1 (tr. 5)"),
    ]


def test_a_withdrawn_document_is_no_source():
    agreement = make_agreement()
    paper = make_document(withdrawn_on=ON, withdrawn_reason="nhập trùng")
    Citation.objects.create(agreement=agreement, document=paper)
    make_event(agreement, "amended", "2022", document=paper)
    make_event(agreement, "amended", "2023", document=make_document(title="Phụ lục", number="2/PL"))
    assert told(agreement, "sources") == []
    assert [row["document"] for row in told(agreement, "events")] == ["—", "2/PL · Phụ lục"]


def test_an_address_that_is_no_web_page_is_no_link(reader):
    agreement = make_agreement()
    paper = make_document(url="javascript:alert(1)")
    Citation.objects.create(agreement=agreement, document=paper)
    assert 'href="javascript' not in reader.get(f"/reports/agreements/{agreement.pk}/").content.decode()
