"""The refusals of those who keep the books: treatments, events, drafts, third parties. In both languages."""

from __future__ import annotations

from fund.errors import FundError, ReasonedError


class TreatmentOptionUnknown(FundError):
    """A subject is booked by one of its own options, for a category that the fund knows or for a convention."""

    code = "treatment_option_unknown"
    en = "“{option}” is no treatment of “{subject}” for “{category}”."
    fr = "« {option} » n’est pas un traitement de « {subject} » pour « {category} »."


class TreatmentNotLater(FundError):
    """A choice replaces the last one from a later day; what was decided stays."""

    code = "treatment_not_later"
    en = "The treatment was last decided for {held:%Y-%m-%d}: a new one begins on a later day than that."
    fr = "Le traitement a été décidé en dernier pour le {held:%d/%m/%Y} : un nouveau commence un jour plus tard."


class TreatmentKept(FundError):
    """A reference that is known came with another choice."""

    code = "treatment_kept"
    en = "The choice {reference} is kept already, with other contents."
    fr = "Le choix {reference} est déjà tenu, avec un autre contenu."


class TextMissing(ReasonedError):
    """A text that stays on record is a line of visible words."""

    code = "bookkeeping_text_missing"
    en = "The words cannot be kept: {why}."
    fr = "Le texte ne peut pas être gardé : {pourquoi}."


class EventUnknown(FundError):
    """The catalogue of events has none of this code."""

    code = "event_unknown"
    en = "There is no event “{event}” to record."
    fr = "Il n’y a pas d’événement « {event} » à enregistrer."


class EventIncomplete(ReasonedError):
    """An event is told with all that its entry names."""

    code = "event_incomplete"
    en = "The event cannot be booked: {why}."
    fr = "L’événement ne peut pas être passé : {pourquoi}."


class EventAlreadyRecorded(FundError):
    """A reference records one event; another event takes another reference."""

    code = "event_already_recorded"
    en = "The reference {reference} recorded another event on {on:%Y-%m-%d}: take another reference."
    fr = "La référence {reference} a enregistré un autre événement le {on:%d/%m/%Y} : prenez-en une autre."


class DraftChangedMeanwhile(FundError):
    """Somebody changed or validated the draft after it was opened."""

    code = "draft_changed_meanwhile"
    en = "The draft {reference} was changed or validated meanwhile: open it again."
    fr = "Le brouillard {reference} a été modifié ou validé entre-temps : rouvrez-le."


class DraftNotBalanced(FundError):
    """A draft is validated once debit equals credit in every unit."""

    code = "draft_not_balanced"
    en = "The draft {reference} does not balance: debit minus credit is {excess}."
    fr = "Le brouillard {reference} n’est pas équilibré : débit moins crédit donne {excess}."


class DraftsNotChosen(FundError):
    """At least one draft is chosen to be validated."""

    code = "drafts_not_chosen"
    en = "Choose at least one draft."
    fr = "Choisissez au moins un brouillard."


class ThirdPartyKept(FundError):
    """The code belongs to somebody else already."""

    code = "third_party_kept"
    en = "The code {code} already names {name}: take another code."
    fr = "Le code {code} désigne déjà {name} : prenez un autre code."


BOOKKEEPING_CONFLICTS = (
    DraftChangedMeanwhile,
    EventAlreadyRecorded,
    ThirdPartyKept,
    TreatmentKept,
    TreatmentNotLater,
)
"""What stood in the way already when the request came."""
