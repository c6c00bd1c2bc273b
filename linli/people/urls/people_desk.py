from django.urls import path

from ..views import desk_home, people_acts, people_desk, reveal
from . import audit

urlpatterns = [
    path("desk/", desk_home.desk, name="desk"),
    path("desk/people/", people_desk.people_desk, name="people_desk"),
    path("desk/people/living/", people_desk.living, name="people_living"),
    path("desk/people/enrol/", people_acts.enrol, name="people_enrol"),
    path("desk/people/<uuid:pk>/", people_desk.person, name="person"),
    path("desk/people/<uuid:pk>/reveal/", reveal.reveal, name="person_reveal"),
    path("desk/people/<uuid:pk>/card/", people_acts.card, name="person_card"),
    path("desk/people/<uuid:pk>/phone/", people_acts.phone, name="person_phone"),
    path("desk/people/<uuid:pk>/factor/", people_acts.factor, name="person_factor"),
    path("desk/people/<uuid:pk>/merge/", people_acts.merge, name="person_merge"),
    path("desk/people/<uuid:pk>/guardian/", people_acts.guardian, name="person_guardian"),
    *audit.urlpatterns,
]
