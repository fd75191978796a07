"""The refusals about meetings and votes: what is sealed, frozen, over, or not one's own to cast."""

from __future__ import annotations

from datetime import datetime

from allocation.errors import AllocationError, Inconsistent

SHOWN = 60
"""Characters of a name that a refusal repeats."""


_WHATS = {"meeting": "réunion", "vote": "vote", "objection": "objection"}


class VotingReferenceTaken(AllocationError):
    """The reference of an act is known, with other contents."""

    code = "voting_reference_taken"
    sentences = {
        "en": "“{reference}” is kept already with another {what}: reload the page and act again.",
        "fr": "« {reference} » est déjà tenu avec un autre contenu ({quoi}) : rechargez la page et recommencez.",
    }

    def __init__(self, *, reference: str, what: str) -> None:
        super().__init__(reference=reference[:SHOWN], what=what, quoi=_WHATS[what])


class VotingTextInvalid(AllocationError):
    """A text of a meeting, a vote or an objection is empty, too long, or cannot be shown."""

    code = "voting_text_invalid"
    sentences = {
        "en": "{what}: write 1 to {limit} printable characters; {count} are given.",
        "fr": "{quoi} : écrivez 1 à {limit} caractères imprimables ; il y en a {count}.",
    }

    def __init__(self, *, what: str, quoi: str, limit: int, count: int) -> None:
        super().__init__(what=what, quoi=quoi, limit=limit, count=count)


class MeetingRefused(Inconsistent):
    """A meeting is not in the state that an act needs."""

    code = "meeting_refused"
    sentences = {
        "en": "Meeting {number} cannot do this: {why}.",
        "fr": "La réunion {number} ne le permet pas : {why}.",
    }
    whys = {
        "not_open": {"en": "it is not open", "fr": "elle n'est pas ouverte"},
        "over": {"en": "it is over since {closed}", "fr": "elle est close depuis {closed}"},
        "not_yet": {"en": "it is held on {held}, not on {on}", "fr": "elle se tient le {held}, pas le {on}"},
        "has_quorum": {
            "en": "its quorum is there, {there} for {needed} needed",
            "fr": "son quorum est atteint, {there} pour {needed} requis",
        },
        "had_quorum": {
            "en": "it was not closed for lack of quorum",
            "fr": "elle n'a pas été close faute de quorum",
        },
        "has_second": {
            "en": "meeting {other} is convened on the same agenda already",
            "fr": "la réunion {other} est déjà convoquée sur le même ordre du jour",
        },
        "emergency_said": {
            "en": "its emergency was said already, with another reason",
            "fr": "son urgence a déjà été dite, avec un autre motif",
        },
        "before_opening": {
            "en": "it opened at {opened}, after {at}",
            "fr": "elle a ouvert à {opened}, après {at}",
        },
    }

    def __init__(self, *, number: int, why: str, **figures: object) -> None:
        super().__init__(number=number, why=why, **figures)


class ProxyRefused(Inconsistent):
    """A proxy cannot be given or taken back like this."""

    code = "proxy_refused"
    sentences = {
        "en": "The proxy of {giver} is refused: {why}.",
        "fr": "La procuration de {giver} est refusée : {why}.",
    }
    whys = {
        "to_self": {"en": "nobody lends their vote to themselves", "fr": "on ne se donne pas procuration à soi-même"},
        "given": {
            "en": "it is given to {holder} already; take it back first",
            "fr": "elle est déjà donnée à {holder} ; reprenez-la d'abord",
        },
        "none": {"en": "none is given", "fr": "aucune n'est donnée"},
        "giver_present": {
            "en": "{giver} is at the meeting and votes in person",
            "fr": "{giver} est à la réunion et vote en personne",
        },
        "too_many": {
            "en": "{holder} holds {held} already, and one person holds {limit} at most",
            "fr": "{holder} en porte déjà {held}, et une personne en porte {limit} au plus",
        },
        "vote_open": {
            "en": "vote {vote} is open, and its electorate is frozen",
            "fr": "le vote {vote} est ouvert, et son corps électoral est arrêté",
        },
    }

    def __init__(self, *, giver: str, why: str, **figures: object) -> None:
        super().__init__(giver=giver[:SHOWN], why=why, **figures)


