"""Questions whose SQL is written once give what the ORM gives, on both databases."""

from datetime import timedelta

import pytest
from django.db.models import Count

from linli.areas.api import Area, Level
from linli.areas.tests.factories import make_cell
from linli.common import prepared
from linli.common.models import Job
from linli.people.models import Body
from linli.people.rules import BodyKind
from linli.people.tests.factories import NOW, TODAY, make_body

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def below(path, day):
    return Area.objects.filter(path__under=path).valid_on(day).order_by("path")


def acting(path, day):
    return Body.objects.valid_on(day).acting_in(path).order_by("name")


def counted(parent):
    return Area.objects.filter(parent=parent).order_by("level").values_list("level").annotate(n=Count("id"))


def among(keys):
    return Area.objects.filter(pk__in=keys).order_by("pk")


def test_objects_and_rows_are_the_same_as_the_orms_and_read_anew():
    places = make_cell()
    body = make_body(BodyKind.STREET_OFFICE, places["street"], name="柳渡街道办", phone="555 0100")
    for _ in range(2):
        for question, arguments in ((below, (places["street"].path, TODAY)), (acting, (places["street"].path, TODAY))):
            ours, theirs = prepared.objects(question, *arguments), list(question(*arguments))
            assert ours and [row.__dict__ | {"_state": 0} for row in ours] == [row.__dict__ | {"_state": 0} for row in theirs]
            assert ours[0]._state.db == theirs[0]._state.db and not ours[0]._state.adding
        assert prepared.rows(counted, places["street"].pk) == list(counted(places["street"].pk))
    Body.objects.filter(pk=body.pk).update(name="新名")
    assert prepared.objects(acting, places["street"].path, TODAY)[0].name == "新名"
    assert not prepared.objects(acting, places["street"].path, TODAY - timedelta(days=99999))


def test_where_nothing_can_be_found_the_database_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert prepared.objects(among, ()) == prepared.rows(among, ()) == []


def test_an_object_that_was_read_so_can_be_saved():
    place = next(row for row in prepared.objects(below, make_cell()["street"].path, TODAY) if row.level == Level.COMPOUND)
    place.address = "柳渡路 1 号"
    place.save()
    assert Area.objects.get(pk=place.pk).address == "柳渡路 1 号"


def read_between(name, since, before):
    return Job.objects.filter(name=name, due__gt=since, due__lte=before).values_list("name", "due")


def test_moments_are_filled_in_at_each_call():
    row = Job.objects.create(name="then", due=NOW)
    for days, there in ((0, True), (1, False), (-1, False), (0, True)):
        moments = (NOW - timedelta(hours=1) + timedelta(days=days), NOW + timedelta(hours=1) + timedelta(days=days))
        found = prepared.rows(read_between, "then", values=moments)
        assert found == list(read_between("then", *moments)) == ([("then", row.due)] if there else [])


def test_a_value_that_the_question_loses_is_an_error():
    with pytest.raises(ValueError, match="does not stand"):
        prepared.rows(counted_ever, 1, values=(NOW,))


def counted_ever(parent, _now):
    return Area.objects.filter(parent=parent).values_list("pk")


def due_of(name, by):
    return Job.objects.filter(name=name, due__lte=by).values_list("due")


def put_off(name, until, word):
    return Job.objects.filter(name=name), {"due": until, "last_ok": None, "name": word}


def named(name):
    return Job.objects.filter(name=name)


def test_words_are_another_at_each_call_and_one_question_serves_them_all():
    for name in ("one", "two"):
        Job.objects.create(name=name, due=NOW)
        assert prepared.rows(due_of, values=(name, NOW)) == [(NOW,)]
    assert prepared.rows(due_of, values=("three", NOW)) == []


def test_a_change_sets_what_it_says_in_the_rows_that_it_names_alone():
    for name in ("one", "two"):
        Job.objects.create(name=name, due=NOW, last_ok=NOW)
    for name, days in (("one", 1), ("two", 2)):
        later = NOW + timedelta(days=days)
        assert prepared.update(put_off, values=(name, later, f"{name}!")) == 1
        job = Job.objects.get(name=f"{name}!")
        assert (job.due, job.last_ok) == (later, None)
    assert prepared.update(put_off, values=("one", NOW, "x")) == 0
    assert prepared.delete(named, values=("one!",)) == 1 and prepared.delete(named, values=("one!",)) == 0
    assert [job.name for job in Job.objects.all()] == ["two!"]


def test_one_row_is_changed_by_its_key_and_counted_up():
    body = make_body(BodyKind.STREET_OFFICE, make_cell()["street"], name="柳渡街道办", phone="555 0100")
    other = make_body(BodyKind.STREET_OFFICE, body.places.get().area, name="别处")
    prepared.change(Body, body.pk, name="新名", valid_from=TODAY)
    body.refresh_from_db()
    other.refresh_from_db()
    assert (body.name, body.valid_from, other.name) == ("新名", TODAY, "别处")
    place = body.places.get().area
    prepared.change(Area, place.pk, step=("sort",), name="柳渡")
    prepared.change(Area, place.pk, step=("sort",))
    place.refresh_from_db()
    assert (place.name, place.sort) == ("柳渡", 2)


def of_keys(level, keys):
    return Area.objects.filter(level=level, pk__in=keys).order_by("pk").values_list("pk")


def test_keys_in_any_number_stand_where_one_was_written():
    areas = [area.pk for area in make_cell().values() if area.level == Level.COMPOUND]
    for keys in (areas[:1], areas, [*areas, 10**9]):
        assert prepared.rows(of_keys, values=(int(Level.COMPOUND), tuple(keys))) == [(pk,) for pk in sorted(areas) if pk in keys]
    assert prepared.rows(of_keys, values=(int(Level.STREET), tuple(areas))) == []


def test_a_row_that_is_inserted_so_is_as_one_that_the_orm_writes():
    place = make_cell()["street"]
    facts = {"parent": place, "level": Level.COMMUNITY, "address": "柳渡路 “1” 号"}
    ours = prepared.insert(Area(path="/9/1/", name="甲", **facts))
    theirs = Area.objects.create(path="/9/2/", name="甲", **facts)
    same = {"id": 0, "path": "", "_state": 0}
    assert ours.pk and ours.pk != theirs.pk and not ours._state.adding
    assert Area.objects.get(pk=ours.pk).__dict__ | same == Area.objects.get(pk=theirs.pk).__dict__ | same
    job = prepared.insert(Job(name="mine", due=NOW))
    assert Job.objects.get(pk="mine").due == job.due == NOW
