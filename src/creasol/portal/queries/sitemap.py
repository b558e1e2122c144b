"""The public pages worth a search engine's visit."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from creasol.gatherings.models import Gathering
from creasol.needs.models import Need
from creasol.network.models import Organisation
from creasol.programmes.models import Edition, Programme
from creasol.reports.queries.publications import published_reports
from creasol.territories.models import Territory

FIXED = (
    "portal:home",
    "programmes:programme_list",
    "territories:territory_list",
    "gatherings:gathering_list",
    "gatherings:calendar",
    "needs:need_list",
    "reports:report_list",
    "network:organisation_list",
    "portal:about",
    "portal:open_data",
    "portal:accessibility",
    "portal:privacy",
    "portal:legal",
)


def public_addresses() -> Iterator[str]:
    """Yield the full addresses of the public pages; communes are reached from their territories."""
    for name in FIXED:
        yield settings.SITE_URL + reverse(name)
    for name, rows in (
        ("programmes:programme", Programme.objects.all()),
        ("programmes:edition", Edition.objects.all()),
        ("territories:territory", Territory.objects.all()),
        ("diagnosis:territory", Territory.objects.defined_here()),
        ("gatherings:gathering", Gathering.objects.public()),
        ("needs:need", Need.objects.public()),
        ("reports:report", published_reports()),
        ("network:organisation", Organisation.objects.filter(listed=True)),
    ):
        for slug in rows.order_by("slug").values_list("slug", flat=True):
            yield settings.SITE_URL + reverse(name, args=[slug])
