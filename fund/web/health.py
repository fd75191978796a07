"""Whether the site answers, for the machine that watches it; and what robots may read."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers, and its tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    if waiting:
        return HttpResponse("migrations are waiting\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


def robots(_request: HttpRequest) -> HttpResponse:
    """The public pages may be read by robots; the others do not exist for them anyway."""
    return HttpResponse("User-agent: *\nDisallow: /desk\nDisallow: /sign-in\n", content_type="text/plain")
