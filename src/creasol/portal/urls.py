from django.urls import include, path

from . import views
from .api import public_addresses

pages = [
    path("", views.home, name="home"),
    path("recherche/", views.search, name="search"),
    path("bureau/", views.desk, name="desk"),
    path("a-propos/", views.about, name="about"),
    path("donnees-ouvertes/", views.open_data, name="open_data"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal, name="legal"),
    path("api/", views.api_root, name="api_root"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("favicon.ico", views.favicon, name="favicon"),
]
urlpatterns = [path("", include((pages, "portal"))), path("api/", public_addresses())]
