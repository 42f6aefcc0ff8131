"""An organisation as search engines read it: schema.org/Organization."""

from taskforce.core import linked_data
from taskforce.core.linked_data import Thing, absolute
from taskforce.members.models import Organisation
from taskforce.members.organisations import logos


def organisation(one: Organisation) -> Thing:
    """Return an organisation with what its page shows everybody. No person is in it."""
    logo = logos.address(one.slug, one.logo) if one.tells else ""
    return linked_data.thing(
        "Organization",
        name=one.name,
        alternateName=one.former_names,
        url=absolute(one.get_absolute_url()),
        sameAs=one.website,
        description=(one.line if one.tells else "") or one.description,
        logo=absolute(logo) if logo else "",
        taxID=f"DK{one.cvr}" if one.tells and one.cvr else "",
        memberOf=linked_data.portal() if one.in_taskforce else None,
    )
