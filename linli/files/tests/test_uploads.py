"""What is kept, and as what; what is refused."""

import io
import os
from datetime import timedelta

import pytest
from django.db import transaction
from PIL import Image

from linli.common.errors import UserError
from linli.common.outage import is_outage
from linli.files import api, storage
from linli.files.models import File
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post

from . import factories
from .factories import KIND, PDF, archive, picture, uploaded, with_gps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    factories.register()
    return tmp_path / "files"


@pytest.fixture
def person():
    return actor_of(make_person())


def store(content, by, name="照片.jpg", owner="1", **facts):
    facts.setdefault("now", NOW)
    return api.store_upload(uploaded(content, name), owner=(KIND, owner), by=by, purpose="test", **facts)


def bytes_of(file, size):
    return (storage.root() / file.path_of(size)).read_bytes()


def on_disk(data):
    return [path for path in data.rglob("*") if path.is_file()] if data.exists() else []


def test_a_picture_is_made_anew_upright_in_three_sizes_without_metadata(person):
    file = store(with_gps(), person, alt="  合同  第一页 ")
    assert file.alt == "合同 第一页" and set(file.sizes) == {"large", "medium", "small"}
    for size in file.sizes:
        content = bytes_of(file, size)
        image = Image.open(io.BytesIO(content))
        assert image.format == "WEBP" and image.height > image.width  # turned upright
        assert not image.getexif() and not set(image.info) & {"exif", "xmp", "icc_profile", "comment"}
        assert b"CANARY" not in content and b"EXIF" not in content and b"XMP" not in content
        assert file.sizes[size] == [len(content), image.width, image.height]
    assert (file.sizes["small"][2], file.sizes["medium"][2], file.sizes["large"][2]) == (320, 800, 800)


