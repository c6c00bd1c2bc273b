"""Routes of the desks."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import desk, desk_doing, desk_export, desk_tables

patterns: list[URLPattern] = [
    path("desk/cases/", desk.cases, name="cases"),
    path("desk/cases/rows/", desk.rows, name="rows"),
    path("desk/cases/bulk/", desk_doing.bulk, name="bulk"),
    path("desk/cases/export/", desk_export.export, name="export"),
    path("desk/cases/mine/", desk.mine, name="desk_mine"),
    path("desk/cases/tables/", desk_tables.tables, name="tables"),
    path("desk/cases/tables/new/", desk_tables.new, name="table_new"),
    path("desk/cases/tables/<uuid:pk>/", desk_tables.table, name="table"),
    path("desk/cases/<uuid:pk>/", desk.case, name="case"),
    path("desk/cases/<uuid:pk>/act/", desk.act, name="act"),
    path("desk/cases/<uuid:pk>/phone/", desk.phone, name="phone"),
]
