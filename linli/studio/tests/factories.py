"""A site with its editor and its checker. Not collected by pytest."""

from __future__ import annotations

import io
import json

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.areas.tests.factories import make_cell
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post
from linli.sites.api import site_of
from linli.studio.actions.pages import open_home, write_guide


def town():
    return make_cell()


def editor_at(place, role=Role.SITE_EDITOR, name="蒋小满"):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, place)
    return make_post(make_person(name), body, role).person


def browser(person) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def home_of(place, by=None):
    return open_home(site=site_of(place), by=actor_of(by) if by else None, now=NOW)


def make_guide(place, title="办居住证", **fields):
    values = {
        "kind": "affairs", "intro": "带身份证来一趟。", "steps": [("step", {"title": "来一趟", "text": "周一到周六"})], "body": [],
        **fields,
    }  # fmt: skip
    return write_guide(site=site_of(place), title=title, by=None, now=NOW, **values)


def stream(name, *blocks):
    """What the editor's form posts for a StreamField: (kind, fields of the block)."""
    posted = {f"{name}-count": str(len(blocks))}
    for n, (kind, value) in enumerate(blocks):
        posted |= {
            f"{name}-{n}-type": kind,
            f"{name}-{n}-order": str(n),
            f"{name}-{n}-deleted": "",
            f"{name}-{n}-id": "",
        }
        if isinstance(value, dict):
            posted |= {f"{name}-{n}-value-{key}": text for key, text in value.items()}
        else:
            posted[f"{name}-{n}-value"] = value
    return posted


def rich(text):
    """Text as the editor's rich text field posts it."""
    block = {
        "key": "a",
        "type": "unstyled",
        "text": text,
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


def guide_form(**fields):
    values = {
        "title": "装修要备案",
        "kind": "affairs",
        "intro": "开工前来说一声。",
        "slug": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return {**values, **stream("steps"), **stream("body"), **fields}


def picture(form="PNG", size=(640, 300), name="横幅.png", **save):
    out = io.BytesIO()
    Image.new("RGB", size, (9, 74, 132)).save(out, form, **save)
    return SimpleUploadedFile(name, out.getvalue())
