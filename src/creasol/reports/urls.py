from django.urls import path, register_converter

from .views import comparing, desk, files, people, public, sections


class DocumentFile:
    """The name of one of the files that a document is answered as."""

    regex = "|".join(files.WRITERS).replace(".", r"\.")

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(DocumentFile, "document")

app_name = "reports"
urlpatterns = [
    path("diagnostics/", public.report_list, name="report_list"),
    path("diagnostics/<slug:slug>/", public.report, name="report"),
    path("diagnostics/<slug:slug>/v<int:number>/", public.publication, name="publication"),
    path("diagnostics/<slug:slug>/v<int:number>/<document:name>", files.published, name="publication_file"),
    path("diagnostics/<slug:slug>/comparer/", comparing.compare, name="compare"),
    path("territoires/<slug:slug>/diagnostic/<document:name>", files.live, name="territory_file"),
    path("diagnostic/<document:name>", files.live, name="ad_hoc_file"),
    path("bureau/diagnostics/", desk.reports, name="desk_reports"),
    path("bureau/diagnostics/nouveau/", desk.open_, name="open"),
    path("bureau/diagnostics/<slug:slug>/", desk.report, name="desk_report"),
    path("bureau/diagnostics/<slug:slug>/reglages/", desk.settings, name="settings"),
    path("bureau/diagnostics/<slug:slug>/relire/", desk.proofread, name="proofread"),
    path("bureau/diagnostics/<slug:slug>/etape/", desk.advance, name="advance"),
    path("bureau/diagnostics/<slug:slug>/auteurs/", people.invite, name="invite"),
    path("bureau/diagnostics/<slug:slug>/auteurs/<int:pk>/retirer/", people.remove, name="remove_drafter"),
    path("bureau/diagnostics/<slug:slug>/parties/", sections.add, name="add_section"),
    path("bureau/diagnostics/<slug:slug>/parties/<int:pk>/", sections.write, name="section"),
    path("bureau/diagnostics/<slug:slug>/parties/<int:pk>/apercu/", sections.preview, name="preview"),
    path("bureau/diagnostics/<slug:slug>/parties/<int:pk>/historique/", sections.history, name="history"),
    path("bureau/diagnostics/<slug:slug>/parties/<int:pk>/ordre/", sections.change, name="change_section"),
]
