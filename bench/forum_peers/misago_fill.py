"""The neutral lines into Misago, in its own environment: `python -m bench.forum_peers.misago_fill LINES`; prints a book as JSON."""

import json
import sys
from datetime import timedelta
from html import escape
from pathlib import Path

from bench import forum_data as data


def main(lines):
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.now()
    users = make_users(lines)
    categories = make_categories(lines)
    threads = fill(lines, users, categories, now)
    for category in categories:
        category.synchronize()
        category.save()
    thread = threads[data.PUBLIC]
    thread.refresh_from_db()
    giant = threads[data.GIANT]
    cookies = [cookie(user) for user in users]
    print(json.dumps({"topic": thread.get_absolute_url(), "key": giant.pk, "cookies": cookies}))


def make_users(lines):
    from misago.users.test import create_test_user

    return [create_test_user(f"Bench{line['n']}", f"bench{line['n']}@example.com", "password") for line in data.of_kind(lines, "person")]


def make_categories(lines):
    """Boards of members have no grants for guests."""
    from misago.acl.cache import clear_acl_cache
    from misago.categories.models import Category, RoleCategoryACL

    first = Category.objects.get(slug="first-category")
    made = []
    for line in data.of_kind(lines, "board"):
        category = Category(name=line["name"], slug=f"board-{line['n']}")
        category.insert_at(Category.objects.root_category(), position="last-child", save=True)
        for acl in first.category_role_set.select_related("role"):
            if line["reads"] == "public" or acl.role.special_role != "anonymous":
                RoleCategoryACL.objects.create(role=acl.role, category=category, category_role=acl.category_role)
        made.append(category)
    Category.objects.clear_cache()
    clear_acl_cache()
    return made


def fill(lines, users, categories, now):
    from django.contrib.postgres.search import SearchVector
    from django.db import transaction
    from misago.conf import settings
    from misago.threads.checksums import update_post_checksum
    from misago.threads.models import Post, Thread

    threads, posts = [], []
    with transaction.atomic():
        for line in data.read(lines):
            if line["kind"] == "topic":
                user, at = users[line["author"]], now - timedelta(seconds=line["ago"])
                threads.append(
                    Thread.objects.create(
                        category=categories[line["board"]], title=line["title"], slug=f"t{line['n']}", replies=line["posts"] - 1, started_on=at,
                        last_post_on=now - timedelta(seconds=line["last_ago"]), starter=user, starter_name=user.username, starter_slug=user.slug,
                        last_poster=user, last_poster_name=user.username, last_poster_slug=user.slug,
                    )
                )  # fmt: skip
            elif line["kind"] == "post":
                posts.append(make_post(line, threads[-1], users[line["author"]], now))
        Post.objects.bulk_create(posts, batch_size=1000)
        for post in posts:
            update_post_checksum(post)
            post.set_search_document(post.thread.title if post.pk == posts[0].pk else None)
        Post.objects.bulk_update(posts, ["checksum", "search_document"], batch_size=500)
        Post.objects.update(search_vector=SearchVector("search_document", config=settings.MISAGO_SEARCH_CONFIG))
        first, last = {}, {}
        for post in posts:
            first.setdefault(post.thread_id, post)
            last[post.thread_id] = post
        for thread in threads:
            thread.first_post, thread.last_post = first[thread.pk], last[thread.pk]
            thread.save(update_fields=["first_post", "last_post"])
    return threads


def make_post(line, thread, user, now):
    from misago.threads.models import Post

    at = now - timedelta(seconds=line["ago"])
    parsed = "".join(f"<p>{escape(part)}</p>" for part in line["text"].split("\n\n"))
    return Post(
        category=thread.category, thread=thread, poster=user, poster_name=user.username, original=line["text"], parsed=parsed, posted_on=at,
        updated_on=at, likes=len(line["agree"]) + len(line["thank"]),
    )  # fmt: skip


def cookie(user):
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
