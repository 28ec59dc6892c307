"""Uploads in a bucket of object storage that speaks S3.

Nobody but Newsroom asks for what lies there: readers' browsers come to us, and we hand on what they may have.
"""

import errno
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Any, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from home.storage import CHUNK, GuardedNames, StorageAway, Stored, note

log = logging.getLogger(__name__)
CONNECT, ANSWER = 3, 10
"""Seconds: a reader waits."""
AGAIN_AFTER = 5
"""Seconds for which nobody is made to wait again for what has just not answered."""
IN_MEMORY = 1024 * 1024
NOT_FOUND = 404


class BucketStorage(GuardedNames, S3Storage):
    """Its key has to list the bucket, and to get, put and delete what is in it."""

    is_near = False
    file_overwrite = True  # a name holds a secret: there is no other file of that name to be asked for
    security_token = session_profile = None  # the settings name a key, and nothing else is looked for

    def __init__(self, **options: Any) -> None:
        config = Config(
            s3={"addressing_style": options["addressing_style"]},
            connect_timeout=CONNECT,
            read_timeout=ANSWER,
            retries={"total_max_attempts": 2, "mode": "standard"},
            # What speaks S3 and is not Amazon's knows no other.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**options, client_config=config)
        self.away_until = 0.0

    @contextmanager
    def asking(self, name: str = "") -> Iterator[Any]:
        """The client of boto3. FileNotFoundError, StorageAway: what went wrong within."""
        if monotonic() < self.away_until:
            raise StorageAway("it has not answered a moment ago")
        try:
            yield self.connection.meta.client
        except ClientError as error:  # it has answered
            if error.response["ResponseMetadata"].get("HTTPStatusCode") == NOT_FOUND:
                raise FileNotFoundError(errno.ENOENT, "not in the bucket", name) from error
            log.warning("Object storage refuses: %s", error)
            raise StorageAway(str(error)) from error
        except BotoCoreError as error:
            self.away_until = monotonic() + AGAIN_AFTER
            log.warning("Object storage does not answer: %s", error)
            raise StorageAway(str(error)) from error

    def place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """All of it is fetched."""
        if mode != "rb":
            raise ValueError(f"{name} is written as a whole.")
        target = cast(IO[bytes], SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  (a File's)
        with self.asking(name) as client, closing(client.get_object(**self.place(name))["Body"]) as body:
            while chunk := body.read(CHUNK):
                target.write(chunk)
        target.seek(0)
        return File(target, name)

    def _save(self, name: str, content: "File[Any]") -> str:
        content.seek(0)
        said = content.read()
        try:
            with self.asking(name) as client:  # in one piece: whole or not at all
                client.put_object(**self.place(name), Body=said.encode() if isinstance(said, str) else said)
        except FileNotFoundError as error:
            raise StorageAway("there is no such bucket") from error
        except StorageAway:
            self.delete(name)  # it may be the answer that was lost
            raise
        note(name)
        return name

    def delete(self, name: str) -> None:
        """What cannot be reached stays, and nothing leads there any more."""
        try:
            self.remove(name)
        except StorageAway as error:
            log.error("%s may stay in the bucket: %s. Delete it there.", name, error.why)

    def remove(self, name: str) -> None:
        with self.asking(name) as client:
            client.delete_object(**self.place(name))

    def copy(self, name: str, new_name: str) -> None:
        if self.exists(new_name) and self.look(new_name).size == self.look(name).size:
            return
        with self.asking(name) as client:
            client.copy_object(**self.place(new_name), CopySource=self.place(name))

    def exists(self, name: str) -> bool:
        try:
            self.look(name)
        except FileNotFoundError:
            return False
        return True

    def look(self, name: str) -> Stored:
        with self.asking(name) as client:
            found = client.head_object(**self.place(name))
        return Stored(found["ContentLength"], found["LastModified"])

    def size(self, name: str) -> int:
        return self.look(name).size

    def get_modified_time(self, name: str) -> Any:
        return self.look(name).modified

    def parts(self, name: str, wanted: range) -> Iterator[bytes]:
        if not wanted:
            return iter(())
        with self.asking(name) as client:
            asked = f"bytes={wanted.start}-{wanted.stop - 1}"
            return handed_on(name, client.get_object(**self.place(name), Range=asked)["Body"])

    def everything(self) -> Iterator[tuple[str, int]]:
        before = f"{self.location.strip('/')}/" if self.location.strip("/") else ""
        with self.asking() as client:
            pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name, Prefix=before)
            for page in pages:
                for found in page.get("Contents", ()):
                    if not found["Key"].endswith("/"):  # what some programs make for a folder
                        yield found["Key"].removeprefix(before), found["Size"]

    def answers(self) -> None:
        with self.asking(self.bucket_name) as client:
            client.list_objects_v2(Bucket=self.bucket_name, MaxKeys=1)

    def is_public(self, name: str) -> bool:
        """Whether it is given to who has no key."""
        try:
            self.unsigned_connection.meta.client.get_object(**self.place(name))
        except (ClientError, BotoCoreError):
            return False
        return True

    def url(self, name: str | None, *_arguments: Any, **_options: Any) -> str:
        """Ours: there is no address by which anybody gets it from the bucket."""
        return settings.MEDIA_URL + filepath_to_uri(name or "").lstrip("/")


def handed_on(name: str, body: Any) -> Iterator[bytes]:
    """What breaks off ends the connection: whoever reads knows by it that there was more."""
    with closing(body):
        try:
            while chunk := body.read(CHUNK):
                yield chunk
        except BotoCoreError as error:
            log.warning("Object storage broke off in the middle of %s: %s", name, error)
            raise ConnectionResetError(errno.ECONNRESET, "broken off by the storage") from error
