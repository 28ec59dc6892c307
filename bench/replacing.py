"""What it costs to replace a logo, and to take it down, in sixty public releases in both languages.

.venv/bin/python bench/replacing.py [RELEASES]
"""

import sys
import time

from scratch import bootstrap, scratch_site

RELEASES = int(sys.argv[1]) if len(sys.argv) > 1 else 60


def main():
    with scratch_site():
        bootstrap()
        measure()


def measure():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from news.jobs import work
    from news.release.replacing import agree, propose, stamp_of
    from news.release.taking_down import take_down
    from news.tests.libraries import image
    from news.tests.pairs import member_of, partner_pair

    author, publisher = member_of("Publishers", username="a"), member_of("Publishers", username="b")
    old, new = image("Old", (1, 2, 3, 255)), image("New", (9, 2, 3, 255))
    for number in range(RELEASES):
        partner_pair(title=(f"Institute {number}", f"研究院{number}"), logo=old)

    from news.models import Release

    spent = {}

    def step(name, function, *arguments):
        connection.queries_log.clear()  # it holds 9000
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            made = function(*arguments)
            spent[name] = len(captured), time.perf_counter() - began
        return made

    it = step("propose", propose, old, new, author, list(Release.objects.all()))
    it = step("agree (leaves a job)", agree, it, publisher, stamp_of(it))
    step("the job", work)
    it.refresh_from_db()
    assert it.ended_at, [row.refusal for row in it.rows.all()]
    step("take down (leaves a job)", take_down, new, publisher, "No licence.")
    step("its job", work)
    for name, (queries, seconds) in spent.items():
        each = seconds / RELEASES * 1000
        print(f"{name:26} {queries:6} queries {seconds:7.2f} s {each:8.1f} ms a release")


if __name__ == "__main__":
    main()
