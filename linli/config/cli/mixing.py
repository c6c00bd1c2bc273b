"""A demo and a real instance never share a database, even when LINLI_DATABASE points at the other's by mistake."""

from __future__ import annotations

from linli.config.instance import Instance, InstanceError


def refuse_foreign_database(there: Instance) -> None:
    """Raises InstanceError where the database holds the other kind's persons. Django must be set up."""
    from django.db import connection

    from linli.areas import api as areas
    from linli.people import api as people

    tables = set(connection.introspection.table_names())
    if not {people.Person._meta.db_table, areas.Cell._meta.db_table} <= tables:
        return  # nothing of ours is in it yet
    demo_persons = people.Person.objects.exclude(demo_key="").values("pk")[:1].exists()
    if there.is_demo and not demo_persons and (areas.Cell.objects.exists() or people.Person.objects.exists()):
        raise InstanceError(
            "LINLI_DATABASE 指向正式实例的数据库，演示不能用它；请另建一个数据库 · "
            "names a real instance's database, which no demo may use; make another one"
        )
    if not there.is_demo and demo_persons:
        raise InstanceError(
            "LINLI_DATABASE 指向演示数据库，正式实例不能用它；请另建一个数据库 · "
            "names a demo's database, which no real instance may use; make another one"
        )
