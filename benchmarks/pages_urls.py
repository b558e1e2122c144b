"""The addresses of the site, with two views beside them to measure against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from creasol.territories.models import Commune

ROWS = 20
TEMPLATE = """<!doctype html><html lang="fr"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><table>
{% for commune in communes %}<tr><th><a href="/communes/{{ commune.code }}/">{{ commune.name }}</a></th>
<td>{{ commune.postcodes }}</td><td>{{ commune.population }}</td></tr>
{% endfor %}</table></body></html>"""


def uncached(body: str) -> HttpResponse:
    """Answer without the site's page cache, which would keep these views too."""
    return HttpResponse(body, headers={"Cache-Control": "no-store"})


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return uncached("")


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    communes = Commune.objects.filter(epci_code="200093201")[:ROWS]
    return uncached(
        engines["django"].from_string(TEMPLATE).render({"title": "Communes", "communes": communes})
    )


urlpatterns = [path("bench/empty/", empty), path("bench/bare/", bare), path("", include("creasol.urls"))]
