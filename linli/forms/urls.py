"""Routes of forms."""

from django.urls import path

from .views import counter, desk, editor, public, results

app_name = "forms"
urlpatterns = [
    path("f/<slug:slug>/", public.start, name="start"),
    path("f/<slug:slug>/paper/", public.paper, name="paper"),
    path("fill/<uuid:pk>/", public.fill, name="fill"),
    path("fill/<uuid:pk>/drop/", public.drop, name="drop"),
    path("fill/in/<str:token>/", public.resume, name="resume"),
    path("me/forms/", public.mine, name="mine"),
    path("desk/fill/", counter.counter, name="counter"),
    path("desk/fill/form/<uuid:pk>/", counter.typing, name="typing"),
    path("desk/fill/<uuid:pk>/", counter.typed, name="typed"),
    path("desk/fill/<uuid:pk>/drop/", counter.typed_drop, name="typed_drop"),
    path("desk/forms/", desk.desk, name="desk"),
    path("desk/forms/new/", desk.new, name="new"),
    path("desk/forms/<uuid:pk>/", desk.one, name="one"),
    path("desk/forms/<uuid:pk>/shape/", desk.shape, name="shape"),
    path("desk/forms/<uuid:pk>/publish/", desk.publish, name="publish"),
    path("desk/forms/<uuid:pk>/withdraw/", desk.withdraw, name="withdraw"),
    path("desk/forms/<uuid:pk>/discard/", desk.discard, name="discard"),
    path("desk/forms/<uuid:pk>/definition.json", desk.definition, name="definition"),
    path("desk/forms/<uuid:pk>/import/", desk.take_in, name="import"),
    path("desk/forms/<uuid:pk>/edit/", editor.edit, name="edit"),
    path("desk/forms/<uuid:pk>/step/", editor.step, name="step"),
    path("desk/forms/<uuid:pk>/field/", editor.field, name="field"),
    path("desk/forms/<uuid:pk>/preview/", editor.preview, name="preview"),
    path("desk/forms/<uuid:pk>/results/", results.results, name="results"),
    path("desk/forms/<uuid:pk>/export/", results.export, name="export"),
    path("desk/forms/sent/<uuid:pk>/", results.one, name="result"),
]
