"""What a draft needs and a fund's records do not hold: named, never guessed, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fund.charter.facts import Facts
from fund.charter.faults import Fault, Language
from fund.charter.grammar import Charter
from fund.charter.needs import missing
from fund.charter.rules import Fees, Rule, ShareOf

WantKind = Literal[
    "counted",
    "member-figure",
    "recipients",
    "premiere",
    "key-empty",
    "declared",
    "pledge",
    "category",
    "no-contributions",
    "tranche",
    "no-tranches",
    "vested",
    "other-aid",
]
LEAVES_OUT: Final = frozenset({"counted", "member-figure", "recipients", "premiere", "key-empty"})
"""Those that leave an article out of the rehearsal; the others say what was supposed instead."""

SHOWN = 5
"""Members or projects that a sentence names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Want:
    """One kind of fact that an article of the draft needs; `whom` are the members or projects that lack it."""

    kind: WantKind
    article: str
    fact: str
    whom: tuple[str, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether the rehearsal goes on without the article."""
        return self.kind in LEAVES_OUT

    def what(self, language: Language) -> str:
        """What is lacking, and what the rehearsal does about it."""
        return self._said(_SENTENCES[self.kind][language][0], language)

    def mend(self, language: Language) -> str:
        """What can be done."""
        return self._said(_SENTENCES[self.kind][language][1], language)

    def _said(self, sentence: str, language: Language) -> str:
        fact = _FACTS.get(self.fact, {}).get(language, self.fact)
        return sentence.format(article=self.article, fact=fact, whom=_listed(self.whom, language))


def _listed(names: tuple[str, ...], language: Language) -> str:
    shown = ", ".join(names[:SHOWN])
    if len(names) <= SHOWN:
        return shown
    more = {"fr": " et {} autres", "en": " and {} others"}[language]
    return shown + more.format(len(names) - SHOWN)


def gathered(wants: Iterable[Want]) -> tuple[Want, ...]:
    """One want an article and fact, with everyone who lacks it; those that leave an article out come first."""
    whom: dict[tuple[WantKind, str, str], set[str]] = {}
    for want in wants:
        whom.setdefault((want.kind, want.article, want.fact), set()).update(want.whom)
    found = [Want(kind, article, fact, tuple(sorted(names))) for (kind, article, fact), names in whom.items()]
    return tuple(sorted(found, key=lambda want: (not want.leaves_out, want.kind, want.article, want.fact)))


def of_draft(draft: Charter, in_force: Iterable[Charter]) -> Iterator[Want]:
    """What no record of a fund can give, whatever the project: it holds dated performances with their fees alone.

    An article that stands in every charter in force as it is changes nothing, and is not spoken of.
    """
    known = [frozenset(rule.name for rule in draft.rules if rule in charter.rules) for charter in in_force]
    for rule in draft.rules:
        if known and all(rule.name in names for names in known):
            continue
        if not isinstance(rule.counts, Fees):
            yield Want("counted", rule.name, rule.base)
        elif rule.counts.vesting_months is not None:
            yield Want("vested", rule.name, "vested")
        limit = rule.cap.limit if rule.cap else None
        if isinstance(limit, ShareOf) and limit.of == "other_aid":
            yield Want("other-aid", rule.name, "other-aid")


def of_statement(charter: Charter, facts: Facts, project: str) -> tuple[Want, ...]:
    """What the facts of one statement lack."""
    return tuple(_want(fault, project) for fault in missing(charter, facts))


def without(charter: Charter, wants: Iterable[Want]) -> Mapping[str, tuple[Rule, ...]]:
    """The rules that can be applied, by section: not those that lack a fact, nor a later rank of their base."""
    lacking = {want.article for want in wants if want.leaves_out}
    first = {rule.base: rule.rank for rule in sorted(charter.rules, key=lambda r: -r.rank) if rule.name in lacking}

    def kept(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(r for r in rules if r.name not in lacking and r.rank <= first.get(r.base, r.rank))

    return {"returns": kept(charter.returns), "risks": kept(charter.risks)}


def _want(fault: Fault, project: str) -> Want:
    article = dict(fault.about).get("article", "")
    parts = fault.where.split(".")
    if fault.code == "key-empty":
        return Want("key-empty", article, dict(fault.about).get("key", ""), (project,))
    if parts[0] == "members" and len(parts) > 2:
        return Want("member-figure", article, parts[-1], (".".join(parts[1:-1]),))
    if parts[0] == "recipients":
        return Want("recipients", article, "recipients")
    if fault.where == "allocation.premiere":
        return Want("premiere", article, "premiere", (project,))
    return Want("member-figure", article, fault.where, (project,))


_FACTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "gross": {"fr": "les recettes brutes d’une période", "en": "the gross receipts of a period"},
    "net": {"fr": "les recettes nettes d’une période", "en": "the net receipts of a period"},
    "profit": {"fr": "le bénéfice d’une période", "en": "the profit of a period"},
    "surplus": {"fr": "les excédents", "en": "surpluses"},
    "deficit": {"fr": "les déficits", "en": "deficits"},
    "result-after-aid": {"fr": "le résultat après aides", "en": "the result after aid"},
    "recouped": {"fr": "ce que le fonds lui-même a récupéré", "en": "what the fund itself got back"},
    "loss": {"fr": "les pertes à supporter", "en": "losses to bear"},
    "use": {"fr": "l’usage", "en": "use"},
    "points": {"fr": "les points", "en": "points"},
    "notoriety": {"fr": "les points de notoriété", "en": "points of notoriety"},
    "percentage": {"fr": "le pourcentage déclaré", "en": "the declared percentage"},
    "contribution": {"fr": "les versements", "en": "cash received"},
    "reserve": {"fr": "la réserve", "en": "the reserve"},
}

_SENTENCES: Final[Mapping[WantKind, Mapping[Language, tuple[str, str]]]] = {
    "counted": {
        "fr": (
            "L’article « {article} » compte {fact}, que les livres du fonds n’ont pas : ici, il ne fait rien devoir.",
            "Faites déclarer cette donnée par les compagnies, ou comptez les prix de cession, que le fonds connaît.",
        ),
        "en": (
            "The article “{article}” counts {fact}, which the fund’s records do not hold: it makes nothing due here.",
            "Have the companies declare this figure, or count the fees of dates, which the fund knows.",
        ),
    },
    "member-figure": {
        "fr": (
            "L’article « {article} » demande un chiffre que les livres n’ont pas ({fact}) pour {whom} : l’article est "
            "laissé de côté.",
            "Faites déclarer ce chiffre aux membres, ou partagez selon les versements ou à parts égales.",
        ),
        "en": (
            "The article “{article}” asks for a figure that the records do not hold ({fact}) of {whom}: the article is "
            "left out.",
            "Have the members declare this figure, or share by contribution or equally.",
        ),
    },
    "recipients": {
        "fr": (
            "L’article « {article} » partage avec des personnes hors du fonds, que les livres ne nomment pas : il est "
            "laissé de côté.",
            "Nommez ces personnes dans un fichier de faits et calculez avec `charter run`.",
        ),
        "en": (
            "The article “{article}” shares with people outside the fund, whom the records do not name: the article is "
            "left out.",
            "Name them in a file of facts and compute with `charter run`.",
        ),
    },
    "premiere": {
        "fr": (
            "L’article « {article} » ouvre une période à la première, dont le jour n’est pas connu pour {whom} : "
            "l’article est laissé de côté pour ces projets.",
            "Consignez le jour de la première.",
        ),
        "en": (
            "The article “{article}” opens a window at the première, whose day is not known for {whom}: the article is "
            "left out for these projects.",
            "Record the day of the première.",
        ),
    },
    "key-empty": {
        "fr": (
            "L’article « {article} » partage entre des membres dont aucun ne pèse ({fact}) au relevé de {whom} : "
            "l’article y est laissé de côté.",
            "Dites dans le projet de charte qui reçoit quand personne ne pèse.",
        ),
        "en": (
            "The article “{article}” shares among members of whom none weighs anything ({fact}) at the statement of "
            "{whom}: the article is left out there.",
            "Say in the draft who receives when nobody weighs anything.",
        ),
    },
    "declared": {
        "fr": (
            "La contribution « {article} » demande un chiffre que {whom} n’a pas déclaré ({fact}) : les versements "
            "restent ceux d’alors.",
            "Faites déclarer ce chiffre, ou appelez un montant fixe.",
        ),
        "en": (
            "The contribution “{article}” asks for a figure that {whom} did not declare ({fact}): payments stay as "
            "they were.",
            "Have the figure declared, or call a fixed amount.",
        ),
    },
    "pledge": {
        "fr": (
            "La contribution « {article} » demande ce que {whom} promet, et rien n’est promis : les versements restent "
            "ceux d’alors.",
            "Consignez un engagement, ou appelez un montant fixe.",
        ),
        "en": (
            "The contribution “{article}” asks for what {whom} pledges, and nothing is pledged: payments stay as they "
            "were.",
            "Record a pledge, or call a fixed amount.",
        ),
    },
    "category": {
        "fr": (
            "Aucun article de contribution ne nomme la catégorie de {whom} : les versements restent ceux d’alors.",
            "Ajoutez un article pour cette catégorie, ou un article sans catégorie, qui vaut pour tous les autres.",
        ),
        "en": (
            "No article on contributions names the category of {whom}: payments stay as they were.",
            "Add an article for this category, or one without a category, which holds for everyone else.",
        ),
    },
    "no-contributions": {
        "fr": (
            "Le projet de charte ne dit rien des contributions : chacun verse ici ce qu’il a versé alors.",
            "Reprenez les articles de contribution de la charte en vigueur s’ils doivent rester.",
        ),
        "en": (
            "The draft says nothing of contributions: everyone pays here what it paid then.",
            "Take over the articles on contributions of the charter in force if they are to stay.",
        ),
    },
    "tranche": {
        "fr": (
            "La tranche « {article} » attend une condition dont les livres ne connaissent pas le jour ({fact}) : elle "
            "est payée ici le jour du dernier versement au projet.",
            "Payez à la signature ou à la première, que les livres connaissent.",
        ),
        "en": (
            "The tranche “{article}” waits for a condition whose day the records do not know ({fact}): here it is paid "
            "on the day of the project’s last payment.",
            "Pay at the signature or at the première, which the records know.",
        ),
    },
    "no-tranches": {
        "fr": (
            "Le projet de charte ne coupe pas les aides en tranches : elles sont payées ici en entier à la signature.",
            "Reprenez les tranches de la charte en vigueur si elles doivent rester.",
        ),
        "en": (
            "The draft does not cut awards into tranches: here they are paid whole at the signature.",
            "Take over the tranches of the charter in force if they are to stay.",
        ),
    },
    "vested": {
        "fr": (
            "L’article « {article} » ne compte que des dates acquises ; les livres ne disent pas lesquelles : ici, "
            "toutes.",
            "Consignez ce qui est acquis, ou retirez cette condition.",
        ),
        "en": (
            "The article “{article}” counts vested dates alone; the records do not say which: here all are.",
            "Record what is vested, or drop the condition.",
        ),
    },
    "other-aid": {
        "fr": (
            "L’article « {article} » tient compte d’autres aides ; les livres n’en ont pas : zéro ici.",
            "Faites déclarer les autres aides de chaque projet.",
        ),
        "en": (
            "The article “{article}” takes other aid into account; the records hold none: zero here.",
            "Have the other aid of each project declared.",
        ),
    },
}
