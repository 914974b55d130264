"""The log: append-only, chained and sealed; who saw or changed what, never what was said."""

from voice_app.audit.chain import key_of
from voice_app.audit.noting import heard, key_in_use, unheard
from voice_app.audit.rekeying import rekey
from voice_app.audit.verifying import Fault, Root, Seen, count, lacks, parse_root, read, roots
from voice_app.audit.watching import owner_name, watch
from voice_app.audit.writing import LogHasNoKeyError, acting, keyed_hash, record

__all__ = [
    "Fault",
    "LogHasNoKeyError",
    "Root",
    "Seen",
    "acting",
    "count",
    "heard",
    "key_in_use",
    "key_of",
    "keyed_hash",
    "lacks",
    "owner_name",
    "parse_root",
    "read",
    "record",
    "rekey",
    "roots",
    "unheard",
    "watch",
]
