"""Two offices that must not see one another: every table of each filled, its texts marked."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import (
    AgreementRole,
    Citation,
    CommitmentRole,
    Name,
    Succession,
    User,
)
from agreements.scope import WALLS, scope, seen_by
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_override,
    make_person,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import DelegationRole, MeetingRole, VisitCitation
from delegations.tests.builders import (
    contribute,
    make_delegation,
    make_delivery,
    make_line,
    make_meeting,
)
from tracker.loading import (
    ADMINISTRATOR,
    FOCAL_POINT,
    OFFICE_HEAD,
    OFFICER,
    READER,
    load_groups,
)
from tracker.reports.agreement_status import agreement_status
from tracker.reports.frozen.models import freeze
from tracker.reports.word.default import default_template
from tracker.reports.word.models import ReportTemplate

A, B, UNIT = "qzxa", "qzxb", "qzxu"
"""What every text of office A, of office B, and of what the unit of the focal point leads holds."""
ON = date(2023, 6, 30)


@dataclass
class World:
    """The offices, the rows of each by table, and who reads."""

    users: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)  # {marker: {label: [row]}}
    offices: dict = field(default_factory=dict)
    officer_a: User = None
    places: list = field(default_factory=list)

    def row(self, marker, model):
        """A row of `model` that `marker` keeps; of a list for all, any row."""
        found = self.rows[marker].get(model._meta.label_lower)
        return found[0] if found else None


def member(name, group=None, office=None, **facts):
    user = User(username=name, full_name=f"Cán bộ {name}", is_staff=True, office=office, **facts)
    user.set_unusable_password()
    user.save()
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_world():
    load_groups()
    world = World()
    unit = make_body("DV-U", "Đơn vị chủ trì")
    for marker, code in ((A, "CQ-A"), (B, "CQ-B")):
        world.offices[marker] = make_body(code, f"Cơ quan {code[-1]}")
        papers(world.offices[marker], marker)
    papers(world.offices[B], UNIT, unit)
    world.users = {
        "anonymous": None,
        "without permissions": member("khong-quyen", office=world.offices[B]),
        "reader B": member("doc-b", READER, world.offices[B]),
        "officer B": member("cv-b", OFFICER, world.offices[B]),
        "focal point B": member("dm-b", FOCAL_POINT, unit),
        "head B": member("ld-b", OFFICE_HEAD, world.offices[B]),
        "provincial reader": member("doc-tinh", READER),
        "administrator": member("qt", ADMINISTRATOR, is_superuser=True),
    }
    officer_a = member(f"cv-{A}", OFFICER, world.offices[A])
    told(officer_a, A)
    told(world.users["officer B"], B)
    world.rows = {A: rows_of(officer_a), B: rows_of(world.users["officer B"])}
    world.officer_a = officer_a
    world.places = [make_place("VN-14"), make_place("LA-HO")]
    return world


def papers(office, mark, unit=None):
    """A record of every kind with all its parts, every text of them marked."""
    of = {"office": office, "note": f"ghi chú {mark}"}
    place, partner = make_place("VN-14", "Sơn La"), make_place("LA-HO", "Hủa Phăn")
    person, code = make_person(f"Người {mark[-1].upper()}"), mark[-1].upper()
    paper = make_document(
        **of,
        code=f"TL-{code}",
        title=f"Văn bản {mark}",
        number=f"7{code}/QĐ",
        issuer=office,
        issued_on="2022-01-05",
    )
    paper.file.save("tep.pdf", ContentFile(f"%PDF-1.4 {mark}".encode()))
    type(paper).objects.filter(pk=paper.pk).update(file_name=f"tep {mark}.pdf")
    older = make_agreement(
        place,
        partner,
        **of,
        code=f"TX-{code}",
        title=f"Bản cũ {mark}",
        signed_on="2017-01-01",
        period="2017/2020",
    )
    agreement = make_agreement(
        place, partner, **of, code=f"TT-{code}", title=f"Thỏa thuận {mark}", signed_on="2022-01-01",
        period="2022/2025", archive_ref=f"hộp {mark}",
    )  # fmt: skip
    agreement.fields.add(make_term("field", "health", "Y tế"))
    AgreementRole.objects.create(
        agreement=agreement, role="signatory", person=person, title=f"Chủ tịch {mark}", document=paper
    )
    make_link(agreement, "follows", older)
    make_event(agreement, "extended", "2024-01-01", until="2026", note=f"gia hạn {mark}", document=paper)
    Name.objects.create(agreement=agreement, text=f"Tên khác {mark}", document=paper)
    commitment = make_commitment(
        agreement, [place], **of, code=f"CK-{code}", text=f"Cam kết {mark}", kind="cumulative",
        unit=make_term("unit", "scholarship", "suất"), period="2022/2025",
    )  # fmt: skip
    CommitmentRole.objects.create(
        commitment=commitment, role="lead", body=unit or office, as_printed=f"đơn vị {mark}"
    )
    make_target(commitment, "2022/2025", 20, document=paper)
    make_override(commitment, reason=f"Theo công văn {mark}")
    progress = make_progress(commitment, "2023-05-10", quantity=3, done=f"đã làm {mark}")
    for arm in ({"agreement": agreement}, {"commitment": commitment}, {"progress": progress}):
        Citation.objects.create(document=paper, locator=f"trang {mark}", **arm)
    visits(of, mark, code, (person, paper, agreement, commitment))
    shared_rows(mark, paper)


def visits(of, mark, code, served):
    person, paper, agreement, commitment = served
    delegation = make_delegation(
        **of, code=f"DV-{code}", name=f"Đoàn {mark}", purpose=f"mục đích {mark}", head=f"Trưởng đoàn {mark}"
    )
    DelegationRole.objects.create(delegation=delegation, role="member", person=person, title=f"Phó {mark}")
    meeting = make_meeting(**of, code=f"HD-{code}", results=f"kết quả {mark}")
    meeting.delegations.add(delegation)
    MeetingRole.objects.create(meeting=meeting, role="chair", person=person, title=f"Chủ trì {mark}")
    delivery = make_delivery(**of, code=f"VT-{code}", delegation=delegation, meeting=meeting)
    line = make_line(delivery, quantity=2, unit="piece", description=f"hàng {mark}")
    contribute(delegation, agreement)
    contribute(meeting, commitment)
    contribute(delivery, commitment, line=line, quantity=1)
    for event in (delegation, meeting, delivery):
        VisitCitation.objects.create(document=paper, locator=f"tr. {mark}", **{event._meta.model_name: event})


def shared_rows(mark, paper):
    """Rows of all offices that stand in a paper of one."""
    body = make_body(f"CU-{mark[-1]}", "Sở cũ", exists="../2025-06-30")
    Name.objects.create(body=make_place("LA-HO"), text=f"Houaphanh {mark[-1]}", language="en", document=paper)
    Succession.objects.create(
        old=body, new=make_body("MOI", "Sở mới"), on="2025-07-01", how="merged", document=paper
    )


def told(user, mark):
    """What the project itself keeps for an office: a frozen copy, a template, an import under review."""
    with seen_by(user):
        freeze(
            agreement_status(ON), "agreement-status", {"on": ON.isoformat()}, user, note=f"công văn {mark}"
        )
    content = default_template()
    template = ReportTemplate(
        office=user.office, uploaded_by=user, sha256=hashlib.sha256(content).hexdigest()
    )
    template.file.save(f"mau {mark}.docx", ContentFile(content))


def begin_import(client, mark):
    """An import of an office that waits to be reviewed."""
    text = f"code;title;kind\nNEW-{mark[-1]};Nhập {mark};report\n"
    file = SimpleUploadedFile(f"nhap-{mark}.csv", text.encode())
    assert client.post(reverse("imports:new"), {"kind": "documents", "file": file}).status_code == 302


def rows_of(officer):
    """{label: rows} of every table that an officer's office keeps; of lists for all, those that stand in its papers."""
    found, partner = {}, make_place("LA-HO")
    for label, wall in WALLS.items():
        model = apps.get_model(label)
        rows, columns = scope(model._default_manager.all(), officer), {one.name for one in model._meta.fields}
        if wall.common in columns:
            rows = rows.filter(**{f"{wall.common}__isnull": False})
        if wall.shared and "document" in columns:
            rows = rows.filter(document__office=officer.office)
        first = (
            partner.pk if label in ("agreements.body", "agreements.locality") else None
        )  # it stands in papers
        found[label] = sorted(rows, key=lambda row: (row.pk != first, row.pk))
    return found


def is_shared(model):
    wall = WALLS.get(model._meta.label_lower)
    return wall is None or not wall.offices


__all__ = ["UNIT", "A", "B", "World", "begin_import", "is_shared", "make_world"]
