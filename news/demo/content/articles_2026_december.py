"""Short releases of the coming weeks, all invented: each stands at another step of its way."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "forum-registration-opens",
        "original": "en",
        "date": None,
        "views": None,
        "state": "waiting",
        "title": ("Registration for the next forum opens in December", "下届论坛12月开放报名"),
        "summary": (
            "Cities, institutes and companies can register for the next forum from 1 December 2026.",
            "各城市、机构和企业可自2026年12月1日起报名参加下届论坛。",
        ),
        "source": ("", ""),
        "lead_image": "hall",
        "topics": ["forum"],
        "partners": ["example-harbour-institute"],
        "body": [
            (
                "paragraph",
                (
                    "The committee has 1,200 places, 400 of them for cities that have not taken part before.",
                    "论坛共设1200个名额，其中400个留给首次参加的城市。",
                ),
            ),
            (
                "paragraph",
                (
                    "Registration costs nothing. It closes on 28 February 2027, or when the last place is taken.",
                    "报名免费，截止日期为2027年2月28日，额满即止。",
                ),
            ),
        ],
    },
    {
        "slug": "night-buses-go-electric",
        "original": "zh-hans",
        "date": None,
        "views": None,
        "state": "ready",
        "title": ("Lantern Bay's night buses go electric", "灯塔湾夜间公交全部换用电动车"),
        "summary": (
            "The last 60 night buses of Lantern Bay run on batteries from 8 December 2026.",
            "灯塔湾最后60辆夜间公交车将于2026年12月8日起换用电动车。",
        ),
        "source": ("", ""),
        "lead_image": "bus",
        "topics": ["transport"],
        "partners": [],
        "body": [
            (
                "paragraph",
                (
                    "The buses are charged by day, when the city's roofs deliver more power than it uses.",
                    "这些车辆在白天充电，此时全市屋顶光伏发电量高于用电量。",
                ),
            ),
        ],
    },
    {
        "slug": "harbour-shore-power-agreement",
        "original": "en",
        "date": None,
        "views": None,
        "state": "scheduled",
        "title": ("Five ports agree on one plug for shore power", "五个港口统一岸电接口"),
        "summary": (
            "Five ports will use the same plug for ships that take their power from the shore.",
            "五个港口将对使用岸电的船舶采用统一接口。",
        ),
        "source": ("", ""),
        "lead_image": "harbour",
        "topics": ["ports"],
        "partners": [],
        "body": [
            (
                "paragraph",
                (
                    "Ships that call at all five ports can then switch off their engines in each of them.",
                    "停靠这五个港口的船舶届时均可在港内关闭发动机。",
                ),
            ),
        ],
    },
    {
        "slug": "mangrove-count-results",
        "original": "en",
        "date": "2026-11-20T11:00",
        "views": None,
        "state": "returned",
        "title": ("Mangrove count finds 31 kinds of birds", "红树林鸟类调查记录到31种鸟类"),
        "summary": (
            "Volunteers counted 31 kinds of birds on the eastern shore of Lantern Bay.",
            "志愿者在灯塔湾东岸记录到31种鸟类。",
        ),
        "source": ("", ""),
        "lead_image": "mangrove",
        "topics": ["green-spaces"],
        "partners": [],
        "body": [("paragraph", ("Five years ago they found 19.", "五年前的调查记录到19种。"))],
    },
    {
        "slug": "tram-open-day",
        "original": "en",
        "date": "2026-10-05T09:00",
        "views": None,
        "state": "withdrawn",
        "title": ("Open day at the tram depot", "有轨电车车辆段开放日"),
        "summary": (
            "Port Placeholder opens its tram depot to visitors.",
            "占位港有轨电车车辆段将对公众开放。",
        ),
        "source": ("", ""),
        "lead_image": None,
        "topics": ["transport"],
        "partners": [],
        "body": [("paragraph", ("Visitors can ride in a driver's cab.", "参观者可乘坐驾驶室。"))],
    },
]
