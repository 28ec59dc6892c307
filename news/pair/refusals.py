"""Why a step of a release is refused, a class a reason, each with its words for the person who tried."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from home.gate import Refused


class NotAPublisher(Refused):
    message = _("Only a publisher may do this, with the right to publish in both languages.")


class NotAReviewer(Refused):
    message = _("Only somebody who may change both languages can do this.")


class MayNotEdit(Refused):
    message = _("You may not change this version.")


class NobodyToHandOverTo(Refused):
    message = _("%(name)s may not change this version.")


class ReasonNeeded(Refused):
    message = _("Say why: the reason stands in the audit trail.")


class IdentityNotConfirmed(Refused):
    message = _("The password is not right. This step asks once more who you are.")


class NotDuplicated(Refused):
    message = _("Not duplicated: %(reason)s")


# Submission ----------------------------------------------------------------------------------------------------------


class InReviewAlready(Refused):
    message = _("This version is in review already.")


class Locked(Refused):
    """With `why`, what one of news.pair.locks says, that is what is said."""

    message = _("The page is locked.")

    def __str__(self) -> str:
        return str(self.details.get("why") or self.message)


class NoReview(Refused):
    message = _("No review is set up for this part of the site.")


class NoReviewStage(Refused):
    message = _(
        "The workflow of this part of the site has no active stage of the kind “Review”, without which nothing is "
        "approved. An administrator has to add one."
    )


class Incomplete(Refused):
    message = _("These fields are still empty or not right: %(fields)s.")


class OpenParagraphs(Refused):
    message = ngettext_lazy(
        "%(count)d paragraph is not translated yet.", "%(count)d paragraphs are not translated yet.", "count"
    )


class NotReadSince(Refused):
    message = _("Nobody has written in the translation since it became a page of its own: read it, and save it.")


class MachineText(Refused):
    message = ngettext_lazy(
        "%(count)d paragraph came from a machine or the picture library, and nobody has accepted it yet.",
        "%(count)d paragraphs came from a machine or the picture library, and nobody has accepted them yet.",
        "count",
    )


class RefusedLinks(Refused):
    message = _("These links are not allowed: %(links)s")


class NothingToRecall(Refused):
    message = _("This version is not in review.")


class InOneLanguage(Refused):
    message = _(
        "This is to be released in %(language)s alone. If there is to be a translation after all, choose both "
        "languages on the release's page."
    )


class LanguagesSettled(Refused):
    message = _("In which languages this is released has been settled meanwhile: see below where it stands.")


class NotYourSubmission(Refused):
    message = _("Only whoever submitted it, or a reviewer, may recall it.")


class IsATranslation(Refused):
    message = _("This is the translation. It is brought up to date from its original.")


# Approval ------------------------------------------------------------------------------------------------------------


class SecondPersonNeeded(Refused):
    message = _("Nobody but you wrote or submitted this version: a second person has to approve it.")


class WrittenByYou(Refused):
    message = _("You wrote part of what has changed: somebody else has to approve it. %(places)s")


class WaitsForAYes(Refused):
    message = _("You signed this off with corrections: it waits for somebody else, the author for instance, to agree.")


class NothingToAgreeTo(Refused):
    message = _("Nothing waits for your agreement: the version was changed or decided meanwhile. Read it once more.")


class ReviewedByYouAlready(Refused):
    message = _("You approved an earlier stage of this review: each stage needs another person.")


class NotReviewed(Refused):
    message = _(
        "Not every stage of this review was approved by a person, and each by another. Recall the version and submit "
        "it again."
    )


class StageGone(Refused):
    message = _("This stage has been taken out of the review. Recall the version and submit it again.")


class WaitsForOriginal(Refused):
    message = _("The translation can be approved once the original is: it waits for the %(language)s version.")


class ChangedSinceSubmission(Refused):
    message = _("%(name)s has changed the text since it came to you. Read it here, then approve it here.")


class ShownOtherwise(Refused):
    message = _(
        "Not what you were shown: somebody has changed the %(languages)s version since. What has changed is marked "
        "below. Read it, then confirm again."
    )


class NotOfferedAnyMore(Refused):
    message = _(
        "Not what you were shown: somebody has changed the %(languages)s version since, and as it stands now this "
        "cannot be done. Nothing has been changed: see below what it waits for."
    )


class Claimed(Refused):
    message = _("%(name)s is correcting this version. Wait until they are done, or take it over.")


class ClaimedByNobody(Refused):
    message = _("Who corrects this version has changed meanwhile. Nothing has been changed: see who it is now.")


class DecidedMeanwhile(Refused):
    message = _(
        "Somebody has decided about this review meanwhile, or it was recalled. Nothing has been changed: see on the "
        "release's page where it stands now."
    )


class BlockingFindings(Refused):
    message = _("The checks found what must be settled first: %(findings)s")


class FindingGone(Refused):
    message = _("The texts have changed: the checks no longer find this.")


class NeverOverridden(Refused):
    message = _("This must be mended: nobody can override it.")


class NotApproved(Refused):
    message = _("There is no approval that could be taken back.")


class SharedFieldsChanged(Refused):
    message = _("More than the wording has changed: the translation has to be approved again.")


class NothingOutOfDate(Refused):
    message = _("The translation is not out of date.")


# Release -------------------------------------------------------------------------------------------------------------


class NotReady(Refused):
    message = _("Not ready: the %(language)s version is not approved.")


class NotStamped(Refused):
    message = _(
        "The %(language)s version was approved before the last update of the software, which has not been finished: "
        "“manage.py upgrade” has to run first."
    )


class NotWhatWasApproved(Refused):
    message = _(
        "The %(language)s version is not the one that was approved: %(changes)s. Take the approval back and have it "
        "read again."
    )


class OutOfDate(Refused):
    message = _("Not ready: the original has changed since the translation was approved.")


class SharedPartWaits(Refused):
    message = _(
        "Not ready: pictures, links or dates of the original have changed, and the %(language)s version has to show "
        "the same. It has changes of its own that nobody has approved: submit it, or take them back."
    )


class NothingToRelease(Refused):
    message = _("What is approved is public already.")


class OtherLanguageIsReady(Refused):
    message = _("The other language is approved too. Release both, or confirm that it has to wait.")


class InThePast(Refused):
    message = _("This moment has passed already.")


class Missed(Refused):
    message = _(
        "An approval came after the moment of release: a publisher has to release it now or set another moment."
    )


class NotScheduled(Refused):
    message = _("Nothing is scheduled.")


class EverReleased(Refused):
    message = _("This was released before: it cannot come in as old news.")


class NotPublic(Refused):
    message = _("This is not public, or not any more: nothing can be corrected or withdrawn.")


class NoReviewAfterwardsDue(Refused):
    message = _("No post-release review is due.")


class Frozen(Refused):
    message = _(
        "%(name)s is about to release this urgently. Both versions stay as they are until %(time)s, %(zone)s: wait "
        "until then, or ask them to let others write again."
    )


class NotFrozen(Refused):
    message = _("Nothing is held for an urgent release.")


class OtherLanguageToo(Refused):
    message = _(
        "Is the %(language)s version wrong too? Write the note to its readers, or confirm that it is right as it "
        "stands."
    )


class TranslationFirst(Refused):
    message = _(
        "The %(language)s version does not have these changes yet. Bring its paragraphs up to date and translate what "
        "is new; then begin the correction."
    )


class NoteNeeded(Refused):
    message = _("Readers of each language need a note on what was changed.")


class NoteNotApproved(Refused):
    message = _("Nobody has approved the note to readers of the %(language)s version yet.")


class NoteAfterApproval(Refused):
    message = _("What is approved waits for its release. Take the approval back to add a note to readers.")


class CorrectionOpen(Refused):
    message = _("A correction of this release waits already. Approve it, or give it up, before you begin another.")


class ChangesWaiting(Refused):
    message = _("The %(language)s version has changes that are not public yet. Release them or drop them first.")


class NoWordChanged(Refused):
    message = _("Nothing has been changed.")


class TextEmptied(Refused):
    message = _("A text cannot be emptied here. To take it out, open the version in its editor: %(text)s")


class MarksChanged(Refused):
    message = _("Keep the marks, such as <b> and <a>, as they were in: %(text)s")


class CorrectionOfBoth(Refused):
    message = _(
        "The %(language)s version has part of the correction that is open, and would not go out with this. Release "
        "both languages, or give the correction up."
    )


class NoCorrectionOpen(Refused):
    message = _("No correction waits any more: it was released or given up meanwhile.")


class AddressTaken(Refused):
    message = _("Another page of this section already uses the address “%(slug)s”.")


class NotAnAddress(Refused):
    message = _("An address is made of Latin letters, digits and hyphens.")
