"""The kinds of flat files, in the order in which a whole register is read.

What a kind refers to comes before it: commitments name the meetings at which they were made, lines the
receivers that the roles of their delivery may name.
"""

from agreements import resources as low
from delegations import resources as high

KINDS = {
    resource.kind: resource
    for resource in (
        low.TermResource,
        low.LocalityResource,
        low.OrganizationResource,
        low.SuccessionResource,
        low.PersonResource,
        low.DocumentResource,
        low.AgreementResource,
        low.NameResource,
        low.EventResource,
        high.DelegationResource,
        high.MeetingResource,
        low.CommitmentResource,
        low.TargetResource,
        low.ProgressResource,
        high.DeliveryResource,
        high.LineResource,
        high.RoleResource,
        low.LinkResource,
        high.ContributionResource,
        high.CitationResource,
    )
}
