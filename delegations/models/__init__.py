"""The upper floor: what took place, and what it did for the promises below."""

from delegations.models.citation import VisitCitation
from delegations.models.contribution import Contribution
from delegations.models.delegation import Delegation, DelegationRole, Funding, Status
from delegations.models.delivery import Delivery, DeliveryLine, DeliveryRole
from delegations.models.meeting import Meeting, MeetingRole

__all__ = [
    "Contribution",
    "Delegation",
    "DelegationRole",
    "Delivery",
    "DeliveryLine",
    "DeliveryRole",
    "Funding",
    "Meeting",
    "MeetingRole",
    "Status",
    "VisitCitation",
]
