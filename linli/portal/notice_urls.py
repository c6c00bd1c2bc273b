"""Routes of notices."""

from django.urls import path

from .views import feeds, notices, notices_desk, notices_write

urlpatterns = [
    path("s/<str:slug>/notices/", notices.notices, name="notices"),
    path("s/<str:slug>/notices/feed/", feeds.notices, name="notices_feed"),
    path("notices/<uuid:pk>/", notices.notice, name="notice"),
    path("desk/notices/", notices_desk.desk, name="notices_desk"),
    path("desk/notices/new/", notices_write.new, name="notice_new"),
    path("desk/notices/<uuid:pk>/", notices_desk.notice, name="notice_desk"),
    path("desk/notices/<uuid:pk>/edit/", notices_write.edit, name="notice_edit"),
    path("desk/notices/<uuid:pk>/check/", notices_write.check, name="notice_check"),
    path("desk/notices/<uuid:pk>/step/", notices_write.step, name="notice_step"),
    path("desk/notices/<uuid:pk>/withdraw/", notices_write.withdraw, name="notice_withdraw"),
    path("desk/notices/<uuid:pk>/readers/", notices_desk.readers, name="notice_readers"),
]