class QuestionInvalid(Inconsistent):
    """A vote is opened on something that cannot be voted on."""

    code = "question_invalid"
    sentences = {
        "en": "This cannot be put to the vote: {why}.",
        "fr": "Cela ne peut pas être mis au vote : {why}.",
    }
    whys = {
        "kind_unknown": {"en": "there is no ballot “{kind}”", "fr": "il n'y a pas de scrutin « {kind} »"},
        "round_unknown": {
            "en": "a round is 1, 2, or 0 for another question, not {round}",
            "fr": "un tour est 1, 2, ou 0 pour une autre question, pas {round}",
        },
        "subject_unclear": {
            "en": "a question is about proposals, about one scenario, or about its own text",
            "fr": "une question porte sur des propositions, sur un scénario ou sur son propre texte",
        },
        "no_proposals": {
            "en": "the ballot “{kind}” needs proposals",
            "fr": "le scrutin « {kind} » demande des propositions",
        },
        "proposal_unknown": {
            "en": "“{proposal}” is not admitted in the call, or is named twice",
            "fr": "« {proposal} » n'est pas admis dans l'appel, ou est nommé deux fois",
        },
        "scenario_unknown": {"en": "there is no scenario {scenario}", "fr": "il n'y a pas de scénario {scenario}"},
        "closes_before": {
            "en": "it would close at {closes}, and it opens at {opens}",
            "fr": "il fermerait à {closes}, et il ouvre à {opens}",
        },
        "number_invalid": {
            "en": "{name} is a whole number from {least} to {most}, not {value}",
            "fr": "{name} est un nombre entier de {least} à {most}, pas {value}",
        },
        "fallback_not_due": {
            "en": "vote {vote} needs no fall-back",
            "fr": "le vote {vote} n'appelle pas de vote de repli",
        },
    }

    def __init__(self, *, why: str, **figures: object) -> None:
        super().__init__(why=why, **{name: str(value)[:SHOWN] for name, value in figures.items()})


class VoteSealed(AllocationError):
    """Nobody reads a paper before the vote is closed."""

    code = "vote_sealed"
    sentences = {
        "en": "The papers of vote {number} are sealed until it is closed.",
        "fr": "Les bulletins du vote {number} sont scellés jusqu'à sa clôture.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class VoteStillOpen(AllocationError):
    """A vote is closed before its moment only when everybody voted."""

    code = "vote_still_open"
    sentences = {
        "en": "Vote {number} is open until {closes}, and {cast} of {voices} voices are cast: it closes at that moment, "
        "or when all are.",
        "fr": "Le vote {number} est ouvert jusqu'au {closes}, et {cast} voix sur {voices} sont exprimées : il se clôt "
        "à ce moment, ou quand toutes le sont.",
    }

    def __init__(self, *, number: int, closes: datetime, cast: int, voices: int) -> None:
        super().__init__(number=number, closes=f"{closes:%Y-%m-%d %H:%M}", cast=cast, voices=voices)


class VoteOver(AllocationError):
    """A paper comes after the moment at which the vote closes."""

    code = "vote_over"
    sentences = {
        "en": "Vote {number} took papers until {closes}; it takes none at {at}.",
        "fr": "Le vote {number} recevait les bulletins jusqu'au {closes} ; il n'en reçoit plus à {at}.",
    }

    def __init__(self, *, number: int, closes: datetime, at: datetime) -> None:
        super().__init__(number=number, closes=f"{closes:%Y-%m-%d %H:%M}", at=f"{at:%Y-%m-%d %H:%M}")


class VoiceNotHeld(AllocationError):
    """Somebody casts a voice that is neither their own nor lent to them."""

    code = "voice_not_held"
    sentences = {
        "en": "“{person}” holds no such voice in vote {number}.",
        "fr": "« {person} » ne porte pas cette voix dans le vote {number}.",
    }

    def __init__(self, *, person: str, number: int) -> None:
        super().__init__(person=person[:SHOWN], number=number)


class VoiceAlreadyCast(AllocationError):
    """A voice is cast once, and a paper does not change."""

    code = "voice_already_cast"
    sentences = {
        "en": "This ballot was cast already in vote {number}; a paper that is cast does not change.",
        "fr": "Ce bulletin a déjà été déposé dans le vote {number} ; un bulletin déposé ne change plus.",
    }

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)


