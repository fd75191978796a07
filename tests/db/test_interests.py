"""Nobody reads an application before declaring their interests, and a recused person reads none."""

from __future__ import annotations

import pytest

from allocation.instructing.interest_errors import InterestsNotDeclared, PersonRecused
from allocation.instructing.interests import check_may_read, has_declared, recusals_of, recused_people
from allocation.models import InterestDeclaration, Recusal
from tests.committees import FILED_BY, a_call_to_decide, at

pytestmark = pytest.mark.django_db


def test_interests_come_before_content_and_a_recusal_closes_it() -> None:
    _, call = a_call_to_decide()
    first, second = call.applications.order_by("number")[:2]
    check_may_read(first, "alix")
    with pytest.raises(InterestsNotDeclared, match="appel-2026"):
        check_may_read(first, "newcomer")
    InterestDeclaration.objects.create(call=call, person="newcomer", number=1, at=at(10))
    assert has_declared(call, "newcomer")
    Recusal.objects.create(application=first, person="alix", manner="declared", interest="employee", on=FILED_BY)
    assert recused_people(first) == {"alix"}
    assert recusals_of(call) == {"alix": {1}}
    with pytest.raises(PersonRecused, match="application 1"):
        check_may_read(first, "alix")
    check_may_read(second, "alix")
