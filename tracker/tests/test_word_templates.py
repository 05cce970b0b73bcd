"""The office's own Word template: what is taken, what is refused with one sentence, and which one is used."""

import io
import time

import docx
import pytest

from tracker.reports.word.default import default_template
from tracker.reports.word.guard import TemplateFault
from tracker.reports.word.letterhead import PLACEHOLDERS
from tracker.reports.word.placeholders import check, environment
from tracker.reports.word.writing import mark_in, write_docx
from tracker.tests.templates_made import (
    DOCUMENT,
    holding,
    packed,
    parts_of,
    related,
    saying,
    swapped,
    with_part,
)
from tracker.tests.test_word import table_of

pytestmark = pytest.mark.once


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def macro():
    parts = parts_of(default_template())
    kinds = swapped(parts["[Content_Types].xml"], ".document.main+xml", ".document.macroEnabled.main+xml")
    return packed({**parts, "[Content_Types].xml": kinds, "word/vbaProject.bin": b"x"})


def bomb():
    return with_part("word/media/bomb.png", lambda _none: b"\0" * (31 * 1024 * 1024))


def lying_bomb():
    """Declares 10 bytes and unpacks to 20 million."""
    content = bytearray(with_part("word/media/a.png", lambda _none: b"\0" * 20_000_000))
    size = (20_000_000).to_bytes(4, "little")
    return bytes(content.replace(size, (10).to_bytes(4, "little")))


def many_parts():
    return packed({**parts_of(default_template()), **{f"word/media/{n}.png": b"" for n in range(200)}})


def entity():
    declared = '<!DOCTYPE a [<!ENTITY b "c">]><w:document'
    return with_part(DOCUMENT, lambda xml: swapped(xml, "<w:document", declared))


def in_attribute():
    return with_part(DOCUMENT, lambda xml: swapped(xml, "<w:jc ", '<w:jc w:x="{{ 7*7 }}" '))


def in_condition():
    begin, end = P.format("{%p if dieu_kien %}"), P.format("{%p endif %}")
    parts = parts_of(holding(begin))
    return packed({**parts, DOCUMENT: swapped(parts[DOCUMENT], "<w:sectPr", f"{end}<w:sectPr")})


def in_header():
    return with_part(
        "word/header1.xml",
        lambda xml: swapped(xml, "</w:p>", "<w:r><w:t>{{ ten_co_quan }}</w:t></w:r></w:p>"),
    )


def in_title():
    return with_part("docProps/core.xml", lambda xml: swapped(xml, "{{ trich_yeu }}", "{{ cycler }}"))


def field(code):
    return holding(
        f"<w:p><w:r><w:instrText>{code[:9]}</w:instrText></w:r><w:r><w:instrText>{code[9:]}</w:instrText></w:r></w:p>"
    )


