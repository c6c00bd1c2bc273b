"""The one step between an editor and the public: somebody else, whose post answers for the place, looks at it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Task, TaskState


class CheckTask(Task):
    """Whoever may publish pages of the place approves or sends back; never who handed it in."""

    admin_form_fields = ["name"]

    class Meta:
        default_permissions = ()

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self._may(obj, user):
            return []
        return [("reject", _("退回修改"), True), ("approve", _("通过，发布"), False)]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kw: Any) -> None:
        if self._may(task_state.workflow_state.content_object, user):
            super().on_action(task_state, user, action_name, **kw)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return False  # whoever may check may also edit; nobody else comes in by being asked

    def get_task_states_user_can_moderate(self, user: Any, **kw: Any) -> Any:
        """States of pages that the person may check."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        waiting = waiting.exclude(workflow_state__requested_by_id=user.pk).select_related("workflow_state")
        mine = [state.pk for state in waiting if self._may(state.workflow_state.content_object, user)]
        return TaskState.objects.filter(pk__in=mine)

    @staticmethod
    def _may(page: Any, user: Any) -> bool:
        page = getattr(page, "specific", page)
        site = getattr(page, "site", None)
        if site is None or not hasattr(user, "may_check"):
            return False
        state = page.current_workflow_state
        return user.may_check(site.place.path) and (state is None or state.requested_by_id != user.pk)
