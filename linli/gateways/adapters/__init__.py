"""The adapters, and which one this instance uses."""

from .choose import adapter_for
from .port import Adapter, Parcel, Part, Receipt, Refused, Throttled, Unavailable

__all__ = ["Adapter", "Parcel", "Part", "Receipt", "Refused", "Throttled", "Unavailable", "adapter_for"]
