from django.urls import URLPattern, path

from ..views import account, account_data, account_security, guardians

urlpatterns: list[URLPattern] = [
    path("me/", account.home, name="account"),
    path("me/profile/", account.profile, name="account_profile"),
    path("me/contact/", account.contact, name="account_contact"),
    path("me/contact/code/", account.contact_code, name="account_contact_code"),
    path("me/contact/<uuid:key>/remove/", account.contact_remove, name="account_contact_remove"),
    path("me/security/", account_security.security, name="account_security"),
    path("me/security/sessions/end/", account_security.sessions_end, name="account_sessions_end"),
    path("me/second-factor/", account_security.second_factor, name="second_factor"),
    path("me/set-up/", account_security.set_up, name="set_up"),
    path("me/looked/", account_data.looked, name="account_looked"),
    path("me/export/", account_data.export, name="account_export"),
    path("me/export/account.json", account_data.export_json, name="account_export_json"),
    path("me/close/", account_data.close, name="account_close"),
    path("me/merge/", account_data.merge, name="account_merge"),
    path("me/merge/code/", account_data.merge_code, name="account_merge_code"),
    path("me/children/", guardians.children, name="account_children"),
    path("me/children/add/", guardians.child_add, name="account_child_add"),
]
