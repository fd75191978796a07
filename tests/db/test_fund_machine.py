"""A fund lives at random; after every act its books agree, account by account, with a plain dictionary.

The dictionary is kept by hand, from the words of the events and not from `fund/entries`: two people keep
the same books and compare.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fund.errors import DrawingRightExpired, TrancheNotDue
from fund.models import Contribution, DrawingRight, Project, Return
from fund.services.contributions import Receipt, call_contributions, receive_contributions
from fund.services.disbursements import release_tranche
from fund.services.drawing_rights import (
    expire_drawing_rights,
    left_of,
    transfer_drawing_right,
    use_drawing_right,
)
from fund.services.exploitation import Played, correct_exploitation, declare_exploitation
from fund.services.in_kind import Gift, accept_in_kind
from fund.services.projects import sign_agreement
from fund.services.returns import settle_return
from ledger.audit import find_faults
from ledger.balances import balances, units_sum_to_zero
from ledger.errors import LedgerError
from ledger.money import Amount
from ledger.posting import close_period, lock_period, open_fiscal_year, reverse_entry, unlock_period
from tests.builders import CLOSING, NEW_YEAR, SIGNED, a_fund, a_member, a_project, eur, played

MEMBERS = {"A": ("venue", "411"), "B": ("company", "411"), "S": ("sponsor", "4671"), "P": ("public-funder", "441")}
CALLED = {"A": 480000, "B": 215000, "S": 500000, "P": 1000000}
INCOME = {"411": "7561", "4671": "7542", "441": "741"}
IN_KIND = {"premises": ("861", "871"), "work": ("864", "875"), "goods": ("860", "870")}
CENTS = st.integers(1, 500_000)
DAYS = st.dates(date(2026, 2, 1), date(2026, 11, 30))


def nearest(exact: Fraction) -> int:
    """Half a cent rounds up; nothing here is negative."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