def test_each_way_a_camera_lies_is_turned_upright(person):
    """The upper left corner is red in what is seen."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that makes the stored picture
    seen = Image.new("RGB", (80, 40), "white")
    seen.paste("red", (0, 0, 30, 20))
    for turn, method in undo.items():
        exif, out = Image.Exif(), io.BytesIO()
        exif[0x0112] = turn
        seen.transpose(method).save(out, "JPEG", exif=exif, quality=95)
        file = store(out.getvalue(), person, owner=f"turn-{turn}")
        image = Image.open(io.BytesIO(bytes_of(file, "large"))).convert("RGB")
        assert image.size == (80, 40), turn
        assert image.getpixel((8, 8))[1] < 90 and image.getpixel((70, 30))[1] > 200, turn


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_of_each_kind_are_kept_whatever_they_are_called(person, form):
    assert store(picture(64, 48, form), person, name="evil.html").type == api.Type.PICTURE


def test_a_clear_picture_stays_clear_and_odd_modes_are_kept(person):
    for mode in ("RGBA", "LA", "P", "1", "L", "CMYK", "I;16"):
        out = io.BytesIO()
        Image.new(mode, (30, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
        assert store(out.getvalue(), person).sizes["large"][1:] == [30, 20], mode


REFUSED = {
    "nothing": lambda: b"",
    "text": lambda: "你好".encode(),
    "a page called .png": lambda: b"<html><script>alert(1)</script>",
    "an SVG called .png": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "GIF and script at once": lambda: b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
    "JPEG and archive at once": lambda: picture(40, 40) + archive({"evil.js": b"alert(1)"}),
    "PDF and archive at once": lambda: PDF + archive({"evil.js": b"alert(1)"}),
    "144 megapixels": factories.huge_png,
    "a comment of 300 MB": factories.text_bomb,
    "half a picture": lambda: picture(400, 300)[:2000],
    "a head alone": lambda: b"\xff\xd8\xff\xe0",
    "a PNG of nonsense": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "a HEIC": lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    "an old Office file": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600,
    "a program": lambda: b"MZ" + b"\x00" * 200,
    "an archive bomb": lambda: archive({"a.txt": b"0" * 50_000_000}),
    "an archive that leaves its folder": lambda: archive({"../../etc/cron.d/x": b"1"}),
    "members that share bytes": factories.overlapping_bomb,
    "too many members": lambda: archive({f"{n}": b"" for n in range(2100)}),
    "half an archive": lambda: archive({"a": b"1"})[:40],
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_files_are_refused_in_words_and_leave_nothing(person, data, what):
    with pytest.raises(UserError) as refused:
        store(REFUSED[what](), person, name="照片.png")
    assert refused.value.field == "file" and str(refused.value)
    assert not File.objects.exists() and not on_disk(data)


def test_a_pdf_and_a_workbook_are_kept_as_they_are(person):
    assert bytes_of(store(PDF, person, name="租赁合同.pdf"), "file") == PDF
    book = archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    assert store(book, person).type == api.Type.SHEET
    assert store(archive({"a/说明.txt": b"1"}), person).type == api.Type.ARCHIVE


def test_names_on_disk_are_ours_and_not_to_be_guessed(person, data):
    file = store(PDF, person, name="../../租赁合同.pdf\u202e.exe")
    (path,) = on_disk(data)
    assert path.name == "file.pdf" and len(path.parent.name) == 32 and str(file.pk) not in str(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert api.shown_as(file) == "租赁合同.pdf"


def test_the_same_form_sent_twice_keeps_one_file(person, data):
    first, second = (store(PDF, person, once="key-1") for _turn in range(2))
    assert first == second and File.objects.count() == 1 and len(on_disk(data)) == 1
    assert store(PDF, actor_of(make_person()), once="key-1") != first


def test_a_person_and_a_body_each_have_their_quota(person, monkeypatch):
    monkeypatch.setattr("linli.files.actions.uploads.PERSON_QUOTA", 2 * len(PDF))
    clerk = actor_of(make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE), role=Role.RESIDENTS_COMMITTEE).person)
    for _turn in range(2):
        store(PDF, person)
    with pytest.raises(UserError):
        store(PDF, person)
    for _turn in range(3):
        assert store(PDF, clerk).body == clerk.acting.body_id


def test_an_owner_has_room_for_so_many_files_of_his_kinds(person):
    factories.register(most=1)
    store(PDF, person)
    with pytest.raises(UserError):
        store(PDF, person)
    api.register_owner(KIND, sees=lambda actor, key: True, living=set, accepts=[api.Type.PICTURE])
    with pytest.raises(UserError):
        store(PDF, person, owner="2")
    with pytest.raises(LookupError):
        api.store_upload(uploaded(PDF), owner=("unknown", 1), by=person, purpose="", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_files_end_with_their_owner_and_only_if_it_really_ends(data):
    person = actor_of(make_person())
    store(PDF, person)
    with pytest.raises(RuntimeError), transaction.atomic():
        api.delete_files(owner=(KIND, "1"))
        raise RuntimeError
    assert File.objects.count() == 1 and len(on_disk(data)) == 1
    with transaction.atomic():
        api.delete_files(owner=(KIND, "1"))
        assert len(on_disk(data)) == 1
    assert not File.objects.exists() and not on_disk(data)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_what_is_over_ownerless_or_without_a_row(data):
    person = actor_of(make_person())
    factories.ALIVE.add("kept")
    kept = store(PDF, person, owner="kept")
    store(PDF, person, owner="kept", until=NOW + timedelta(days=90))
    store(PDF, person, owner="gone")
    lost = store(PDF, person, owner="kept")
    File.objects.filter(pk=lost.pk).delete()
    assert api.sweep(NOW) == 0  # nothing is old enough
    later = NOW + timedelta(days=91)
    for path in data.glob("*/*"):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert api.sweep(later) == 2 and len(on_disk(data)) > 1  # bytes without a row are looked at twice
    assert api.sweep(later, patience=0) == 1 and list(File.objects.all()) == [kept] and len(on_disk(data)) == 1


def test_a_failure_while_writing_leaves_neither_row_nor_bytes(person, data, monkeypatch):
    monkeypatch.setattr(File, "save", lambda *args, **kw: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        store(picture(50, 50), person)
    assert not on_disk(data)


def test_every_new_folder_is_made_safe_in_the_one_above_before_the_file_counts(settings, tmp_path, monkeypatch):
    settings.LINLI_DATA = tmp_path
    (tmp_path / "files").mkdir()
    synced = []
    monkeypatch.setattr(storage, "_sync", lambda place: synced.append(place.relative_to(tmp_path)))
    folder = storage.new_folder()
    storage.write(folder, "a.pdf", [b"x"])
    assert [str(path) for path in synced] == ["files", f"files/{folder[:2]}", f"files/{folder}"]


def test_a_folder_swept_away_under_a_write_is_an_outage_and_no_riddle(settings, tmp_path, monkeypatch):
    settings.LINLI_DATA = tmp_path
    (tmp_path / "files").mkdir()
    folder = storage.new_folder()

    def chunks():
        yield b"x"
        storage.remove(folder)

    with pytest.raises(OSError) as caught:
        storage.write(folder, "a.pdf", chunks())
    assert is_outage(caught.value)
