"""How a committee decides, in words: every slot of the governance is said."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fund.charter.faults import Language
from fund.charter.governance import (
    HALF,
    Approval,
    Ballot,
    Buckets,
    Consent,
    Governance,
    MajorityJudgment,
    Ranking,
    Scores,
    YesNo,
)
from fund.charter.words.article_texts import sources_text
from fund.charter.words.awarding_texts import method_pairs, support_pairs
from fund.charter.words.numbers_in_words import counted, rate


def governance_text(governance: Governance, language: Language) -> str:
    """How the committee is convened, sits and decides."""
    pairs = (*_meeting(governance), *_voices(governance), *_ballot(governance.ballot), *_secrecy(governance))
    sentences = [french if language == "fr" else english for french, english in pairs]
    return " ".join((*sentences, *sources_text(governance.sources, language)))


def _meeting(governance: Governance) -> Iterator[tuple[str, str]]:
    if governance.notice_days is not None:
        days_fr, days_en = _days(governance.notice_days)
        yield (
            f"La convocation part {days_fr} au moins avant la séance.",
            f"The convocation leaves at least {days_en} before the meeting.",
        )
    if governance.debate_first:
        yield "Aucun vote ne s’ouvre sans débat.", "No vote opens without a debate."
    if governance.emergency:
        yield _emergency(governance)
    quorum = governance.quorum
    if quorum is None:
        yield "Aucun quorum n’est demandé.", "No quorum is asked."
        return
    share_fr, share_en = _share(quorum.share)
    yield (
        f"Le quorum est d’au moins {share_fr} des votants"
        + (", personnes représentées comprises" if quorum.counts_proxies else ", présents en personne")
        + (
            " ; les personnes en déport comptent."
            if quorum.counts_recused
            else " ; les personnes en déport ne comptent pas."
        ),
        f"The quorum is at least {share_en} of the voters"
        + (", those represented included" if quorum.counts_proxies else ", present in person")
        + ("; the recused count." if quorum.counts_recused else "; the recused do not count."),
    )
    if governance.second_meeting is not None:
        days_fr, days_en = _days(governance.second_meeting.notice_days)
        yield (
            f"Faute de quorum, une seconde séance, convoquée {days_fr} avant sur le même "
            "ordre du jour, délibère sans quorum.",
            f"Without a quorum, a second meeting, convened {days_en} before on the same "
            "agenda, deliberates without one.",
        )


def _emergency(governance: Governance) -> tuple[str, str]:
    freed = [
        pair
        for pair, ruled in (
            (("de ce délai", "notice"), governance.notice_days is not None),
            (("de débat", "debate"), governance.debate_first),
        )
        if ruled
    ]
    return (
        f"Une urgence déclarée dispense {' et '.join(french for french, _ in freed)}.",
        f"A declared emergency dispenses with {' and '.join(english for _, english in freed)}.",
    )


_CHAIRS = {
    "votes": ("La présidence vote comme les autres.", "The chair votes like the others."),
    "never-votes": ("La présidence ne vote jamais.", "The chair never votes."),
    "casting-vote": (
        "La présidence vote, et sa voix l’emporte en cas de partage.",
        "The chair votes, and has the casting vote in a tie.",
    ),
}


def _voices(governance: Governance) -> Iterator[tuple[str, str]]:
    if governance.proxies:
        yield (
            f"Une personne porte au plus {counted(governance.proxies, 'procuration', 'procurations', 'fr')}.",
            f"A person holds at most {counted(governance.proxies, 'proxy', 'proxies', 'en')}.",
        )
    else:
        yield "Personne ne vote par procuration.", "Nobody votes by proxy."
    yield (
        "Une personne en déport ne vote pas, ni elle-même ni par procuration.",
        "A recused person does not vote, neither in person nor by proxy.",
    )
    yield _CHAIRS[governance.chair]


def _ballot(ballot: Ballot) -> Iterator[tuple[str, str]]:
    match ballot:
        case YesNo():
            yield "On vote par oui ou par non.", "The vote is yes or no."
            yield from _majority(ballot)
        case MajorityJudgment(grades, tie):
            yield (
                f"Chacun donne à chaque projet une mention parmi {grades} ; la meilleure mention médiane l’emporte.",
                f"Each gives every project one of {grades} grades; the best median grade wins.",
            )
            yield _GRADES_TIES[tie]
        case Consent(fallback):
            yield (
                "Une proposition est adoptée quand aucune objection valable ne subsiste.",
                "A proposal is adopted when no valid objection stands.",
            )
            if fallback is not None:
                yield (
                    "Si le consentement échoue, on vote par oui ou par non.",
                    "When consent fails, the vote is yes or no.",
                )
                yield from _majority(fallback)
        case Buckets(key, average):
            yield _POTS[key]
            if average is not None:
                yield from method_pairs(average)
        case Approval(method, tie):
            yield "Chacun nomme les projets qu’il soutient.", "Each names the projects that they support."
            yield from method_pairs(method)
            yield _ALLOCATION_TIES[tie]
        case Scores(top, method, tie):
            yield (
                f"Chacun donne à chaque projet une note de 0 à {top} ; zéro n’est pas un soutien.",
                f"Each gives every project a score from 0 to {top}; zero is no support.",
            )
            yield from method_pairs(method)
            yield _ALLOCATION_TIES[tie]
        case Ranking(min_support, tie):
            yield (
                "Chacun classe les projets ; ils sont financés dans l’ordre de Schulze, qui compare les projets deux "
                "à deux sur tous les bulletins, chacun s’il tient dans ce qui reste.",
                "Each puts the projects in an order; they are funded in Schulze’s order, which compares them two by "
                "two over all ballots, each if it fits in what is left.",
            )
            yield from support_pairs(min_support)
            yield _ALLOCATION_TIES[tie]


def _majority(ballot: YesNo) -> Iterator[tuple[str, str]]:
    of = {
        "cast": ("des voix exprimées", "of the votes cast"),
        "present": ("des présents et représentés", "of those present or represented"),
    }[ballot.of]
    share_fr, share_en = _share(ballot.majority)
    yield (
        (f"Il faut plus de {share_fr} {of[0]}.", f"It takes more than {share_en} {of[1]}.")
        if ballot.majority == HALF
        else (f"Il faut au moins {share_fr} {of[0]}.", f"It takes at least {share_en} {of[1]}.")
    )
    yield (
        ("À égalité, la proposition est rejetée.", "In a tie, the proposal is rejected.")
        if ballot.tie == "rejected"
        else ("À égalité, la présidence tranche.", "In a tie, the chair decides.")
    )


_GRADES_TIES = {
    "remove-median": (
        "À égalité, on retire à chacun une mention médiane, et on recommence.",
        "In a tie, one median grade is taken from each, and again.",
    ),
    "nearest-grade": (
        "À égalité, l’emporte celui dont la médiane est la plus proche de la mention supérieure.",
        "In a tie, the one whose median is nearest to the next grade wins.",
    ),
}
_POTS = {
    "equal": (
        "Chacun distribue entre les projets une part égale du pot commun.",
        "Each distributes an equal part of the common pot among the projects.",
    ),
    "contribution": (
        "Chacun distribue entre les projets une part du pot commun, selon ce qu’il y a versé.",
        "Each distributes a part of the common pot among the projects, by what they paid in.",
    ),
}
_ALLOCATION_TIES = {
    "lottery": (
        "À égalité : plus de soutiens, puis le plus petit montant, puis un tirage au sort annoncé d’avance.",
        "In a tie: more supporters, then the smaller amount, then a lottery announced beforehand.",
    ),
    "lexicographic": ("À égalité, l’ordre alphabétique des codes.", "In a tie, the alphabetical order of the codes."),
}


def _secrecy(governance: Governance) -> Iterator[tuple[str, str]]:
    yield (
        ("Les bulletins sont secrets.", "Ballots are secret.")
        if governance.secret_ballots
        else ("Les bulletins sont publics dans le fonds.", "Ballots are open within the fund.")
    )
    yield (
        ("Les débats sont secrets.", "Debates are secret.")
        if governance.secret_debates
        else ("Les débats ne sont pas secrets.", "Debates are not secret.")
    )


def _days(count: int) -> tuple[str, str]:
    return counted(count, "jour", "jours", "fr"), counted(count, "day", "days", "en")


def _share(share: Fraction) -> tuple[str, str]:
    if share == HALF:
        return "la moitié", "half"
    return rate(share, "fr"), rate(share, "en")
