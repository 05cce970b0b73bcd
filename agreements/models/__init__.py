"""The ground floor: what was promised and by whom."""

from agreements.models.agreement import Agreement, AgreementRole, Mode
from agreements.models.body import Body, Locality, Organization, Succession
from agreements.models.commitment import Commitment, CommitmentRole, Target
from agreements.models.document import Citation, Document
from agreements.models.event import AgreementEvent
from agreements.models.link import AgreementLink
from agreements.models.name import Name
from agreements.models.override import StateOverride
from agreements.models.person import Person
from agreements.models.progress import Progress, Qualifier
from agreements.models.record import Record, Recorded, RecordQuerySet
from agreements.models.staff import User
from agreements.models.term import Term

__all__ = [
    "Agreement",
    "AgreementEvent",
    "AgreementLink",
    "AgreementRole",
    "Body",
    "Citation",
    "Commitment",
    "CommitmentRole",
    "Document",
    "Locality",
    "Mode",
    "Name",
    "Organization",
    "Person",
    "Progress",
    "Qualifier",
    "Record",
    "RecordQuerySet",
    "Recorded",
    "StateOverride",
    "Succession",
    "Target",
    "Term",
    "User",
]