REFUSED = {
    # the file
    "no zip": (lambda: b"%PDF-1.7", "không phải là văn bản Word"),
    "nothing": (lambda: b"", "không phải là văn bản Word"),
    "old or locked": (lambda: OLE, "có mật khẩu"),
    "cut off": (lambda: default_template()[:9000], "bị hỏng"),
    "another zip": (lambda: packed({"a.txt": b"a"}), "không phải là văn bản Word"),
    "workbook": (
        lambda: packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}),
        "không phải là văn bản Word",
    ),
    "too large": (lambda: b"PK\x03\x04" + b"\0" * (5 * 1024 * 1024), "lớn hơn 5 MB"),
    "zip bomb": (bomb, "quá nhiều"),
    "zip bomb that lies": (lying_bomb, "bị hỏng"),
    "too many parts": (many_parts, "quá nhiều"),
    "large text": (lambda: holding(P.format("a" * 2_200_000)), "quá nhiều"),
    "upwards": (lambda: with_part("word/../../etc/x.xml", lambda _none: b"<a/>"), "bị hỏng"),
    "macro": (macro, "macro"),
    "embedded object": (
        lambda: with_part("word/embeddings/a.xlsx", lambda _none: b"x"),
        "đối tượng nhúng (word/embeddings/a.xlsx)",
    ),
    "another file inside": (
        lambda: related("afchunk.htm", "aFChunk", "Internal"),
        "đối tượng nhúng (afchunk.htm)",
    ),
    "external picture": (lambda: related("http://evil.example/a.png", "image"), "(http://evil.example/a.png)"),
    "external template": (lambda: related("file:///c:/a.dotm", "attachedTemplate"), "(file:///c:/a.dotm)"),
    "link to a program": (lambda: related("file:///c:/a.exe", "hyperlink"), "(file:///c:/a.exe)"),
    "field that fetches": (lambda: field('INCLUDEPICTURE "http://evil.example/a"'), "trường INCLUDEPICTURE"),
    "entity": (entity, "bị hỏng"),
    "no XML": (lambda: with_part(DOCUMENT, lambda xml: xml[:-40]), "bị hỏng"),
    # its placeholders
    "unknown": (lambda: saying("{{ so_kyhieu }}"), "so_kyhieu; có phải ý bạn là so_ky_hieu?"),
    "quite unknown": (lambda: saying("{{ xyz }} {{ abc }}"), "tên là abc, xyz"),
    "unknown in the header": (in_header, "ten_co_quan"),
    "unknown in the title": (in_title, "cycler"),
    "subject missing": (lambda: saying("Về việc", "{{ trich_yeu }}"), "thiếu {{ trich_yeu }}"),
    "body missing": (lambda: saying("Nội dung", "{{ noi_dung }}"), "thiếu {{ noi_dung }}"),
    "body in a sentence": (lambda: saying("Nội dung: {{ noi_dung }}", "{{ noi_dung }}"), "đứng riêng một đoạn"),
    "body twice": (lambda: saying("{{ noi_dung }}"), "đứng riêng một đoạn"),
    "body in a condition": (in_condition, "đứng riêng một đoạn"),
    "body as a paragraph": (lambda: saying("{{p noi_dung }}", "{{ noi_dung }}"), "{{ tên }}"),
    # more than placeholders
    "sum": (lambda: saying("{{ 7*7 }}"), "{{ 7*7 }}"),
    "text": (lambda: saying("{{ 'a' }}"), "Không dùng được"),
    "attribute": (lambda: saying("{{ co_quan.__class__ }}"), "{{ co_quan.__class__ }}"),
    "item": (lambda: saying("{{ co_quan['__class__'] }}"), "Không dùng được"),
    "filter attr": (lambda: saying("{{ co_quan|attr('__class__') }}"), "Không dùng được"),
    "call": (lambda: saying("{{ range(3) }}"), "Không dùng được"),
    "huge range": (lambda: saying("{% for a in range(10**12) %}{{ a }}{% endfor %}"), "vòng lặp"),
    "loop in a loop": (
        lambda: saying("{% for a in noi_nhan %}{% for b in noi_nhan %}{{ b }}{% endfor %}{% endfor %}"),
        "vòng lặp",
    ),
    "loop through letters": (lambda: saying("{% for a in co_quan %}{{ a }}{% endfor %}"), "vòng lặp"),
    "loop that hides a placeholder": (
        lambda: saying("{% for noi_dung in noi_nhan %}{{ noi_dung }}{% endfor %}"),
        "Không dùng được",
    ),
    "set": (lambda: saying("{% set a = 1 %}"), "Không dùng được"),
    "macro of Jinja": (lambda: saying("{% macro a() %}{% endmacro %}"), "Không dùng được"),
    "include": (lambda: saying("{% include 'a' %}"), "Không dùng được"),
    "import": (lambda: saying("{% import 'a' as b %}"), "Không dùng được"),
    "command of docxtpl": (lambda: saying("{% vm %}"), "{% vm %}"),
    "colour of a cell": (lambda: saying("{% cellbg co_quan %}"), "{% cellbg co_quan %}"),
    "comparison": (lambda: saying("{% if co_quan == 'a' %}a{% endif %}"), "Không dùng được"),
    "hidden in an attribute": (in_attribute, "Không dùng được"),
    "long": (lambda: saying("{{ co_quan" + " " * 200 + "}}"), "Không dùng được"),
    "joining paragraphs": (lambda: saying("{% if co_quan -%}a{% endif %}"), "Không dùng được"),
    "many": (lambda: saying("{{ co_quan }}" * 301), "hơn 300 chỗ điền"),
    # mistakes
    "nothing but a pair of braces": (lambda: saying("{{}}"), "có chỗ viết sai"),
    "not closed": (lambda: saying("{{ so_ky_hieu"), "{{ so_ky_hieu"),
    "not opened": (lambda: saying("so_ky_hieu }}"), "so_ky_hieu }}"),
    "no name": (lambda: saying("{{ }}"), "có chỗ viết sai"),
    "two words": (lambda: saying("{{ so ky hieu }}"), "{{ so ky hieu }}"),
    "letters with marks": (lambda: saying("{{ số ký hiệu }}"), "{{ số ký hiệu }}"),
    "no end of a condition": (lambda: saying("{% if co_quan %}a"), "endif"),
    "wrong end": (lambda: saying("{% if co_quan %}a{% endfor %}"), "{% endfor %}"),
    "unknown command": (lambda: saying("{% neu co_quan %}"), "{% neu co_quan %}"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_template_is_refused_with_one_sentence(name):
    make, words = REFUSED[name]
    content = make()
    begin = time.process_time()
    with pytest.raises(TemplateFault) as refused:
        check(content)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300
    assert time.process_time() - begin < 3


TAKEN = {
    "the default one": default_template,
    "fewer placeholders": lambda: saying("Số: 12/BC-SNgV"),
    "condition": lambda: saying("{% if dieu_kien and not nguoi_ky %}({{ dieu_kien }}){% else %}a{% endif %}"),
    "loop": lambda: saying("{% for dong in noi_nhan %}{{ dong }}{% endfor %}"),
    "comment": lambda: saying("{# văn thư điền #}"),
    "link to a page": lambda: related("https://sngv.example/", "hyperlink"),
    "address of mail": lambda: related("mailto:a@sngv.example", "hyperlink"),
    "settings of a printer": lambda: with_part("word/printerSettings1.bin", lambda _none: b"x"),
    "braces in a text": lambda: saying("{a} và {b}"),
}


def torn():
    """Word divides what was typed in two goes into two runs."""
    return with_part(
        DOCUMENT,
        lambda xml: swapped(
            xml,
            "{{ so_ky_hieu }}</w:t></w:r>",
            '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ so_ky</w:t></w:r>'
            "<w:r><w:t>_hieu }</w:t></w:r><w:r><w:t>}</w:t></w:r>",
        ),
    )


TAKEN["placeholder torn apart by Word"] = torn


@pytest.mark.django_db
@pytest.mark.parametrize("name", TAKEN)
def test_a_sound_template_is_taken_and_filled_in(name):
    content = TAKEN[name]()
    assert {"trich_yeu", "noi_dung"} <= check(content).names
    text = "\n".join(
        one.text for one in docx.Document(io.BytesIO(write_docx(table_of(2, 1), content))).paragraphs
    )
    assert "Bảng thử, tính đến ngày 30/6/2023" in text
    assert "{{" not in text


@pytest.mark.django_db
def test_what_word_tore_apart_is_filled_in():
    document = docx.Document(io.BytesIO(write_docx(table_of(2, 1), torn())))
    assert "Số:        /BC-" in document.tables[0].cell(1, 0).text


def test_the_default_template_uses_placeholders_that_there_are():
    assert check(default_template()).names <= set(PLACEHOLDERS)


def test_jinja_has_nothing_but_values():
    env = environment()
    assert not env.globals
    assert not env.filters
    assert not env.tests
    with pytest.raises(Exception, match="unsafe"):
        env.from_string("{{ a.__class__.__mro__ }}").render(a="x")


def test_a_body_that_a_template_has_lost_is_written_at_its_end():
    document = docx.Document()
    document.add_paragraph("Kính gửi")
    mark = mark_in(document)
    assert [one.tag.rpartition("}")[2] for one in document.element.body] == ["p", "p", "sectPr"]
    assert mark is document.element.body[1]
