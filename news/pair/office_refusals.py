"""Why a release is stopped, and why a change before release or bringing back is refused."""

from django.utils.translation import gettext_lazy as _

from home.gate import Refused

# Hold ----------------------------------------------------------------------------------------------------------------


class Held(Refused):
    message = _("%(name)s has put this on hold: “%(reason)s” Nothing of it goes out until a publisher lifts that.")


class HeldAlready(Refused):
    message = _("%(name)s has put this on hold already.")


class NotHeld(Refused):
    message = _("This is not on hold any more.")


class NotYoursToHold(Refused):
    message = _("Only somebody who works on this release can put it on hold.")


class MomentPassed(Refused):
    message = _("Something held it back when its moment came: a publisher has to release it now or set another moment.")


# Change before release -----------------------------------------------------------------------------------------------


class AmendmentWaits(Refused):
    message = _(
        "An amendment by %(name)s waits for somebody else: nothing goes out until they agree to it, or it is given up."
    )


class AmendmentOpen(Refused):
    message = _("An amendment by %(name)s waits already. Agree to it, or give it up, before you write another.")


class NoAmendment(Refused):
    message = _("No amendment waits any more: somebody has agreed to it, or given it up, meanwhile.")


class NothingToAmend(Refused):
    message = _("Only what is approved and not public yet is changed here. It is public by now, or a draft again.")


class AmendedByYou(Refused):
    message = _("You wrote this amendment yourself: somebody else has to agree to it.")


class AmendmentFitsNoMore(Refused):
    message = _(
        "What this amendment was written for has changed since. Nothing is lost: give it up, and write it anew "
        "in the texts as they are now."
    )


class MayNotDropAmendment(Refused):
    message = _("Only whoever wrote the amendment, or a publisher, may give it up.")


class OtherLanguageChangesToo(Refused):
    message = _("Does the %(language)s version change, too? Change it, or confirm that it is right as it stands.")


# Languages -----------------------------------------------------------------------------------------------------------


class LanguagesScheduled(Refused):
    message = _("A moment is set for its release: only a publisher changes now in which languages it goes out.")


# Bringing back -------------------------------------------------------------------------------------------------------


class NothingToBringBack(Refused):
    message = _("Nothing of this was withdrawn, or it came back meanwhile.")


class NotAsItWas(Refused):
    message = _(
        "The %(language)s version is not what it was when it was withdrawn: %(changes)s. It comes back by review and "
        "approval."
    )


class ComesBackByReview(Refused):
    message = _("The %(language)s version is in review or approved anew: it comes back that way.")


class NotKnownAsItWas(Refused):
    message = _(
        "Of the %(language)s version it is not known what readers had, or nobody had read it after its urgent "
        "release: it comes back by review and approval."
    )


class NotOfThePublicText(Refused):
    message = _("The other language has changed meanwhile: the %(language)s version comes back by review and approval.")


class BringingBackOpen(Refused):
    message = _("%(name)s has proposed to bring it back already.")


class NoBringingBack(Refused):
    message = _("Nobody proposes to bring this back any more.")


class BroughtBackByYou(Refused):
    message = _("You proposed this yourself: somebody else has to agree to it.")


class ProposedByNoPublisher(Refused):
    message = _(
        "%(name)s proposed this and may not publish it in both languages any more: a publisher gives it up, and "
        "somebody proposes it anew."
    )


class MayNotDropBringingBack(Refused):
    message = _("Only a publisher may give it up.")
