"""The elements of an item that the national list (GB/T 39554) asks for beside its rules."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from models.base import LongText, ShortText, choice, guarded
from models.enums import (
    ExercisingLevel,
    MaterialForm,
    MaterialSource,
    MaterialType,
    OnlineDepth,
    PowerSource,
    ServiceObject,
)


class ItemCodes:
    """The codes of an item, and where the power over it lies (两集中、两到位)."""

    catalog_code: Mapped[str] = guarded(String(12), default="", comment="基本编码")
    task_code: Mapped[str] = guarded(String(36), default="", comment="实施编码")
    local_catalog_code: Mapped[ShortText] = guarded(default="")
    local_task_code: Mapped[ShortText] = guarded(default="")
    is_in_centre: Mapped[bool] = guarded(default=True, comment="进驻政务大厅")
    is_delegable: Mapped[bool] = guarded(default=False, comment="the window may be authorised")
    is_delegated: Mapped[bool] = guarded(default=False, comment="the window is authorised")
    entrusted_by: Mapped[str] = guarded(
        default="", comment="Art. 24: the organ whose power it is; empty: the authority's own"
    )
    entrusted_by_en: Mapped[str] = guarded(default="")


class ItemElements:
    """What the guide to a version tells besides basis, limits, steps and materials."""

    power_source: Mapped[PowerSource] = guarded(choice(PowerSource), default=PowerSource.STATUTE)
    exercising_level: Mapped[ExercisingLevel] = guarded(
        choice(ExercisingLevel), default=ExercisingLevel.CITY
    )
    service_object: Mapped[ServiceObject] = guarded(
        choice(ServiceObject), default=ServiceObject.ORGANISATION
    )
    condition_note: Mapped[LongText] = guarded(
        default="", comment="Art. 30: said where nothing but complete materials is a condition"
    )
    condition_note_en: Mapped[LongText] = guarded(default="")
    form_sample: Mapped[LongText] = guarded(
        default="", comment="Art. 30: the sample of the application form (示范文本)"
    )
    form_sample_en: Mapped[LongText] = guarded(default="")
    procedure_text: Mapped[LongText] = guarded(default="", comment="办理流程")
    procedure_text_en: Mapped[LongText] = guarded(default="")
    special_procedures: Mapped[LongText] = guarded(default="", comment="特别程序, Art. 45")
    special_procedures_en: Mapped[LongText] = guarded(default="")
    statutory_note: Mapped[LongText] = guarded(default="", comment="on the statutory limit")
    statutory_note_en: Mapped[LongText] = guarded(default="")
    promised_note: Mapped[LongText] = guarded(default="", comment="on the promised limit")
    promised_note_en: Mapped[LongText] = guarded(default="")
    by_window: Mapped[bool] = guarded(default=True, comment="办理形式: at the window")
    by_internet: Mapped[bool] = guarded(default=True, comment="办理形式: online")
    by_courier: Mapped[bool] = guarded(default=False, comment="办理形式: by courier")
    visits_needed: Mapped[int] = guarded(default=1, comment="到办事现场次数")
    place: Mapped[str] = guarded(default="")
    place_en: Mapped[str] = guarded(default="")
    opening_hours: Mapped[str] = guarded(default="")
    opening_hours_en: Mapped[str] = guarded(default="")
    consultation: Mapped[str] = guarded(default="", comment="咨询方式")
    consultation_en: Mapped[str] = guarded(default="")
    complaints: Mapped[str] = guarded(default="", comment="监督投诉方式")
    complaints_en: Mapped[str] = guarded(default="")
    planned_from: Mapped[date | None] = guarded(comment="计划生效日期")
    planned_until: Mapped[date | None] = guarded(comment="计划取消日期")
    online_address: Mapped[str] = guarded(default="")
    online_depth: Mapped[OnlineDepth] = guarded(choice(OnlineDepth), default=OnlineDepth.I)
    has_booking: Mapped[bool] = guarded(default=False, comment="支持预约")
    has_online_payment: Mapped[bool] = guarded(default=False, comment="支持网上支付")
    has_courier: Mapped[bool] = guarded(default=False, comment="支持物流快递")
    has_self_service: Mapped[bool] = guarded(default=False, comment="支持自助终端")
    region_scope: Mapped[str] = guarded(default="", comment="通办范围")
    region_scope_en: Mapped[str] = guarded(default="")
    joint_organs: Mapped[str] = guarded(default="", comment="联办机构")
    joint_organs_en: Mapped[str] = guarded(default="")
    intermediary: Mapped[str] = guarded(default="", comment="中介服务")
    intermediary_en: Mapped[str] = guarded(default="")
    intermediary_basis: Mapped[str] = guarded(default="")
    result_name: Mapped[str] = guarded(default="", comment="审批结果名称")
    result_name_en: Mapped[str] = guarded(default="")
    result_sample: Mapped[LongText] = guarded(default="", comment="审批结果样本")
    on_site_reason: Mapped[str] = guarded(default="", comment="必须现场办理原因")
    on_site_reason_en: Mapped[str] = guarded(default="")
    theme: Mapped[str] = guarded(default="", comment="主题分类")
    theme_en: Mapped[str] = guarded(default="")


class MaterialElements:
    """What the guide says of a material besides its name and necessity."""

    material_type: Mapped[MaterialType] = guarded(
        choice(MaterialType), default=MaterialType.ORIGINAL
    )
    form: Mapped[MaterialForm] = guarded(choice(MaterialForm), default=MaterialForm.EITHER)
    source: Mapped[MaterialSource] = guarded(
        choice(MaterialSource), default=MaterialSource.APPLICANT
    )
    acceptance_criterion: Mapped[str] = guarded(default="", comment="受理标准")
    acceptance_criterion_en: Mapped[str] = guarded(default="")
    sample_text: Mapped[LongText] = guarded(default="", comment="示例样表")
    blank_form_note: Mapped[str] = guarded(default="", comment="空白表格: where it is fetched")
