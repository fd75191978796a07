"""The refusals of whoever sends the end of the books out."""

from __future__ import annotations

from fund.errors import FundError


class AnchorWithoutReader(FundError):
    """A checkpoint that nobody receives is kept nowhere but here, and proves nothing."""

    code = "anchor_without_reader"
    en = (
        "Nobody receives the checkpoint of “{fund}” on {on}: no auditor in force has an address. Give an auditor "
        "access and an address, or name an address with --to."
    )
    fr = (
        "Personne ne reçoit le point de contrôle de « {fund} » le {on} : aucun auditeur en fonction n’a d’adresse. "
        "Donnez un accès et une adresse à un auditeur, ou nommez une adresse avec --to."
    )

    def __init__(self, *, fund: str, on: object) -> None:
        super().__init__(fund=fund, on=on)


class AnchorAddressInvalid(FundError):
    """An address that is named cannot be written to."""

    code = "anchor_address_invalid"
    en = "“{address}” is no address that can be written to: write it like name@example.org."
    fr = "« {address} » n’est pas une adresse où l’on peut écrire : donnez-la comme nom@example.org."

    def __init__(self, *, address: str) -> None:
        super().__init__(address=address[:200])
