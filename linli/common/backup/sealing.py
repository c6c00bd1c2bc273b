"""An archive sealed in pieces of 1 MiB with AES-256-GCM, so that no piece is read before it is proved.

magic, salt of 32 bytes, pieces. The key of an archive follows from the key file and the salt (HKDF-SHA-256), so a
piece's nonce is its number and whether it is the last: pieces can be neither swapped nor cut off at the end.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import BackupError

MAGIC = b"linli backup 1\n"
SALT, PIECE, TAG = 32, 1 << 20, 16


def read_key(path: Path) -> bytes:
    """The key in a key file: 64 hexadecimal digits. Raises BackupError."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise BackupError(f"读不了密钥文件 · the key file cannot be read: {path} ({error.strerror})") from error
    except ValueError:
        key = b""
    if len(key) != 32:
        raise BackupError(f"密钥文件应是 64 位十六进制数 · a key file holds 64 hexadecimal digits: {path}")
    return key


def write_key(path: Path) -> None:
    """A new key file, its owner's alone. Raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, MAGIC).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """A file to write to; `close` seals the last piece and leaves the file below open."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT)
        self.file, self.cipher, self.number, self.waiting = file, _cipher(key, salt), 0, bytearray()
        file.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        self.waiting += data
        while len(self.waiting) > PIECE:  # never empties it: the last piece is known only at the end
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(data)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self.file.write(self.cipher.encrypt(_nonce(self.number, last=last), piece, MAGIC))
        self.number += 1

    def flush(self) -> None:
        """Only whole pieces are written."""

    def close(self) -> None:
        self._seal(bytes(self.waiting), last=True)
        self.waiting.clear()


class Unsealer:
    """A file to read from. Raises BackupError for a wrong key and for anything changed or cut off."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise BackupError("这不是加密的备份 · this is no encrypted backup")
        self.file, self.cipher = file, _cipher(key, file.read(SALT))
        self.number, self.next, self.ready, self.done = 0, file.read(PIECE + TAG), bytearray(), False

    def read(self, size: int = -1) -> bytes:
        while not self.done and (size < 0 or len(self.ready) < size):
            self._unseal()
        size = len(self.ready) if size < 0 else size
        data = bytes(self.ready[:size])
        del self.ready[:size]
        return data

    def _unseal(self) -> None:
        piece, self.next = self.next, self.file.read(PIECE + TAG)
        self.done = not self.next
        try:
            self.ready += self.cipher.decrypt(_nonce(self.number, last=self.done), piece, MAGIC)
        except InvalidTag as error:
            raise BackupError("密钥不对，或者备份被改过、被截断 · the key is wrong, or the archive was changed or cut") from error
        self.number += 1
