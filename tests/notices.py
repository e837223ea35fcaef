"""An invented notice for 2027, and its days once more, for whoever counts alone."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知（虚构）"
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。2026年12月27日（周日）上班。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2026年11月4日
"""

# Not read from the text above.
MAKE_UP_DAYS = frozenset(
    map(
        date.fromisoformat,
        ("2026-12-27", "2027-01-30", "2027-02-14", "2027-04-25", "2027-05-08", "2027-09-26",
         "2027-10-09"),
    )
)  # fmt: skip
_RUNS = (
    ("2027-01-01", 4), ("2027-02-05", 7), ("2027-04-03", 3), ("2027-05-01", 5), ("2027-06-09", 1),
    ("2027-09-15", 1), ("2027-10-01", 7),
)  # fmt: skip
DAYS_OFF = frozenset(
    date.fromisoformat(first) + timedelta(days=n) for first, days in _RUNS for n in range(days)
)


def holiday_json(year: int, days: Mapping[date, tuple[bool, str]]) -> str:
    """A year in the JSON of the public repositories of holidays."""
    records = [
        {"name": name, "date": day.isoformat(), "isOffDay": not works}
        for day, (works, name) in sorted(days.items())
    ]
    return json.dumps({"year": year, "papers": [], "days": records}, ensure_ascii=False)
