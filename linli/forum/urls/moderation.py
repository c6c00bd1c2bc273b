"""Routes of moderation."""

from django.urls import URLPattern, path

from ..views import desk, desk_appeals, log, reporting, shaping, speech

urlpatterns: list[URLPattern] = [
    path("s/<str:slug>/rules/", speech.rules, name="rules"),
    path("s/<str:slug>/rules/edit/", speech.edit, name="rules_edit"),
    path("s/<str:slug>/moderation/", log.log, name="log"),
    path("s/<str:slug>/moderation/feed/", log.feed, name="log_feed"),
    path("moderation/<int:pk>/", log.act, name="act"),
    path("moderation/<int:pk>/appeal/", reporting.appeal, name="appeal"),
    path("posts/<int:pk>/report/", reporting.report, name="report"),
    path("desk/forum/", desk.desk, name="desk"),
    path("desk/forum/posts/<int:pk>/", desk.post, name="desk_post"),
    path("desk/forum/topics/<int:pk>/", desk.topic, name="desk_topic"),
    path("desk/forum/things/<uuid:pk>/", desk.thing, name="desk_thing"),
    path("desk/forum/posts/<int:pk>/erase/", desk.erase, name="erase"),
    path("desk/forum/appeals/", desk_appeals.appeals, name="appeals"),
    path("desk/forum/appeals/<int:pk>/", desk_appeals.decide, name="decide"),
    path("desk/forum/places/", shaping.places, name="shaping"),
    path("desk/forum/places/<int:pk>/words/", shaping.words, name="words"),
    path("desk/forum/places/<int:pk>/limits/", shaping.limits, name="limits"),
]
