from .message import Delivery, Message
from .person import Box, Digest, Preference

__all__ = ["Box", "Delivery", "Digest", "Message", "Preference"]
