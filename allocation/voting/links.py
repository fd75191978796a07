"""The link of a mail: a sign-in for one elector and one vote, good once. Only the hash of its secret is kept."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from allocation.models import Elector, Vote, VoteLink
from allocation.voting.votes import voices_of

_BYTES: Final = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def make_link(elector: Elector, *, at: datetime) -> str:
    """Make a link for an elector who casts; answers its secret, 256 random bits that nothing here keeps."""
    token = secrets.token_urlsafe(_BYTES)
    VoteLink.objects.create(elector=elector, token_sha256=_hash(token), made_at=at)
    return token


def link_of(token: str) -> VoteLink | None:
    """The link of a secret, as long as its vote is not closed; None for any other text.

    What is looked for is a hash, so the time that the answer takes tells nothing of the secret.
    """
    if not _TOKEN.fullmatch(token):
        return None
    wanted = _hash(token)
    link = (
        VoteLink.objects.select_related("elector", "elector__vote", "elector__vote__call")
        .filter(token_sha256=wanted, elector__vote__closed_at=None)
        .first()
    )
    return link if link is not None and compare_digest(link.token_sha256, wanted) else None


def use_up(link: VoteLink, *, at: datetime) -> bool:
    """Mark the link as used once nothing is left to cast with it; whether it is used up.

    In a secret vote the mark carries the moment of the opening: the true one would tell the order of the papers.
    """
    vote: Vote = link.elector.vote
    if any(not voice.has_voted for voice in voices_of(vote, link.elector.person)):
        return False
    VoteLink.objects.filter(pk=link.pk, used_at=None).update(used_at=vote.opened_at if vote.secret else at)
    return True


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
