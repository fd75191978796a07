"""The sentences of every fault, by code: what is wrong, and how to mend it.

Here those of reading; `coherence_sentences` has those of articles that do not hold together and of missing facts,
`notoriety_fault_sentences` those of notoriety, `commons_sentences` those of gates and governance.
"""

from __future__ import annotations

from typing import TypeAlias

from fund.charter.words.coherence_sentences import COHERENCE
from fund.charter.words.commons_sentences import COMMONS
from fund.charter.words.notoriety_fault_sentences import NOTORIETY

Bilingual: TypeAlias = dict[str, dict[str, str]]

_READING: tuple[tuple[str, str, str, str, str], ...] = (
    # code, what (fr), mend (fr), what (en), mend (en)
    (
        "not-text",
        "Le fichier n’est pas un texte UTF-8.",
        "Enregistrez-le en texte, encodage UTF-8.",
        "The file is not UTF-8 text.",
        "Save it as text, encoded in UTF-8.",
    ),
    (
        "too-large",
        "Le fichier dépasse {most} octets.",
        "Gardez-en ce qui est nécessaire.",
        "The file is larger than {most} bytes.",
        "Keep what is needed.",
    ),
    (
        "too-deep",
        "Les crochets ou les accolades s’emboîtent trop profondément.",
        "Une charte n’a pas besoin de plus de trois niveaux.",
        "Brackets or braces are nested too deeply.",
        "No charter or fact needs more than a few levels.",
    ),
    (
        "number-too-long",
        "Un nombre est trop long pour être lu, ou une date n’existe pas.",
        "Écrivez les montants entre guillemets, avec dix-neuf chiffres au plus.",
        "A number is too long to read, or a date does not exist.",
        "Write amounts in quotes, with nineteen digits at most.",
    ),
    (
        "toml",
        "Ce n’est pas du TOML : {why}.",
        "Voyez cette ligne et celle d’avant : guillemet, crochet ou signe égal manquant.",
        "This is not TOML: {why}.",
        "Look at this line and the one before: a quote, a bracket or an equals sign is missing.",
    ),
    (
        "json",
        "Ce n’est pas du JSON à {at} (ligne:colonne) : {why}.",
        "Corrigez cet endroit.",
        "This is not JSON at {at} (line:column): {why}.",
        "Mend that place.",
    ),
    (
        "json-object",
        "Les faits ne sont pas un objet JSON.",
        'Commencez par une accolade : {{"members": …}}.',
        "The facts are not a JSON object.",
        'Begin with a brace: {{"members": …}}.',
    ),
    (
        "written-twice",
        "« {where} » est écrit deux fois dans le même objet.",
        "Gardez-en un seul.",
        "“{where}” is written twice in one object.",
        "Keep one of them.",
    ),
    (
        "more-faults",
        "Il y a d’autres défauts : {most} sont dits ici.",
        "Corrigez ceux-là d’abord.",
        "There are more faults: {most} are told here.",
        "Mend those first.",
    ),
    (
        "text-signs",
        "Ce texte contient des signes de commande invisibles.",
        "Réécrivez-le.",
        "This text holds invisible control signs.",
        "Write it again.",
    ),
    (
        "fact-name",
        "Ce nom est vide, dépasse {longest} signes ou contient des signes invisibles.",
        "Donnez un autre nom.",
        "This name is empty, longer than {longest} signs, or holds invisible signs.",
        "Give it another name.",
    ),
    (
        "percentages-sum",
        "Les pourcentages convenus font {total}, et non 100 %.",
        "Corrigez-les pour que leur somme fasse 100 %.",
        "The percentages agreed sum to {total}, not to 100 %.",
        "Mend them so that they sum to 100 %.",
    ),
    ("missing", "Il manque « {where} ».", "Ajoutez-le.", "“{where}” is missing.", "Add it."),
    (
        "no-article",
        "La charte n’a aucun article.",
        "Ajoutez au moins une contribution, une tranche, un retour ou un risque.",
        "The charter has no article.",
        "Add at least one contribution, tranche, return or risk.",
    ),
    (
        "unknown",
        "Ce mot n’existe pas ici.",
        "Retirez-le, ou choisissez parmi : {known}.",
        "This word does not exist here.",
        "Remove it, or choose among: {known}.",
    ),
    (
        "unknown-near",
        "Ce mot n’existe pas ici.",
        "Vouliez-vous dire « {near} » ?",
        "This word does not exist here.",
        "Did you mean “{near}”?",
    ),
    (
        "float",
        "Un nombre à virgule sans guillemets n’est pas exact.",
        'Mettez-le entre guillemets : "0.08", "8 %" ou "1500.00".',
        "A decimal number without quotes is not exact.",
        'Put it in quotes: "0.08", "8 %" or "1500.00".',
    ),
    (
        "type-exact",
        "Un montant, un taux ou une quantité s’écrit comme un texte.",
        'Mettez-le entre guillemets : "8 %", "1500.00".',
        "An amount, a rate or a quantity is written as text.",
        'Put it in quotes: "8 %", "1500.00".',
    ),
    ("type-text", "Un texte est attendu.", "Mettez-le entre guillemets.", "A text is expected.", "Put it in quotes."),
    (
        "type-list",
        "Une liste est attendue.",
        'Écrivez ["…", "…"].',
        "A list is expected.",
        'Write ["…", "…"].',
    ),
    (
        "type-flag",
        "Un oui ou non est attendu.",
        "Écrivez true ou false, sans guillemets.",
        "A yes or no is expected.",
        "Write true or false, without quotes.",
    ),
    (
        "type-whole",
        "Un nombre entier est attendu.",
        "Écrivez-le sans guillemets ni virgule.",
        "A whole number is expected.",
        "Write it without quotes and without a point.",
    ),
    (
        "type-table",
        "Un groupe de valeurs est attendu.",
        "Dans une charte écrivez [{where}], dans les faits {{…}}.",
        "A group of values is expected.",
        "In a charter write [{where}], in facts {{…}}.",
    ),
    (
        "type-tables",
        "Une suite d’articles est attendue.",
        "Dans une charte écrivez [[…]], dans les faits [{{…}}].",
        "A list of articles is expected.",
        "In a charter write [[…]], in facts [{{…}}].",
    ),
    (
        "too-many",
        "Il y en a plus de {most}.",
        "Réduisez la liste.",
        "There are more than {most}.",
        "Shorten the list.",
    ),
    (
        "texts",
        "Chaque élément de cette liste doit être un texte de 1 à 80 signes.",
        "Mettez chacun entre guillemets.",
        "Each item of this list must be a text of 1 to 80 signs.",
        "Put each in quotes.",
    ),
    (
        "text-length",
        "Ce texte est vide, ou dépasse {longest} signes.",
        "Écrivez-le, ou raccourcissez-le.",
        "This text is empty, or longer than {longest} signs.",
        "Write it, or shorten it.",
    ),
    (
        "choice",
        "« {found} » n’est pas un choix possible.",
        "Choisissez parmi : {choices}.",
        "“{found}” is not a possible choice.",
        "Choose among: {choices}.",
    ),
    (
        "whole-range",
        "Ce nombre doit être compris entre {least} et {most}.",
        "Corrigez-le.",
        "This number must lie between {least} and {most}.",
        "Correct it.",
    ),
    (
        "date",
        "Ce n’est pas une date.",
        "Écrivez 2026-01-31 (sans guillemets dans une charte, avec dans les faits).",
        "This is not a date.",
        "Write 2026-01-31 (without quotes in a charter, with quotes in facts).",
    ),
    (
        "dates-order",
        "La charte cesse avant de commencer, ou cesse sans commencer.",
        "Corrigez effective_from ou effective_until.",
        "The charter ends before it begins, or ends and never begins.",
        "Correct effective_from or effective_until.",
    ),
    (
        "rate",
        "« {found} » n’est pas un taux supérieur à 0 et d’au plus 1.",
        'Écrivez "8 %", "1/3" ou "0.08".',
        "“{found}” is not a rate above 0 and up to 1.",
        'Write "8 %", "1/3" or "0.08".',
    ),
    (
        "amount",
        "« {found} » n’est pas un montant exact de cette monnaie ({decimals} décimales au plus).",
        'Écrivez "1234.56" : un point, pas d’espace, pas de symbole.',
        "“{found}” is not an exact amount of this currency ({decimals} decimals at most): {why}.",
        'Write "1234.56": a point, no spaces, no symbol.',
    ),
    (
        "amount-negative",
        "Ce montant ne peut pas être négatif.",
        "Retirez le signe moins.",
        "This amount cannot be negative.",
        "Take the minus sign away.",
    ),
    (
        "quantity",
        "« {found} » n’est pas une quantité.",
        'Écrivez des chiffres, avec six décimales au plus : "0.5".',
        "“{found}” is not a quantity.",
        'Write digits, with six decimals at most: "0.5".',
    ),
    (
        "limit",
        "« {found} » n’est ni un montant, ni un taux d’un chiffre connu ici.",
        'Écrivez "5000.00", ou "80 % of …" avec l’un de : {figures}.',
        "“{found}” is neither an amount, nor a rate of a figure known here.",
        'Write "5000.00", or "80 % of …" with one of: {figures}.',
    ),
    (
        "currency",
        "« {found} » n’est pas le code d’une monnaie.",
        "Écrivez trois capitales, comme EUR.",
        "“{found}” is not the code of a currency.",
        "Write three capitals, like EUR.",
    ),
    (
        "currency-differs",
        "Les faits sont en {found}, la charte en {charter}.",
        "Donnez les montants dans la monnaie de la charte.",
        "The facts are in {found}, the charter is in {charter}.",
        "Give the amounts in the charter’s currency.",
    ),
    (
        "name",
        "« {found} » ne peut pas nommer un article.",
        "Écrivez des minuscules sans accent, des chiffres et des traits d’union, 60 au plus.",
        "“{found}” cannot name an article.",
        "Write lower-case letters without accents, digits and hyphens, 60 at most.",
    ),
    (
        "name-twice",
        "« {name} » nomme déjà un autre article.",
        "Donnez-lui un autre nom.",
        "“{name}” already names another article.",
        "Give it another name.",
    ),
    (
        "source-missing",
        "Ce nombre n’a pas de source.",
        'Ajoutez source = "https://…", ou source = "made-up" s’il est inventé ; ou une source par nombre : '
        'source = {{ rate = "https://…", cap = "made-up" }}.',
        "This number has no source.",
        'Add source = "https://…", or source = "made-up" if it is invented; or one source a number: '
        'source = {{ rate = "https://…", cap = "made-up" }}.',
    ),
    (
        "source-nothing",
        "Cette source ne dit rien d’un nombre écrit ici.",
        "Retirez-la, ou donnez-lui le nom du nombre.",
        "This source is about no number that is written here.",
        "Take it out, or give it the name of the number.",
    ),
    (
        "source",
        "Une source est une adresse (https://…) ou le mot made-up.",
        'Donnez l’adresse du texte d’où vient le nombre, ou écrivez "made-up".',
        "A source is an address (https://…) or the word made-up.",
        'Give the address of the text the number comes from, or write "made-up".',
    ),
)

_ALL = (*_READING, *COHERENCE, *NOTORIETY, *COMMONS)

WHATS: Bilingual = {code: {"fr": fr, "en": en} for code, fr, _, en, _ in _ALL}
MENDS: Bilingual = {code: {"fr": fr, "en": en} for code, _, fr, _, en in _ALL}
