"""Every address of the site, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("creasol.portal.urls")),
    path("", include("creasol.reports.urls")),
    path("", include("creasol.gatherings.urls")),
    path("", include("creasol.diagnosis.urls")),
    path("", include("creasol.places.urls")),
    path("", include("creasol.needs.urls")),
    path("", include("creasol.network.urls")),
    path("", include("creasol.programmes.urls")),
    path("", include("creasol.territories.urls")),
    path("", include("creasol.mailing.urls")),
    path("", include("creasol.journal.urls")),
    path("", include("creasol.accounts.urls")),
    path("", include("creasol.jobs.urls")),
    path("", include("creasol.foundation.urls")),
]
