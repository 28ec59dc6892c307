"""Releases of 2021, all invented."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "factory-roofs-one-year-on",
        "original": "zh-hans",
        "date": "2021-10-14T09:30",
        "views": None,
        "title": (
            "Factory roofs in Sample Ridge yield 132 million kWh in their first year",
            "样例岭工业园屋顶光伏并网满一年 发电1.32亿千瓦时",
        ),
        "summary": (
            "On 1.2 million square metres of roof, 68 companies have generated power for a year "
            "and used 82 per cent of it in the park.",
            "68家企业在120万平方米屋顶上发电一年，82%的电量由园区自用。",
        ),
        "source": ("Sample Ridge Solar Observatory", "样例岭太阳能观测站"),
        "lead_image": "solar",
        "topics": ["clean-technology"],
        "partners": ["sample-ridge-solar", "sample-ridge-battery"],
        "body": [
            (
                "paragraph",
                (
                    "The rooftop solar project in the industrial park of Sample Ridge completed its first "
                    "year on the grid on 30 September. According to figures published by the park on 13 "
                    "October, it generated 132 million kWh. Companies in the park used 82 per cent of "
                    "this, and 18 per cent went to the grid.",
                    "9月30日，样例岭工业园屋顶光伏项目并网满一年。园区10月13日公布的数据显示，"
                    "项目一年发电1.32亿千瓦时，其中82%由园区企业自用，18%送入电网。",
                ),
            ),
            (
                "paragraph",
                (
                    "The panels cover 1.2 million square metres on 143 buildings of 68 companies and have "
                    "a capacity of 120,000 kW. Most of these roofs had stood unused.",
                    "光伏组件铺设面积120万平方米，分布于68家企业的143栋厂房，装机容量12万千瓦。此前，"
                    "这些屋顶大多闲置。",
                ),
            ),
            (
                "paragraph",
                (
                    "At the emission level of the local grid, the power generated avoided about 75,000 tonnes of CO₂.",
                    "按当地电网排放水平测算，所发电量相当于减少二氧化碳排放约7.5万吨。",
                ),
            ),
            ("heading", ("One contract for every roof", "统一合同文本")),
            (
                "paragraph",
                (
                    "At the start the contracts were harder than the engineering. A single building could "
                    "involve its owner, a tenant, the equipment supplier and the grid operator, and "
                    "negotiations took seven months on average.",
                    "项目起步时，合同比技术更难。一栋厂房可能涉及房主、租户、设备商和电网企业四方，"
                    "谈判平均耗时七个月。",
                ),
            ),
            (
                "paragraph",
                (
                    "In June 2019 the park introduced a standard contract. It fixes the lease of a roof "
                    "at 20 years and states who is responsible when a building is sold, renovated or "
                    "pulled down.",
                    "2019年6月，园区推出统一合同文本，将屋顶租期定为20年，并写明厂房转让、翻修和拆除时的责任。",
                ),
            ),
            (
                "paragraph",
                (
                    "It also provides that companies pay 15 per cent less than the grid price for this "
                    "power, and that owners receive 6 yuan a year for each square metre. Signing now "
                    "takes six weeks.",
                    "文本同时约定，企业所用光伏电价比电网电价低15%，房主每年每平方米获租金6元。如今，签约只需六周。",
                ),
            ),
            (
                "quote",
                ("A roof is worth little until the contract is clear.", "合同写不清楚，屋顶就不值钱。"),
                ("Mei Specimen, manager of the industrial park of Sample Ridge", "样例岭工业园负责人 梅样本"),
            ),
            ("heading", ("The year in figures", "一年数据")),
            (
                "paragraph",
                (
                    "Output was highest from April to June. From July to September it was held down by "
                    "typhoons and afternoon storms and stayed below that of October to December the year "
                    "before.",
                    "4月至6月发电量最高。7月至9月受台风和午后雷雨影响，发电量低于上年10月至12月。",
                ),
            ),
            (
                "table",
                ("Power generated and used in the park, in million kWh", "发电量与园区自用量（百万千瓦时）"),
                [("Period", "时段"), ("Generated", "发电量"), ("Used in the park", "园区自用量")],
                [
                    [("October to December 2020", "2020年10月至12月"), ("33.9", "33.9"), ("27.1", "27.1")],
                    [("January to March 2021", "2021年1月至3月"), ("29.4", "29.4"), ("23.2", "23.2")],
                    [("April to June 2021", "2021年4月至6月"), ("36.2", "36.2"), ("30.1", "30.1")],
                    [("July to September 2021", "2021年7月至9月"), ("32.5", "32.5"), ("27.8", "27.8")],
                    [("Whole year", "全年"), ("132.0", "132.0"), ("108.2", "108.2")],
                ],
            ),
            (
                "paragraph",
                (
                    "Storms damaged 312 panels, or 0.1 per cent of the total. All of them have been replaced.",
                    "台风造成312块组件受损，占总数的0.1%，现已全部更换。",
                ),
            ),
            ("heading", ("Storage for the evening shift", "储能保障晚班用电")),
            (
                "paragraph",
                (
                    "When the evening shift begins, the panels yield little. Sample Ridge Battery Company "
                    "has therefore built a storage station of 24,000 kWh from retired bus batteries, "
                    "which supplies the shift for about two hours.",
                    "晚班开工时，光伏出力已所剩无几。为此，"
                    "样例岭电池公司利用公交车退役电池建成2.4万千瓦时储能站，可供晚班用电约两小时。",
                ),
            ),
            ("image", "workshop"),
            (
                "paragraph",
                (
                    "Every pack was tested before it was installed. Since the station opened in January "
                    "2021 it has been available 97.3 per cent of the time.",
                    "所有电池安装前均逐组检测。储能站自2021年1月投运以来，可用率为97.3%。",
                ),
            ),
            ("heading", ("Next steps", "下一步计划")),
            (
                "paragraph",
                (
                    "The park plans to cover another 450,000 square metres in 2022, mainly on cold "
                    "stores. These need most power by day, when the panels yield most.",
                    "园区计划2022年再铺设45万平方米，以冷库屋顶为主。冷库用电集中在白天，与光伏出力时段吻合。",
                ),
            ),
            (
                "paragraph",
                (
                    "The Sample Ridge Solar Observatory will set up nine measuring points, which record "
                    "sunlight and the temperature of the panels every ten minutes. Anyone may use the "
                    "data free of charge.",
                    "样例岭太阳能观测站将在园区设置九个测点，每十分钟记录一次日照和组件温度，数据向社会免费开放。",
                ),
            ),
            (
                "paragraph",
                (
                    "Other parks have asked for the standard contract. It has been made public and can be "
                    "downloaded here.",
                    "应其他园区要求，统一合同文本现已公开，可在此下载。",
                ),
            ),
            ("document", ("Standard contract for solar power on factory roofs", "厂房屋顶光伏统一合同文本")),
        ],
    },
]
