from .filling import Filling, hash_of
from .kind import FormKind, FormVersion

__all__ = ["Filling", "FormKind", "FormVersion", "hash_of"]
