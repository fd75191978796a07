"""Recognition: what the projects' facts are worth in a year, and the forms that declare, contest, decide and adopt."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import roles
from fund.charter.words.notoriety_texts import notoriety_text
from fund.entries import entry_reference
from fund.models import Fund, Party, Project
from fund.queries.horizon import latest_day
from fund.queries.notoriety import NotorietyYear, contest_shown, fact_shown, notoriety_year, project_facts
from fund.queries.notoriety_discretion import discreet, members_shown
from fund.services.notoriety import contest_fact, declare_fact, resolve_contest
from fund.services.notoriety_adoption import adopt_notoriety
from fund.statements.notoriety import points_rows
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.notoriety_forms import AdoptionForm, ContestForm, DecisionForm, FactForm, YearForm
from fund.web.pages import language_of_page, show, status_of


def year(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The recognition of a year: projects, parties, the points table, facts, contests."""
    form = YearForm(request.GET)
    facts = seen_year(request, fund, form.cleaned_data["year"] if form.is_valid() else None)
    language = language_of_page()
    context = {
        "form": form,
        "facts": facts,
        "table": points_rows(facts, language),
        "article": notoriety_text(facts.rules, language) if facts.rules else "",
        "declared": [fact for fact in facts.facts if fact.kind != "performance"],
        "may_adopt": roles.may_adopt_notoriety(request.seats, fund.slug),
        "may_see_books": roles.may_see_books(request.seats, fund.slug),
        "paper": entry_reference("notoriety", facts.year),
        "refusal": facts.refused.sentence(language) if facts.refused else "",
    }
    return show(request, "notoriety/year.html", context, fund=fund, status=status_of(form))


def seen_year(request: SeatedRequest, fund: Fund, asked: int | None) -> NotorietyYear:
    """The year as this visitor may see it: members who are not shown stand together, except to themselves."""
    facts = notoriety_year(fund, asked, known_day(request, fund))
    if roles.may_see_books(request.seats, fund.slug):
        return facts
    own = {seat.party for seat in request.seats if seat.fund == fund.slug and seat.role == "member"}
    return discreet(facts, members_shown(fund, date(facts.year, 12, 31)) | own)


def project(request: SeatedRequest, fund: Fund, code: str) -> HttpResponse:
    """Every fact of one project, with until when each may be contested."""
    found = _project(fund, code)
    day = known_day(request, fund)
    context = {
        "project": found,
        "today": request.today,
        "facts": project_facts(fund, found.code, day),
        "may_declare": roles.may_declare_notoriety(request.seats, fund.slug, found.company.code),
        "may_contest": roles.may_contest_notoriety(request.seats, fund.slug),
    }
    return show(request, "notoriety/project.html", context, fund=fund)


def declare(request: SeatedRequest, fund: Fund, code: str) -> HttpResponse:
    """Declare a fact of a project."""
    found = _project(fund, code)
    posted = request.method == "POST"
    form = FactForm(request.POST, request.FILES) if posted else FactForm()
    if (
        posted
        and form.is_valid()
        and act(
            form,
            declare_fact,
            actor_of(request, fund),
            found,
            form.declared(),
            on=request.today,
            party=_speaks_for(request, fund),
        )
        is not None
    ):
        messages.success(request, _("The fact is in the register. It can be contested until its delay is over."))
        return redirect("notoriety-project", fund.slug, found.code)
    return show(
        request, "notoriety/declare.html", {"form": form, "project": found}, fund=fund, status=status_after(form)
    )


def contest(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Contest a fact; its key stands in the address."""
    fact = fact_shown(fund, request.GET.get("fact", ""), known_day(request, fund))
    if fact is None:
        raise Http404
    posted = request.method == "POST"
    form = ContestForm(request.POST) if posted else ContestForm()
    if (
        posted
        and form.is_valid()
        and act(
            form,
            contest_fact,
            actor_of(request, fund),
            fact=fact.key,
            reference=form.cleaned_data["reference"],
            on=request.today,
            why=form.cleaned_data["why"],
            party=_speaks_for(request, fund),
        )
        is not None
    ):
        messages.success(request, _("The fact is contested: it counts for nothing until the contest is decided."))
        return redirect("notoriety-project", fund.slug, fact.project.code)
    return show(request, "notoriety/contest.html", {"form": form, "fact": fact}, fund=fund, status=status_after(form))


def decide(request: SeatedRequest, fund: Fund, reference: str) -> HttpResponse:
    """Decide a contest."""
    found = contest_shown(fund, reference)
    if found is None:
        raise Http404
    row, contested = found
    fact = fact_shown(fund, row.fact_key, known_day(request, fund))
    posted = request.method == "POST"
    initial = {"level": fact.level, "on": fact.on, "place": fact.place} if fact else {}
    form = DecisionForm(request.POST) if posted else DecisionForm(initial=initial)
    if (
        posted
        and form.is_valid()
        and act(
            form,
            resolve_contest,
            actor_of(request, fund),
            row,
            on=request.today,
            outcome=form.cleaned_data["outcome"],
            why=form.cleaned_data["why"],
            correction=form.correction(),
        )
        is not None
    ):
        messages.success(request, _("The contest is decided."))
        return redirect("notoriety-project", fund.slug, row.project.code)
    context = {"form": form, "fact": fact, "contest": contested}
    return show(request, "notoriety/decide.html", context, fund=fund, status=status_after(form))


def adopt(request: SeatedRequest, fund: Fund, year: int) -> HttpResponse:
    """Adopt the statement of a year."""
    posted = request.method == "POST"
    options = {"today": request.today}
    form = AdoptionForm(request.POST, **options) if posted else AdoptionForm(initial={"on": request.today}, **options)
    if (
        posted
        and form.is_valid()
        and act(form, adopt_notoriety, actor_of(request, fund), year=year, on=form.cleaned_data["on"]) is not None
    ):
        messages.success(request, _("The statement of %(year)s is adopted.") % {"year": year})
        return redirect(f"{reverse('notoriety', args=[fund.slug])}?year={year}")
    facts = seen_year(request, fund, year)
    return show(request, "notoriety/adopt.html", {"form": form, "facts": facts}, fund=fund, status=status_after(form))


def known_day(request: SeatedRequest, fund: Fund) -> date:
    """Today, or the last day of the records of a fund whose year was taken from files ahead of time."""
    return max(request.today, latest_day(fund) or request.today)


def _project(fund: Fund, code: str) -> Project:
    found = Project.objects.select_related("company").filter(fund=fund, code=code).first()
    if found is None:
        raise Http404
    return found


def _speaks_for(request: SeatedRequest, fund: Fund) -> Party | None:
    """The party for which the visitor acts in this fund, where the seat is somebody's."""
    codes = [seat.party for seat in request.seats if seat.fund == fund.slug and seat.party]
    return fund.parties.filter(code=codes[0]).first() if codes else None
