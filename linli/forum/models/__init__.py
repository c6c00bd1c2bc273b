from .board import Board
from .poll import Ballot, Choice, Poll, PollOption
from .post import Mention, Post, PostPicture, PostVersion, Reaction
from .reading import Follow, Reading, Visit
from .speech import Act, Appeal, AppealEvent, Erasure, Report, SpeechRules, Word
from .standing import Pause, SlowMode, SpeechLimits
from .topic import Draft, Topic, TopicTag

__all__ = [
    "Act", "Appeal", "AppealEvent", "Ballot", "Board", "Choice", "Draft", "Erasure", "Follow", "Mention", "Pause", "Poll",
    "PollOption", "Post", "PostPicture", "PostVersion", "Reaction", "Reading", "Report", "SlowMode", "SpeechLimits",
    "SpeechRules", "Topic", "TopicTag", "Visit", "Word",
]  # fmt: skip
