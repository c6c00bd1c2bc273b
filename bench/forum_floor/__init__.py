"""The floor of a forum: what Django on the same server needs at least for a topic's page, in three ways, and for a bare reply."""
