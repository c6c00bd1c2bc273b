"""Errors whose message is meant for the person who caused them."""


class UserError(Exception):
    """Something a person can put right; the message says what, in his language. Nothing was changed."""

    def __init__(self, message: object, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(UserError):
    """The person may not do this; views answer 404 or 403, never a reason that gives something away."""
