from django.urls import path

from ..views import outbox as views

urlpatterns = [
    path("desk/outbox/", views.outbox, name="outbox"),
    path("desk/outbox/rows/<uuid:pk>/", views.outbox_row, name="outbox_row"),
    path("desk/outbox/messages/<uuid:pk>/", views.outbox_message, name="outbox_message"),
]
