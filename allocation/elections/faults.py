"""What can be wrong in an election file, each with its place and the way to mend it. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from allocation.errors import AllocationError

SHOWN = 60
"""How much of a faulty text is repeated in its sentence."""

FAULTS_LIMIT = 1000
"""A file with more faults than this is not read to its end: it is another kind of file."""

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "byte_order_mark": {
        "en": "the file begins with a byte-order mark; save it as UTF-8 without byte-order mark",
        "fr": "le fichier commence par une marque d'ordre des octets ; enregistrez-le en UTF-8 sans cette marque (BOM)",
    },
    "not_utf8": {
        "en": "a byte is not UTF-8 ({byte}); save the file as UTF-8",
        "fr": "un octet n'est pas de l'UTF-8 ({byte}) ; enregistrez le fichier en UTF-8",
    },
    "file_too_large": {
        "en": "the file has {size} characters, more than {limit}; split the election or shorten its descriptions",
        "fr": "le fichier a {size} caractères, plus de {limit} ; séparez l'élection ou abrégez ses descriptions",
    },
    "too_many_rows": {
        "en": "there are more than {limit} rows in {section}; split the election",
        "fr": "il y a plus de {limit} lignes dans {section} ; séparez l'élection",
    },
    "too_many_faults": {
        "en": "more than {limit} faults: the reading stops here; mend the first ones and read again",
        "fr": "plus de {limit} défauts : la lecture s'arrête ici ; corrigez les premiers et relisez",
    },
    "control_character": {
        "en": "there is a control character ({character}); remove it",
        "fr": "il y a un caractère de contrôle ({character}) ; retirez-le",
    },
    "quote_open": {
        "en": "a quotation mark opens here and is not closed properly; close it, or double the marks inside the text",
        "fr": "un guillemet s'ouvre ici et n'est pas bien fermé ; fermez-le, ou doublez ceux qui sont dans le texte",
    },
    "before_sections": {
        "en": "the file does not begin with a line META; write META, then key;value, first",
        "fr": "le fichier ne commence pas par une ligne META ; écrivez d'abord META, puis key;value",
    },
    "section_missing": {
        "en": "the section {section} is missing; add a line {section}, a line of column names, and its rows",
        "fr": "la section {section} manque ; ajoutez une ligne {section}, une ligne de noms de colonnes, et ses lignes",
    },
    "section_twice": {
        "en": "the section {section} begins a second time; keep one",
        "fr": "la section {section} commence une deuxième fois ; gardez-en une",
    },
    "column_missing": {
        "en": "the section {section} has no column {name}; add it to the line of column names",
        "fr": "la section {section} n'a pas de colonne {name} ; ajoutez-la à la ligne des noms de colonnes",
    },
    "column_twice": {
        "en": "the column {name} is named twice; rename one",
        "fr": "la colonne {name} est nommée deux fois ; renommez-en une",
    },
    "too_many_fields": {
        "en": "the row has {count} fields for {columns} columns; put text that holds a ; between quotation marks",
        "fr": "la ligne a {count} champs pour {columns} colonnes ; mettez entre guillemets un texte qui contient un ;",
    },
    "meta_twice": {
        "en": "{name} is given twice; keep one",
        "fr": "{name} est donné deux fois ; gardez-en un",
    },
    "meta_missing": {
        "en": "META does not say {name}; add a line {name};…",
        "fr": "META ne dit pas {name} ; ajoutez une ligne {name};…",
    },
    "vote_type_unknown": {
        "en": "the vote type “{text}” is not one of {known}; correct it",
        "fr": "le type de vote « {text} » n'est pas l'un de {known} ; corrigez-le",
    },
    "currency_unknown": {
        "en": "“{text}” is not a currency; write its three capital letters, like EUR",
        "fr": "« {text} » n'est pas une monnaie ; écrivez ses trois lettres capitales, comme EUR",
    },
    "count_not_a_number": {
        "en": "“{text}” is not a count; write a whole number",
        "fr": "« {text} » n'est pas un nombre ; écrivez un nombre entier",
    },
    "count_wrong": {
        "en": "META counts {written} but the file has {found}; correct the count or add the missing rows",
        "fr": "META compte {written} mais le fichier en a {found} ; corrigez le nombre ou complétez les lignes",
    },
    "amount_empty": {
        "en": "the amount is empty; write digits and a decimal point, like 1234.56",
        "fr": "le montant est vide ; écrivez des chiffres et un point décimal, comme 1234.56",
    },
    "amount_not_a_number": {
        "en": "“{text}” is not an amount; write digits and a decimal point, like 1234.56",
        "fr": "« {text} » n'est pas un montant ; écrivez des chiffres et un point décimal, comme 1234.56",
    },
    "amount_too_fine": {
        "en": "“{text}” has more decimals than {currency} has ({scale}); round it yourself",
        "fr": "« {text} » a plus de décimales que {currency} ({scale}) ; arrondissez-le vous-même",
    },
    "amount_negative": {
        "en": "“{text}” is negative; write what is asked, or remove the row",
        "fr": "« {text} » est négatif ; écrivez ce qui est demandé, ou retirez la ligne",
    },
    "amount_too_large": {
        "en": "“{text}” is larger than any amount kept here; correct it",
        "fr": "« {text} » dépasse tout montant tenu ici ; corrigez-le",
    },
    "identifier_empty": {
        "en": "the identifier is empty; give the row one",
        "fr": "l'identifiant est vide ; donnez-en un à la ligne",
    },
    "identifier_invalid": {
        "en": "“{text}” cannot be an identifier: no comma, and {limit} characters at most; shorten or rename it",
        "fr": "« {text} » ne peut pas être un identifiant : sans virgule, et {limit} caractères au plus ; renommez-le",
    },
    "project_twice": {
        "en": "the project {name} is listed already on line {first}; remove one or rename it",
        "fr": "le projet {name} figure déjà à la ligne {first} ; retirez-en un ou renommez-le",
    },
    "voter_twice": {
        "en": "the voter {name} has a ballot already on line {first}; keep one",
        "fr": "le votant {name} a déjà un bulletin à la ligne {first} ; gardez-en un",
    },
    "project_unknown": {
        "en": "the vote names {name}, which is not in PROJECTS; add the project or correct the vote",
        "fr": "le vote nomme {name}, qui n'est pas dans PROJECTS ; ajoutez le projet ou corrigez le vote",
    },
    "vote_twice": {
        "en": "the vote names {name} twice; name it once",
        "fr": "le vote nomme deux fois {name} ; nommez-le une fois",
    },
    "points_mismatch": {
        "en": "there are {points} points for {projects} projects; give one number per project, in the same order",
        "fr": "il y a {points} points pour {projects} projets ; donnez un nombre par projet, dans le même ordre",
    },
    "points_not_a_number": {
        "en": "“{text}” is not a number of points; write digits, with a decimal point if need be",
        "fr": "« {text} » n'est pas un nombre de points ; écrivez des chiffres, avec un point décimal au besoin",
    },
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: its line (from 1; 0 is the whole file), its column by name, and what to do."""

    line: int
    column: str
    code: str
    figures: Mapping[str, str | int] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """Where it is, what is wrong and how to mend it, in one sentence of `language` (`fr`, else English)."""
        french = language == "fr"
        what = SENTENCES[self.code]["fr" if french else "en"].format(**self.figures)
        place = f"{'ligne' if french else 'line'} {self.line}" if self.line else "fichier" if french else "file"
        if self.column:
            place += f", {'colonne' if french else 'column'} {self.column}"
        return f"{place}{' :' if french else ':'} {what}."


class ElectionUnreadable(AllocationError):
    """An election file has faults; all of them are named."""

    code = "election_unreadable"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults))

    def sentence(self, language: str) -> str:
        return "\n".join(fault.sentence(language) for fault in self.faults)


class Faults(list[Fault]):
    """The faults found so far; too many of them end the reading."""

    def add(self, line: int, column: str, code: str, **figures: str | int) -> None:
        if len(self) >= FAULTS_LIMIT:
            self.append(Fault(line, "", "too_many_faults", {"limit": FAULTS_LIMIT}))
            self.refuse()
        shown = {name: value[:SHOWN] if isinstance(value, str) else value for name, value in figures.items()}
        self.append(Fault(line, column[:SHOWN], code, shown))

    def refuse(self) -> NoReturn:
        """Refuse the file with its faults in the order of its lines."""
        raise ElectionUnreadable(sorted(self, key=lambda fault: (fault.code == "too_many_faults", fault.line)))
