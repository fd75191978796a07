"""The addresses of the site; who may open which stands in `fund/web/access.py`."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path
from django.views.i18n import set_language

from fund.web import (
    adoption,
    books,
    charters,
    committee,
    credits,
    decision,
    drafts,
    health,
    mails,
    members,
    minutes,
    notices,
    notoriety,
    papers,
    projects,
    public,
    rehearsals,
    scenarios,
    signing,
)
from fund.web.access import ACCESS, View, signed_in, visible_to


def door(route: str, view: View, name: str) -> URLPattern:
    """A page behind the audience that the table of accesses gives it."""
    return path(route, visible_to(ACCESS[name])(view), name=name)


urlpatterns = [
    door("", public.home, "home"),
    door("sign-in", signing.SignIn.as_view(), "sign-in"),
    door("sign-in/demonstration", signing.sign_in_ready_made, "demonstration-sign-in"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("desk", signed_in(signing.desk), name="desk"),
    path("language", set_language, name="language"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("robots.txt", health.robots, name="robots"),
    door("<slug:fund>/", public.overview, "fund"),
    door("<slug:fund>/rules", public.rules, "rules"),
    door("<slug:fund>/rules/<int:number>", charters.version, "charter-version"),
    door("<slug:fund>/rules/<int:number>.toml", charters.version_file, "charter-file"),
    door("<slug:fund>/drafts/", drafts.listed, "drafts"),
    door("<slug:fund>/drafts/new", drafts.propose, "draft-new"),
    door("<slug:fund>/drafts/<int:number>", drafts.draft, "draft"),
    door("<slug:fund>/drafts/<int:number>.toml", drafts.file, "draft-file"),
    door("<slug:fund>/drafts/<int:number>/adopt", adoption.adopt, "draft-adopt"),
    door("<slug:fund>/drafts/<int:number>/rehearsal", rehearsals.of_draft, "draft-rehearsal"),
    door(
        "<slug:fund>/drafts/<int:number>/rehearsal/<slug:table>.<slug:ending>",
        rehearsals.draft_file,
        "draft-rehearsal-file",
    ),
    door("<slug:fund>/rehearsal/<slug:name>", rehearsals.of_shipped, "rehearsal"),
    door("<slug:fund>/rehearsal/<slug:name>/<slug:table>.<slug:ending>", rehearsals.shipped_file, "rehearsal-file"),
    door("<slug:fund>/calls/<slug:call>/", committee.result, "call"),
    door("<slug:fund>/calls/<slug:call>/ballots.pb", committee.ballots, "ballots"),
    door("<slug:fund>/calls/<slug:call>/result.<slug:ending>", papers.call, "call-statement"),
    door("<slug:fund>/calls/<slug:call>/scenarios/", scenarios.compared, "scenarios"),
    door("<slug:fund>/calls/<slug:call>/scenarios/<int:number>/put", scenarios.put, "scenario-put"),
    door("<slug:fund>/calls/<slug:call>/decision/", decision.shown, "decision"),
    door("<slug:fund>/calls/<slug:call>/decision/<int:vote>/confirm", decision.confirm, "decision-confirm"),
    door("<slug:fund>/calls/<slug:call>/decision.json", decision.record, "decision-record"),
    door("<slug:fund>/calls/<slug:call>/dissent", decision.dissenting, "dissent"),
    door("<slug:fund>/calls/<slug:call>/minutes/", minutes.page, "minutes"),
    door("<slug:fund>/calls/<slug:call>/minutes.<slug:ending>", minutes.paper, "minutes-paper"),
    door("<slug:fund>/calls/<slug:call>/notices/", notices.listed, "notices"),
    door("<slug:fund>/calls/<slug:call>/letters/<path:code>.<slug:ending>", notices.paper, "award-letter"),
    # Codes come from files and may hold a slash; the longer address is therefore tried first.
    door("<slug:fund>/notoriety/", notoriety.year, "notoriety"),
    door("<slug:fund>/notoriety/contest", notoriety.contest, "notoriety-contest"),
    door("<slug:fund>/notoriety/contests/<path:reference>", notoriety.decide, "notoriety-decide"),
    door("<slug:fund>/notoriety/<int:year>/adopt", notoriety.adopt, "notoriety-adopt"),
    door("<slug:fund>/notoriety/statement-<int:year>.<slug:ending>", papers.notoriety, "notoriety-statement"),
    door("<slug:fund>/projects/<path:code>/notoriety/declare", notoriety.declare, "notoriety-declare"),
    door("<slug:fund>/projects/<path:code>/notoriety/", notoriety.project, "notoriety-project"),
    door("<slug:fund>/projects/<path:code>/credits.<slug:ending>", papers.credits, "credits-paper"),
    door("<slug:fund>/projects/<path:code>/credits", credits.page, "credits"),
    door("<slug:fund>/projects/<path:code>/trace/<int:line>", projects.trace, "project-trace"),
    door("<slug:fund>/projects/<path:code>/statement.<slug:ending>", papers.project, "project-statement"),
    door("<slug:fund>/projects/<path:code>/", projects.account, "project"),
    door("<slug:fund>/members/<path:code>/statement.<slug:ending>", papers.member, "member-statement"),
    door("<slug:fund>/members/<path:code>/", members.account, "member"),
    door("<slug:fund>/mails/", mails.outbox, "mails"),
    door("<slug:fund>/books/", books.trial_balance, "books"),
    door("<slug:fund>/books/accounts/<slug:chart>/<slug:unit>/", books.account, "account"),
    door("<slug:fund>/books/entries/<path:reference>", books.entry, "entry"),
    door("<slug:fund>/books/papers/<path:reference>", books.document, "document"),
    door("<slug:fund>/books/<slug:name>-<int:year>.<slug:ending>", papers.book, "book"),
    door("<slug:fund>/books/chain", books.chain, "chain"),
    # What ships with the product stands last: a fund may be called `charters`.
    door("charters", charters.shipped, "charters"),
    door("charters/<slug:name>", charters.shipped_charter, "shipped-charter"),
    door("charters/<slug:name>.toml", charters.shipped_file, "shipped-charter-file"),
]
