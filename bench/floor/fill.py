"""Makes the floor's database from a copy of the demo's: `python -m bench.floor.fill`; prints a signed-in cookie."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"


def main() -> None:
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.db import connection
    from django.template import engines

    from .models import Fragment, User
    from .views import facts, shell

    with connection.schema_editor() as editor:
        for model in (User, Fragment, Session):
            editor.create_model(model)
    top, bottom = shell()
    whole = engines["jinja"].get_template("home.jinja").render(facts() | {"top": "", "bottom": ""})
    Fragment.objects.bulk_create([Fragment(name=n, html=h) for n, h in (("top", top), ("main", whole), ("bottom", bottom))])
    user = User(name="何立群")
    user.set_unusable_password()
    user.save()
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    print(f"sessionid={session.session_key}")


if __name__ == "__main__":
    main()
