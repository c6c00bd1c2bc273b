"""Routes of whoever reports, and of everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import follow, public, redacting, report, spots

patterns: list[URLPattern] = [
    path("report/", report.start, name="start"),
    path("s/<str:slug>/report/", report.report, name="report"),
    path("q/<str:code>/", report.spot, name="spot"),
    path("cases/", follow.follow, name="follow"),
    path("cases/<uuid:pk>/", follow.followed, name="followed"),
    path("cases/<uuid:pk>/receipt/", report.receipt, name="receipt"),
    *(path(f"cases/<uuid:pk>/{name}/", follow.act_page(name), name=name) for name in follow.ACTS),
    path("cases/<uuid:pk>/pictures/<uuid:file>/<str:size>/", follow.picture, name="picture"),
    path("me/cases/", follow.all_mine, name="mine"),
    path("s/<str:slug>/cases/", public.cases, name="public"),
    path("s/<str:slug>/cases/feed/", public.atom, name="feed"),
    path("s/<str:slug>/cases/rates/", public.rates, name="rates"),
    path("case-rates/<uuid:pk>/", public.body_rates, name="body_rates"),
    path("public-cases/<uuid:pk>/", public.case, name="public_case"),
    path("desk/cases/spots/", spots.spots, name="spots"),
    path("desk/cases/spots/new/", spots.new, name="spot_new"),
    path("desk/cases/spots/print/", spots.sheets, name="spot_sheets"),
    path("desk/cases/spots/<uuid:pk>/retire/", spots.retire, name="spot_retire"),
    path("desk/cases/<uuid:pk>/identity/", redacting.look, name="look"),
    path("desk/cases/<uuid:pk>/publish/", redacting.publish, name="publish"),
    path("desk/cases/<uuid:pk>/unpublish/", redacting.unpublish, name="unpublish"),
]
