"""Which placeholders a template uses, and that it uses nothing but placeholders.

A template may name a placeholder, ask whether it is filled in, and go once through a list. All else that
Jinja can do is refused before anything is rendered; what is rendered runs in Jinja's sandbox all the same.
"""

import difflib
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from tracker.reports.word.guard import TemplateFault, inspect
from tracker.reports.word.letterhead import BODY, LISTS, PLACEHOLDERS, REQUIRED

MOST_TAGS, LONGEST_TAG = 300, 200
MARK = "\ue000body\ue000"
"""Stands where the body will be: no keyboard writes it."""
HIDDEN = re.compile(r"<[^<>]*\{[{%#][^<>]*>")
SIGN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
JOINING = re.compile(r"\{[{%#]-|-[}%#]\}")
"""Jinja's way to join a paragraph with the one beside it."""
COMMAND = re.compile(r"\{%(?:p|tr|tc|r)?\s*(?:if|elif|else|endif|for|endfor)\b")
ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


def environment():
    """Jinja without its functions, filters and tests, in its sandbox; every value is escaped."""
    found = SandboxedEnvironment(autoescape=True)
    for names in (found.globals, found.filters, found.tests):
        names.clear()
    return found


@dataclass(frozen=True)
class Found:
    """What was found in a template: the placeholders that it uses."""

    names: frozenset


def opened(content):
    """The template of these bytes, when it is sound; raises TemplateFault with one sentence."""
    inspect(content)
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.init_docx()
    except Exception as error:  # python-docx tells of a broken package in many ways
        raise TemplateFault(
            _("The template is damaged: open it in Word and save it again as .docx.")
        ) from error
    return template


def check(content):
    """Refuse a template that is not sound or asks for what is not there; its Found otherwise."""
    template = opened(content)
    env, names, tags = environment(), set(), 0
    for xml in (*texts(template), *titles(template)):
        tags += refuse_loose_signs(xml)
        if tags > MOST_TAGS:
            raise TemplateFault(_("The template has more than %(most)s placeholders.") % {"most": MOST_TAGS})
        names |= names_in(template.patch_xml(xml), env)
    refuse_names(names)
    refuse_missing(template)
    refuse_place_of_body(template)
    return Found(frozenset(names))


def texts(template):
    """The XML of every part in which docxtpl looks for placeholders."""
    document = template.docx
    yield template.get_xml()
    seen = set()
    for part in document.part.package.iter_parts():
        if part.content_type.endswith(("header+xml", "footer+xml", "footnotes+xml")) and part not in seen:
            seen.add(part)
            yield part.blob.decode("utf-8")


def titles(template):
    """The properties of the document, which docxtpl fills in too."""
    return [getattr(template.docx.core_properties, name) or "" for name in PROPERTIES]


def refuse_loose_signs(xml):
    """How many tags there are; a tag must end in the paragraph in which it begins, and hide in no attribute."""
    if found := HIDDEN.search(xml):
        raise forbidden(found[0])
    count = 0
    for piece in xml.split("</w:p>"):
        text = re.sub(r"<[^<>]*>", "", piece)
        signs = list(SIGN.finditer(text))
        pairs = list(zip(signs[::2], signs[1::2], strict=False))
        if len(signs) % 2 or any(ENDS.get(begin[0]) != end[0] for begin, end in pairs):
            raise unbalanced(text[max(signs[0].start() - 30, 0) :])
        for begin, end in pairs:
            refuse_tag(text[begin.start() : end.end()])
        count += len(pairs)
    return count


def refuse_tag(tag):
    """What docxtpl would rewrite in ways of its own, and what no template needs, before it is looked at."""
    is_command = tag.startswith("{%")
    if len(tag) > LONGEST_TAG or JOINING.search(tag) or (is_command and not COMMAND.match(tag)):
        raise forbidden(tag)
    if re.match(r"\{\{(p|r|tr|tc)\s", tag):
        raise TemplateFault(
            _("“%(text)s” is written differently here: write {{ name }} without a letter before the name.")
            % {"text": tag}
        )


def unbalanced(text):
    return TemplateFault(
        _("Near “%(text)s” a pair of braces does not match: write {{ name }} in one paragraph.")
        % {"text": text[:60].strip()}
    )


def forbidden(text):
    return TemplateFault(
        _("“%(text)s” cannot be used: only the name of a placeholder may stand between the braces.")
        % {"text": re.sub(r"<[^<>]*>", "", text).strip()[:80] or text.strip()[:80]}
    )


