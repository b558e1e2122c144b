from django.urls import path

from .views import editions, people, programmes, public

app_name = "programmes"
urlpatterns = [
    path("programmes/", public.programme_list, name="programme_list"),
    path("programmes/<slug:slug>/", public.programme, name="programme"),
    path("programmes/<slug:slug>/rotation/", public.programme_rotation, name="rotation"),
    path("programmes/<slug:slug>/rotation.csv", public.rotation_csv, name="rotation_csv"),
    path("editions/<slug:slug>/", public.edition, name="edition"),
    path("bureau/editions/", editions.desk_editions, name="desk_editions"),
    path("bureau/editions/<slug:slug>/", editions.revise, name="desk_edition"),
    path("bureau/editions/<slug:slug>/etat/", editions.change_state, name="change_state"),
    path("bureau/programmes/<slug:slug>/", programmes.revise, name="desk_programme"),
    path("bureau/programmes/<slug:slug>/nouvelle-edition/", editions.plan, name="plan_edition"),
    path("bureau/personnes/", people.desk_people, name="desk_people"),
    path("bureau/personnes/<int:pk>/fin/", people.end, name="end_membership"),
]
