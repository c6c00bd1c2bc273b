"""Django for a command, set up once."""

from __future__ import annotations

import os

from linli.config import instance


def current() -> instance.Instance:
    """The instance in LINLI_DATA. Raises InstanceError where there is none."""
    there = instance.load()
    if there is None:
        raise instance.InstanceError(
            f"{instance.data_folder()} 里还没有实例：先运行 linli init（正式）或 linli demo（演示） · "
            "holds no instance yet: run `linli init` (real) or `linli demo` first"
        )
    return there


def django() -> None:
    """Set Django up for the instance in LINLI_DATA."""
    import django as framework

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    framework.setup()


def instance_django() -> instance.Instance:
    """Both: for the commands that work on an instance."""
    there = current()
    django()
    return there
