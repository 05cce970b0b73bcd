"""Entry of the upper floor."""

from delegations.admin import aid, visits

__all__ = ["aid", "visits"]
