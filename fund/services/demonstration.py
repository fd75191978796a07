"""Ready-made users for the demonstration, one for each role; they exist in the demonstration setting alone."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from fund.errors import NotADemonstration
from fund.models import Access, Fund, Party, User

NAMES = ("committee", "artist", "member", "treasurer", "auditor", "administrator")


@transaction.atomic
def demonstration_users(fund: Fund) -> tuple[User, ...]:
    """Make a user for each role of the fund, without a password: the sign-in page offers them by name."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration()
    project = fund.projects.select_related("company").order_by("code")[0]
    membership = fund.memberships.select_related("party").exclude(category="public-funder").order_by("party__code")[0]
    parties: dict[str, Party] = {"artist": project.company, "member": membership.party}
    users = []
    for name in NAMES:
        user, made = User.objects.get_or_create(username=name)
        if made:
            user.set_unusable_password()
            user.save()
        Access.objects.get_or_create(
            user=user, fund=fund, role=name, party=parties.get(name), defaults={"since": fund.founded_on}
        )
        users.append(user)
    return tuple(users)
