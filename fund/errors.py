"""The refusals of the fund: each has a code that never changes and a sentence with its figures.

`str(refusal)` is the English sentence, `refusal.sentence("fr")` the French one; the figures are its `facts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class FundError(Exception):
    """The fund refuses; `code` is stable and stored in logs, the sentence is for people."""

    code = "fund_error"
    en = "The fund refuses."
    fr = "Le fonds refuse."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: str = "en") -> str:
        """What is wrong and how to mend it, in French or English."""
        return (self.fr if language == "fr" else self.en).format(**self.facts)


class ReasonedError(FundError):
    """A refusal whose reason is told by whoever refuses: `why` in English, `pourquoi` in French."""

    def __init__(self, *, why: str, pourquoi: str) -> None:
        super().__init__(why=why.rstrip("."), pourquoi=pourquoi.rstrip("."))


_RECORDS = {
    "fund": ("Le fonds", "The fund"),
    "charter": ("La charte du", "The charter of"),
    "draft": ("Le projet de charte", "The draft"),
    "decision": ("La décision sur le projet de charte", "The decision on the draft"),
    "member": ("Le membre", "The member"),
    "party": ("Le tiers", "The party"),
    "figure": ("Le chiffre déclaré par", "The figure declared by"),
    "pledge": ("L’engagement", "The pledge"),
    "call": ("L’appel", "The call"),
    "receipt": ("Le versement", "The receipt"),
    "in-kind": ("L’apport en nature", "The help in kind"),
    "project": ("Le projet", "The project"),
    "agreement": ("La convention", "The agreement"),
    "payment": ("Le paiement", "The payment"),
    "statement": ("Le relevé", "The statement"),
    "transfer": ("La cession", "The transfer"),
    "movement": ("Le mouvement", "The movement"),
    "notoriety": ("Le fait", "The fact"),
    "contest": ("La contestation", "The contest"),
    "notice": ("La notification", "The notice"),
    "sample": ("L’échantillon", "The sample"),
    "tick": ("Le pointage", "The tick"),
    "note": ("La note", "The note"),
    "answer": ("La réponse", "The answer"),
}


class RecordConflict(FundError):
    """A reference is known, with other contents: `differences` gives what is kept and what is given, by name."""

    code = "record_conflict"

    def __init__(self, *, what: str, reference: str, differences: Mapping[str, tuple[object, object]]) -> None:
        self.differences = dict(differences)
        super().__init__(what=what, reference=reference)

    def sentence(self, language: str = "en") -> str:
        """Which record, and each difference."""
        french, english = _RECORDS[self.facts["what"]]
        reference, told = self.facts["reference"], self.differences.items()
        if language == "fr":
            said = " ; ".join(f"{name} : {held} est tenu, {given} est donné" for name, (held, given) in told)
            return f"{french} {reference} est déjà tenu avec un autre contenu ({said})."
        said = "; ".join(f"{name}: {held} is kept, {given} is given" for name, (held, given) in told)
        return f"{english} {reference} is already kept with other contents ({said})."


class MemberUnknown(FundError):
    """No member of this code belongs to the fund on the date."""

    code = "member_unknown"
    en = "{member} is not a member of {fund} on {on:%Y-%m-%d}."
    fr = "{member} n’est pas membre de {fund} au {on:%d/%m/%Y}."


class CharterNotInForce(FundError):
    """No version of the charter is in force on the date."""

    code = "charter_not_in_force"
    en = "{fund} has no charter in force on {on:%Y-%m-%d}: adopt one from an earlier date."
    fr = "{fund} n’a pas de charte en vigueur au {on:%d/%m/%Y} : adoptez-en une à une date antérieure."


class CharterLegalFormDiffers(FundError):
    """A charter is written for another legal form than the fund's."""

    code = "charter_legal_form_differs"
    en = "The charter is written for the legal form “{charter}”, the fund is “{fund}”."
    fr = "La charte est écrite pour la forme juridique « {charter} », le fonds est « {fund} »."


