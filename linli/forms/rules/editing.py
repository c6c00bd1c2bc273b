"""Changes of a draft, as an editor makes them one at a time. Pure: a definition in, a definition out.

Whatever comes out has been read anew, so that a question moved before the one it depends on is refused in words.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from linli.common.errors import UserError

from .definition import MOST_FIELDS, MOST_STEPS, Definition, Field, Step
from .document import document
from .parse import NotAForm, parse


def checked(definition: Definition) -> Definition:
    """The definition, read anew. Raises UserError with its first fault."""
    try:
        return parse(document(definition))
    except NotAForm as error:
        raise UserError(_readable(error, definition)) from None


def _readable(error: NotAForm, definition: Definition) -> str:
    fault = error.faults[0]
    key = fault.path.removeprefix("properties.").split(".")[0]
    one = definition.find(key)
    return f"{one.title}：{fault.text}" if one else str(fault)  # data: a colon between title and words


def free_key(taken: set[str], stem: str) -> str:
    """`q1`, `q2`…: the first that nobody has."""
    return next(key for n in range(1, 10_000) if (key := f"{stem}{n}") not in taken)


def put_step(definition: Definition, step: Step) -> Definition:
    """Change the step of that key, or add it at the end."""
    keys = [one.key for one in definition.steps]
    if step.key in keys:
        return checked(replace(definition, steps=tuple(step if one.key == step.key else one for one in definition.steps)))
    if len(keys) >= MOST_STEPS:
        raise UserError(_("最多 %(n)d 步") % {"n": MOST_STEPS})
    return checked(replace(definition, steps=(*definition.steps, step)))


def drop_step(definition: Definition, key: str) -> Definition:
    """Take away a step with its questions. Raises UserError where a later condition asks for one of them."""
    return checked(replace(definition, steps=tuple(one for one in definition.steps if one.key != key)))


def move_step(definition: Definition, key: str, by: int) -> Definition:
    keys = [one.key for one in definition.steps]
    return checked(replace(definition, steps=_moved(definition.steps, keys.index(key) if key in keys else -1, by)))


def put_field(definition: Definition, step_key: str, field: Field) -> Definition:
    """Change the question of that key where it stands, or add it at the end of the step."""
    if definition.find(field.key):
        steps = (
            replace(step, fields=tuple(field if one.key == field.key else one for one in step.fields)) for step in definition.steps
        )
        return checked(replace(definition, steps=tuple(steps)))
    if sum(1 for _one in definition.fields) >= MOST_FIELDS:
        raise UserError(_("最多 %(n)d 个问题") % {"n": MOST_FIELDS})
    steps = (replace(step, fields=(*step.fields, field)) if step.key == step_key else step for step in definition.steps)
    return checked(replace(definition, steps=tuple(steps)))


def drop_field(definition: Definition, key: str) -> Definition:
    """Take away a question. Raises UserError where a later condition asks for it."""
    steps = (replace(step, fields=tuple(one for one in step.fields if one.key != key)) for step in definition.steps)
    return checked(replace(definition, steps=tuple(steps)))


def move_field(definition: Definition, key: str, by: int) -> Definition:
    """One place up or down, at the edge of its step into the next one."""
    steps = list(definition.steps)
    for n, step in enumerate(steps):
        keys = [one.key for one in step.fields]
        if key not in keys:
            continue
        at = keys.index(key)
        if 0 <= at + by < len(keys):
            steps[n] = replace(step, fields=_moved(step.fields, at, by))
        elif 0 <= n + by < len(steps):
            other = steps[n + by]
            one = step.fields[at]
            steps[n] = replace(step, fields=tuple(field for field in step.fields if field.key != key))
            steps[n + by] = replace(other, fields=(one, *other.fields) if by > 0 else (*other.fields, one))
        break
    return checked(replace(definition, steps=tuple(steps)))


def _moved[T](rows: tuple[T, ...], at: int, by: int) -> tuple[T, ...]:
    if at < 0 or not 0 <= at + by < len(rows):
        return rows
    found = list(rows)
    found.insert(at + by, found.pop(at))
    return tuple(found)


def not_ready(definition: Definition) -> list[str]:
    """What a draft still lacks before it can be published, in words."""
    wanting = [_("“%(step)s”这一步还没有问题") % {"step": step.title} for step in definition.steps if not step.fields]
    if not definition.steps:
        wanting.append(_("还没有步骤"))
    return wanting
