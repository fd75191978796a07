"""The refusals of an opening entry."""

from __future__ import annotations

from fund.errors import FundError


class OpeningAfterEntries(FundError):
    """The books hold entries before or on the day: an opening would count the past twice."""

    code = "opening_after_entries"
    en = (
        "The books of {fund} hold an entry on {first:%Y-%m-%d} ({reference}): an opening entry comes before all "
        "others. Open a later year, or leave the past out."
    )
    fr = (
        "Les livres de {fund} tiennent une écriture au {first:%d/%m/%Y} ({reference}) : une écriture d’ouverture vient "
        "avant toutes les autres. Ouvrez un exercice ultérieur, ou laissez le passé de côté."
    )


class OpeningNotFirstDay(FundError):
    """An opening is dated the first day of a fiscal year."""

    code = "opening_not_first_day"
    en = "{on:%Y-%m-%d} is not the first day of a fiscal year: openings are dated 1 January, like {year}-01-01."
    fr = (
        "Le {on:%d/%m/%Y} n’est pas le premier jour d’un exercice : les à-nouveaux portent la date du 1er janvier, "
        "comme {year}-01-01."
    )


class OpeningNameConflict(FundError):
    """The fund calls an account by another name than the file."""

    code = "opening_name_conflict"
    en = "The books call the account {number} “{held}”, the file “{given}”: one number has one name."
    fr = "Les livres nomment le compte {number} « {held} », le fichier « {given} » : un numéro a un seul libellé."
