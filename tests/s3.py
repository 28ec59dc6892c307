"""A server that speaks S3, in a process of its own, and the line to it, which a test may cut.

moto's: `moto_server` on the PATH, or what MOTO_SERVER names. It asks for a signature, and does not look into it.
"""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from urllib.parse import quote
from uuid import uuid4

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from newsroom.settings import addresses

from .demo_site import free_port

SERVER = os.environ.get("MOTO_SERVER") or shutil.which("moto_server")
KEY, SECRET = "ours", "geheim/+"


class Line:
    """Hands on what either side says: until it is shut, or has handed on so many bytes one way."""

    def __init__(self, port):
        self.port, self.to = free_port(), port
        self.up_to = {"there": None, "back": None}
        self.listener = None
        self.open()

    def open(self):
        self.up_to = dict.fromkeys(self.up_to)
        if self.listener is None:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            threading.Thread(target=self.serve, args=[self.listener], daemon=True).start()

    def shut(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.listener = None

    def serve(self, listener):
        while True:
            try:
                here, _address = listener.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self.to))
            for way, source, target in (("there", here, there), ("back", there, here)):
                threading.Thread(target=self.hand_on, args=[way, source, target], daemon=True).start()

    def hand_on(self, way, source, target):
        count = 0
        with suppress(OSError):
            while said := source.recv(16384):
                count += len(said)
                most = self.up_to[way]
                if self.listener is None or (most is not None and count > most):
                    break
                target.sendall(said)
        for side in (source, target):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


class ObjectStorage:
    def __init__(self):
        self.server_port = free_port()
        command = [SERVER, "-H", "127.0.0.1", "-p", str(self.server_port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.server = subprocess.Popen(command, **quiet)
        self.line = Line(self.server_port)
        config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})
        self.client = botocore.session.get_session().create_client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.server_port}",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
            config=config,
        )
        for _attempt in range(300):
            try:
                self.client.list_buckets()
                break
            except BotoCoreError:
                time.sleep(0.1)

    def make(self, name):
        """A bucket; what MEDIA_STORAGE says of it."""
        self.client.create_bucket(Bucket=name)
        return f"s3+http://{KEY}:{quote(SECRET, safe='')}@127.0.0.1:{self.line.port}/{name}"

    def files(self, name):
        found = self.client.list_objects_v2(Bucket=name).get("Contents", ())
        return {each["Key"]: self.client.get_object(Bucket=name, Key=each["Key"])["Body"].read() for each in found}

    def end(self):
        self.server.kill()
        self.server.wait()


class Bucket:
    def __init__(self, server, folder=""):
        self.server, self.line = server, server.line
        self.name = f"news-{uuid4().hex}"
        self.url = server.make(self.name) + folder
        self.line.open()

    @property
    def files(self):
        return self.server.files(self.name)

    def ask_plainly(self, name):
        """As whoever knows where it lies."""
        address = f"http://127.0.0.1:{self.server.server_port}/{self.name}/{quote(name)}"
        try:
            return urllib.request.urlopen(address).status
        except urllib.error.HTTPError as refusal:
            return refusal.code


def use(settings, url):
    settings.MEDIA_STORAGE = addresses.bucket(url)
    media = {"BACKEND": "home.bucket.BucketStorage", "OPTIONS": settings.MEDIA_STORAGE}
    settings.STORAGES = {**settings.STORAGES, "default": media}


if __name__ == "__main__":  # what follows is a command that is run with such a bucket as MEDIA_STORAGE
    storage = ObjectStorage()
    try:
        told = {**os.environ, "MEDIA_STORAGE": storage.make("news-of-this-run")}
        sys.exit(subprocess.run(sys.argv[1:], env=told).returncode)
    finally:
        storage.end()
