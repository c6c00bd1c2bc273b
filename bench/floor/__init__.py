"""The floor: what Django on the same server needs at least for the same home page, written in four ways."""
