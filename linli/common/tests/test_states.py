"""State tables by themselves, and steps of them in the database."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.common.errors import UserError
from linli.common.models import AuditRow, Job, OutboxRow
from linli.common.outbox_rules import OUTBOX
from linli.common.states import Row, StateTable, UnknownTransition, register, tables
from linli.common.transitions import transition
from tools.checks import tree

NOW = datetime(2026, 5, 19, 8, tzinfo=UTC)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_registered_table_is_sound(table):
    assert table.problems() == []


@given(st.data())
def test_a_walk_through_any_table_stays_in_it_and_stops_only_at_a_final_state(data):
    table = data.draw(st.sampled_from(tables()))
    every = sorted({row.event for row in table.rows})
    state = table.start
    for event in data.draw(st.lists(st.sampled_from(every), max_size=30)):
        if event in table.events(state):
            state = table.step(state, event)
        else:
            with pytest.raises(UnknownTransition):
                table.step(state, event)
        assert state in table.states
        assert (table.events(state) == []) == (state in table.final)


def test_every_table_of_an_app_is_registered():
    found = []
    for path in tree.ours(".py"):
        if "tests" not in path.parts and "StateTable(" in path.read_text(encoding="utf-8") and path != tree.ROOT / "linli/common/states.py":
            module = import_module(".".join(path.relative_to(tree.ROOT).with_suffix("").parts))
            found += [value for value in vars(module).values() if isinstance(value, StateTable)]
    assert {table.name for table in found} == {table.name for table in tables()}


def test_what_is_wrong_with_a_table_is_said():
    rows = [Row("a", "go", "b", guard="asked", effects=("told",)), Row("c", "go", "a"), Row("d", "turn", "d")]
    table = StateTable("lamp", "a", rows, final=["b", "c"])
    said = " ".join(table.problems())
    for part in ("c cannot be reached", "c is declared final", "guard asked is not bound", "effect told is not bound"):
        assert part in said
    assert "d never comes to an end" in said
    assert StateTable("x", "a", [Row("a", "go", "b")]).problems() == ["x: b has no exit and is not declared final"]


def test_a_name_is_taken_once_and_only_names_of_rows_can_be_bound():
    with pytest.raises(ValueError, match="outbox"):
        register(StateTable("outbox", "a", []))
    with pytest.raises(ValueError, match="smile"):
        OUTBOX.effect("smile")


def lamp(**row):
    return StateTable("lamp", "waiting", [Row("waiting", "press", "done", **row)], final=["done"])


def press(table, row, **more):
    def history(step):
        Job.objects.create(name=f"{step.before}-{step.row.state}", due=step.now)

    return transition(
        table=table, rows=OutboxRow.objects.all(), pk=row.pk, event="press", by=None, now=NOW, history=history, **more
    )


@pytest.fixture
def row(db):
    return OutboxRow.objects.create(kind="lamp", key="1", created_at=NOW, due=NOW)


def test_a_step_saves_the_state_its_history_and_its_effects(row):
    table, seen = lamp(effects=("shine", "tell")), []
    table.effect("shine")(lambda step: seen.append(("shine", step.row.state, step.said["why"])))
    table.effect("tell")(lambda step: seen.append("tell"))
    done = press(table, row, changes={"error": "none"}, said={"why": "dark"})
    assert (done.state, done.error) == ("done", "none")
    assert seen == [("shine", "done", "dark"), "tell"]
    assert Job.objects.filter(pk="waiting-done").exists()
    row.refresh_from_db()
    assert row.state == "done"


@pytest.mark.parametrize("broken", ["guard", "effect"])
def test_where_a_guard_or_an_effect_refuses_nothing_happened(row, broken):
    def refuse(step):
        raise UserError("no")

    table = lamp(guard="asked", effects=("tell",))
    table.guard("asked")(refuse if broken == "guard" else lambda step: None)
    table.effect("tell")(refuse if broken == "effect" else lambda step: None)
    with pytest.raises(UserError):
        press(table, row)
    row.refresh_from_db()
    assert row.state == "waiting" and not Job.objects.exists()


def test_an_effect_that_nobody_bound_raises_and_undoes(row):
    with pytest.raises(LookupError):
        press(lamp(effects=("tell",)), row)
    row.refresh_from_db()
    assert row.state == "waiting"


def test_of_two_at_once_one_has_its_effect(row, monkeypatch):
    """The other one read the row before the first committed."""
    table, seen = lamp(effects=("tell",)), []
    table.effect("tell")(seen.append)
    old = OutboxRow.objects.get(pk=row.pk)
    press(table, row)
    monkeypatch.setattr("django.db.models.query.QuerySet.get", lambda *a, **k: old)
    with pytest.raises(UnknownTransition):
        press(table, row)
    assert len(seen) == 1 and Job.objects.count() == 1 and AuditRow.objects.count() == 0
