"""Legal effect as of a day: every branch, every edge, and the mark ≈ for what is known to a year or month."""

from datetime import date

import pytest

from agreements.models import Agreement
from agreements.models.effect import Effect, is_about
from agreements.tests.builders import make_agreement, make_event, make_link

pytestmark = pytest.mark.django_db

RUNNING = {"signed_on": "2020-01-10", "period": "2020-01-10/2024-06-30"}


def effect_of(agreement, on):
    """(effect, ≈?) of an agreement on the day `on` (ISO text)."""
    day = date.fromisoformat(on)
    found = Agreement.objects.with_effect(day).get(pk=agreement.pk)
    return found.effect, is_about(found, day)


CASES = [
    # name, facts, events (kind, on, further facts), asked on, expected, ≈
    ("no date at all", {}, [], "2023-06-30", "unknown", False),
    ("an end without a start", {"expires_on": "2023"}, [], "2023-06-30", "unknown", False),
    ("the day before signing", {"signed_on": "2022-08-27"}, [], "2022-08-26", "not_yet", False),
    ("the day of signing", {"signed_on": "2022-08-27"}, [], "2022-08-27", "in_force_no_end", False),
    ("signed in an inferred year", {"signed_on": "2022?-08-27"}, [], "2022-08-27", "in_force_no_end", False),
    ("exchange of papers counts as signing", {"exchanged_on": "2022-08-27"}, [], "2022-08-26", "not_yet", False),
    ("its own day of effect comes first", {"signed_on": "2022-08-27", "effective_on": "2022-10-01"}, [], "2022-09-30", "not_yet", False),
    ("in force from its own day", {"signed_on": "2022-08-27", "effective_on": "2022-10-01"}, [], "2022-10-01", "in_force_no_end", False),
    ("signed within its period, asked before signing", {"signed_on": "2022-08-27", "period": "2022/2024"}, [], "2022-03-01", "not_yet", False),
    ("signed within its period, asked after signing", {"signed_on": "2022-08-27", "period": "2022/2024"}, [], "2022-09-01", "in_force", False),
    ("signed before its period", {"signed_on": "2021-12-20", "period": "2022-01-01/2024-12-31"}, [], "2021-12-31", "not_yet", False),
    ("unsigned, in the first year of its period", {"period": "2022/2025"}, [], "2022-03-01", "in_force", True),
    ("unsigned, before its period", {"period": "2022/2025"}, [], "2021-12-31", "not_yet", False),
    ("unsigned, between both years", {"period": "2022/2025"}, [], "2023-06-30", "in_force", False),
    ("in the last year of its period", {"period": "2022/2025"}, [], "2025-02-01", "in_force", True),
    ("the last possible day of a year", {"period": "2022/2025"}, [], "2025-12-31", "expiring", True),
    ("the day after the last possible day", {"period": "2022/2025"}, [], "2026-01-01", "expired", False),
    ("signed in a month known without its day", {"signed_on": "2022-08"}, [], "2022-08-15", "in_force_no_end", True),
    ("the month after", {"signed_on": "2022-08"}, [], "2022-09-01", "in_force_no_end", False),
    ("several papers, asked between the first and the last", {"signed_on": "2022-04/2022?-11-04", "number": None}, [], "2022-06-01", "in_force_no_end", True),
    ("several papers, asked after the last", {"signed_on": "2022-04/2022?-11-04", "number": None}, [], "2022-11-05", "in_force_no_end", False),
    ("180 days before the end", RUNNING, [], "2024-01-02", "in_force", False),
    ("179 days before the end", RUNNING, [], "2024-01-03", "expiring", False),
    ("the last day", RUNNING, [], "2024-06-30", "expiring", False),
    ("the day after the last", RUNNING, [], "2024-07-01", "expired", False),
    ("the day of expiry is stronger than the printed period", {**RUNNING, "expires_on": "2023-12-31"}, [], "2024-01-01", "expired", False),
    ("an open period has no end", {"signed_on": "2020-01-10", "period": "2020-01-10/.."}, [], "2099-01-01", "in_force_no_end", False),
    ("automatic renewal needs confirmation after the end", {**RUNNING, "auto_renews": True}, [], "2024-07-01", "confirm", False),
    ("automatic renewal before the end is in force", {**RUNNING, "auto_renews": True}, [], "2023-07-01", "in_force", False),
    ("no automatic renewal", {**RUNNING, "auto_renews": False}, [], "2024-07-01", "expired", False),
    ("renewed without a new end", {**RUNNING, "auto_renews": True}, [("renewed", "2024-06-30", {})], "2024-07-01", "in_force_no_end", False),
    ("renewed to a new end", RUNNING, [("renewed", "2024-06-30", {"until": "2026-06-30"})], "2025-01-01", "in_force", False),
    ("extended", RUNNING, [("extended", "2024-05-01", {"until": "2025-06-30"})], "2024-07-01", "in_force", False),
    ("an extension does not count before it is made", RUNNING, [("extended", "2024-08-01", {"until": "2025-06-30"})], "2024-07-01", "expired", False),
    ("the latest extension decides", RUNNING, [("extended", "2024-05-01", {"until": "2025-06-30"}), ("extended", "2025-05-01", {"until": "2027-06-30"})], "2026-01-01", "in_force", False),
    ("extended to a year", RUNNING, [("extended", "2024-05-01", {"until": "2025"})], "2025-03-01", "in_force", True),
    ("after the end of an extension", RUNNING, [("extended", "2024-05-01", {"until": "2025"})], "2026-01-01", "expired", False),
    ("an extension of a part changes nothing", RUNNING, [("extended", "2024-05-01", {"until": "2026-12-31", "partial": True})], "2024-07-01", "expired", False),
    ("suspended", RUNNING, [("suspended", "2021-03-01", {})], "2021-03-01", "suspended", False),
    ("before the suspension", RUNNING, [("suspended", "2021-03-01", {})], "2021-02-28", "in_force", False),
    ("suspended in a year known only", RUNNING, [("suspended", "2021", {})], "2021-02-28", "suspended", True),
    ("resumed", RUNNING, [("suspended", "2021-03-01", {}), ("resumed", "2021-09-01", {})], "2021-09-01", "in_force", False),
    ("suspended again", RUNNING, [("suspended", "2021-03-01", {}), ("resumed", "2021-09-01", {}), ("suspended", "2022-01-01", {})], "2022-02-01", "suspended", False),
    ("suspended in part", RUNNING, [("suspended", "2021-03-01", {"partial": True})], "2021-06-01", "in_force", False),
    ("a suspended one expires", RUNNING, [("suspended", "2021-03-01", {})], "2024-07-01", "expired", False),
    ("terminated", RUNNING, [("terminated", "2022-05-05", {})], "2022-05-05", "ended", False),
    ("before it is terminated", RUNNING, [("terminated", "2022-05-05", {})], "2022-05-04", "in_force", False),
    ("terminated in a year known only", RUNNING, [("terminated", "2022", {})], "2022-05-04", "ended", True),
    ("the year after it was terminated", RUNNING, [("terminated", "2022", {})], "2023-01-01", "ended", False),
    ("withdrawn from", RUNNING, [("withdrawn", "2022-05-05", {})], "2023-01-01", "ended", False),
    ("terminated in part", RUNNING, [("terminated", "2022-05-05", {"partial": True})], "2023-01-01", "in_force", False),
    ("a draft with a period", {"process": "drafting", "period": "2022/2025"}, [], "2022-06-01", "not_yet", False),
    ("refused", {"process": "refused", "signed_on": "2022-01-01"}, [], "2023-06-01", "not_yet", False),
    ("approved but not signed", {"process": "approved", "period": "2022/2025"}, [], "2023-06-01", "not_yet", False),
    ("published counts as signed", {**RUNNING, "process": "published"}, [], "2021-01-01", "in_force", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "events", "on", "expected", "about"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_legal_effect_on_a_day(facts, events, on, expected, about):
    agreement = make_agreement(**facts)
    for kind, day, more in events:
        make_event(agreement, kind, day, **more)
    assert effect_of(agreement, on) == (expected, about)


def test_the_cases_meet_every_word_but_replaced():
    assert {case[4] for case in CASES} == set(Effect.values) - {"replaced"}


REPLACING = [
    # facts of the newer one, asked on, expected of the older, ≈
    ("from the start of the newer", {"signed_on": "2022-03-01"}, "2022-03-01", "replaced", False),
    ("before the start of the newer", {"signed_on": "2022-03-01"}, "2022-02-28", "in_force", False),
    ("after its own end too", {"signed_on": "2022-03-01"}, "2025-01-01", "replaced", False),
    ("newer unsigned, in its first year", {"period": "2022/2025"}, "2022-03-01", "replaced", True),
    ("newer unsigned, later", {"period": "2022/2025"}, "2023-03-01", "replaced", False),
    ("newer signed after its period began", {"signed_on": "2022-08-27", "period": "2022/2024"}, "2022-08-26", "in_force", False),
    ("a draft replaces nothing", {"process": "drafting", "signed_on": "2022-03-01"}, "2022-03-01", "in_force", False),
    ("newer without any date replaces nothing", {}, "2022-03-01", "in_force", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "on", "expected", "about"),
    [case[1:] for case in REPLACING],
    ids=[case[0] for case in REPLACING],
)
def test_an_agreement_that_another_replaces(facts, on, expected, about):
    older = make_agreement(**RUNNING)
    make_link(make_agreement(**facts), "replaces", older)
    assert effect_of(older, on) == (expected, about)


def test_a_follower_lets_the_older_one_run_to_its_end():
    older = make_agreement(**RUNNING)
    make_link(make_agreement(signed_on="2022-03-01"), "follows", older)
    assert effect_of(older, "2022-06-01") == ("in_force", False)
    assert effect_of(older, "2024-07-01") == ("expired", False)


def test_a_withdrawn_record_replaces_nothing():
    older = make_agreement(**RUNNING)
    newer = make_agreement(signed_on="2022-03-01", withdrawn_on=date(2023, 1, 1), withdrawn_reason="trùng")
    make_link(newer, "replaces", older)
    assert effect_of(older, "2022-06-01") == ("in_force", False)


def test_in_force_are_those_that_bind_on_the_day():
    running, endless, _over = (
        make_agreement(**RUNNING),
        make_agreement(signed_on="2019-01-01"),
        make_agreement(signed_on="2010-01-01", period="2010/2015"),
    )
    soon = make_agreement(signed_on="2020-01-01", expires_on="2023-08-01")
    day = date(2023, 6, 30)
    assert set(Agreement.objects.in_force(day)) == {running, endless, soon}
    assert set(Agreement.objects.expiring(day, 90)) == {soon}
    assert not Agreement.objects.expiring(day, 31).exists()
