"""Routes of events."""

from django.urls import path

from .views import desk, door, feeds, guests, mine, public

app_name = "activities"
urlpatterns = [
    path("s/<str:slug>/events/", public.coming, name="coming"),
    path("s/<str:slug>/events/past/", public.past, name="past"),
    path("s/<str:slug>/events.ics", feeds.feed, name="feed"),
    path("s/<str:slug>/events/atom.xml", feeds.atom, name="atom"),
    path("events/mine/", mine.mine, name="mine"),
    path("events/in/<str:code>/", door.ticket, name="ticket"),
    path("events/<uuid:pk>/", public.event, name="event"),
    path("events/<uuid:pk>.ics", feeds.ics, name="ics"),
    path("events/<uuid:pk>/join/", mine.join, name="join"),
    path("events/<uuid:pk>/leave/", mine.leave, name="leave"),
    path("desk/events/", desk.desk, name="desk"),
    path("desk/events/new/", desk.new, name="new"),
    path("desk/events/<uuid:pk>/", desk.manage, name="manage"),
    path("desk/events/<uuid:pk>/edit/", desk.edit, name="edit"),
    path("desk/events/<uuid:pk>/publish/", desk.publish, name="publish"),
    path("desk/events/<uuid:pk>/close/", desk.close, name="close"),
    path("desk/events/<uuid:pk>/reopen/", desk.reopen, name="reopen"),
    path("desk/events/<uuid:pk>/cancel/", desk.cancel, name="cancel"),
    path("desk/events/<uuid:pk>/add/", guests.add, name="add"),
    path("desk/events/<uuid:pk>/door/", door.door, name="door"),
    path("desk/events/<uuid:pk>/list.xlsx", guests.export, name="export"),
    path("desk/events/signups/<uuid:pk>/take-off/", guests.take_off, name="take_off"),
]
