"""What is kept of a row of a file, by which a second one of the same record is known."""


def marks_of(entry, record):
    """What is kept of a row, whose record is `record` if it has one already."""
    return [*([mark_of(record)] if record else ()), *([hash(entry.key)] if entry.key else ())]


def mark_of(row):
    """What is kept of a row that a file has named (a number, because files are long)."""
    return hash((row._meta.model_name, row.pk))
