from .board import Board
from .poll import Ballot, Choice, Poll, PollOption
from .post import Mention, Post, PostPicture, PostVersion, Reaction
from .reading import Follow, Reading, Visit
from .topic import Draft, Topic, TopicTag

__all__ = [
    "Ballot", "Board", "Choice", "Draft", "Follow", "Mention", "Poll", "PollOption", "Post", "PostPicture",
    "PostVersion", "Reaction", "Reading", "Topic", "TopicTag", "Visit",
]  # fmt: skip
