"""What web nodes that share a database tell each other. Written by `nodes` alone, beside every transaction."""

from django.db import models


class FrontNode(models.Model):
    """A node that follows: as long as its row is there, each change waits for it."""

    name = models.CharField(max_length=60, primary_key=True)
    session = models.UUIDField(unique=True)
    """Of the process that follows. Another one has another, and so has the same after it was out."""
    renewed_at = models.DateTimeField()
    """When its lease began anew, by the database's clock: that it is another moment counts, and not which."""
    done = models.BigIntegerField()
    """The number of the last FrontDoor that it has carried out."""

    def __str__(self) -> str:
        return self.name


class FrontDoor(models.Model):
    """What a change shuts or opens on all nodes, in the order of its number; without a name it is forgotten."""

    tags = models.JSONField()
    shutting = models.CharField(max_length=32)
    """The name of a change, which is about to be committed."""
    opening = models.CharField(max_length=32)
    """The name of a change that is done, or did not happen."""
    at = models.DateTimeField()
    """By the database's clock."""

    def __str__(self) -> str:
        return str(self.pk)
