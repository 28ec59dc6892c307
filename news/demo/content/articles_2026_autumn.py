"""Releases of September and October 2026, all invented."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "ten-measures-for-ports",
        "original": "zh-hans",
        "date": "2026-09-16T09:30",
        "views": None,
        "title": ("Forum publishes ten measures for low-carbon ports", "深圳国际低碳城论坛发布港口低碳行动十条"),
        "summary": (
            "Two partners of the forum will put the first four measures to the test at three "
            "terminals from January 2027.",
            "论坛两家合作伙伴将自2027年1月起，在三个码头试行其中前四条。",
        ),
        "source": ("Lantern Bay Power Company", "灯塔湾电力公司"),
        "lead_image": "harbour",
        "topics": ["ports", "forum"],
        "partners": ["lantern-bay-power", "example-harbour-institute"],
        "body": [
            (
                "paragraph",
                (
                    "The forum published ten measures on 16 September by which ports can cut their "
                    "emissions without handling fewer ships.",
                    "9月16日，论坛发布港口低碳行动十条，提出在不减少船舶接卸量的前提下降低港口排放的办法。",
                ),
            ),
            (
                "paragraph",
                (
                    "The measures were drawn up over 18 months by 22 engineers, pilots and port managers "
                    "from 14 port cities. Each states what has to be built, who pays for it and how the "
                    "result is measured.",
                    "十条措施由来自14座港口城市的22名工程师、引航员和港口管理人员历时18个月编写而成，"
                    "逐条写明建什么、谁出资、如何衡量成效。",
                ),
            ),
            (
                "paragraph",
                (
                    "Four measures concern ships at the quay and on their way in, three concern vehicles "
                    "in the port, and three concern power and its storage.",
                    "其中，四条针对进港和靠港船舶，三条针对港内车辆，三条针对供电与储能。",
                ),
            ),
            (
                "quote",
                (
                    "A ship at the quay needs light and cooling, not a running engine.",
                    "船靠了岸，要的是照明和制冷，不是一台转着的发动机。",
                ),
                ("Lin Example, director of the Example Harbour Institute", "示例港研究院院长 林示例"),
            ),
            ("heading", ("Plugs, speed and arrival", "接口、航速与到港时间")),
            (
                "paragraph",
                (
                    "The first measure calls for shore power at every berth with more than 100 calls a "
                    "year. The second calls for a common plug, because half of the ships that could take "
                    "shore power today do not fit the socket.",
                    "第一条要求年靠泊超过100艘次的泊位全部配备岸电。第二条要求统一接口，"
                    "目前具备受电条件的船舶中，有一半因接口不符而无法接用岸电。",
                ),
            ),
            (
                "paragraph",
                (
                    "Under the third, ships sail at no more than 10 knots over the last 20 nautical "
                    "miles. Under the fourth, the port gives each ship a time of arrival, and ships no "
                    "longer wait at anchor with their engines running.",
                    "第三条规定，船舶进港前最后20海里航速不超过10节。第四条要求港口为每艘船舶安排到港时间，"
                    "避免船舶在锚地开机等候。",
                ),
            ),
            ("heading", ("What the first four measures save", "前四条减排效果")),
            (
                "paragraph",
                (
                    "The Example Harbour Institute has calculated the effect on the three terminals of "
                    "Lantern Bay that will test the measures. Together they would emit 3,660 tonnes of "
                    "CO₂ less a year.",
                    "示例港研究院对灯塔湾三个试点码头进行了测算，三个码头合计每年可减少二氧化碳排放3660吨。",
                ),
            ),
            (
                "table",
                ("Emissions avoided a year, by terminal", "各码头年减排量"),
                [("Terminal", "码头"), ("Calls a year", "年靠泊艘次"), ("Tonnes of CO₂", "二氧化碳（吨）")],
                [
                    [("North", "北码头"), ("310", "310"), ("1,860", "1860")],
                    [("East", "东码头"), ("245", "245"), ("1,420", "1420")],
                    [("Fishing harbour", "渔港"), ("120", "120"), ("380", "380")],
                    [("All three", "合计"), ("675", "675"), ("3,660", "3660")],
                ],
            ),
            (
                "paragraph",
                (
                    "More than half of the saving comes from shore power. Slower approach accounts for "
                    "most of the rest, and nothing has to be built for it.",
                    "减排量一半以上来自岸电，其余大部分来自减速进港，后者无需任何建设投入。",
                ),
            ),
            ("image", "turbines"),
            ("heading", ("The trial at three terminals", "三个码头试点安排")),
            (
                "paragraph",
                (
                    "Lantern Bay Power Company will equip 12 more berths with shore power by the end of "
                    "2026, at a cost of 48 million yuan. Its 36 present connections stay in service.",
                    "灯塔湾电力公司将于2026年底前为另外12个泊位配备岸电，投资4800万元，现有36套设施继续运行。",
                ),
            ),
            (
                "paragraph",
                (
                    "The trial begins on 4 January 2027 and lasts twelve months. Readings from every "
                    "berth will be published each month by the institute.",
                    "试点自2027年1月4日开始，为期十二个月。研究院将按月公布每个泊位的数据。",
                ),
            ),
            (
                "paragraph",
                (
                    "Ships that use shore power will pay 20 per cent less in port dues during this time. "
                    "The city has set aside 9 million yuan to make up for it.",
                    "试点期间，使用岸电的船舶可减免20%的港口费，灯塔湾市安排资金900万元予以补偿。",
                ),
            ),
            (
                "quote",
                (
                    "Before anyone can sell power to a ship, we have to agree on the plug.",
                    "先把插头统一了，才谈得上给船供电。",
                ),
                ("Zhou Template, chief engineer of Lantern Bay Power Company", "灯塔湾电力公司总工程师 周模板"),
            ),
            ("heading", ("What remains to be settled", "尚待解决的问题")),
            (
                "paragraph",
                (
                    "Fishing boats are the difficult part. Many are more than 25 years old and cannot "
                    "take shore power without new wiring, which costs about 30,000 yuan a boat.",
                    "难点在渔船。许多渔船船龄超过25年，不更换线路便无法接用岸电，每艘改造费用约3万元。",
                ),
            ),
            (
                "paragraph",
                (
                    "The other six measures depend on rules that the port cities have yet to agree. "
                    "Progress on them will be reported at the next forum.",
                    "其余六条有待各港口城市商定规则，进展情况将在下届论坛上通报。",
                ),
            ),
            (
                "paragraph",
                (
                    "The measures are open to any port. The full text can be downloaded here.",
                    "各港口均可参照实施，全文可在此下载。",
                ),
            ),
            ("document", ("Ten measures for low-carbon ports", "港口低碳行动十条")),
            ("embed", "https://www.bilibili.com/video/BV1example", ("The launch, recorded", "发布会录像")),
        ],
    },
    {
        "slug": "first-wind-technicians-qualify",
        "original": "en",
        "date": "2026-10-22T11:00",
        "views": None,
        "state": "original",
        "title": ("Forty technicians complete the first wind turbine course in Sample Ridge", ""),
        "summary": (
            "The course took 16 weeks, and 33 of those who passed have already signed a contract of employment.",
            "",
        ),
        "source": ("Placeholder University of Technology", ""),
        "lead_image": "turbines",
        "topics": ["clean-technology"],
        "partners": ["placeholder-university"],
        "body": [
            (
                "paragraph",
                (
                    "Forty technicians received their certificates in Sample Ridge on 21 October. For 16 "
                    "weeks they had learned to inspect and repair wind turbines, half of the time on the "
                    "ridge itself.",
                    "",
                ),
            ),
            (
                "paragraph",
                (
                    "Placeholder University of Technology designed the course after wind farm operators "
                    "in the region had reported 65 vacant posts. Of those who passed, 33 have signed a "
                    "contract of employment.",
                    "",
                ),
            ),
            (
                "paragraph",
                (
                    "The second course begins on 1 March 2027. Applications are open until 15 January, "
                    "and no degree is required.",
                    "",
                ),
            ),
        ],
    },
]
