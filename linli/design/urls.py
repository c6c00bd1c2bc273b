from django.urls import path

from linli.design import views

app_name = "design"
urlpatterns = [
    path("modes/", views.set_modes, name="modes"),
    path("design/", views.gallery, name="gallery"),
    path("design/<slug:page>/", views.gallery, name="gallery_page"),
]
