"""The neutral lines into Spirit, in its own environment: `python -m bench.forum_peers.spirit_fill LINES`; prints a book as JSON."""

import json
import sys
from datetime import timedelta
from html import escape
from pathlib import Path

from bench import forum_data as data
from bench.forum_peers.misago_fill import cookie


def main(lines):
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone
    from spirit.category.models import Category

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    now = timezone.now()
    users = [
        get_user_model().objects.create_user(f"bench{line['n']}", f"bench{line['n']}@example.com", "password")
        for line in data.of_kind(lines, "person")
    ]
    boards = [Category.objects.create(title=line["name"], is_private=line["reads"] != "public") for line in data.of_kind(lines, "board")]
    topics = fill(lines, users, boards, now)
    call_command("rebuild_index", interactive=False, verbosity=0)
    print(json.dumps({"topic": topics[data.PUBLIC].get_absolute_url(), "key": topics[data.GIANT].pk, "cookies": [cookie(user) for user in users]}))


def fill(lines, users, boards, now):
    from spirit.comment.models import Comment
    from spirit.topic.models import Topic

    topics, comments = [], []
    for line in data.read(lines):
        if line["kind"] == "topic":
            last = now - timedelta(seconds=line["last_ago"])
            topics.append(
                Topic.objects.create(
                    user=users[line["author"]], category=boards[line["board"]], title=line["title"], date=now - timedelta(seconds=line["ago"]),
                    last_active=last, reindex_at=last, comment_count=line["posts"],
                )
            )  # fmt: skip
        elif line["kind"] == "post":
            html = "".join(f"<p>{escape(part)}</p>" for part in line["text"].split("\n\n"))
            comments.append(
                Comment(
                    user=users[line["author"]], topic=topics[-1], comment=line["text"], comment_html=html, date=now - timedelta(seconds=line["ago"]),
                    likes_count=len(line["agree"]) + len(line["thank"]),
                )
            )  # fmt: skip
    Comment.objects.bulk_create(comments, batch_size=1000)
    return topics


if __name__ == "__main__":
    main(Path(sys.argv[1]))
