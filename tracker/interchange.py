"""The kinds of flat files, in the order in which a whole register is read."""

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
        low.CommitmentResource,
        low.TargetResource,
        low.ProgressResource,
        high.DelegationResource,
        high.MeetingResource,
        high.DeliveryResource,
        high.LineResource,
        high.RoleResource,
        low.LinkResource,
        high.ContributionResource,
        high.CitationResource,
    )
}
