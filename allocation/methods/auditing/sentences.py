"""Audits in words, French and English; the texts stand in tables, the figures come from the findings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from allocation.methods.auditing.audit_texts import FINDINGS, TITLES
from allocation.methods.auditing.audits import Audit
from allocation.methods.auditing.findings import Figure, Finding
from allocation.methods.auditing.witnesses import COST, Witness
from allocation.methods.sentences import money, number
from ledger.money import EUR, Unit, rounded

_FIXED = "\u00a0"

_WITNESS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "one": "1 membre ({percent} des parts, {owed}) soutient {project} ({cost}) et n’a {served}.",
        "many": "{members} membres ({percent} des parts, {owed}) soutiennent tous {project} ({cost}) "
        "et n’ont {served}.",
        "nothing": "aucun projet financé",
        "cost_one": "que {best} de projets financés",
        "cost_many": "chacun que {best} de projets financés au plus",
        "projects_one": "que {projects} ; cette part en paierait {payable} de ce prix",
        "projects_many": "chacun que {projects} au plus ; leurs parts en paieraient {payable} de ce prix",
        "project": "1 projet financé",
        "projects": "{} projets financés",
    },
    "en": {
        "one": "1 member ({percent} of the shares, {owed}) supports {project} ({cost}) and has {served}.",
        "many": "{members} members ({percent} of the shares, {owed}) all support {project} ({cost}) and have {served}.",
        "nothing": "no funded project",
        "cost_one": "only {best} of funded projects",
        "cost_many": "at most {best} of funded projects each",
        "projects_one": "only {projects}; this share would pay for {payable} at that price",
        "projects_many": "at most {projects} each; their shares would pay for {payable} at that price",
        "project": "1 funded project",
        "projects": "{} funded projects",
    },
}
_HOLDS = {"fr": "{title}.", "en": "{title}."}
_FOUND = {"fr": "{title} : non. {findings}", "en": "{title}: no. {findings}"}


def audit_title(name: str, language: str) -> str:
    """What an audit looks at, as the statement that it tries."""
    return TITLES[name][_words(language)]


def audit_sentence(audit: Audit, language: str, *, unit: Unit = EUR, names: Mapping[str, str] | None = None) -> str:
    """The statement that holds, or that does not, with everything that was found; projects are called by `names`."""
    words = _words(language)
    title = TITLES[audit.name][words]
    told = [finding_sentence(finding, language, unit=unit, names=names) for finding in audit.findings]
    if audit.witness is not None:
        told.append(witness_sentence(audit.witness, language, unit=unit, names=names))
    return (_FOUND if told else _HOLDS)[words].format(title=title, findings=" ".join(told))


def finding_sentence(
    finding: Finding, language: str, *, unit: Unit = EUR, names: Mapping[str, str] | None = None
) -> str:
    """One thing found, with its figures."""
    words = _words(language)
    shown = {
        name.removesuffix("_minor"): _shown(name, figure, words, unit, names or {})
        for name, figure in finding.figures.items()
    }
    return FINDINGS[finding.code][words].format(**shown)


def witness_sentence(
    witness: Witness, language: str, *, unit: Unit = EUR, names: Mapping[str, str] | None = None
) -> str:
    """Who is left unserved, what they hold, and what they have.

    >>> six = Witness("P", "cost", 6, 15, Fraction(2400000), 900000, 800000)
    >>> witness_sentence(six, "en")
    '6 members (40% of the shares, €24,000) all support P (€9,000) and have at most €8,000 of funded projects each.'
    """
    words = _words(language)
    texts, manner = _WITNESS[words], "one" if witness.members == 1 else "many"
    best, payable = witness.best_served, witness.owed // witness.cost_minor if witness.cost_minor else 0
    if not best:
        served = texts["nothing"]
    elif witness.utility == COST:
        served = texts[f"cost_{manner}"].format(best=money(best, words, unit))
    else:
        projects = texts["project"] if best == 1 else texts["projects"].format(number(best, words))
        served = texts[f"projects_{manner}"].format(projects=projects, payable=number(payable, words))
    return texts[manner].format(
        members=number(witness.members, words),
        percent=percent(Fraction(witness.members, witness.voters), words),
        owed=_exact(witness.owed, words, unit),
        project=(names or {}).get(witness.project, witness.project),
        cost=money(witness.cost_minor, words, unit),
        served=served,
    )


def percent(share: Fraction, language: str) -> str:
    """A share in hundredths, with one decimal where it is not whole.

    >>> percent(Fraction(2, 5), "en"), percent(Fraction(1, 3), "fr")
    ('40%', '33,3\\xa0%')
    """
    thousandths = rounded(share * 1000)
    digits = number(thousandths // 10, language)
    if thousandths % 10:
        digits += f"{',' if language == 'fr' else '.'}{thousandths % 10}"
    return f"{digits}{_FIXED}%" if language == "fr" else f"{digits}%"


def _words(language: str) -> str:
    return "fr" if language == "fr" else "en"


def _shown(name: str, figure: Figure, words: str, unit: Unit, names: Mapping[str, str]) -> str:
    if name == "project":
        return names.get(str(figure), str(figure))
    if name.endswith("_minor"):
        return _exact(Fraction(figure), words, unit)
    return number(int(figure), words)


def _exact(minor: Fraction, words: str, unit: Unit) -> str:
    """An amount that may have a part of a minor unit: that part is written as a fraction of it."""
    whole, part = divmod(minor, 1)
    shown = money(int(whole), words, unit)
    if not part:
        return shown
    return f"{shown} + {part.numerator}/{part.denominator} c"