class PaperInvalid(Inconsistent):
    """A paper does not answer what is asked."""

    code = "paper_invalid"
    sentences = {
        "en": "The ballot cannot be cast like this: {why}.",
        "fr": "Le bulletin ne peut pas être déposé ainsi : {why}.",
    }
    whys = {
        "shape": {"en": "it does not answer this question", "fr": "il ne répond pas à cette question"},
        "answer": {
            "en": "the answer is {known}, not “{value}”",
            "fr": "la réponse est {known}, pas « {value} »",
        },
        "proposal": {
            "en": "it names {proposal}, which is not yours to vote on here, or names it twice",
            "fr": "il nomme {proposal}, sur lequel vous n'avez pas à voter ici, ou le nomme deux fois",
        },
        "score": {
            "en": "it gives {proposal} {value}; a score is a whole number from 0 to {most}",
            "fr": "il donne {value} à {proposal} ; une note est un nombre entier de 0 à {most}",
        },
        "amount": {
            "en": "it gives {proposal} {value}; write an amount, nothing or more",
            "fr": "il donne {value} à {proposal} ; écrivez un montant, nul ou positif",
        },
        "sum": {
            "en": "it distributes {given} of {part}: {left} is left; distribute it, or say that it stays in the pot",
            "fr": "il distribue {given} sur {part} : il reste {left} ; distribuez-le, ou dites qu'il reste au pot",
        },
        "over": {
            "en": "it distributes {given}, and {part} is yours: {over} too much",
            "fr": "il distribue {given}, et vous disposez de {part} : {over} de trop",
        },
        "reason_missing": {
            "en": "whoever objects says which harm they fear",
            "fr": "qui objecte dit quel tort est à craindre",
        },
        "reason_long": {
            "en": "the reason has {count} characters or some that cannot be shown; {most} are kept",
            "fr": "le motif a {count} caractères ou certains qui ne s'affichent pas ; on en garde {most}",
        },
        "receipt": {
            "en": "its receipt is not one that this site gave; reload the page",
            "fr": "son récépissé n'a pas été donné par ce site ; rechargez la page",
        },
    }

    def __init__(self, *, why: str, **figures: object) -> None:
        super().__init__(why=why, **{name: str(value)[:SHOWN] for name, value in figures.items()})


class ObjectionRefused(Inconsistent):
    """An objection cannot be raised or answered like this."""

    code = "objection_refused"
    sentences = {
        "en": "The objection is refused: {why}.",
        "fr": "L'objection est refusée : {why}.",
    }
    whys = {
        "not_consent": {"en": "vote {number} is not by consent", "fr": "le vote {number} n'est pas par consentement"},
        "no_voice": {
            "en": "{person} has no voice in vote {number}",
            "fr": "{person} n'a pas de voix dans le vote {number}",
        },
        "closed": {
            "en": "vote {number} is closed: objections were raised before",
            "fr": "le vote {number} est clos : les objections se disent avant",
        },
        "resolved": {"en": "it is answered already: {state}", "fr": "elle a déjà sa réponse : {state}"},
        "state_unknown": {
            "en": "an objection is integrated, withdrawn or not-valid, not “{state}”",
            "fr": "une objection est « integrated », « withdrawn » ou « not-valid », pas « {state} »",
        },
        "not_author": {
            "en": "only {person} withdraws it",
            "fr": "seule la personne qui l'a dite ({person}) la retire",
        },
        "not_yours": {
            "en": "its author withdraws it; anything else is recorded by who chairs or keeps the minutes",
            "fr": "son auteur la retire ; le reste revient à qui préside ou tient le procès-verbal",
        },
        "own": {
            "en": "nobody declares their own objection not valid",
            "fr": "on ne déclare pas sa propre objection non valable",
        },
    }

    def __init__(self, *, why: str, **figures: object) -> None:
        super().__init__(why=why, **{name: str(value)[:SHOWN] for name, value in figures.items()})


class CastingVoteNotDue(AllocationError):
    """There is no tie that the chair may settle."""

    code = "casting_vote_not_due"
    sentences = {
        "en": "Vote {number} has no tie for {chair} to settle.",
        "fr": "Le vote {number} ne comporte pas d'égalité que {chair} puisse trancher.",
    }

    def __init__(self, *, number: int, chair: str) -> None:
        super().__init__(number=number, chair=chair[:SHOWN] or "–")


VOTING_CONFLICTS = (
    MeetingRefused,
    ProxyRefused,
    VoiceAlreadyCast,
    VoteOver,
    VoteStillOpen,
    VotingReferenceTaken,
)
"""Refusals for what is there already: another act came first, or its moment is not now."""
