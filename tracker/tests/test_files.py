"""Files: 675 uploads of names and contents, who reads what was kept; 100 random operations; flipped bits."""

import io
import os
import random
import re
import zipfile
from datetime import date
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client, TestCase

from agreements import files
from agreements.models import Document, User
from agreements.tests.builders import make_body, make_document, make_term
from agreements.withdrawing import purge, withdraw
from tracker import stored_files

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def archive(**parts):
    """A ZIP with these parts; "__" in a name is a slash, "_D_" a dot."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_D_", "."), content)
    return kept.getvalue()


def office(main, **more):
    contents = f'<Types><Override ContentType="application/vnd.{main}"/></Types>'
    kept = io.BytesIO(archive(**more))
    with zipfile.ZipFile(kept, "a") as file:
        file.writestr("[Content_Types].xml", contents)
    return kept.getvalue()


WORD = "openxmlformats-officedocument.wordprocessingml.document.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCX = office(WORD, word__document_D_xml="<w/>")
MACROS = office("ms-word.document.macroEnabled.main+xml", word__vbaProject_D_bin="x")
HTML, SVG = (
    b"<!DOCTYPE html><script>alert(1)</script>",
    b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>",
)
CONTENTS = {
    "pdf": b"%PDF-1.7\n%%EOF", "docx": DOCX, "png": b"\x89PNG\r\n\x1a\n" + bytes(20), "html": HTML, "svg": SVG,
    "script": b"alert(document.cookie)", "program": b"MZ\x90\x00" + bytes(60), "macros": MACROS,
    "installer": OLE + "Binary.CustomAction\0".encode("utf-16-le"), "page in a pdf": b"%PDF-1.7\n" + HTML,
}  # fmt: skip
DISGUISED = {
    "page after spaces": b" \r\n\t" + HTML,
    "page with a mark": b"\xef\xbb\xbf" + HTML,
    "page in UTF-16": HTML.decode().encode("utf-16"),
    "page in capitals": HTML.upper(),
    "XHTML": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
    "drawing in XML": b"<?xml version='1.0'?>" + SVG,
    "ELF": b"\x7fELF\x02\x01\x01" + bytes(60),
    "shell": b"#!/bin/sh\nid\n",
    "PHP": b"<?php phpinfo();",
    "settings": b"AddType text/html .pdf\n",
    "RTF": b"{\\rtf1\\object}",
    "GIF": b"GIF89a" + HTML,
    "Flash": b"CWS\x0a" + bytes(40),
    "link": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "Java": b"\xca\xfe\xba\xbe" + bytes(40),
    "plain ZIP": archive(index_D_html="<script>alert(1)</script>"),
    "nothing": b"",
}
"""What no ending lets in: active contents in other clothes, and what is no kind of document."""
ACTIVE = {"html", "svg", "script", "program", "macros", "installer"}
NAMES = [
    "biên bản.pdf", "Bie\u0302n ba\u0309n.docx", "anh.png", "BIENBAN.PDF", "anh.jpg", "bang.xlsx", "cu.doc",
    "trang.html",
    "anh.svg", "chay.exe", "ma.js", "macro.docm", "bang.xlsm", "a.pdf.html", "a.html.pdf", "../../thoat.pdf",
    "..\\..\\thoat.pdf", "/etc/passwd.pdf", "C:\\Windows\\a.pdf", "a\u202efdp.exe", "a\u202efdp.pdf", "khong-duoi",
    ".htaccess", "con\x00.pdf", "x" * 240 + ".pdf",
]  # fmt: skip
SOUND = {".pdf": {"pdf", "page in a pdf"}, ".docx": {"docx"}, ".png": {"png"}}
"""What may be kept, by ending; worked out by hand."""
KEPT = 22
"""Ten names end in .pdf and take two contents each, one in .docx and one in .png take one."""


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


def client_of(name, *codenames, office=None):
    user = User.objects.create(username=name, is_staff=True, office=office or make_body())
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


ALL = ("view_document", "add_document", "change_document")


@pytest.fixture
def readers():
    return {
        "anonymous": Client(),
        "without permission": client_of("khong-quyen"),
        "of agreements only": client_of("thoa-thuan", "view_agreement"),
        "of another office": client_of("noi-khac", *ALL, office=make_body("CQ-KHAC", "Cơ quan khác")),
        "reader": client_of("nguoi-doc", *ALL),
    }


def sent(client, name, content, number):
    """Upload through the page of entry; the document that was kept, or None."""
    upload = io.BytesIO(content)
    upload.name = name
    data = {
        "title": f"T{number}", "code": f"T{number}", "office": make_body().pk, "file": upload,
        "kind": make_term("document_kind", "report").pk, "note": "", "url": "",
    }  # fmt: skip
    answer = client.post("/admin/agreements/document/add/", data)
    assert answer.status_code in (200, 302), answer.status_code
    return Document.objects.filter(code=f"T{number}").first()


def ending(name):
    return "." + name.rpartition(".")[2].lower()


def test_675_uploads_and_who_reads_what_was_kept(readers, folder, tmp_path):
    kept = {}
    contents = CONTENTS | DISGUISED
    for number, (name, kind) in enumerate(product(NAMES, contents)):
        document = sent(readers["reader"], name, contents[kind], number)
        expected = "\x00" not in name and kind in SOUND.get(ending(name), ())
        assert (document is not None) == expected or "\x00" in name, (name, kind)
        if document is not None:
            assert kind not in ACTIVE
            kept[document] = contents[kind]
    assert len(stored_files.stored()) == len(kept) == Document.objects.count() == KEPT
    names = [document.file.name for document in kept]
    escapes = [one for one in names if not re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}\.(pdf|docx|png)", one)]
    escapes += [path for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
    asked, own, foreign, active = asked_for(kept, readers)
    print(
        f"{len(NAMES) * len(contents)} uploads, {len(kept)} files kept; asked for them {asked} times: "
        f"{own} answers to their reader, {active} active, {foreign} foreign reads, {len(escapes)} escapes"
    )
    assert (asked, own) == (KEPT * len(readers) * 3, KEPT * 2)
    assert (active, foreign, escapes) == (0, 0, [])


def asked_for(kept, readers):
    """How often files were asked for, given to who may read them, given to others, given so that a browser runs them.

    Each by each reader: its address, the same for its head alone, and the name under which it is stored.
    """
    asked = own = foreign = active = 0
    for (document, content), (who, client) in product(kept.items(), readers.items()):
        address = f"/files/{document.pk}/"
        whole, head, raw = (
            client.get(address),
            client.head(address),
            client.get(f"/files/{document.file.name}"),
        )
        asked += 3
        given = [one for one in (whole, head, raw) if one.status_code == 200]
        if who == "reader":
            assert given == [whole, head]
            assert whole.getvalue() == content
            head._resource_closers[0]()  # the file that nobody reads
            own += len(given)
        else:
            foreign += len(given)
        active += sum(not safe(one) for one in given)
    return asked, own, foreign, active


def safe(answer):
    """Whether a browser can only keep what it is sent."""
    told = answer.headers
    return (
        told["Content-Disposition"].startswith("attachment;")
        and told["Content-Type"] == "application/octet-stream"
        and told["X-Content-Type-Options"] == "nosniff"
        and told["Content-Security-Policy"] == "default-src 'none'; sandbox"
    )


def test_names_are_kept_in_nfc_without_folders_and_hidden_signs():
    assert files.shown_name("Bie\u0302n ba\u0309n.pdf") == "Biên bản.pdf"
    assert files.shown_name("..\\..\\a.pdf") == files.shown_name("/x/y/a.pdf") == "a.pdf"
    assert files.shown_name("a\u202efdp.exe") == "afdp.exe"


OLD = {
    "cu.doc": OLE + "WordDocument\0".encode("utf-16-le"),
    "cu.xls": OLE + "Workbook\0".encode("utf-16-le"),
    "mo.odt": archive(mimetype="application/vnd.oasis.opendocument.text", content_D_xml="<x/>"),
}


@pytest.mark.parametrize("name", OLD)
def test_older_and_open_kinds_are_judged_by_what_they_hold(name):
    files.validate_upload(ContentFile(OLD[name], name=name))
    with_macros = {
        ".doc": OLD[name] + "_VBA_PROJECT\0".encode("utf-16-le"),
        ".xls": OLD[name] + "_VBA_PROJECT_CUR\0".encode("utf-16-le"),
        ".odt": archive(mimetype="application/vnd.oasis.opendocument.text", Basic__x_D_xml="<x/>"),
    }[ending(name)]
    with pytest.raises(files.ValidationError, match="macro"):
        files.validate_upload(ContentFile(with_macros, name=name))
    with pytest.raises(files.ValidationError, match="không đúng loại"):
        files.validate_upload(ContentFile(OLE + b"Root Entry", name=name))


def test_every_table_with_a_file_is_checked():
    with_files = [
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]
    assert {*with_files} <= {*stored_files.SOURCES}


class Taken(Exception):
    pass


def operation(chance, number):
    """One thing that happens to files: kept, replaced, taken away, deleted, or a save that is taken back."""
    content = ContentFile(b"%PDF-" + str(number).encode(), name=f"{number}.pdf")
    document = chance.choice([*[None] * 4, *Document.objects.all()])
    if (
        document is None
        or (kind := chance.choice(["replace", "clear", "delete", "rename", "taken back"])) == "taken back"
    ):
        with files.noting_stored() as stored:
            try:
                with transaction.atomic():
                    make_document(file=content)
                    if document is not None:
                        raise Taken
            except Taken:
                for name in stored:  # as the middleware does after a save that failed
                    files.storage().delete(name)
        return
    if kind == "delete":
        day = date(2026, 1, 1)
        withdraw(document, "Nhập nhầm", None, day)
        document.refresh_from_db()
        with TestCase.captureOnCommitCallbacks(execute=True):
            purge(document, version=document.version, today=date(2026, 3, 1), days=30, by="thử")
        return
    if kind in ("replace", "clear"):
        document.file = content if kind == "replace" else ""
    document.title = f"Đổi {number}"
    document.save()


def test_a_hundred_random_operations_leave_no_orphan_and_nothing_missing():
    chance = random.Random(17)
    for number in range(100):
        operation(chance, number)
    found = stored_files.check(settled=0)
    print(
        f"100 operations, {found.checked} files: {len(found.orphans)} orphans, {len(found.missing)} missing"
    )
    assert (found.orphans, found.missing, found.changed, found.unknown) == ([], [], [], [])
    assert found.checked >= 20


def test_every_flipped_bit_is_found(folder):
    chance = random.Random(18)
    for number in range(20):
        make_document(file=ContentFile(b"%PDF-" + chance.randbytes(500), name=f"{number}.pdf"))
    assert stored_files.check(settled=0).well
    found = 0
    for name, path in stored_files.stored().items():
        content = bytearray(path.read_bytes())
        place = chance.randrange(len(content) * 8)
        content[place // 8] ^= 1 << place % 8
        whole = path.read_bytes()
        path.write_bytes(content)
        found += stored_files.check(settled=0).changed == [name]
        path.write_bytes(whole)
    print(f"{found} of 20 flipped bits found")
    assert found == 20


def test_the_command_names_each_fault_and_exits_with_1(folder, capsys):
    gone, other = (make_document(file=ContentFile(b"%PDF-1", name="a.pdf")) for _ in range(2))
    call_command("check_files")
    assert "Đã đọc 2 tệp" in capsys.readouterr().out
    (folder / gone.file.name).unlink()
    (folder / other.file.name).write_bytes(b"%PDF-2")
    (folder / "la.pdf").write_bytes(b"%PDF-")
    os.utime(folder / "la.pdf", (0, 0))
    with pytest.raises(CommandError) as caught:
        call_command("check_files")
    assert sorted(line.rpartition(": ")[2] for line in str(caught.value).splitlines()) == sorted(
        [gone.file.name, other.file.name, "la.pdf"]
    )
    assert caught.value.returncode == 1
    with pytest.raises(CommandError):
        call_command("check_files", remove_orphans=True)
    assert not (folder / "la.pdf").exists()


def test_a_file_that_is_taken_away_leaves_no_name_on_its_document():
    document = make_document(file=ContentFile(b"%PDF-1", name="a.pdf"))
    assert len(document.sha256) == 64
    document.file = ""
    document.save()
    document.refresh_from_db()
    assert (document.file_name, document.sha256) == ("", "")
    assert document.history.last().file_name == "a.pdf"


WHERE = ["agreements/document", "agreements/agreement", "agreements/commitment", "delegations/delegation"]


@pytest.mark.parametrize("where", WHERE)
def test_pages_where_texts_and_files_enter_warn_of_secrets(admin_client, where):
    assert "Không nhập bí mật nhà nước" in admin_client.get(f"/admin/{where}/add/").content.decode()
    assert (
        "Không nhập bí mật nhà nước" not in admin_client.get("/admin/agreements/person/add/").content.decode()
    )
