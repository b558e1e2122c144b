from django.urls import path

from .views import comparing, desk, people, public, sections

app_name = "reports"
urlpatterns = [
    path("diagnostics/", public.report_list, name="report_list"),
    path("diagnostics/<slug:slug>/", public.report, name="report"),
    path("diagnostics/<slug:slug>/v<int:number>/", public.publication, name="publication"),
    path("diagnostics/<slug:slug>/comparer/", comparing.compare, name="compare"),
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
