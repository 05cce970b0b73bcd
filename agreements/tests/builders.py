"""Plain builders of records for tests: say only the facts that matter, the rest is filled in."""

from datetime import date
from itertools import count

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Body,
    Commitment,
    CommitmentRole,
    Document,
    Person,
    Progress,
    StateOverride,
    Target,
    Term,
)

numbers = count(1)


def make_place(code="VN-X", name="Tỉnh X", **facts):
    """The place with this code, made if it is not there; VN… is Vietnamese, LA… Lao."""
    found = Body.objects.filter(code=code).first()
    return found or Body.objects.create(
        **{"code": code, "name": name, "kind": Body.Kind.PROVINCE, "country": code[:2], **facts}
    )


def make_body(code="SNV-X", name="Sở Ngoại vụ X", area=None, **facts):
    """The organization with this code, made if it is not there, in `area` (default: VN-X)."""
    area = area or make_place()
    found = Body.objects.filter(code=code).first()
    return found or Body.objects.create(
        **{
            "code": code,
            "name": name,
            "kind": Body.Kind.DEPARTMENT,
            "country": area.country,
            "area": area,
            **facts,
        }
    )


def make_term(vocabulary, code, name="", **facts):
    """The entry of an open list, made if it is not there."""
    return Term.objects.get_or_create(
        vocabulary=vocabulary, code=code, defaults={"name": name or code, **facts}
    )[0]


def make_person(name="Nguyễn Văn A", **facts):
    return Person.objects.create(name=name, **{"country": "VN", **facts})


def make_document(**facts):
    number = next(numbers)
    return Document.objects.create(
        **{
            "office": make_body(),
            "code": f"T{number}",
            "kind": make_term("document_kind", "report"),
            "title": f"Tài liệu {number}",
            **facts,
        }
    )


def make_agreement(ours=None, theirs=None, **facts):
    """An agreement of `ours` (default: VN-X) and `theirs` (default: LA-Y), bodies or lists of bodies."""
    number = next(numbers)
    agreement = Agreement.objects.create(
        **{
            "office": make_body(),
            "code": f"A{number}",
            "title": f"Thỏa thuận {number}",
            "kind": make_term("agreement_kind", "agreement"),
            **facts,
        }
    )
    for side in (ours or make_place(), theirs or make_place("LA-Y", "Tỉnh Y")):
        for body in side if isinstance(side, list | tuple) else [side]:
            AgreementRole.objects.create(agreement=agreement, role="party", body=body)
    return agreement


def make_link(agreement, kind, other):
    return AgreementLink.objects.create(agreement=agreement, kind=kind, other=other)


def make_event(agreement, kind, on, **facts):
    return AgreementEvent.objects.create(agreement=agreement, kind=kind, on=on, **facts)


def make_commitment(agreement=None, obligors=(), **facts):
    """A commitment, signed if it stands in an agreement, else announced in 2022."""
    number = next(numbers)
    made = {} if agreement else {"strength": "announced", "made_on": "2022"}
    commitment = Commitment.objects.create(
        **{
            "office": make_body(),
            "code": f"C{number}",
            "agreement": agreement,
            "text": f"Cam kết {number}",
            **made,
            **facts,
        }
    )
    for body in obligors:
        CommitmentRole.objects.create(commitment=commitment, role="obligor", body=body)
    return commitment


def make_target(commitment, period="", minimum=None, **facts):
    return Target.objects.create(commitment=commitment, period=period, minimum=minimum, **facts)


def make_progress(commitment, on, assessment="", **facts):
    return Progress.objects.create(commitment=commitment, on=on, assessment=assessment, **facts)


def make_override(commitment, state="paused", since=date(2026, 3, 1), **facts):
    """A state set by an officer, until the last day of its year."""
    facts = {"until": date(since.year, 12, 31), "reason": "Theo công văn", **facts}
    return StateOverride.objects.create(commitment=commitment, state=state, since=since, **facts)
