"""Flat files of the upper floor, and the sheets that serve both floors."""

from agreements.resources import CommitmentResource
from delegations.resources.aid import DeliveryResource, LineResource
from delegations.resources.shared import CitationResource, ContributionResource, RoleResource
from delegations.resources.visits import DelegationResource, MadeAt, MeetingResource

CommitmentResource.add_column(MadeAt())  # the lower floor knows of no meetings

__all__ = [
    "CitationResource", "ContributionResource", "DelegationResource", "DeliveryResource", "LineResource",
    "MeetingResource", "RoleResource",
]  # fmt: skip
