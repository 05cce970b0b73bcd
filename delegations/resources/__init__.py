"""Flat files of the upper floor, and the sheets that serve both floors."""

from agreements.resources import CommitmentResource
from delegations.resources.aid import DeliveryResource, LineResource
from delegations.resources.citations import CitationResource
from delegations.resources.contributions import ContributionResource
from delegations.resources.roles import RoleResource
from delegations.resources.visits import DelegationResource, MadeAt, MeetingResource

CommitmentResource.add_column(MadeAt())  # the lower floor knows of no meetings

__all__ = [
    "CitationResource", "ContributionResource", "DelegationResource", "DeliveryResource", "LineResource",
    "MeetingResource", "RoleResource",
]  # fmt: skip
