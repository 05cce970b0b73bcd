"""docs/data-dictionary.md, written from the models themselves so that it is never out of date."""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import override

from agreements.fields import Derived, EdtfField

APPS = ("agreements", "delegations")
HEAD = """# Data dictionary

Made by `python manage.py data_dictionary` from the models; do not edit. Vietnamese names are those of the pages.

Each date is three columns: the EDTF text that is shown here, and its first and last day (`…_first`, `…_last`).
Every table also has a history table with the same columns, who changed it, when, by which route and in which batch.
"""


def dictionary():
    """The whole document as Markdown."""
    with override("vi"):
        return "\n".join([HEAD, *(table for app in APPS for table in tables(app))])


def tables(app):
    for model in apps.get_app_config(app).get_models():
        if not model._meta.proxy and not model.__name__.startswith("Historical"):
            yield described(model)


def described(model):
    meta = model._meta
    first_line = (model.__doc__ or "").strip().splitlines()[0]
    lines = [
        f"## {meta.object_name} – {capfirst(meta.verbose_name)}",
        "",
        first_line,
        "",
        "| field | tên | type | may be empty | notes |",
        "|---|---|---|---|---|",
        *(row(field) for field in (*meta.concrete_fields, *meta.many_to_many) if told(field)),
        "",
        *rules(model),
    ]
    return "\n".join(lines)


def told(field):
    return not isinstance(field, Derived) and field.name not in ("id", "password", "last_login")


def row(field):
    empty = "yes" if field.null or field.blank else ""
    return f"| `{field.name}` | {field.verbose_name} | {kind(field)} | {empty} | {notes(field)} |"


def kind(field):
    if isinstance(field, EdtfField):
        return "date or period" if field.period else "date with precision"
    if field.many_to_many:
        return f"list of {field.related_model.__name__}"
    if field.is_relation:
        return f"→ {field.related_model.__name__}"
    return field.get_internal_type().removesuffix("Field").lower()


def notes(field):
    choices = ", ".join(f"`{value}` {label}" for value, label in field.flatchoices or () if value)
    vocabulary = (getattr(field.remote_field, "limit_choices_to", None) or {}).get("vocabulary", "")
    parts = [choices, f"list `{vocabulary}`" if vocabulary else "", str(field.help_text or "")]
    return "; ".join(part for part in parts if part).replace("|", "\\|")


def rules(model):
    constraints = model._meta.constraints
    if not constraints:
        return []
    sentences = [f"- `{one.name}`: {one.get_violation_error_message()}" for one in constraints]
    return ["Rules of the database:", "", *(sentence.replace("|", "\\|") for sentence in sentences), ""]
