"""Object storage, where uploads lie there: whether it keeps them, who reads them, and whether all are there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile

from home.storage import StorageAway, uploads
from home.uploads import NAMED as NAMING

from .diagnosis import Diagnosis, mend, note, well

if TYPE_CHECKING:
    from home.bucket import BucketStorage
NAMED = 3
DO = "Let the key of MEDIA_STORAGE list the bucket, and get, put and delete what is in it."


def storage() -> Iterator[Diagnosis]:
    if not settings.MEDIA_STORAGE:
        return
    bucket = cast("BucketStorage", uploads())
    where = f"{bucket.bucket_name} at {bucket.endpoint_url}"
    try:
        if not settings.READ_ONLY:
            yield from probe(bucket, where)
        yield from all_there(bucket)
    except StorageAway as error:
        yield mend("storage", f"{where}: {error.why}", DO)
    except FileNotFoundError:
        yield mend("storage", f"{where} does not give back what it has taken", DO)


def probe(bucket: "BucketStorage", where: str) -> Iterator[Diagnosis]:
    """A file is written, read, asked for as a stranger would, and deleted."""
    name, words = f"doctor/{uuid4().hex}", uuid4().bytes
    bucket.put(name, ContentFile(words))
    try:
        is_kept = b"".join(bucket.parts(name, range(len(words)))) == words
        is_public = bucket.is_public(name)
    finally:
        bucket.remove(name)
    if bucket.exists(name) or not is_kept:
        yield mend("storage", f"{where} does not keep, or not delete, what it is told to", DO)
    elif is_public:
        do = "Make the bucket private: originals, drafts and what was withdrawn lie there."
        yield mend("storage", f"whoever knows a name reads it from {where}", do)
    else:
        yield well("storage", f"{where} takes, gives and deletes files, and gives strangers none")


def all_there(bucket: "BucketStorage") -> Iterator[Diagnosis]:
    there = {name for name, _size in bucket.everything()}
    named: set[Any] = set()
    for model, field in NAMING.items():
        named |= set(model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)) - {None}
    if missing := sorted(named - there):
        do = "Put them there: where they lay in MEDIA_ROOT, by a backup from before and restore --replace."
        yield mend("storage", f"{len(missing)} files are not in the bucket: {', '.join(missing[:NAMED])}", do)
    else:
        yield well("storage", f"all {len(named)} files of this site are in the bucket")
    if strangers := sorted(there - named):
        said = f"{len(strangers)} files of the bucket are none of this site: {', '.join(strangers[:NAMED])}"
        yield note("storage", said, "Delete them, if nobody else keeps them there and no restore is to be undone.")
