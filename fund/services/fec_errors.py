"""Why a file of accounting entries is not handed out."""

from __future__ import annotations

from collections.abc import Sequence

from fund.errors import FundError
from ledger.fec.findings import Finding, Language


class FecSirenInvalid(FundError):
    """The name of the file begins with the fund's SIREN, which is missing or wrong."""

    code = "fec_siren_invalid"
    en = "{fund} has no valid SIREN (“{siren}”), and the file is named by it: write its nine digits in its record."
    fr = "{fund} n’a pas de SIREN valide (« {siren} »), qui nomme le fichier : inscrivez-le dans sa fiche."

    def __init__(self, *, fund: str, siren: str) -> None:
        super().__init__(fund=fund, siren=siren)


class FecYearUnknown(FundError):
    """The books have no such fiscal year."""

    code = "fec_year_unknown"
    en = "The books of {fund} have no fiscal year {year}; they have: {known}."
    fr = "Les livres de {fund} n’ont pas d’exercice {year} ; ils ont : {known}."

    def __init__(self, *, fund: str, year: int, known: Sequence[str]) -> None:
        super().__init__(fund=fund, year=year, known=", ".join(known) or "–")


class FecYearEmpty(FundError):
    """Nothing was booked in the fiscal year."""

    code = "fec_year_empty"
    en = "Nothing was booked in the fiscal year {year} of {fund}: there is nothing to hand out."
    fr = "Rien n’est écrit dans l’exercice {year} de {fund} : il n’y a rien à remettre."

    def __init__(self, *, fund: str, year: str) -> None:
        super().__init__(fund=fund, year=year)


class FecYearBeforeOpen(FundError):
    """The openings of a year are posted by the closing of the year before, which is still open."""

    code = "fec_year_before_open"
    en = (
        "The fiscal year {before} of {fund} is not closed, so {year} has no opening entry yet: close it first "
        "(python manage.py year close)."
    )
    fr = (
        "L’exercice {before} de {fund} n’est pas clos : {year} n’a pas encore ses à-nouveaux. Clôturez-le d’abord "
        "(python manage.py year close)."
    )

    def __init__(self, *, fund: str, year: str, before: str) -> None:
        super().__init__(fund=fund, year=year, before=before)


class FecRefused(FundError):
    """The fund's own check refuses the file, so it is not handed out; `findings` say why."""

    code = "fec_refused"
    en = "The file is not handed out: its own check finds faults ({count}). {shown}"
    fr = "Le fichier n’est pas remis : son propre contrôle y trouve des fautes ({count}). {shown}"

    def __init__(self, *, count: int, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=count, shown="")

    def sentence(self, language: str = "en") -> str:
        """How many, and the first three."""
        spoken: Language = "fr" if language == "fr" else "en"
        told = (f"{each.rule}, {each.place(spoken)} : {each.sentence(spoken)}" for each in self.findings[:3])
        text = (self.fr if language == "fr" else self.en).format(count=self.facts["count"], shown=" ".join(told))
        return text.strip()