class CurrencyDiffers(FundError):
    """An amount is in another currency than the one that is asked for."""

    code = "currency_differs"
    en = "The amount is in {given}; {asked} is asked for."
    fr = "Le montant est en {given} ; il faut {asked}."


class AmountNotPositive(FundError):
    """Only an amount above zero can be received, granted or paid."""

    code = "amount_not_positive"
    en = "{amount} is not above zero."
    fr = "{amount} n’est pas au-dessus de zéro."


class SignedByOne(FundError):
    """The same person prepares and approves, or somebody is missing."""

    code = "signed_by_one"
    en = "A payment is signed by two people; {prepared!r} prepares and {approved!r} approves."
    fr = "Un paiement se signe à deux ; {prepared!r} prépare et {approved!r} approuve."


class TrancheNotDue(FundError):
    """A tranche is not paid before its condition is met."""

    code = "tranche_not_due"
    en = "The tranche {tranche} is due on {due_on:%Y-%m-%d}; it cannot be paid on {on:%Y-%m-%d}."
    fr = "La tranche {tranche} est due le {due_on:%d/%m/%Y} ; elle ne peut pas être versée le {on:%d/%m/%Y}."


class TrancheAlreadyReleased(FundError):
    """A tranche is paid once."""

    code = "tranche_already_released"
    en = "The tranche {tranche} was paid on {paid_on:%Y-%m-%d}; a tranche is paid once."
    fr = "La tranche {tranche} a été versée le {paid_on:%d/%m/%Y} ; une tranche se verse une fois."


class TrancheConditionNotKept(FundError):
    """A charter pays a tranche on a condition that the fund does not record yet."""

    code = "tranche_condition_not_kept"
    en = "The tranche “{tranche}” is paid on “{condition}”, whose day is not recorded yet: use agreement or premiere."
    fr = "La tranche « {tranche} » attend « {condition} », dont le jour n’est pas tenu : écrivez agreement ou premiere."


class PerformanceOutsidePeriod(FundError):
    """A statement declares only dates of its own period."""

    code = "performance_outside_period"
    en = "{reference} is dated {on:%Y-%m-%d}, outside the statement's period {first:%Y-%m-%d} to {last:%Y-%m-%d}."
    fr = "{reference} est du {on:%d/%m/%Y}, hors de la période du relevé, du {first:%d/%m/%Y} au {last:%d/%m/%Y}."


class DrawingRightExpired(FundError):
    """A drawing right is not used after its last day."""

    code = "drawing_right_expired"
    en = "The drawing right {reference} expired on {expires_on:%Y-%m-%d}; it cannot be used on {on:%Y-%m-%d}."
    fr = "Le droit de tirage {reference} s’est éteint le {expires_on:%d/%m/%Y} ; il ne s’emploie pas le {on:%d/%m/%Y}."


class DrawingRightNotGranted(FundError):
    """A drawing right is not used before it exists."""

    code = "drawing_right_not_granted"
    en = "The drawing right {reference} is granted on {granted_on:%Y-%m-%d}; it cannot be used on {on:%Y-%m-%d}."
    fr = "Le droit de tirage {reference} naît le {granted_on:%d/%m/%Y} ; il ne s’emploie pas le {on:%d/%m/%Y}."


class FundDiffers(FundError):
    """A record of one fund is used in the name of another."""

    code = "fund_differs"
    en = "This record belongs to {theirs}; whoever acts, acts for {ours}."
    fr = "Cet enregistrement est celui de {theirs} ; on agit ici pour {ours}."


class DrawingRightTooSmall(FundError):
    """More is asked of a drawing right than it holds."""

    code = "drawing_right_too_small"
    en = "{asked} is asked of the drawing right {reference}, which still holds {left}."
    fr = "{asked} sont demandés au droit de tirage {reference}, dont il reste {left}."


class StatementOutOfDate(FundError):
    """Only the newest version of a statement can be corrected or settled."""

    code = "statement_out_of_date"
    en = "Version {version} of {reference} was replaced by a newer one: use that one."
    fr = "La version {version} de {reference} a été remplacée : prenez la nouvelle."


