"""Releases of November 2026, all invented."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "call-for-papers-2027",
        "original": "en",
        "date": "2026-11-10T10:00",
        "views": None,
        "state": "half",
        "title": (
            "Call for papers for the next forum: how cities learn from cities",
            "下届论坛征文启事：城市如何向城市学习",
        ),
        "summary": (
            "Researchers and city officials may submit papers for the next forum until 31 January 2027.",
            "研究人员和城市管理者可于2027年1月31日前向下届论坛投稿。",
        ),
        "source": ("", ""),
        "lead_image": None,
        "topics": ["forum"],
        "partners": ["example-harbour-institute"],
        "body": [
            (
                "paragraph",
                (
                    "The committee asks for papers of at most 6,000 words on what one city has taken over "
                    "from another, and what came of it.",
                    "论坛组委会现面向研究人员和城市管理者征集论文，"
                    "内容为一座城市借鉴另一座城市的做法及其成效，篇幅不超过6000词。",
                ),
            ),
            ("paragraph", ("Papers may be written in English or in Chinese.", "论文可用英文或中文撰写。")),
            ("heading", ("What the committee is looking for", "组委会希望收到什么")),
            (
                "paragraph",
                ("Measures that failed are as welcome as those that succeeded, as long as the figures are given.", ""),
            ),
            (
                "paragraph",
                (
                    "Each paper is read by two referees who do not know the author. Decisions will be "
                    "announced by 31 March 2027.",
                    "",
                ),
            ),
            ("heading", ("Invitation to Shenzhen", "")),
            (
                "paragraph",
                (
                    "The authors of up to 20 papers will be invited to Shenzhen to present their work, "
                    "and the committee will pay for their travel.",
                    "",
                ),
            ),
        ],
    },
    {
        "slug": "forum-2027-dates",
        "original": "zh-hans",
        "date": "2026-11-18T09:30",
        "views": None,
        "state": "changed",
        "new_summary": "论坛将于2027年6月9日至11日举行，预计约3200人参会，12座城市将各承办一场分会。",
        "title": (
            "Forum to meet in Shenzhen in June 2027 and hold its first day of visits",
            "2027年论坛定于6月在深圳举行 首设实地走访日",
        ),
        "summary": (
            "The forum will run from 9 to 11 June 2027. About 3,000 people are expected, and 12 "
            "cities will each hold a session.",
            "论坛将于2027年6月9日至11日举行，预计约3000人参会，12座城市将各承办一场分会。",
        ),
        "source": ("", ""),
        "lead_image": "hall",
        "topics": ["forum"],
        "partners": ["sample-coastal-cities", "example-tide"],
        "body": [
            (
                "paragraph",
                (
                    "The committee announced on 18 November that the next forum will be held in Shenzhen "
                    "from 9 to 11 June 2027. Its theme is “Cities learn from cities”.",
                    "论坛组委会11月18日宣布，下届论坛将于2027年6月9日至11日在深圳举行，主题为“城市向城市学习”。",
                ),
            ),
            (
                "paragraph",
                (
                    "About 3,000 people from 60 cities are expected. The sessions will be held by 12 "
                    "cities, each of which chooses its own subject and speakers; the Sample Network of "
                    "Coastal Cities coordinates the programme.",
                    "预计来自60座城市的约3000人参会。分会由12座城市各承办一场，议题和主讲人自行确定，"
                    "样例沿海城市网络负责统筹日程。",
                ),
            ),
            ("heading", ("A day of visits", "实地走访日")),
            (
                "paragraph",
                (
                    "On 11 June, for the first time, there will be no speeches. Participants choose one "
                    "of 15 routes to bus depots, rooftop gardens and berths with shore power, where the "
                    "staff explain their work.",
                    "6月11日为实地走访日，系论坛首次设立，当天不安排报告。参会者可从15条线路中任选一条，"
                    "走访公交场站、屋顶花园和岸电泊位，由一线人员讲解。",
                ),
            ),
            (
                "quote",
                ("An hour in a bus depot teaches more than a day of talks.", "在公交场站待一小时，胜过听一天报告。"),
                ("Gao Example, programme director of the forum", "论坛日程总监 高示例"),
            ),
            (
                "paragraph",
                (
                    "Registration opens on 1 February 2027 and is free of charge. The committee offers "
                    "200 travel grants to participants from small cities.",
                    "报名自2027年2月1日开始，不收取费用。组委会为小城市参会者提供200个交通补助名额。",
                ),
            ),
            (
                "paragraph",
                (
                    "The Example Tide will broadcast the opening live in English and Chinese.",
                    "《示例潮报》将以中英双语直播开幕式。",
                ),
            ),
        ],
    },
    {
        "slug": "eleven-cities-one-method",
        "original": "en",
        "date": "2026-11-18T16:00",
        "views": None,
        "state": "review",
        "title": (
            "Eleven cities will report building emissions by one method from 2027",
            "十一座城市2027年起采用统一方法报告建筑排放",
        ),
        "summary": (
            "The agreement covers 8,400 public buildings with a floor area of 46 million square metres.",
            "协议涵盖公共建筑8400栋，建筑面积4600万平方米。",
        ),
        "source": ("Sample Network of Coastal Cities", "样例沿海城市网络"),
        "lead_image": "skyline",
        "topics": ["clean-technology", "forum"],
        "partners": ["sample-coastal-cities", "placeholder-university", "example-harbour-institute"],
        "body": [
            (
                "paragraph",
                (
                    "Eleven cities signed an agreement in Port Placeholder on 17 November to report "
                    "emissions from their public buildings by one method. Reporting begins with the "
                    "figures for 2027.",
                    "11月17日，十一座城市在占位港签署协议，商定以同一方法报告公共建筑排放，自2027年度数据起执行。",
                ),
            ),
            (
                "paragraph",
                (
                    "Schools, hospitals and offices make up most of the 8,400 buildings, which have a "
                    "floor area of 46 million square metres. Until now the cities had used seven "
                    "different methods.",
                    "协议涵盖的8400栋建筑以学校、医院和办公楼为主，建筑面积4600万平方米。此前，"
                    "各城市使用的核算方法多达七种。",
                ),
            ),
            ("heading", ("How emissions will be counted", "核算办法")),
            (
                "paragraph",
                (
                    "Placeholder University of Technology and the Example Harbour Institute developed the "
                    "method. Heating, cooling and lighting are reported separately for each building, "
                    "once a month.",
                    "核算方法由占位理工大学和示例港研究院共同制定，每栋建筑按月分别报告供暖、制冷和照明排放。",
                ),
            ),
            (
                "paragraph",
                (
                    "Power that a building generates on its own roof is shown but not deducted.",
                    "建筑屋顶自发电量单独列示，不作抵扣。",
                ),
            ),
            (
                "quote",
                (
                    "If everyone deducts what they like, nothing can be compared.",
                    "各家想扣什么就扣什么，数据就没法比了。",
                ),
                (
                    "Ada Sample, secretary-general of the Sample Network of Coastal Cities",
                    "样例沿海城市网络秘书长 艾达·桑普尔",
                ),
            ),
            (
                "paragraph",
                (
                    "The network will publish the first comparison by 30 April 2028.",
                    "样例沿海城市网络将于2028年4月30日前发布首份对比结果。",
                ),
            ),
        ],
    },
]
