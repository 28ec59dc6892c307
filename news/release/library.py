"""What the two libraries ask about the releases that show their files. Rule 19."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from home import keeping
from home.below import few
from home.gate import Refused
from home.images import CustomImage
from home.models import HomePage
from news import trail
from news.models import FileUse
from news.pair.file_refusals import CreditIsPublic, FileHidden, FileNotDeleted, FileStands, LogoStands
from news.pair.rules import may_publish
from news.pair.showings import Showing, showings_of
from news.pair.uses import NAMED


def named(showings: Iterable[Showing]) -> str:
    """In one sentence; of many the first few."""
    return few([showing.title for showing in showings])


class NewsKeepingPolicy(keeping.KeepingPolicy):
    def refusal_to_change(self, model: type[Model], keys: Collection[Any]) -> Refused | None:
        return refusal_of(FileStands, model, keys)

    def refusal_to_delete(self, model: type[Model], keys: Collection[Any]) -> Refused | None:
        return refusal_of(FileNotDeleted, model, keys)

    def refusal_to_hide(self, model: type[Model], keys: Collection[Any]) -> Refused | None:
        return refusal_of(FileHidden, model, keys, public=True)

    def refusal_to_credit(self, file: Any, user: User | None) -> Refused | None:
        showings = standing(file)
        if all(may_publish(user, showing.pair) for showing in showings):
            return None
        return CreditIsPublic(file=str(file), releases=named(showings))

    def credit_changed(self, file: Any, user: User | None, names: Iterable[str]) -> None:
        fields = ", ".join(str(file._meta.get_field(name).verbose_name) for name in names)
        for showing in standing(file):
            for version in showing.pair.versions.values():
                if version.page is not None and version.language.code in showing.states:
                    trail.record(version.page, "change_credit", user, file=str(file), reason=fields)


def standing(file: Any) -> list[Showing]:
    """The releases that show it and are submitted, approved or public."""
    return [showing for showing in showings_of(file) if showing.is_standing]


def refusal_of(
    refusal: type[Refused], model: type[Model], keys: Collection[Any], public: bool = False
) -> Refused | None:
    if model not in NAMED or not keys:
        return None
    home = HomePage.objects.filter(logo__in=list(keys)).select_related("logo").first() if model is CustomImage else None
    if home is not None:
        return LogoStands(file=str(home.logo))
    uses = FileUse.objects.filter(**{f"{NAMED[model]}__in": list(keys)})
    key = (uses.public() if public else uses.standing()).values_list(NAMED[model], flat=True).first()
    if key is None:
        return None
    file = model._default_manager.get(pk=key)
    return refusal(file=str(file), releases=named(standing(file)))


def is_standing(file: Any) -> bool:
    return refusal_of(FileStands, type(file), [file.pk]) is not None


def refuse_to_delete(model: type[Model], keys: Collection[Any]) -> None:
    """Raises FileNotDeleted."""
    keeping.refuse(refusal_of(FileNotDeleted, model, keys))
