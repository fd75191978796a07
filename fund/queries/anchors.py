"""The checkpoints that were sent out, and whether the books still begin with each of them."""

from __future__ import annotations

from dataclasses import dataclass

from fund.models import Anchor, Fund, OutgoingMail
from fund.queries.identities import FundIdentity, fund_identity
from ledger.errors import BookUnknown
from ledger.proofs import Checkpoint
from ledger.seals import no_longer_begun

PAGE_ANCHORS = 100
"""Anchors on one page: each is compared with the books when the page is asked for."""


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """An anchor, and whether the books of now begin with it."""

    anchor: Anchor
    holds: bool


@dataclass(frozen=True, slots=True)
class AnchorsFacts:
    """The anchors of a page, newest first; `before` is the number of the first of the page after, if there is one."""

    fund: FundIdentity
    count: int
    lines: tuple[AnchorLine, ...]
    before: int | None
    waiting: int

    @property
    def broken(self) -> tuple[AnchorLine, ...]:
        """Those that the books no longer begin with."""
        return tuple(line for line in self.lines if not line.holds)


def point_of(anchor: Anchor) -> Checkpoint:
    """The anchor as the checkpoint that it was."""
    return Checkpoint(anchor.fund.slug, anchor.entries, anchor.seals, anchor.root, anchor.head)


def anchor_text(anchor: Anchor) -> str:
    """The file of an anchor: the six lines of its checkpoint, and the hash of each version of the charter."""
    return point_of(anchor).text() + ("\n" + anchor.charters if anchor.charters else "")


def anchors_of(fund: Fund, before: int | None = None) -> AnchorsFacts:
    """A page of anchors, those below the number `before`, each compared with the books as they are now."""
    rows = Anchor.objects.select_related("fund").filter(fund=fund).order_by("-pk")
    page = list((rows.filter(pk__lt=before) if before else rows)[: PAGE_ANCHORS + 1])
    shown = page[:PAGE_ANCHORS]
    points = {anchor.pk: point_of(anchor) for anchor in shown}
    try:
        broken = set(no_longer_begun(fund.slug, list(points.values())))
    except BookUnknown:
        broken = set(points.values())
    return AnchorsFacts(
        fund=fund_identity(fund),
        count=rows.count(),
        lines=tuple(AnchorLine(anchor, points[anchor.pk] not in broken) for anchor in shown),
        before=shown[-1].pk if len(page) > PAGE_ANCHORS else None,
        waiting=OutgoingMail.objects.filter(fund=fund, kind="anchor", sent_at=None).count(),
    )


def broken_anchors(fund: Fund) -> list[Anchor]:
    """All anchors that the books of now do not begin with; none when all is well."""
    rows = list(Anchor.objects.select_related("fund").filter(fund=fund).order_by("pk"))
    broken = set(no_longer_begun(fund.slug, [point_of(anchor) for anchor in rows])) if rows else set()
    return [anchor for anchor in rows if point_of(anchor) in broken]


def anchor_of(fund: Fund, number: int) -> Anchor | None:
    """The anchor of this number; None when the fund has none."""
    if number >= 2**63:
        return None
    return Anchor.objects.select_related("fund").filter(fund=fund, pk=number).first()
