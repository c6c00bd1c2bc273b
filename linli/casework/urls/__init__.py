from django.urls import URLPattern

from .desk import patterns as desk
from .resident import patterns as resident

app_name = "casework"
urlpatterns: list[URLPattern] = [*desk, *resident]
