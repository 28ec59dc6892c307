"""What Wagtail's buttons and actions may do to pages that go public through a release. Part of home.gate."""

from wagtail.models import Page, PagePermissionTester

from home import gate
from home.below import stands_above
from home.slugs import was_released


class OurPermissionTester(PagePermissionTester):
    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and not any(
            map(gate.gates, self.page.specific_class.creatable_subpage_models())
        )

    def can_unpublish(self) -> bool:
        return False


class GatedPermissionTester(OurPermissionTester):
    """Superusers are bound by it too."""

    def can_publish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and gate.policy.refusal_to_submit(self.page) is None

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and gate.policy.may_be_deleted(self.page)

    def can_move(self) -> bool:
        """What was released, in both languages and by a publisher: see home.both."""
        may = self.user.is_superuser or "publish" in self.permissions or not was_released(self.page)
        return may and PagePermissionTester.can_delete(self, True) and not stands_above(self.page, withdrawn=True)

    def can_move_to(self, destination: Page) -> bool:
        return self.can_move() and destination.locale_id == self.page.locale_id and super().can_move_to(destination)

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return destination.locale_id == self.page.locale_id and super().can_copy_to(destination, recursive)


class SectionPermissionTester(GatedPermissionTester):
    """For the pages that `bootstrap` makes: taking one down, moving or copying it would take its releases along."""

    def can_set_view_restrictions(self) -> bool:
        """Who may read it is set on the page of its release; above what is released it is opened in this way alone."""
        return stands_above(self.page) and gate.policy.may_lift(self.page, self.user)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy(self) -> bool:
        return False