class NotADemonstration(FundError):
    """Ready-made users are refused where the money may be real."""

    code = "not_a_demonstration"
    en = "Ready-made users exist in the demonstration alone: set TRESSE_DEMONSTRATION=1 to show one."
    fr = "Les utilisateurs tout faits n’existent que dans la démonstration : TRESSE_DEMONSTRATION=1 en montre une."


class SharingNotBooked(FundError):
    """A charter gives a return to somebody in a form that the fund's books do not keep yet."""

    code = "sharing_not_booked"
    en = (
        "The charter gives {party} a part as “{form}”, which these books do not keep: "
        "the fund keeps cash, a member a drawing right, a company a locked part."
    )
    fr = (
        "La charte donne à {party} une part sous la forme « {form} », que ces livres ne tiennent pas : "
        "au fonds de l’argent, au membre un droit de tirage, à la compagnie une part bloquée."
    )


class AccessInvalid(ReasonedError):
    """An access cannot be granted or ended as it is asked."""

    code = "access_invalid"
    en = "The access cannot be changed: {why}."
    fr = "L’accès ne peut pas changer : {pourquoi}."


class BankAccountInvalid(ReasonedError):
    """A party cannot be paid to this account."""

    code = "bank_account_invalid"
    en = "The account cannot be used: {why}."
    fr = "Ce compte ne peut pas servir : {pourquoi}."


class CharterCurrencyDiffers(FundError):
    """A charter counts in another currency than the fund."""

    code = "charter_currency_differs"
    en = "The charter counts in {charter}, the fund in {fund}."
    fr = "La charte compte en {charter}, le fonds en {fund}."


class CharterDayDiffers(FundError):
    """A charter says itself when it applies, and is adopted for a day outside of that."""

    code = "charter_day_differs"
    en = "The charter applies {span} by its own text; it cannot take effect on {on:%Y-%m-%d}."
    fr = "La charte s’applique {laps} selon son texte ; elle ne peut pas prendre effet le {on:%d/%m/%Y}."


class CharterBeforeAct(FundError):
    """A version would take effect before something that was already done under the rules of its day."""

    code = "charter_before_act"
    en = "The version cannot take effect on {on:%Y-%m-%d}: {what} dates from {act:%Y-%m-%d}. Choose a later day."
    fr = "La version ne peut pas prendre effet le {on:%d/%m/%Y} : {quoi} date du {act:%d/%m/%Y}. Choisissez plus tard."


class CharterRetroactive(FundError):
    """A version would take effect before it was decided, and the decision does not say so."""

    code = "charter_retroactive"
    en = (
        "The version would take effect on {on:%Y-%m-%d}, before it was decided on {held_on:%Y-%m-%d}: "
        "choose a later day, or state that the minutes say so."
    )
    fr = (
        "La version prendrait effet le {on:%d/%m/%Y}, avant d’être décidée le {held_on:%d/%m/%Y} : "
        "choisissez plus tard, ou indiquez que le procès-verbal le dit."
    )


class DecisionInvalid(ReasonedError):
    """The decision, as it is told, adopts nothing."""

    code = "decision_invalid"
    en = "This decision adopts nothing: {why}."
    fr = "Cette décision n’adopte rien : {pourquoi}."


class LegalBasisMissing(FundError):
    """A charter asks something of the fund's legal form, and nobody named the text that allows it."""

    code = "legal_basis_missing"
    en = "The fund is “{form}”; name the text that allows what these articles do: {articles}."
    fr = "Le fonds est « {form} » ; nommez le texte qui permet ce que font ces articles : {articles}."


class DraftReplaced(FundError):
    """A draft that has a successor is neither replaced again nor adopted."""

    code = "draft_replaced"
    en = "The draft {draft} was replaced by the draft {by}: use that one."
    fr = "Le projet de charte {draft} a été remplacé par le projet {by} : prenez celui-ci."


class DraftAdopted(FundError):
    """A draft that was adopted is the charter, and nothing replaces it."""

    code = "draft_adopted"
    en = "The draft {draft} was adopted as the version {version}: propose a new one instead."
    fr = "Le projet de charte {draft} a été adopté comme version {version} : proposez-en un nouveau."


