from .key import ApiKey, ApiUse

__all__ = ["ApiKey", "ApiUse"]
