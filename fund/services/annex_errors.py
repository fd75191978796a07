"""The refusals of the facts that the notes to the accounts need beside the books."""

from __future__ import annotations

from datetime import date

from fund.errors import FundError


class AuthorityCategoryUnknown(FundError):
    """A public authority is of one of the regulation's kinds."""

    code = "authority_category_unknown"
    en = "“{category}” is no kind of public authority; choose among {known}."
    fr = "« {category} » n’est pas une catégorie d’autorité publique ; choisissez parmi {known}."

    def __init__(self, *, category: str, known: str) -> None:
        super().__init__(category=category[:40], known=known)


class AuthorityIsPerson(FundError):
    """A person is no public authority."""

    code = "authority_is_person"
    en = "“{party}” is a person in the register, so it is no public authority; choose an organisation."
    fr = "« {party} » est une personne dans le registre, donc pas une autorité publique ; choisissez une organisation."

    def __init__(self, *, party: str) -> None:
        super().__init__(party=party[:100])


class AdvanceUnknown(FundError):
    """An instalment is of an advance that the books know."""

    code = "advance_unknown"
    en = "The books hold no advance (account 274) for “{beneficiary}”; book it first, or give the code that they use."
    fr = (
        "Les livres ne portent aucune avance (compte 274) pour « {beneficiary} » ; enregistrez-la d’abord, ou donnez "
        "le code qu’ils emploient."
    )

    def __init__(self, *, beneficiary: str) -> None:
        super().__init__(beneficiary=beneficiary[:100])


class InstalmentInvalid(FundError):
    """An instalment names its agreement and is an amount that the books can hold."""

    code = "instalment_invalid"
    en = "An instalment of {amount} due on {on:%Y-%m-%d} needs an agreement and an amount from 0 to {most}."
    fr = "Une échéance de {amount} au {on:%d/%m/%Y} demande une convention et un montant de 0 à {most}."

    def __init__(self, *, amount: str, on: date, most: str) -> None:
        super().__init__(amount=amount, on=on, most=most)
