"""The neutral lines into the floor's own tables: `python -m bench.forum_floor.fill LINES`; prints a cookie for each person as JSON."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.forum_floor.settings"


def main(lines: Path) -> None:
    import django

    django.setup()
    from django.contrib.sessions.models import Session
    from django.db import connection
    from django.template import engines
    from django.utils import timezone

    from bench import forum_data as data
    from linli.design.light import light

    from .models import Board, Post, Topic, User

    with connection.schema_editor() as editor:
        for model in (User, Board, Topic, Post, Session):
            editor.create_model(model)
    now, rows = timezone.now(), {"person": [], "board": [], "topic": [], "post": []}
    for line in data.read(lines):
        if line["kind"] in rows:
            rows[line["kind"]].append(line)
    users = [User(pk=line["n"] + 1, name=line["name"]) for line in rows["person"]]
    User.objects.bulk_create(users)
    Board.objects.bulk_create(Board(pk=line["n"] + 1, name=line["name"]) for line in rows["board"])
    Topic.objects.bulk_create(
        Topic(pk=line["n"] + 1, board_id=line["board"] + 1, title=line["title"], last_number=line["posts"], last_at=now - timedelta(seconds=line["last_ago"]))
        for line in rows["topic"]
    )
    template = engines["jinja"].get_template("article.jinja")
    posts = []
    for key, line in enumerate(rows["post"], start=1):
        post = Post(
            pk=key, topic_id=line["topic"] + 1, number=line["number"], author=users[line["author"]], badge="3 幢业主·已核实", text=line["text"],
            cooked=light(line["text"]), at=now - timedelta(seconds=line["ago"]), agreed=len(line["agree"]), thanked=len(line["thank"]),
        )  # fmt: skip
        post.fragment = template.render({"post": post})
        posts.append(post)
    Post.objects.bulk_create(posts, batch_size=500)
    print(json.dumps([cookie(user) for user in users]))


def cookie(user: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
