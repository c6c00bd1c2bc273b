from .board import Board
from .post import Mention, Post, PostPicture, PostVersion, Reaction
from .reading import Follow, Reading, Visit
from .topic import Draft, Topic, TopicTag

__all__ = [
    "Board", "Draft", "Follow", "Mention", "Post", "PostPicture", "PostVersion", "Reaction", "Reading", "Topic", "TopicTag", "Visit",
]  # fmt: skip