class FundMachine(RuleBasedStateMachine):
    """Pledge, call, receive, give, award, sign, pay, declare, correct, settle, draw, reverse, lock, close."""

    @initialize()
    def found(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.actor = a_fund()
        self.book = self.actor.fund.slug
        self.model: dict[str, int] = defaultdict(int)
        self.number = 0
        self.reversible: list[tuple[str, dict[str, int]]] = []
        a_member(self.actor, "A", budget="48000.00")
        a_member(self.actor, "B", category="company", budget="21500.00")
        a_member(self.actor, "S", category="sponsor", budget="90000.00")
        a_member(self.actor, "P", category="public-funder", promise="10000.00")
        self.called = False
        self.locked: str = "open"

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            assert find_faults(self.book) == []
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            transaction.set_rollback(False)

    def move(self, **by_account: int) -> dict[str, int]:
        for account, minor in by_account.items():
            self.model[account] += minor
        return by_account

    def next(self, word: str) -> str:
        self.number += 1
        return f"{word}-{self.number:04}"

    @rule()
    def call(self) -> None:
        call_contributions(self.actor, year=2026, on=NEW_YEAR) if self.locked == "open" or self.called else None
        if not self.called and self.locked == "open":
            self.called = True
            for member, minor in CALLED.items():
                receivable = MEMBERS[member][1]
                self.move(**{f"{receivable}:{member}": minor, INCOME[receivable]: -minor})

    @rule(member=st.sampled_from("ABSP"), cents=CENTS, on=DAYS)
    def receive(self, member: str, cents: int, on: date) -> None:
        reference = self.next("REL")
        receipt = Receipt(reference=reference, member=member, on=on, amount=Amount(cents))
        receive_contributions(self.actor, [receipt])
        moved = self.move(**{"512": cents, f"{MEMBERS[member][1]}:{member}": -cents})
        self.reversible.append((f"receipt:{reference}", moved))

    @rule(member=st.sampled_from("ABSP"), cents=CENTS)
    def receive_in_january(self, member: str, cents: int) -> None:
        """January is the month that gets locked: then the receipt is refused, and leaves nothing."""
        receipt = Receipt(reference=self.next("JAN"), member=member, on=date(2026, 1, 20), amount=Amount(cents))
        if self.locked == "open":
            receive_contributions(self.actor, [receipt])
            self.move(**{"512": cents, f"{MEMBERS[member][1]}:{member}": -cents})
        else:
            with pytest.raises(LedgerError, match="2026-01"), transaction.atomic():
                receive_contributions(self.actor, [receipt])
            assert not Contribution.objects.filter(reference=receipt.reference).exists()

    @precondition(lambda self: Contribution.objects.filter(fund__slug="fonds-test").exists())
    @rule(data=st.data())
    def receive_again(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(list(Contribution.objects.select_related("membership__party"))))
        again = Receipt(
            reference=row.reference,
            member=row.membership.party.code,
            on=row.received_on,
            amount=Amount(int(row.amount.amount * 100)),
        )
        assert receive_contributions(self.actor, [again]) == (row,)

    @rule(
        member=st.sampled_from("ABSP"),
        kind=st.sampled_from(sorted(IN_KIND)),
        hundredths=st.integers(1, 10_000),
        value=st.integers(1, 20_000),
        unit=st.sampled_from(["day", "hour"]),
        on=DAYS,
    )
    def give(self, member: str, kind: str, hundredths: int, value: int, unit: str, on: date) -> None:
        accept_in_kind(
            self.actor,
            [
                Gift(
                    reference=self.next("NAT"),
                    member=member,
                    on=on,
                    kind=kind,
                    quantity_hundredths=hundredths,
                    unit=unit,
                    unit_value=Amount(value),
                    method="replacement value",
                    project="P1",
                )
            ],
        )
        worth = nearest(Fraction(hundredths * value, 100))
        used, given = IN_KIND[kind]
        self.move(**{f"{used}::P1 EUR-INKIND": worth, f"{given}:{member} EUR-INKIND": -worth})
        if unit == "hour":
            self.move(**{"911::P1 HOUR": hundredths, f"912:{member} HOUR": -hundredths})

    @precondition(lambda self: Project.objects.count() < 3)
    @rule(euros=st.integers(30, 9000))
    def award(self, euros: int) -> None:
        code = f"P{Project.objects.count() + 1}"
        a_project(self.actor, code, award=f"{euros}.01", signed=False)
        minor = euros * 100 + 1
        self.move(**{"8091": minor, f"80181:CIE/{code}:{code}": -minor})

    @precondition(lambda self: Project.objects.filter(agreement=None).exists())
    @rule()
    def sign(self) -> None:
        project = Project.objects.filter(agreement=None).order_by("code").first()
        sign_agreement(self.actor, project, reference=f"CONV-{project.code}", on=SIGNED)
        minor, code = project.awarded_minor, project.code
        self.move(
            **{
                "8091": -minor,
                f"80181:CIE/{code}:{code}": minor,
                f"6571::{code}": minor,
                f"4682:CIE/{code}:{code}": -minor,
            }
        )

    @precondition(lambda self: Project.objects.exclude(agreement=None).exists())
    @rule(data=st.data(), on=st.dates(SIGNED, CLOSING))
    def pay(self, data: st.DataObject, on: date) -> None:
        projects = Project.objects.exclude(agreement=None).order_by("code")
        project = data.draw(st.sampled_from(list(projects)))
        tranche = project.agreement.tranches.filter(disbursement=None).first()
        if tranche is None:
            return
        reference = f"PAY-{project.code}-{tranche.number}"
        if on < tranche.due_on:
            with pytest.raises(TrancheNotDue):
                release_tranche(self.actor, tranche, reference=reference, on=on, prepared_by="T", approved_by="P")
            return
        release_tranche(self.actor, tranche, reference=reference, on=on, prepared_by="T", approved_by="P")
        code = project.code
        self.move(**{f"4682:CIE/{code}:{code}": tranche.amount_minor, "512": -tranche.amount_minor})

    @precondition(lambda self: Project.objects.exclude(agreement=None).exists() and Contribution.objects.exists())
    @rule(data=st.data(), fees=st.lists(st.integers(0, 500_000), min_size=1, max_size=14))
    def declare_and_settle(self, data: st.DataObject, fees: list[int]) -> None:
        """A statement, or the correction of the last one with some dates cancelled; then its return."""
        project = data.draw(st.sampled_from(list(Project.objects.exclude(agreement=None).order_by("code"))))
        last = project.exploitation_statements.filter(corrected_by=None).order_by("last").first()
        if last is None:
            dates = [played(number, Amount(fee).major) for number, fee in enumerate(fees, start=1)]
            statement = declare_exploitation(
                self.actor, project, reference="EXPL", first=NEW_YEAR, last=CLOSING, on=CLOSING, played=dates
            )
        else:
            dates = [
                Played(row.reference, row.on, Amount(int(row.fee.amount * 100)), cancelled=data.draw(st.booleans()))
                for row in last.performances.all()
            ]
            statement = correct_exploitation(self.actor, last, on=CLOSING, played=dates)
        before = sum(row.amount_minor for row in project.returns.all())
        settled = settle_return(self.actor, statement, on=CLOSING)
        due = self.due_by_hand(project, dates)
        assert settled.amount_minor == max(0, due - before)
        assert sum(line.amount_minor for row in project.returns.all() for line in row.lines.all()) == due
        self.book_shares(project, settled)

    def due_by_hand(self, project: Project, dates: list[Played]) -> int:
        """8 % of what the ninth date and the later ones earned, at most 80 % of the award."""
        counted = [event for event in dates if not event.cancelled][8:]
        exact = Fraction(sum(event.fee.minor for event in counted) * 8, 100)
        return min(nearest(exact), project.awarded_minor * 4 // 5)

    def book_shares(self, project: Project, settled: Return) -> None:
        shares = {(row.party_key, row.form): row.amount_minor for row in settled.shares.all()}
        assert sum(shares.values()) == settled.amount_minor
        assert all(minor >= 0 for minor in shares.values())
        company = f"CIE/{project.code}"
        self.move(
            **{f"4673:{company}:{project.code}": settled.amount_minor, f"7588::{project.code}": -settled.amount_minor}
        )
        for (party, form), minor in shares.items():
            if form == "drawing-right":
                self.move(**{"8091": minor, f"80182:{party.removeprefix('member:')}": -minor})
            elif form == "locked":
                self.move(**{"8091": minor, f"80183:{company}": -minor})

    @precondition(lambda self: any(left_of(right) for right in DrawingRight.objects.all()))
    @rule(data=st.data(), part=st.integers(1, 100), late=st.booleans())
    def draw(self, data: st.DataObject, part: int, late: bool) -> None:
        right = data.draw(st.sampled_from([row for row in DrawingRight.objects.all() if left_of(row)]))
        amount = Amount(max(1, left_of(right).minor * part // 100))
        project = Project.objects.exclude(agreement=None).order_by("code").first()
        reference, member = self.next("USE"), right.party.code
        if late:
            with pytest.raises(DrawingRightExpired):
                use_drawing_right(
                    self.actor, right, project=project, amount=amount, on=date(2030, 1, 1), reference=reference
                )
            return
        use_drawing_right(self.actor, right, project=project, amount=amount, on=CLOSING, reference=reference)
        code = project.code
        self.move(
            **{
                f"80182:{member}": amount.minor,
                "8091": -amount.minor,
                f"6571::{code}": amount.minor,
                f"4682:CIE/{code}:{code}": -amount.minor,
            }
        )

    @precondition(lambda self: any(left_of(right) for right in DrawingRight.objects.all()))
    @rule(data=st.data(), to=st.sampled_from("ABSP"))
    def transfer(self, data: st.DataObject, to: str) -> None:
        right = data.draw(st.sampled_from([row for row in DrawingRight.objects.all() if left_of(row)]))
        amount, giver = left_of(right), right.party.code
        if to == giver:
            return
        transfer_drawing_right(self.actor, right, to=to, amount=amount, on=CLOSING, reference=self.next("CES"))
        self.move(**{f"80182:{giver}": amount.minor, f"80182:{to}": -amount.minor})

    @rule()
    def nothing_expires_early(self) -> None:
        assert expire_drawing_rights(self.actor, on=CLOSING) == ()

    @precondition(lambda self: self.reversible)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        reference, moved = data.draw(st.sampled_from(self.reversible))
        self.reversible.remove((reference, moved))
        reverse_entry(
            self.book, reference_of=reference, on=CLOSING, reference=f"reversal:{reference}", label="Extourne"
        )
        self.move(**{account: -minor for account, minor in moved.items()})

    @precondition(lambda self: self.locked == "open" and self.called)
    @rule()
    def lock(self) -> None:
        lock_period(self.book, on=date(2026, 1, 15), by="T", why="January is checked")
        self.locked = "locked"

    @precondition(lambda self: self.locked == "locked")
    @rule(final=st.booleans())
    def unlock_or_close(self, final: bool) -> None:
        if final:
            close_period(self.book, on=date(2026, 1, 15), by="T", why="January is final")
            self.locked = "closed"
        else:
            unlock_period(self.book, on=date(2026, 1, 15), by="T", why="one receipt is missing")
            self.locked = "open"

    @invariant()
    def books_and_dictionary_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        kept = {}
        for row in balances(self.book):
            unit = "" if row.account.unit.code == "EUR" else f" {row.account.unit}"
            kept[row.account.code + unit] = row.amount.minor
        assert {code: minor for code, minor in kept.items() if minor} == {
            code: minor for code, minor in self.model.items() if minor
        }
        assert not any(units_sum_to_zero(self.book).values())


@pytest.mark.django_db
def test_a_fund_living_at_random_keeps_the_books_of_a_dictionary() -> None:
    run_state_machine_as_test(
        FundMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_a_right_that_nobody_used_expires_into_the_common_pot() -> None:
    actor = a_fund()
    a_member(actor, "A", budget="48000.00")
    receive_contributions(actor, [Receipt("REL-1", "A", date(2026, 2, 1), eur("4800.00"))])
    project = a_project(actor)
    statement = declare_exploitation(
        actor,
        project,
        reference="EXPL",
        first=NEW_YEAR,
        last=CLOSING,
        on=CLOSING,
        played=[played(number, "1000.00") for number in range(1, 10)],
    )
    settle_return(actor, statement, on=CLOSING)
    (right,) = DrawingRight.objects.all()
    assert (left_of(right).major, right.expires_on) == ("24.00", date(2029, 12, 31))
    open_fiscal_year("fonds-test", code="2030", first=date(2030, 1, 1), last=date(2030, 12, 31), chart="anc-2022-06")
    (expired,) = expire_drawing_rights(actor, on=date(2030, 1, 1))
    assert (expired.amount_minor, left_of(right).minor) == (2400, 0)
    assert not any(row.amount for row in balances("fonds-test", chart="80182"))
