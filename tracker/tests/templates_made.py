"""Word templates for tests: the default one with a part changed, added or spoilt."""

import io
import zipfile
from xml.sax.saxutils import escape

from tracker.reports.word.default import default_template

DOCUMENT = "word/document.xml"
SIGN = "{{ so_ky_hieu }}"


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(name, change):
    """The default template whose part `name` is what `change` makes of it (None: there was none)."""
    parts = parts_of(default_template())
    return packed({**parts, name: change(parts.get(name))})


def saying(text, instead=SIGN):
    """The default template with `text` in place of the text `instead`."""
    return with_part(DOCUMENT, lambda xml: swapped(xml, escape(instead), escape(text)))


def holding(xml):
    """The default template with `xml` at its very beginning."""
    return with_part(DOCUMENT, lambda old: swapped(old, "<w:body>", f"<w:body>{xml}"))


def related(target, kind, mode="External"):
    """The default template with one more relationship of its document."""
    one = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return with_part("word/_rels/document.xml.rels", lambda xml: swapped(xml, "</Relationships>", one))


def swapped(content, old, new):
    text = content.decode()
    assert old in text, old
    return text.replace(old, new, 1).encode()
