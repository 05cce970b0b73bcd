"""Flat files of the upper floor, and the sheets that serve both floors."""

from delegations.resources.aid import DeliveryResource, LineResource
from delegations.resources.shared import CitationResource, ContributionResource, RoleResource
from delegations.resources.visits import DelegationResource, MeetingResource

__all__ = [
    "CitationResource", "ContributionResource", "DelegationResource", "DeliveryResource", "LineResource",
    "MeetingResource", "RoleResource",
]  # fmt: skip
