"""Routes of messaging."""

from django.urls import path

from .views import desk, inbox, settings

app_name = "messaging"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/count/", inbox.count, name="count"),
    path("inbox/opened/", inbox.open_all, name="open_all"),
    path("inbox/settings/", settings.preferences, name="settings"),
    path("inbox/off/<str:token>/", settings.unsubscribe, name="unsubscribe"),
    path("inbox/<uuid:pk>/", inbox.letter, name="letter"),
    path("inbox/<uuid:pk>/received/", inbox.acknowledge, name="acknowledge"),
    path("desk/messages/", desk.sent, name="sent"),
    path("desk/messages/new/", desk.compose, name="compose"),
    path("desk/messages/templates/", desk.templates, name="templates"),
    path("desk/messages/<uuid:pk>/", desk.receipts, name="receipts"),
]
