"""Albums: making, arranging, limits, taking down, reports."""

import pytest

from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.files import storage
from linli.files.models import File
from linli.files.tests.factories import huge_png, uploaded
from linli.messaging.models import Delivery
from linli.people.tests.factories import NOW
from linli.portal.actions.albums import change_album, decide_report, report_picture, withdraw_album
from linli.portal.album_rules import in_order, neighbours
from linli.portal.models import Album
from linli.search.models import SearchEntry

from .blog_kit import make_town, show, small

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    return make_town()


def test_pictures_stand_in_the_order_in_which_they_came_and_are_found_by_their_words(town):
    album = show(town["resident"], town["site_compound_a1"], n=3)
    assert [one.alt for one in album.pictures.all()] == ["图0", "图1", "图2"]
    assert "图2" in SearchEntry.objects.get(kind="album").text


@pytest.mark.parametrize(("n", "there"), [(0, 0), (61, 0), (60, 1)])
def test_none_and_more_than_sixty_are_refused_and_nothing_is_kept(town, n, there, monkeypatch):
    album = show(town["resident"], town["site_compound_a1"], n=there) if there else None
    uploads = [(small(), "")] * n
    with pytest.raises(UserError) as refused:
        if album:
            change_album(by=town["resident"], album=album, title="河边", lead="", uploads=uploads, now=NOW)
        else:
            from linli.portal.actions.albums import make_album

            make_album(by=town["resident"], site=town["site_compound_a1"], title="河边", lead="", uploads=uploads, now=NOW)
    assert refused.value.field == "pictures" and Album.objects.count() == bool(there) and File.objects.count() == there


def test_one_bad_picture_among_good_ones_keeps_none(town):
    from linli.portal.actions.albums import make_album

    bad = [(small(), ""), (uploaded(huge_png(), "大.png"), "")]
    with pytest.raises(UserError) as refused:
        make_album(by=town["resident"], site=town["site_compound_a1"], title="河边", lead="", uploads=bad, now=NOW)
    assert "大.png" in str(refused.value) and not Album.objects.exists() and not File.objects.exists()


def test_only_whoever_made_it_arranges_it(town):
    album = show(town["resident"], town["site_compound_a1"])
    for who in ("committee", "property", "stranger"):
        with pytest.raises(NotAllowed):
            change_album(by=town[who], album=album, title="x", lead="", now=NOW)
    with pytest.raises(NotAllowed):
        show(town["stranger"], town["site_compound_a1"])


def test_a_cover_of_another_album_is_not_taken(town):
    one, two = (show(town["resident"], town["site_compound_a1"], title=title) for title in ("一", "二"))
    change_album(by=town["resident"], album=one, title="一", lead="", cover=two.pictures.first().pk, now=NOW)
    assert Album.objects.get(pk=one.pk).cover is None


def test_a_moderator_takes_an_album_down_and_its_pictures_are_gone(town):
    album = show(town["resident"], town["site_compound_a1"])
    with pytest.raises(UserError):
        withdraw_album(by=town["committee"], album=album, reason="", now=NOW)
    withdraw_album(by=town["committee"], album=album, reason="都是别人家的孩子", now=NOW)
    assert not File.objects.exists() and not SearchEntry.objects.filter(kind="album").exists()
    assert Delivery.objects.filter(person=town["resident"].person, channel="inbox").count() == 1


@pytest.mark.parametrize("remove", [True, False])
def test_a_report_is_decided_once_and_those_concerned_are_told(town, remove):
    album = show(town["resident"], town["site_compound_a1"])
    report = report_picture(by=town["stranger"], picture=album.pictures.first(), reason="门牌", now=NOW)
    for who in ("resident", "property", "auditor"):
        with pytest.raises(NotAllowed):
            decide_report(by=town[who], report=report, remove=remove, answer="好", now=NOW)
    with pytest.raises(UserError) as refused:
        decide_report(by=town["committee"], report=report, remove=remove, answer="", now=NOW)
    assert refused.value.field == "answer"
    decide_report(by=town["committee"], report=report, remove=remove, answer="看过了", now=NOW)
    with pytest.raises(UnknownTransition):
        decide_report(by=town["committee"], report=report, remove=not remove, answer="再看", now=NOW)
    assert album.pictures.count() == (1 if remove else 2)
    assert Delivery.objects.filter(channel="inbox").count() == (2 if remove else 1)


def test_what_is_moved_stands_at_its_number_and_the_others_make_room():
    assert in_order(list("abc"), {"a": 3, "c": 1}) == ["c", "b", "a"]
    assert in_order(list("abcd"), {"d": 2}) == ["a", "d", "b", "c"]
    assert in_order(list("abcd"), {"a": 3}) == ["b", "c", "a", "d"]
    assert in_order(list("abc"), {"c": 1}) == ["c", "a", "b"]
    assert in_order(list("abc"), {}) == ["a", "b", "c"]
    assert neighbours(list("abc"), "a") == (None, "b") and neighbours(list("abc"), "c") == ("b", None)
