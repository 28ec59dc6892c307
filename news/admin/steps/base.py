"""The register of steps: all there is to say of what may be done with a release, said once.

Screens offer what the register offers, and take what it takes. What would be refused is not offered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from home.gate import Refused
from home.languages import LANGUAGES, Language, Words
from news.admin.forms import StepForm
from news.models import Release
from news.pair.pair import Pair
from news.pair.stamps import Covers, shown_now
from news.pair.version import Version
from news.release.correction import waiting

Data = dict[str, Any]
"""What the form of a step gave."""
Take = Callable[[Pair, User, Data], None]
"""Takes a step. Raises Refused."""
Offered = bool | dict[str, Any] | Iterable[dict[str, Any]] | None
"""Whether a step is offered now, or what its Offers say beyond it."""


@dataclass(frozen=True)
class Step:
    name: str
    label: Words
    done: Words
    """What is said once it is taken."""
    take: Take | None
    """None where a screen of its own takes it."""
    offers: Callable[[Any, User], Offered]
    """Asked about the Pair or, of what is offered `beside_version`, each Version."""
    form: type[StepForm] = StepForm
    beside_version: bool = False
    """Whether it is offered beside each version, which `offers` is then asked about; else once for the release."""
    of_version: bool = False
    """Whether it cannot be taken without a version that is there."""
    is_main: bool = False
    """What one came for, rather than an exception."""
    is_grave: bool = False
    """What takes something from readers, or gives it to them before its time: it stands last, and looks so."""
    leads_on: bool = False
    """Whether one is done with the release for now once it is taken, as one is after each main one."""
    of_correction: bool = False
    """Whether it decides about a correction that waits."""
    covers: Covers | None = None
    """What somebody has read who takes it: its form carries the stamp of that."""
    holds: bool = False
    """Whether `take` gets a Pair that was read once nobody else could decide about the release."""
    publishes: bool = False
    """Whether readers see what was approved once it is taken."""
    writes: tuple[str, ...] = ()
    """Its lines in the trail, of `news.trail.ACTIONS`."""
    done_otherwise: Callable[[Pair], Words] = lambda pair: ""
    """What is said instead where taking it has led to something else; empty where it has not."""
    done_elsewhere: Words = ""
    """The same, naming the `%(title)s`, where it was taken from another screen than the release's."""
    refused: Words = "%(reason)s"
    """What is said where it is refused."""
    known: Callable[[Release], dict[str, Any]] = lambda release: {}
    """What its form is told of the release, when it is shown and when it is sent."""
    screen: str = ""
    """The name of the address of that screen."""

    def stamp(self, pair: Pair, language: Language | None) -> str:
        """Of what its form covers as it stands; empty where it covers nothing."""
        return shown_now(self.covers(pair, language)) if self.covers else ""


REGISTER: dict[str, Step] = {}
"""{name: Step}, in the order in which they are offered."""


def step(
    name: str, label: Words, done: Words, offers: Callable[[Any, User], Offered], **options: Any
) -> Callable[[Take | None], Take | None]:
    """Register a function that takes a step, `(pair, user, data)`; None where a screen of its own takes it."""

    def registered(take: Take | None) -> Take | None:
        options["of_version"] = options.get("of_version", options.get("beside_version", False))
        REGISTER[name] = Step(name, label, done, take, offers, **options)
        return take

    return registered


@dataclass(frozen=True)
class Offer:
    """A step as somebody is offered it now."""

    step: Step
    label: Words
    language: str
    """The code of the version that it concerns, empty for the release as a whole."""
    pair: Pair
    initial: dict[str, Any] = field(default_factory=dict)
    people: QuerySet[User] | None = None
    """The users among whom the step chooses."""
    is_open: bool = False
    """Whether its form stands open."""

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def stamp(self) -> str:
        return self.step.stamp(self.pair, LANGUAGES.get(self.language))

    @property
    def is_main(self) -> bool:
        """Beside a correction that waits for somebody's yes nothing else is what one came for."""
        return self.step.is_main and (self.step.of_correction or not waiting(self.pair))

    @property
    def leads_on(self) -> bool:
        return self.is_main or self.step.leads_on

    @property
    def screen(self) -> str:
        return self.step.screen

    @property
    def looks(self) -> str:
        """Classes of its button."""
        return "no" if self.step.is_grave else "" if self.is_main else "button-secondary"


def offers_of_release(pair: Pair, user: User) -> list[Offer]:
    """For the release as a whole."""
    found = [offer for step in REGISTER.values() if not step.beside_version for offer in made(step, pair, user)]
    return sorted(found, key=lambda offer: (not offer.is_main, offer.step.is_grave))


def offers_of_version(version: Version, user: User) -> list[Offer]:
    """Beside a Version."""
    if version.page is None:
        return []
    return [offer for step in REGISTER.values() if step.beside_version for offer in made(step, version, user)]


def offers_of(pair: Pair, user: User) -> tuple[list[Offer], dict[Language, list[Offer]]]:
    """For the whole release, and beside each version."""
    return offers_of_release(pair, user), {
        language: offers_of_version(version, user) for language, version in pair.versions.items()
    }


def made(step: Step, subject: Any, user: User) -> list[Offer]:
    found = step.offers(subject, user)
    if isinstance(found, dict):
        found = [found]
    elif found is None or isinstance(found, bool):
        found = [{}] if found else []
    language = subject.language.code if step.beside_version else ""
    pair = subject.pair if step.beside_version else subject
    return [Offer(step, **{"label": step.label, "language": language, "pair": pair, **said}) for said in found]


def allowed(check: Callable[..., object], *arguments: object) -> bool:
    try:
        check(*arguments)
    except Refused:
        return False
    return True


__all__ = ["REGISTER", "Offer", "Step", "allowed", "offers_of", "offers_of_release", "offers_of_version", "step"]