def names_in(xml, env):
    """The placeholders that this text asks for."""
    xml = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
    try:
        tree = env.parse(xml)
    except TemplateSyntaxError as error:
        near = re.sub(r"<[^<>]*>", "", xml.splitlines()[error.lineno - 1]).strip()
        raise TemplateFault(
            _("Near “%(text)s” something is wrong: check the braces, and that each if and for has its end.")
            % {"text": near[:60]}
        ) from error
    return Reader(xml).names(tree)


class Reader:
    """Walks through a parsed template and refuses whatever is more than a placeholder."""

    def __init__(self, xml):
        self.lines = xml.splitlines()

    def names(self, node, known=frozenset(), looping=False):
        if isinstance(node, nodes.For):
            return self.of_loop(node, known, looping)
        if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            raise forbidden(self.near(node))
        found = {node.name} - known if isinstance(node, nodes.Name) else set()
        for child in node.iter_child_nodes():
            found |= self.names(child, known, looping)
        return found

    def of_loop(self, node, known, looping):
        """A loop goes through one of LISTS, holds no other, and its own name is free."""
        plain = isinstance(node.iter, nodes.Name) and isinstance(node.target, nodes.Name)
        if looping or not plain or node.iter.name not in LISTS or node.test or node.else_ or node.recursive:
            raise TemplateFault(
                _("“%(text)s” cannot be used: a loop goes once through %(lists)s and holds no other loop.")
                % {"text": self.near(node)[:80], "lists": ", ".join(LISTS)}
            )
        if node.target.name in PLACEHOLDERS:
            raise forbidden(self.near(node))
        found = {node.iter.name}
        for child in node.body:
            found |= self.names(child, known | {node.target.name}, True)
        return found

    def near(self, node):
        line = self.lines[node.lineno - 1] if 0 < node.lineno <= len(self.lines) else ""
        tags = re.findall(r"\{[{%].*?[}%]\}", re.sub(r"<[^<>]*>", "", line))
        return " ".join(tags)


def refuse_names(names):
    """Unknown placeholders are named, and the one that was perhaps meant."""
    if unknown := sorted(names - set(PLACEHOLDERS)):
        likely = difflib.get_close_matches(unknown[0], PLACEHOLDERS, 1)
        raise TemplateFault(
            _("No placeholder is called %(names)s; did you mean %(likely)s?")
            % {"names": ", ".join(unknown), "likely": likely[0]}
            if likely
            else _("No placeholder is called %(names)s: the page of templates lists those that there are.")
            % {"names": ", ".join(unknown)}
        )


def refuse_missing(template):
    """What every template needs stands in its text; in the title of the file nobody would read it."""
    text = "".join(re.sub(r"<[^<>]*>", "", xml) for xml in texts(template))
    missing = [name for name in REQUIRED if not re.search(r"\{\{\s*" + name + r"\s*\}\}", text)]
    if missing:
        raise TemplateFault(
            _("The template lacks %(names)s: without it the report would be empty.")
            % {"names": ", ".join(f"{{{{ {name} }}}}" for name in missing)}
        )


def refuse_place_of_body(template):
    alone = re.compile(r"\{\{\s*" + BODY + r"\s*\}\}")
    body = template.docx.element.body
    places = [one for one in body if alone.fullmatch(text_of(one).strip())]
    uses = sum(len(alone.findall(re.sub(r"<[^<>]*>", "", xml))) for xml in texts(template))
    if len(places) != 1 or uses != 1 or inside_a_tag(body, places[0]):
        raise TemplateFault(
            _("{{ noi_dung }} must stand once, alone in a paragraph, outside tables, conditions and loops.")
        )


def text_of(element):
    """The text of a top paragraph; that of a table is never that of a placeholder alone."""
    if not element.tag.endswith("}p"):
        return ""
    return "".join(one.text or "" for one in element.iter() if one.tag.endswith("}t"))


def inside_a_tag(body, place):
    """Whether a condition or loop that begins before `place` ends after it."""
    depth = 0
    for one in body:
        if one is place:
            return depth > 0
        text = "".join(part.text or "" for part in one.iter() if part.tag.endswith("}t"))
        depth += len(re.findall(r"\{%(?:p|tr|tc|r)?\s*(?:if|for)\b", text))
        depth -= len(re.findall(r"\{%(?:p|tr|tc|r)?\s*end(?:if|for)\b", text))
    return False


def filled(content, values):
    """The document of a template with its placeholders filled in; the body is MARK. Raises TemplateFault."""
    check(content)
    template = opened(content)
    try:
        template.render({**values, BODY: MARK}, environment())
    except (TemplateError, ValueError) as error:  # lxml tells of a broken document by a ValueError
        raise TemplateFault(
            _("The template cannot be filled in: compare it with the default template.")
        ) from error
    return template.docx
