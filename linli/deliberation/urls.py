"""Routes of questions."""

from django.urls import path

from .views import asking, desk, feeds, mine, offices, public, templates

app_name = "deliberation"
urlpatterns = [
    path("s/<str:slug>/questions/", public.questions, name="questions"),
    path("s/<str:slug>/questions/unanswered/", offices.unanswered, name="unanswered"),
    path("s/<str:slug>/questions/feed/", feeds.feed, name="feed"),
    path("s/<str:slug>/questions/new/", asking.new, name="new"),
    path("questions/mine/", mine.mine, name="mine"),
    path("questions/offices/<uuid:pk>/", offices.office, name="office"),
    path("questions/<uuid:pk>/", public.question, name="question"),
    path("questions/<uuid:pk>/sign/", mine.sign, name="sign"),
    path("questions/<uuid:pk>/rate/", mine.rate, name="rate"),
    path("questions/<uuid:pk>/contest/", mine.contest, name="contest"),
    path("questions/<uuid:pk>/withdraw/", mine.withdraw, name="withdraw"),
    path("desk/questions/", desk.desk, name="desk"),
    path("desk/questions/templates/", templates.templates, name="templates"),
    path("desk/questions/templates/new/", templates.new, name="template_new"),
    path("desk/questions/templates/<uuid:pk>/", templates.edit, name="template"),
    path("desk/questions/templates/<uuid:pk>/drop/", templates.drop, name="template_drop"),
    path("desk/questions/signatures/", templates.signatures, name="signatures"),
    path("desk/questions/<uuid:pk>/", desk.one, name="desk_one"),
    path("desk/questions/<uuid:pk>/answer/", desk.answer, name="answer"),
    path("desk/questions/<uuid:pk>/progress/", desk.progress, name="progress"),
    path("desk/questions/<uuid:pk>/transfer/", desk.transfer, name="transfer"),
    path("desk/questions/<uuid:pk>/pause/", desk.pause, name="pause"),
    path("desk/questions/<uuid:pk>/resume/", desk.resume, name="resume"),
    path("desk/questions/<uuid:pk>/assign/", desk.assign, name="assign"),
]
