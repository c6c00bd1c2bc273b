"""The tags of what is kept of the forum: `actions.touching` raises them, whoever keeps something names them."""


def topic_tag(pk: int) -> str:
    return f"topic:{pk}"


def board_tag(pk: int) -> str:
    return f"board:{pk}"
