"""The people and organisations of the taskforce, and those who ask to join."""

from taskforce.members.models.coming_and_going import (
    Erasure,
    HandOver,
    Invitation,
    Silence,
    drawn_key,
)
from taskforce.members.models.inquiry import (
    MOST_ASKED,
    Answer,
    AskedOrganisation,
    Inquiry,
    InquiryQuerySet,
)
from taskforce.members.models.member_import import MemberImport
from taskforce.members.models.merge import Merge
from taskforce.members.models.organisation import (
    Certificate,
    Kind,
    Organisation,
    OrganisationQuerySet,
    Tag,
    still_holds,
)
from taskforce.members.models.people import (
    JoinRequest,
    JoinRequestQuerySet,
    Member,
    MemberQuerySet,
    NameVisibility,
    RequestState,
    Role,
    User,
    UserManager,
    Viewer,
    names_shown_to,
    shown_name,
)

__all__ = [
    "MOST_ASKED",
    "Answer",
    "AskedOrganisation",
    "Certificate",
    "Erasure",
    "HandOver",
    "Inquiry",
    "InquiryQuerySet",
    "Invitation",
    "JoinRequest",
    "JoinRequestQuerySet",
    "Kind",
    "Member",
    "MemberImport",
    "MemberQuerySet",
    "Merge",
    "NameVisibility",
    "Organisation",
    "OrganisationQuerySet",
    "RequestState",
    "Role",
    "Silence",
    "Tag",
    "User",
    "UserManager",
    "Viewer",
    "drawn_key",
    "names_shown_to",
    "shown_name",
    "still_holds",
]
