"""What was erased by law stays erased when an older backup is restored: the book of erasures survives it."""

import json

import pytest

from linli.common import erased
from linli.common.doctor import Level
from linli.forum.actions.erasure import erase_all_again, erase_post
from linli.forum.actions.repair import repair_counters
from linli.forum.models import Act, Erasure, Post
from linli.forum.queries.erased import come_back, forum_erased

from .moderation_world import LATER, NOW, World

BASIS = "民法典第一千零三十四条"


@pytest.fixture
def folder(tmp_path, settings):
    settings.LINLI_DATA = tmp_path
    return tmp_path


@pytest.fixture
def world():
    return World()


def as_backed_up(post):
    """The post, as an archive made before its erasure brings it back: with its text and without the records."""
    from linli.common.append_only import writable

    with writable("linli_forum_erasure", "linli_forum_act"):
        Erasure.objects.filter(post=post).delete()
        Act.objects.filter(post=post, kind="erase").delete()
    Post.objects.filter(pk=post.pk).update(state="shown", text="他家在三零二", cooked="<p>他家在三零二</p>")
    repair_counters(now=NOW)


def levels():
    return [line.level for line in forum_erased(NOW)]


@pytest.mark.django_db(transaction=True)
def test_the_book_holds_the_decision_and_no_content(world, folder):
    post = world.post(text="他家住三零二，敲门就在")
    erase_post(post=post, basis=BASIS, by=world.limin, now=LATER)
    (line,) = erased.read(folder)
    assert (line["key"], line["basis"], line["at"]) == (str(post.key), BASIS, LATER.isoformat())
    assert "三零二" not in (folder / erased.FILE).read_text(encoding="utf-8")


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_the_doctor_says_so_and_one_command_erases_again(world, folder):
    post = world.post()
    erase_post(post=post, basis=BASIS, by=world.limin, now=LATER)
    assert levels() == [Level.WELL]
    as_backed_up(post)
    assert [line["key"] for line in come_back()] == [str(post.key)] and levels() == [Level.WRONG]
    assert erase_all_again(now=LATER) == 1
    post.refresh_from_db()
    assert (post.state, post.text, post.cooked) == ("erased", "", "")
    act, row = Act.objects.get(post=post, kind="erase"), Erasure.objects.get(post=post)
    assert (act.automatic, act.cause, act.reason) == (True, "again", BASIS)
    assert (row.basis, row.at, row.by, row.body_id) == (BASIS, LATER, world.limin.person, world.limin.acting.body_id)
    assert erase_all_again(now=LATER) == 0 and levels() == [Level.WELL] and len(erased.read(folder)) == 1


@pytest.mark.django_db(transaction=True)
def test_another_post_that_has_the_number_of_an_erased_one_is_left_alone(world, folder):
    post = world.post()
    line = {"kind": "forum.post", "key": "01890000-0000-7000-8000-000000000000", "at": NOW.isoformat(), "basis": BASIS, "by": None, "body": None}
    erased.remember(folder, [line])
    assert erase_all_again(now=LATER) == 0
    post.refresh_from_db()
    assert post.state == "shown"


@pytest.mark.django_db(transaction=True)
def test_the_book_gets_what_it_lacks_from_the_database(world, folder):
    post = world.post()
    erase_post(post=post, basis=BASIS, by=world.limin, now=LATER)
    (folder / erased.FILE).unlink()
    erase_all_again(now=LATER)
    assert [line["key"] for line in erased.read(folder)] == [str(post.key)]


def test_a_book_is_carried_to_another_folder_without_doubling(tmp_path):
    here, there = tmp_path / "a", tmp_path / "b"
    here.mkdir()
    there.mkdir()
    erased.remember(here, [{"kind": "k", "key": "1"}, {"kind": "k", "key": "2"}])
    erased.remember(there, [{"kind": "k", "key": "2"}])
    erased.carry(here, there)
    erased.carry(here, there)
    assert [line["key"] for line in erased.read(there)] == ["2", "1"]
    assert all(json.loads(line) for line in (there / erased.FILE).read_text().splitlines())
