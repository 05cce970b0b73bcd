"""The constraints of a model, asked of rows that are not in the database yet.

Django asks the database once a row and constraint; a file of a hundred thousand rows would ask it a million
times. Here the same declarations are read once and answered in Python, by the logic of SQL: what is unknown
(NULL) breaks no rule.
"""

from functools import cache

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist
from django.db.models import CheckConstraint, F, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce, Length, Upper
from django.db.models.lookups import Lookup

COMPARED = {
    "exact": lambda left, right: left == right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "contains": lambda left, right: right in left,
    "in": lambda left, right: left in right,
}


class UnknownRule(TypeError):
    """A constraint uses what `rules` cannot answer: teach it here."""


def column_of(model, name):
    """The attribute that holds the value of the field `name`: agreement → agreement_id."""
    try:
        return model._meta.get_field(name).attname
    except FieldDoesNotExist as error:
        raise UnknownRule(f"{model.__name__} has no field {name}") from error


def value_of(expression, model):
    """A function row → value of an expression of a constraint."""
    if isinstance(expression, F):
        column = column_of(model, expression.name)
        return lambda row: getattr(row, column)
    if isinstance(expression, Value):
        return lambda row: expression.value
    if isinstance(expression, Length | Upper | Coalesce):
        parts = [value_of(part, model) for part in expression.get_source_expressions()]
        return {Length: length, Upper: upper, Coalesce: first_known}[type(expression)](parts)
    raise UnknownRule(f"{model.__name__}: {expression!r}")


def length(parts):
    return lambda row: None if (text := parts[0](row)) is None else len(text)


def upper(parts):
    return lambda row: None if (text := parts[0](row)) is None else text.upper()


def first_known(parts):
    return lambda row: next((value for part in parts if (value := part(row)) is not None), None)


def comparison(left, lookup, right):
    """row → True, False, or None where a side is unknown."""
    compare = COMPARED[lookup]

    def holds(row):
        one, other = left(row), right(row)
        return None if one is None or other is None else compare(one, other)

    return holds


def condition_of(child, model):
    """row → True, False or None of one child of a Q."""
    if isinstance(child, Q):
        return predicate(child, model)
    if isinstance(child, Lookup):
        return comparison(value_of(child.lhs, model), child.lookup_name, operand(child.rhs, model))
    name, _underscores, lookup = child[0].partition("__")
    left = value_of(F(name), model)
    if lookup == "isnull":
        wanted = child[1]
        return lambda row: (left(row) is None) is wanted
    if (lookup or "exact") not in COMPARED:
        raise UnknownRule(f"{model.__name__}: {child[0]}")
    return comparison(left, lookup or "exact", operand(child[1], model))


def operand(value, model):
    if hasattr(value, "resolve_expression"):
        return value_of(value, model)
    return lambda row: value


def predicate(condition, model):
    """row → True, False or None (unknown) of a Q, as SQL would say."""
    parts = [condition_of(child, model) for child in condition.children]
    joined = all_of(parts) if condition.connector == Q.AND else any_of(parts)
    return negated(joined) if condition.negated else joined


def all_of(parts):
    def holds(row):
        unknown = False
        for part in parts:
            answer = part(row)
            if answer is False:
                return False
            unknown = unknown or answer is None
        return None if unknown else True

    return holds


def any_of(parts):
    def holds(row):
        unknown = False
        for part in parts:
            answer = part(row)
            if answer:
                return True
            unknown = unknown or answer is None
        return None if unknown else False

    return holds


def negated(part):
    return lambda row: None if (answer := part(row)) is None else not answer


@cache
def checks(model):
    """[(row → bool or None, the constraint)] of the CheckConstraints of `model`."""
    found = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return [(predicate(one.condition, model), one) for one in found]


def broken(row, told=frozenset()):
    """The sentences of the CheckConstraints that `row` breaks; none that names a field of `told`, as in Django."""
    return [
        str(one.get_violation_error_message())
        for holds, one in checks(type(row)._meta.concrete_model)
        if holds(row) is False and told.isdisjoint(one.condition.referenced_base_fields)
    ]


class Unique:
    """A UniqueConstraint: the columns and folded values that no two rows share."""

    def __init__(self, constraint, model):
        self.constraint, self.model = constraint, model
        written = constraint.expressions or [F(name) for name in constraint.fields]
        self.parts = [value_of(part, model) for part in written]
        self.columns = tuple(column_of(model, column_name(part)) for part in written)
        self.folded = any(isinstance(part, Coalesce) for part in written)
        self.condition = predicate(constraint.condition, model) if constraint.condition else None
        self.names = {column_name(part) for part in written}
        self.names |= constraint.condition.referenced_base_fields if constraint.condition else set()

    def key(self, row):
        """What no other row may share; None where the constraint does not bind `row`."""
        if self.condition and not self.condition(row):
            return None
        values = tuple(part(row) for part in self.parts)
        return None if None in values else values

    @property
    def sentence(self):
        return str(self.constraint.get_violation_error_message())


def column_name(expression):
    """The field that an expression of a UniqueConstraint is about."""
    return (
        expression.name if isinstance(expression, F) else column_name(expression.get_source_expressions()[0])
    )


@cache
def uniques(model):
    """Every UniqueConstraint of `model`, and its single unique columns."""
    declared = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return [Unique(one, model) for one in declared]


def unique_columns(model):
    """Names of the fields that are unique by themselves, the primary key apart."""
    return [field.attname for field in model._meta.concrete_fields if field.unique and not field.primary_key]


def general(sentences):
    """Sentences about a row as a whole."""
    return {NON_FIELD_ERRORS: sentences} if sentences else {}
