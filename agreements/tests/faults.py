"""What is wrong with a record, for tests."""

from django.core.exceptions import ValidationError


def faults_of(record):
    """Fields under which `full_clean` tells something, and all its sentences."""
    try:
        record.full_clean()
    except ValidationError as error:
        return set(error.message_dict), " ".join(error.messages)
    return set(), ""
