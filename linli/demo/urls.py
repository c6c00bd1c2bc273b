from django.urls import URLPattern, path

from . import views

app_name = "demo"
urlpatterns: list[URLPattern] = [path("sign-in/", views.sign_in, name="sign_in")]
