"""A ballot: of somebody who is signed in, or by the link of a mail, which opens this ballot and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from allocation.models import Vote
from allocation.voting.links import link_of
from fund.models import Fund
from fund.queries.votes import BallotVoice, ballot_voices, names_in, vote_in, vote_line
from fund.services.votes import cast, cast_by_link
from fund.web.access import SeatedRequest
from fund.web.acts import act, status_after
from fund.web.ballot_forms import BallotForm, ballot_form
from fund.web.pages import show

Cast = Callable[..., str | None]


@dataclass(frozen=True, slots=True)
class Done:
    """A paper that was just cast, and the receipt by which its voter finds it."""

    voice: BallotVoice
    receipt: str


def ballot(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The ballots that the person who is signed in casts in a vote: their own, and those of proxies they hold."""
    vote = vote_in(fund, call, number)
    if vote is None:
        raise Http404
    person = request.user.get_username()

    def cast_voice(voice: BallotVoice, form: BallotForm) -> str | None:
        receipt = form.cleaned_data["receipt"]
        return act(form, cast, voice.elector, form.said(), by=person, receipt=receipt, at=timezone.now())

    context, status = _ballots(request, vote, person, cast_voice)
    return show(request, "votes/ballot.html", context, fund=fund, status=status)


@csrf_exempt  # the secret in the address is the proof; the form must also work where no cookie is kept
def link(request: SeatedRequest, token: str) -> HttpResponse:
    """The same ballots by the link of a mail. Looking at it uses nothing up: mail scanners look first."""
    found = link_of(token)
    if found is None:
        return _discreet(render(request, "votes/link_unknown.html", status=404))
    vote, person = found.elector.vote, found.elector.person

    def cast_voice(voice: BallotVoice, form: BallotForm) -> str | None:
        receipt = form.cleaned_data["receipt"]
        return act(form, cast_by_link, token, voice.elector.pk, form.said(), receipt=receipt, at=timezone.now())

    language = request.GET.get("language", "")
    with translation.override(language if language in ("fr", "en") else translation.get_language()):
        context, status = _ballots(request, vote, person, cast_voice)
        context |= {"by_link": True, "person": context["names"].get(person, person)}
        return _discreet(render(request, "votes/ballot.html", context, status=status))


def _discreet(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no other site, no cache, no index and no log learns it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _ballots(request: SeatedRequest, vote: Vote, person: str, cast_voice: Cast) -> tuple[dict[str, Any], int]:
    """What the page shows, and its status: a form for each voice that is not cast, and the paper just cast."""
    names = names_in(vote.call)
    voices = ballot_voices(vote, person, names)
    posted = request.POST if request.method == "POST" else None
    forms = [ballot_form(voice, names, posted) for voice in voices]
    sent = next((form for form in forms if form.is_bound), None)
    done: Done | None = None
    checks = posted is not None and posted.get("step") == "check"
    if sent is not None and sent.is_valid() and not checks:
        receipt = cast_voice(sent.of, sent)
        if receipt is not None:
            done = Done(sent.of, receipt)
    line = vote_line(vote, timezone.now())
    context = {
        "vote": vote,
        "line": line,
        "names": names,
        "done": done,
        "voices": voices,
        "forms": [form for form in forms if _is_left(form, done, is_open=line.state == "open")],
        "sent": sent,
        "checked": checks and sent is not None and sent.is_valid(),
        "silent": vote.rules.get("not_voting", {}).get(person, "absent"),
        "papers": reverse("vote-papers", args=[vote.call.owner, vote.call.slug, vote.number]),
    }
    if sent is not None:
        return context, status_after(sent)
    return context, 200 if posted is None else 400


def _is_left(form: BallotForm, done: Done | None, *, is_open: bool) -> bool:
    """Whether a voice is still to be cast, or was refused just now and says why."""
    if done is not None and form.of == done.voice:
        return False
    return (is_open and not form.of.is_cast) or (form.is_bound and bool(form.errors))