class DraftChangesNothing(FundError):
    """A draft whose text is in force already adopts nothing."""

    code = "draft_changes_nothing"
    en = "The draft {draft} is the text of the version {version}, which is in force on {on:%Y-%m-%d}: nothing changes."
    fr = "Le projet {draft} est le texte de la version {version}, en vigueur le {on:%d/%m/%Y} : rien ne change."


class NotorietyNotInCharter(FundError):
    """The charter in force says nothing of recognition."""

    code = "notoriety_not_in_charter"
    en = "The charter in force on {on:%Y-%m-%d} says nothing of recognition: adopt one with a part “notoriety”."
    fr = "La charte en vigueur au {on:%d/%m/%Y} ne dit rien de la notoriété : adoptez-en une avec « notoriety »."


class NotorietyFactInvalid(ReasonedError):
    """A fact cannot be declared as it is given."""

    code = "notoriety_fact_invalid"
    en = "The fact cannot be declared: {why}."
    fr = "Le fait ne peut pas être déclaré : {pourquoi}."


class NotorietyFactUnknown(FundError):
    """A contest names no fact of the register."""

    code = "notoriety_fact_unknown"
    en = "The register holds no fact “{fact}” on {on:%Y-%m-%d}."
    fr = "Le registre ne tient aucun fait « {fact} » au {on:%d/%m/%Y}."


class NotorietyContestUnfounded(FundError):
    """A contest and its resolution each say why."""

    code = "notoriety_contest_unfounded"
    en = "Say why, in {limit} characters at most; {count} are given."
    fr = "Dites pourquoi, en {limit} caractères au plus ; il y en a {count}."


class NotorietyAlreadyContested(FundError):
    """A fact is contested once at a time."""

    code = "notoriety_already_contested"
    en = "{fact} has been contested since {since:%Y-%m-%d} ({contest}): what is decided there holds here."
    fr = "{fact} est contesté depuis le {since:%d/%m/%Y} ({contest}) : ce qui y sera décidé vaut ici."


class NotorietyContestResolved(FundError):
    """A contest is resolved once."""

    code = "notoriety_contest_resolved"
    en = "The contest {contest} was resolved otherwise on {on:%Y-%m-%d}; a contest is resolved once."
    fr = "La contestation {contest} a été tranchée autrement le {on:%d/%m/%Y} ; on la tranche une fois."


class NotorietyJudgedByParty(FundError):
    """Nobody decides on a contest of their own, or on a fact that they declared."""

    code = "notoriety_judged_by_party"
    en = "{by} declared or contested this fact, and cannot decide the contest {contest}."
    fr = "{by} a déclaré ou contesté ce fait, et ne peut pas trancher la contestation {contest}."


class NotorietyContestsOpen(FundError):
    """A yearly statement is not adopted while a fact is contested."""

    code = "notoriety_contests_open"
    en = "Contests open for {year}: {count}, the first of {since:%Y-%m-%d} on {fact}; decide them first."
    fr = "Contestations ouvertes pour {year} : {count}, la première du {since:%d/%m/%Y} sur {fact} ; tranchez d’abord."


class NotorietyDelayRunning(FundError):
    """A yearly statement is not adopted before the last day on which a fact can be contested."""

    code = "notoriety_delay_running"
    en = "Facts of {year} can be contested until {until:%Y-%m-%d}: adopt the statement after it, not on {on:%Y-%m-%d}."
    fr = "Les faits de {year} se contestent jusqu’au {until:%d/%m/%Y} : adoptez le relevé après, pas le {on:%d/%m/%Y}."


class NotorietyAlreadyAdopted(FundError):
    """The statement of a year is adopted once, and in the order of the years."""

    code = "notoriety_already_adopted"
    en = "The statement of {adopted} was adopted on {on:%Y-%m-%d}: {year} can no longer be adopted."
    fr = "Le relevé de {adopted} a été adopté le {on:%d/%m/%Y} : {year} ne peut plus l’être."
