"""Invented applicants, with numbers whose check characters are right."""

from collections.abc import Iterator
from itertools import islice, product

from models import Applicant
from models.enums import ApplicantKind
from models.rules.codes import id_check_character, uscc_check_character

PLACES = ("示例市", "样本县", "范例区")
NAMES = (
    "晨光", "恒通", "鑫源", "万家", "永固", "同泰", "嘉禾", "安澜", "金穗", "云杉",
    "长河", "明澈", "瑞丰", "百川", "启明", "和泰", "天工", "青禾", "海晏", "松涛",
)  # fmt: skip
TRADES = (
    "包装材料有限公司", "机械有限公司", "食品有限公司", "面粉厂", "锅炉有限公司",
    "物业服务有限公司", "乳业有限公司", "化工有限公司", "气体有限公司", "检测技术有限公司",
)  # fmt: skip
FAMILIES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")

# No place has this region code, so the numbers belong to nobody.
NOWHERE = "990000"


def organisations(count: int) -> list[Applicant]:
    """``count`` invented organisations with valid credit codes."""
    return list(islice(_organisations(), count))


def _organisations() -> Iterator[Applicant]:
    for index, (trade, place, name) in enumerate(product(TRADES, PLACES, NAMES)):
        body = f"91{NOWHERE}MA{index:07d}"
        yield Applicant(
            kind=ApplicantKind.ORGANISATION,
            name=f"{place}{name}{trade}",
            identity_number=body + uscc_check_character(body),
            phone=f"0990-{5550000 + index}",
            address=f"{place}示范路{index + 1}号",
        )


def persons() -> list[Applicant]:
    """A few invented persons with valid ID numbers."""
    found = []
    for index, family in enumerate(FAMILIES, start=1):
        body = f"{NOWHERE}19{60 + index}0101{index:03d}"
        found.append(
            Applicant(
                kind=ApplicantKind.PERSON,
                name=f"申请人{family}",
                identity_number=body + id_check_character(body),
                phone=f"1990000{index:04d}",
                address=f"样本县示范街{index}号",
            )
        )
    return found
