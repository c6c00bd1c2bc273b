"""Choosing a picture of the library, from those of the sites that one edits. Pictures are added at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import policy_registry

from ..models import LibraryFile


def _mine(user: Any) -> Any:
    policy = policy_registry.get_by_type(LibraryFile)
    rows = policy.instances_user_has_any_permission_for(user, ["choose"])
    return rows.filter(type="picture").order_by("-at")


class _Listed:
    request: Any
    results_template_name = "studio/editor/pictures.html"
    per_page = 12

    def get_object_list(self) -> Any:
        return _mine(self.request.user)

    def can_create(self) -> bool:
        return False


class ChooseView(_Listed, chooser.ChooseView):
    pass


class ChooseResultsView(_Listed, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    """Only what was there to choose may be chosen."""

    request: Any

    def get_object(self, pk: str) -> Any:
        return _mine(self.request.user).get(pk=pk)


class PictureChooser(ChooserViewSet):
    model = LibraryFile
    name = "pictures"
    url_prefix = "pictures"
    icon = "image"
    register_widget = False
    choose_one_text = _("选一张图片")
    choose_another_text = _("换一张")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView

    def get_urlpatterns(self) -> list[Any]:
        return [
            one for one in super().get_urlpatterns() if one.name in ("choose", "choose_results", "chosen")
        ]


pictures = PictureChooser("pictures")
