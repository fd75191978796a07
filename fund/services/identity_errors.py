"""The refusals of an organisation's numbers in the public registers."""

from __future__ import annotations

from fund.errors import FundError


class SiretInvalid(FundError):
    """A SIRET is fourteen digits that pass the check."""

    code = "siret_invalid"
    en = "“{text}” is not a SIRET: its fourteen digits fail the check. Copy it from the Sirene notice."
    fr = "« {text} » n’est pas un SIRET : ses quatorze chiffres échouent au contrôle. Recopiez-le de l’avis Sirene."


class RnaInvalid(FundError):
    """An RNA number is W and nine digits."""

    code = "rna_invalid"
    en = "“{text}” is not an RNA number: W and nine digits, as on the receipt of the prefecture."
    fr = "« {text} » n’est pas un numéro RNA : W et neuf chiffres, comme sur le récépissé de la préfecture."


class SirenDiffers(FundError):
    """A SIRET begins with the SIREN that is known."""

    code = "siren_differs"
    en = "The SIRET {siret} does not begin with the SIREN {siren} of {name}."
    fr = "Le SIRET {siret} ne commence pas par le SIREN {siren} de {name}."


class PersonWithoutNumbers(FundError):
    """A natural person has neither SIRET nor RNA number here."""

    code = "person_without_numbers"
    en = "{name} is a natural person: open data names none, so no number is kept."
    fr = "{name} est une personne physique : les données ouvertes n’en nomment aucune, donc aucun numéro n’est gardé."
