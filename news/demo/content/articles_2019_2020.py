"""Releases of 2019 and 2020, all invented."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "mangroves-return-to-lantern-bay",
        "original": "zh-hans",
        "date": "2019-06-05T09:00",
        "views": 743,
        "title": (
            "Lantern Bay replants 12 hectares of mangrove and sees more egrets",
            "灯塔湾补种红树林12公顷 越冬白鹭数量回升",
        ),
        "summary": (
            "In three years 46,000 seedlings have been planted, of which 81 per cent have survived.",
            "三年来，当地种下红树苗4.6万株，成活率达81%。",
        ),
        "source": ("", ""),
        "lead_image": "mangrove",
        "topics": ["green-spaces"],
        "partners": ["example-harbour-institute"],
        "body": [
            (
                "paragraph",
                (
                    "By 4 June, 12 hectares of mangrove had been replanted on the eastern shore of "
                    "Lantern Bay. Residents, students and fishing crews planted 46,000 seedlings, and 81 "
                    "per cent of them have survived.",
                    "截至6月4日，灯塔湾东岸已补种红树林12公顷。市民、学生和渔民共种下树苗4.6万株，成活率为81%。",
                ),
            ),
            (
                "paragraph",
                (
                    "The Example Harbour Institute counted 640 wintering egrets last winter, against 215 "
                    "three years earlier. Planting will go on until 2021.",
                    "据示例港研究院监测，去年冬季在此越冬的白鹭有640只，三年前为215只。补种工作将持续至2021年。",
                ),
            ),
        ],
    },
    {
        "slug": "battery-test-bench-opens",
        "original": "en",
        "date": "2020-11-26T11:00",
        "views": None,
        "title": ("Test bench for used bus batteries opens in Sample Ridge", "公交车退役电池检测平台在样例岭投入运行"),
        "summary": (
            "The bench tests 48 packs a day and shows which of them can go on working as storage.",
            "平台每天可检测电池48组，判定哪些可转作储能继续使用。",
        ),
        "source": ("", ""),
        "lead_image": "workshop",
        "topics": ["clean-technology", "transport"],
        "partners": ["sample-ridge-battery", "placeholder-university"],
        "body": [
            (
                "paragraph",
                (
                    "A bench for testing the batteries of retired electric buses went into service in "
                    "Sample Ridge on 25 November. Sample Ridge Battery Company and Placeholder University "
                    "of Technology built it together for 32 million yuan.",
                    "11月25日，公交车退役动力电池检测平台在样例岭投入运行。"
                    "平台由样例岭电池公司与占位理工大学共建，投资3200万元。",
                ),
            ),
            (
                "paragraph",
                (
                    "The bench handles 48 packs a day. Each is charged and discharged three times at a "
                    "constant temperature, and the readings decide whether it is used again, repaired or "
                    "recycled.",
                    "平台每天可检测电池48组。每组在恒温条件下充放电三次，根据读数决定直接再用、修复还是回收。",
                ),
            ),
            (
                "table",
                ("Results of the trial run, May to October 2020", "2020年5月至10月试运行结果"),
                [("Result", "检测结果"), ("Packs", "数量（组）"), ("Share", "占比")],
                [
                    [("Used again as storage", "转作储能"), ("1,872", "1872"), ("62.4%", "62.4%")],
                    [("Repaired", "修复再用"), ("684", "684"), ("22.8%", "22.8%")],
                    [("Recycled", "拆解回收"), ("444", "444"), ("14.8%", "14.8%")],
                    [("Total", "合计"), ("3,000", "3000"), ("100%", "100%")],
                ],
            ),
            ("heading", ("Open to other cities", "面向各城市开放")),
            (
                "paragraph",
                (
                    "Bus operators from any city may send packs, at a fee of 260 yuan each. The readings "
                    "are published without the name of the sender.",
                    "各城市公交企业均可送检，每组收费260元。检测数据隐去送检单位名称后公开。",
                ),
            ),
            (
                "paragraph",
                (
                    "Using these data, the two partners want to propose common limits for the second use "
                    "of batteries by the end of 2021.",
                    "合作双方计划依据上述数据，于2021年底前提出电池再利用通用限值。",
                ),
            ),
        ],
    },
]
