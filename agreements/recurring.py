"""What follows when the page of a recurring commitment is saved: the floor above makes the targets of its periods."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Followed:
    """`made`: how many targets of single periods were made; `startless`: no start is known, so none can be."""

    made: int = 0
    startless: bool = False


_makers = []


def follows_pages(maker):
    """Register `maker(commitment)`, which gives a Followed; it runs in the transaction that saves the page."""
    _makers[:] = [maker]
    return maker


def follow_page(commitment):
    """Make what follows from a commitment that was saved with its targets."""
    return _makers[0](commitment) if _makers else Followed()
