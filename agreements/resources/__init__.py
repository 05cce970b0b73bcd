"""Flat files of the ground floor: one Resource a kind."""

from agreements.resources.papers import AgreementResource, DocumentResource, EventResource, LinkResource
from agreements.resources.promises import (
    CommitmentResource,
    OverrideResource,
    ProgressResource,
    TargetResource,
)
from agreements.resources.reference import (
    LocalityResource,
    NameResource,
    OrganizationResource,
    PersonResource,
    SuccessionResource,
    TermResource,
)

__all__ = [
    "AgreementResource", "CommitmentResource", "DocumentResource", "EventResource", "LinkResource",
    "LocalityResource", "NameResource", "OrganizationResource", "OverrideResource", "PersonResource",
    "ProgressResource", "SuccessionResource", "TargetResource", "TermResource",
]  # fmt: skip
