"""The adapters, and which one this instance uses."""

from .choose import adapter_for
from .port import Adapter, Parcel, Receipt, Refused, Unavailable

__all__ = ["Adapter", "Parcel", "Receipt", "Refused", "Unavailable", "adapter_for"]
