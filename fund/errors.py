"""The refusals of the fund: each has a code that never changes and a sentence with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


class FundError(Exception):
    """The fund refuses; `code` is stable and stored in logs, the sentence is for people."""

    code = "fund_error"


class RecordConflict(FundError):
    """A reference is known, with other contents."""

    code = "record_conflict"

    def __init__(self, *, what: str, reference: str, differences: Mapping[str, tuple[object, object]]) -> None:
        self.what, self.reference, self.differences = what, reference, dict(differences)
        told = "; ".join(f"{name}: {held} is kept, {given} is given" for name, (held, given) in differences.items())
        super().__init__(f"{what} {reference} is already kept with other contents ({told}).")


class MemberUnknown(FundError):
    """No member of this code belongs to the fund on the date."""

    code = "member_unknown"

    def __init__(self, *, member: str, fund: str, on: date) -> None:
        super().__init__(f"{member} is not a member of {fund} on {on:%Y-%m-%d}.")


class CharterNotInForce(FundError):
    """No version of the charter is in force on the date."""

    code = "charter_not_in_force"

    def __init__(self, *, fund: str, on: date) -> None:
        super().__init__(f"{fund} has no charter in force on {on:%Y-%m-%d}: adopt one from an earlier date.")


class CharterLegalFormDiffers(FundError):
    """A charter is written for another legal form than the fund's."""

    code = "charter_legal_form_differs"

    def __init__(self, *, charter: str, fund: str) -> None:
        super().__init__(f"The charter is written for the legal form “{charter}”, the fund is “{fund}”.")


class CurrencyDiffers(FundError):
    """An amount is in another currency than the one that is asked for."""

    code = "currency_differs"

    def __init__(self, *, given: str, asked: str) -> None:
        super().__init__(f"The amount is in {given}; {asked} is asked for.")


class AmountNotPositive(FundError):
    """Only an amount above zero can be received, granted or paid."""

    code = "amount_not_positive"

    def __init__(self, *, amount: str) -> None:
        super().__init__(f"{amount} is not above zero.")


class SignedByOne(FundError):
    """The same person prepares and approves."""

    code = "signed_by_one"

    def __init__(self, *, person: str) -> None:
        super().__init__(f"A payment is signed by two people; {person or 'nobody'} cannot both prepare and approve it.")


class TrancheNotDue(FundError):
    """A tranche is not paid before its condition is met."""

    code = "tranche_not_due"

    def __init__(self, *, tranche: str, due_on: date, on: date) -> None:
        super().__init__(f"The tranche {tranche} is due on {due_on:%Y-%m-%d}; it cannot be paid on {on:%Y-%m-%d}.")


class TrancheAlreadyReleased(FundError):
    """A tranche is paid once."""

    code = "tranche_already_released"

    def __init__(self, *, tranche: str, paid_on: date) -> None:
        super().__init__(f"The tranche {tranche} was paid on {paid_on:%Y-%m-%d}; a tranche is paid once.")


class TrancheConditionNotKept(FundError):
    """A charter pays a tranche on a condition that the fund does not record yet."""

    code = "tranche_condition_not_kept"

    def __init__(self, *, tranche: str, condition: str) -> None:
        super().__init__(
            f"The tranche “{tranche}” is paid on “{condition}”, whose day is not recorded yet: "
            "use agreement or premiere."
        )


class PerformanceOutsidePeriod(FundError):
    """A statement declares only dates of its own period."""

    code = "performance_outside_period"

    def __init__(self, *, reference: str, on: date, first: date, last: date) -> None:
        super().__init__(
            f"{reference} is dated {on:%Y-%m-%d}, outside the statement's period {first:%Y-%m-%d} to {last:%Y-%m-%d}."
        )


class DrawingRightExpired(FundError):
    """A drawing right is not used after its last day."""

    code = "drawing_right_expired"

    def __init__(self, *, reference: str, expires_on: date, on: date) -> None:
        super().__init__(f"The drawing right {reference} expired on {expires_on:%Y-%m-%d}; today is {on:%Y-%m-%d}.")


class DrawingRightTooSmall(FundError):
    """More is asked of a drawing right than it holds."""

    code = "drawing_right_too_small"

    def __init__(self, *, reference: str, asked: str, left: str) -> None:
        super().__init__(f"{asked} is asked of the drawing right {reference}, which still holds {left}.")


class StatementOutOfDate(FundError):
    """Only the newest version of a statement can be corrected or settled."""

    code = "statement_out_of_date"

    def __init__(self, *, reference: str, version: int) -> None:
        super().__init__(f"Version {version} of {reference} was replaced by a newer one: use that one.")


class NotADemonstration(FundError):
    """Ready-made users are refused where the money may be real."""

    code = "not_a_demonstration"

    def __init__(self) -> None:
        super().__init__("Ready-made users exist in the demonstration alone: set TRESSE_DEMONSTRATION=1 to show one.")


class SharingNotBooked(FundError):
    """A charter gives a return to somebody in a form that the fund's books do not keep yet."""

    code = "sharing_not_booked"

    def __init__(self, *, party: str, form: str) -> None:
        super().__init__(
            f"The charter gives {party} a part as “{form}”, which these books do not keep: "
            "the fund keeps cash, a member a drawing right, a company a locked part."
        )


class AccessInvalid(FundError):
    """An access cannot be granted or ended as it is asked."""

    code = "access_invalid"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"The access cannot be changed: {why.rstrip('.')}.")


class BankAccountInvalid(FundError):
    """A party cannot be paid to this account."""

    code = "bank_account_invalid"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"The account cannot be used: {why}.")
