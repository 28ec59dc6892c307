"""Releases of 2022 to 2025, all invented."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "trams-return-to-port-placeholder",
        "original": "en",
        "date": "2022-12-01T08:30",
        "views": None,
        "title": ("Trams return to the centre of Port Placeholder after 54 years", "时隔54年 有轨电车重返占位港市中心"),
        "summary": (
            "The first line, 8.6 km long with 14 stops, opened on 30 November. Cars may no longer "
            "cross the main square.",
            "首条线路11月30日通车，全长8.6公里，设14站。主广场同时禁止小汽车通行。",
        ),
        "source": ("", ""),
        "lead_image": "tram",
        "topics": ["transport"],
        "partners": ["placeholder-university"],
        "body": [
            (
                "paragraph",
                (
                    "A tram crossed the main square of Port Placeholder on 30 November for the first time "
                    "since 1968. The new line is 8.6 km long and links the railway station with the ferry "
                    "pier in 26 minutes.",
                    "11月30日，有轨电车驶过占位港主广场，这是1968年以来的第一次。新线路全长8.6公里，"
                    "连接火车站与轮渡码头，全程26分钟。",
                ),
            ),
            (
                "paragraph",
                (
                    "The 18 trams run on batteries in the centre, so the square needs no overhead wires. "
                    "They charge for 40 seconds at each of the 14 stops.",
                    "18列电车在市中心由电池供电，广场上无需架设接触网。电车在14个车站停靠时，每站充电40秒。",
                ),
            ),
            (
                "quote",
                ("Nobody drives to a square. They drive through it.", "没有人专程开车去广场，车都是穿行而过。"),
                (
                    "Tom Template, professor of transport at Placeholder University of Technology",
                    "占位理工大学交通学教授 汤姆·坦普利特",
                ),
            ),
            (
                "paragraph",
                (
                    "Until then about 31,000 cars had crossed the square on a working day. For the next "
                    "two years the university will count passengers and measure the air at six points.",
                    "此前，工作日每天约有3.1万辆小汽车穿行广场。今后两年，占位理工大学将统计客流，"
                    "并在六个点位监测空气质量。",
                ),
            ),
            (
                "paragraph",
                (
                    "Shopkeepers had been worried about their trade. When the university asked them in "
                    "October, 57 per cent were in favour of a square without cars, 29 per cent were "
                    "against it and 14 per cent were undecided.",
                    "商户一度担心生意受影响。该校10月的调查显示，57%的商户赞成广场禁行小汽车，29%反对，"
                    "14%尚未拿定主意。",
                ),
            ),
        ],
    },
    {
        "slug": "lantern-bay-bridge-lighting",
        "original": "zh-hans",
        "date": "2024-03-14T10:30",
        "views": None,
        "state": "original",
        "title": ("", "灯塔湾大桥完成照明改造 年节电约210万千瓦时"),
        "summary": ("", "全桥4860盏灯具换为LED灯，候鸟迁徙期间关闭装饰照明。"),
        "source": ("", "灯塔湾电力公司"),
        "lead_image": "bridge",
        "topics": ["clean-technology", "transport"],
        "partners": ["lantern-bay-power", "lantern-bay-transport-bureau"],
        "body": [
            (
                "paragraph",
                ("", "近日，灯塔湾大桥照明改造工程完工。全桥4860盏灯具全部换为LED灯，预计每年节电约210万千瓦时。"),
            ),
            (
                "paragraph",
                (
                    "",
                    "灯塔湾大桥为斜拉桥，主跨620米。改造前，桥上灯光彻夜全开；改造后，"
                    "零时至5时只保留航行警示灯和车道照明，候鸟迁徙期间关闭拉索装饰灯。",
                ),
            ),
            (
                "paragraph",
                (
                    "",
                    "工程由灯塔湾电力公司实施，历时五个月，施工安排在夜间封闭单侧车道进行，未中断通行。"
                    "灯塔湾市交通运输局表示，年内还将改造另外三座桥梁。",
                ),
            ),
        ],
    },
    {
        "slug": "rooftop-gardens-survey",
        "original": "zh-hans",
        "date": "2025-04-24T14:00",
        "views": None,
        "title": (
            "Rooftop gardens cool top floors by 2.8 °C in summer, survey finds",
            "屋顶花园调查发布：夏季顶层室温平均降低2.8℃",
        ),
        "summary": (
            "The survey took two years and covered 96 gardens in four cities.",
            "调查历时两年，覆盖四座城市的96处屋顶花园。",
        ),
        "source": ("Example Association of Green Roof Builders", "示例屋顶绿化协会"),
        "lead_image": "rooftop",
        "topics": ["green-spaces"],
        "partners": ["green-roof-builders"],
        "body": [
            (
                "paragraph",
                (
                    "The Example Association of Green Roof Builders has published a survey of rooftop "
                    "gardens. In summer, top floors below a garden were on average 2.8 °C cooler than "
                    "those of similar buildings without one.",
                    "示例屋顶绿化协会日前发布屋顶花园调查。结果显示，设有屋顶花园的建筑，"
                    "夏季顶层室温平均比同类建筑低2.8℃。",
                ),
            ),
            (
                "paragraph",
                (
                    "From January 2023 to December 2024, temperature and power use were recorded every "
                    "hour below 96 gardens in Lantern Bay, Example Harbour, Sample Ridge and Port "
                    "Placeholder.",
                    "2023年1月至2024年12月，调查人员对灯塔湾、示例港、"
                    "样例岭和占位港的96处屋顶花园逐小时记录下方室温和用电量。",
                ),
            ),
            (
                "table",
                ("Average effect in summer, by city", "各城市夏季平均效果"),
                [
                    ("City", "城市"),
                    ("Gardens", "花园（处）"),
                    ("Cooling (°C)", "降温（℃）"),
                    ("Power saved (%)", "节电（%）"),
                ],
                [
                    [("Lantern Bay", "灯塔湾"), ("34", "34"), ("3.1", "3.1"), ("14", "14")],
                    [("Example Harbour", "示例港"), ("27", "27"), ("2.9", "2.9"), ("12", "12")],
                    [("Sample Ridge", "样例岭"), ("15", "15"), ("2.2", "2.2"), ("9", "9")],
                    [("Port Placeholder", "占位港"), ("20", "20"), ("2.6", "2.6"), ("11", "11")],
                ],
            ),
            (
                "paragraph",
                (
                    "The effect was smallest in Sample Ridge, which lies higher than the other cities and "
                    "has cooler summers.",
                    "样例岭海拔高于其他城市，夏季较为凉爽，降温幅度最小。",
                ),
            ),
            ("heading", ("Soil and care make the difference", "效果取决于土层与养护")),
            (
                "paragraph",
                (
                    "Where the soil was less than 15 cm deep, the effect was half the average. Beyond 40 "
                    "cm, more soil made almost no difference.",
                    "土层不足15厘米的花园，降温效果只有平均水平的一半；超过40厘米后，再增加土层几乎不起作用。",
                ),
            ),
            (
                "paragraph",
                (
                    "By the end of the survey 11 of the gardens had died. Most of these had nobody in "
                    "charge of watering.",
                    "调查结束时，有11处花园已经枯死，多数无人负责浇灌。",
                ),
            ),
            (
                "quote",
                (
                    "A garden on a roof is not an ornament. Somebody has to go up there every week.",
                    "屋顶花园不是摆设，每周都得有人上去打理。",
                ),
                (
                    "He Sample, president of the Example Association of Green Roof Builders",
                    "示例屋顶绿化协会会长 何样例",
                ),
            ),
            (
                "paragraph",
                (
                    "A course in maintenance will begin in September 2025, with 120 places in its first year.",
                    "协会将于2025年9月开设养护培训班，首年招收120人。",
                ),
            ),
        ],
    },
]
