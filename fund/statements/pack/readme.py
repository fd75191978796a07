"""What an audit pack says of itself, in French and in English."""

from __future__ import annotations

from typing import Final

from fund.statements.document import Language

NAMES: Final[dict[Language, str]] = {"fr": "LISEZMOI.txt", "en": "README.txt"}

_TEXT: Final[dict[Language, str]] = {
    "fr": """Dossier d’audit de {fund}, exercice {year} ({first} – {last})
{rule}

Trois commandes pour tout contrôler, sur toute machine avec Python 3.11 ou plus récent, sans réseau, sur le zip
tel que vous l’avez reçu :

    python3 verify.py DOSSIER.zip                     tout : fichiers, chaîne, numéros, équilibre, totaux
    python3 verify.py DOSSIER.zip --entry REFERENCE   une écriture, et le chemin de son empreinte à la racine
    python3 verify.py DOSSIER.zip --anchor COURRIEL   rien n’a été réécrit depuis ce point de contrôle reçu

verify.py est dans ce dossier, et se lit en dix minutes. Qui ne veut pas se fier au dossier le prend dans les sources
publiées du logiciel. Sous Windows, écrivez py au lieu de python3.
Code de retour : 0 tout est juste ; 1 quelque chose est faux, et la première ligne fausse est nommée ; 2 illisible.

Ce qui se recalcule à partir des seules écritures : leurs empreintes, leurs numéros par journal, l’équilibre de chaque
unité, les sceaux, la tête, la racine, et dans les états (fichiers .json) le solde de chaque compte, les totaux du
bilan, du compte de résultat et des contributions en nature.
Les montants (minor, value) y sont en centimes, ou dans la plus petite part de l’unité ; au-dessus de zéro au débit.
La valeur des lignes en devises (value) suit les cours enregistrés, qui ne se recalculent pas ici.
Le reste n’est tenu que par manifest.json, que refait qui refait le dossier : comparez l’empreinte du dossier
(celle de manifest.json) avec celle qu’annonce le fonds, et la tête avec celle qu’impriment les états ou qu’ont
portée les courriels.

    books/entries.csv     toutes les lignes de toutes les écritures, de la première à la tête ; filtrez sur « on »
                          words est le libellé ; document-sha256 l’empreinte de la pièce ; leaf celle de l’écriture
                          seal celle du sceau sous lequel l’écriture fut passée ; number exercice et numéro
    books/checkpoint.txt  où finissent les livres
    books/periods.csv     qui a verrouillé, rouvert et clos quel mois
    books/lettering.csv   ce qui a été lettré et délettré ; postings compte les lignes de entries.csv, en-tête à part
    books/accounts.csv, journals.csv, fiscal-years.csv   le plan, les journaux, les exercices
    charters/             chaque version de la charte et son empreinte SHA-256
    decisions/            ce qui a été décidé dans l’exercice : dossiers de décision, résultats, procès-verbaux
    anchors/              les points de contrôle envoyés ; ceux que vous avez reçus seuls prouvent quelque chose
    statements/           les états de l’exercice : PDF, CSV, JSON ; sans ceux qui ne font que répéter chaque ligne
    fec/                  le fichier des écritures comptables, s’il passe son contrôle ; sinon pourquoi
    names.csv             à qui sont les codes ; sa suppression n’empêche que la liste des fichiers d’être complète
{without}
L’empreinte d’une écriture est SHA-256(octet nul, texte) ; son texte est la suite de ses faits, un par ligne, tel
que le montre verify.py --entry. Un sceau est SHA-256(sceau précédent, empreintes de ses écritures) ; le premier suit
SHA-256(« tresse-book/1 », fin de ligne, livre, espace, monnaie, fin de ligne). La racine est celle de l’arbre de la
RFC 9162. Un libellé effacé laisse son empreinte salée : la chaîne reste vérifiable.
""",
    "en": """Audit pack of {fund}, fiscal year {year} ({first} – {last})
{rule}

Three commands check all of it, on any machine with Python 3.11 or later, without a network, on the zip as it came:

    python3 verify.py PACK.zip                     all of it: files, chain, numbers, balance, totals
    python3 verify.py PACK.zip --entry REFERENCE   one entry, and the path of its hash to the root
    python3 verify.py PACK.zip --anchor MAIL       nothing was rewritten since this checkpoint that you received

verify.py is in this pack, and takes ten minutes to read. Whoever does not want to trust the pack takes it from the
published sources of the software. On Windows, write py instead of python3.
Exit status: 0 all of it holds; 1 something is wrong, and the first wrong line is named; 2 unreadable.

What is computed again from the entries alone: their hashes, their numbers in each journal, the balance of each unit,
the seals, the head, the root, and in the statements (.json files) the balance of each account and the totals of the
balance sheet, of the income statement and of contributions in kind.
Amounts there (minor, value) are cents, or the smallest part of the unit; above zero on the debit side.
What lines of other currencies are worth (value) follows the recorded rates, which are not computed again here.
The rest is held by manifest.json alone, which whoever remakes the pack remakes: compare the fingerprint of the pack
(that of manifest.json) with the one that the fund gives, and the head with the one on printed statements or in mails.

    books/entries.csv     every line of every entry, from the first to the head; filter by “on”
                          words is the label; document-sha256 the hash of the paper; leaf that of the entry
                          seal that of the seal under which the entry was posted; number fiscal year and number
    books/checkpoint.txt  where the books end
    books/periods.csv     who locked, unlocked and closed which month
    books/lettering.csv   what was lettered and unlettered; postings counts the lines of entries.csv below the heading
    books/accounts.csv, journals.csv, fiscal-years.csv   the chart, the journals, the fiscal years
    charters/             every version of the charter and its SHA-256
    decisions/            what was decided in the year: records, outcomes, minutes
    anchors/              the checkpoints that were sent; only those that you received prove something
    statements/           the statements of the year: PDF, CSV, JSON; without those that only repeat every line
    fec/                  the file of accounting entries, where it passes its check; else why not
    names.csv             whose the codes are; taking it away only makes the list of files incomplete
{without}
The hash of an entry is SHA-256(zero byte, text); its text is its facts, one a line, as verify.py --entry shows it.
A seal is SHA-256(the seal before, the hashes of its entries); the first follows SHA-256(“tresse-book/1”, line end,
book, space, currency, line end). The root is that of the tree of RFC 9162. A label that was erased leaves its salted
hash: the chain can still be verified.
""",
}
_WITHOUT: Final[dict[Language, str]] = {
    "fr": "\nCe dossier est sans noms : ni names.csv, ni libellés, ni procès-verbaux, ni états nominatifs.\n",
    "en": "\nThis pack is without names: no names.csv, no labels, no minutes, no statements that name people.\n",
}


def readme(language: Language, *, fund: str, year: str, first: str, last: str, names: bool) -> bytes:
    """The text of one language as a file; line ends are those that every system's editor shows."""
    title = _TEXT[language].partition("\n")[0].format(fund=fund, year=year, first=first, last=last)
    said = _TEXT[language].format(
        fund=fund,
        year=year,
        first=first,
        last=last,
        rule="=" * min(len(title), 100),
        without="" if names else _WITHOUT[language],
    )
    return said.replace("\n", "\r\n").encode()
