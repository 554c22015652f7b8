"""Private data is found however it is written; lenders, hotlines, amounts, dates and rule numbers stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lenders import load_registry
from domain.reading import Reader
from domain.redaction import find_private
from tests.measuring import assert_grows_with_the_length_alone

PRIVATE = [
    # the checksum (Verhoeff) of India's numbers is right, the numbers are invented
    ("contract_no", "合同是YL2024HF0830916，客服没人管", "YL2024HF0830916"),
    ("plate", "my truck the plate is C728 491 and I already paid", "C728 491"),
    ("cn_id", "my Aadhaar 7391 4826 0588 was sent to everybody", "7391 4826 0588"),
    ("cn_id", "They posted 7391 4826 0588 in the group", "7391 4826 0588"),
    ("cn_id", "Aadhaar no. is 739148260588", "739148260588"),
    ("cn_id", "these people have sent my BVN 22471830956 to my customers", "22471830956"),
    ("email", "email is renee dot oduya at outlook dot com if anyone reads this", "renee dot oduya at outlook dot com"),
    ("phone", "我的电话是13800010002，谢谢", "13800010002"),
    ("phone", "联系 １３８－０００１－０００２", "１３８－０００１－０００２"),
    ("phone", "手机1 3 8 0 0 0 1 0 0 0 2，急", "1 3 8 0 0 0 1 0 0 0 2"),
    ("phone", "打幺三八零零零幺零零零二找我", "幺三八零零零幺零零零二"),
    ("phone", "号码138然后0001再0002", "138然后0001再0002"),
    ("phone", "电话138（0001）0002", "138（0001）0002"),
    ("phone", "電話 1️⃣3️⃣8️⃣00010002", "1️⃣3️⃣8️⃣00010002"),
    ("phone", "call me at (555) 010-4471 please", "(555) 010-4471"),
    ("phone", "号码138(防屏蔽)0001(防屏蔽)0002", "138(防屏蔽)0001(防屏蔽)0002"),
    ("phone", "号码138嗯0001嗯0002", "138嗯0001嗯0002"),
    ("phone", "手机①③⑧⓪⓪⓪①⓪⓪⓪②⑤打来", "①③⑧⓪⓪⓪①⓪⓪⓪②⑤"),
    ("phone", "他用6000 0213打我", "6000 0213"),
    ("phone", "電話96000213打嚟", "96000213"),
    ("phone", "手机1З800001772", "1З800001772"),
    ("phone", "新加坡号65 8000 0231", "65 8000 0231"),
    ("landline", "+86-755-20000158打来", "+86-755-20000158"),
    ("landline", "0086 571 88000158打来", "0086 571 88000158"),
    ("landline", "028-80000158，转分机127", "028-80000158，转分机127"),
    ("landline", "from 0161 000 0142 again", "0161 000 0142"),
    ("phone", "打办公室86600158转704找我", "86600158转704"),
    ("wechat", "加❤jfjf00007，备注", "jfjf00007"),
    ("qq", "扣群390000882里", "390000882"),
    ("account", "Skype live:kefu0009，", "live:kefu0009"),
    ("contract_no", "编号(2026)快圆催字第00871号。", "(2026)快圆催字第00871号"),
    ("bank_card", "放款卡6200 0000 0915 0008 0634，", "6200 0000 0915 0008 0634"),
    ("name", "厂里文员芦花接了催收电话", "芦花"),
    ("name", "教务处方正主任接了七个电话", "方正"),
    ("name", "联系人：13800010002；高兴（表弟）", "高兴"),
    ("name", "户名不是公司是管平湖", "管平湖"),
    ("name", "my mum patricia o'dowd said no", "patricia o'dowd"),
    ("name", "ernesto villanueva is my cousin", "ernesto villanueva"),
    ("workplace", "我先生公司鴻禾精機股份有限公司的人", "鴻禾精機股份有限公司"),
    ("workplace", "打嚟我將軍澳仁愛堂幼稚園，", "將軍澳仁愛堂幼稚園"),
    ("address", "地址彰化縣和美鎮彰美路五段120號。", "彰化縣和美鎮彰美路五段120號"),
    ("phone", "电话13O OOOO I27I发网上", "13O OOOO I27I"),
    ("phone", "收數佬打咗十幾次，2600 0147同", "2600 0147"),
    ("email", "邮箱 momofish(点)0008(at)example(点)cn", "momofish(点)0008(at)example(点)cn"),
    ("contract_no", "转账凭证号8820260417000316，", "8820260417000316"),
    ("name", "my wife sandra okoye's number", "sandra okoye"),
    ("workplace", "她是周大福万象城店的导购", "周大福万象城店"),
    ("workplace", "老板说再有人来喜临门家具广场闹", "喜临门家具广场"),
    ("workplace", "姐姐在金乌产业园三号线打螺丝", "金乌产业园三号线"),
    ("workplace", "媽媽的店「阿滿姨麵線糊」被留一星", "阿滿姨麵線糊"),
    ("workplace", "導師潘望北，东南林业大学材料学院，", "东南林业大学材料学院"),
    ("workplace", "我男友在Potala Inn做前台", "Potala Inn"),
    ("workplace", "we know you're at Eastland Tire & Lube now", "Eastland Tire & Lube"),
    ("workplace", "说江夏一中门卫室收到花圈", "江夏一中"),
    ("workplace", "你们顺发汽修就别想开门", "顺发汽修"),
    ("workplace", "问我现在是不是在德清莫干山的一家民宿做前台，", "德清莫干山的一家民宿"),
    ("address", "我租在望京花家地北里乙6号楼3门402，", "望京花家地北里乙6号楼3门402"),
    ("address", "他现在住通州梨园翠屏北里东区，", "通州梨园翠屏北里东区"),
    ("address", "家在槐荫区张庄路街道锦绣园北区发", "槐荫区张庄路街道锦绣园北区"),
    ("address", "车停在西湖名邸地下二层B区117，", "西湖名邸地下二层B区117"),
    ("address", "卖豆腐，摊位B17，", "B17"),
    ("landline", "家里座机（0379）6000 0127", "（0379）6000 0127"),
    ("cn_id", "身份证110105190001010016。", "110105190001010016"),
    ("bank_card", "卡号6200 0000 0000 0005", "6200 0000 0000 0005"),
    ("qq", "扣扣3900001234联系", "3900001234"),
    ("qq", "我的Q是390000 1788", "390000 1788"),
    ("wechat", "加薇 ceshi_00088 备注", "ceshi_00088"),
    ("wechat", "微信号：ceshizhanghao", "ceshizhanghao"),
    ("email", "邮箱：ceshi.0001@example.com", "ceshi.0001@example.com"),
    ("email", "邮箱ceshi0001艾特qq点com", "ceshi0001艾特qq点com"),
    ("plate", "车牌湘D00T8学停在楼下", "湘D00T8学"),
    ("plate", "They quoted my van, KX19 ZRT, at me.", "KX19 ZRT"),
    ("plate", "我在英国，他们拍了我的车KX19 ZRT停在门口。", "KX19 ZRT"),
    ("plate", "my plate is kx19zrt and they posted it", "kx19zrt"),
    ("plate", "My bike MH 12 QX 4471 was taken at night.", "MH 12 QX 4471"),
    ("contract_no", "合同编号：TY-QC-2024-000517", "TY-QC-2024-000517"),
    ("url_private", "链接https://wall.example.cn/p/88120017，已删", "https://wall.example.cn/p/88120017"),
    ("name", "我叫白志远，催收骂我", "白志远"),
    ("name", "收款人邱诚，别转", "邱诚"),
    ("name", "本人欧阳振华，女友唐糖。", "欧阳振华"),
    ("name", "老赖周海波，你等着", "周海波"),
    ("name", "my name is Darnell Whitcombe and", "Darnell Whitcombe"),
    ("address", "我住在绵阳市涪城区云杉路88号翠湖苑3栋1单元902，", "绵阳市涪城区云杉路88号翠湖苑3栋1单元902"),
    ("address", "老家四川省达州市渠县松林镇白鹤村五组。", "四川省达州市渠县松林镇白鹤村五组"),
    ("address", "我家在山东省临沂市兰陵县向城镇东李家庄村12号", "山东省临沂市兰陵县向城镇东李家庄村12号"),
    ("address", "I live at 418 Larkspur Lane, Apt 6, Dayton, OH 45402.", "418 Larkspur Lane, Apt 6, Dayton, OH 45402"),
    ("account", "加他扣扣，对方九二七七零零一八四，别加", "九二七七零零一八四"),
    ("landline", "他让我打座机，零七七一，八零零零，六六三，一天三十个", "零七七一，八零零零，六六三"),
    ("plate", "我家五菱是鄂 F 三 二 K 八 一，被拖走", "鄂 F 三 二 K 八 一"),
    ("name", "还骂了 马 * 建 * 设 的老婆", "马 * 建 * 设"),
    ("name", "师母叫买热古丽，老实人", "买热古丽"),
    ("name", "她叫阿木尔布，蒙古族", "阿木尔布"),
    ("address", "住凉山州昭觉县三岔河镇日史村。", "凉山州昭觉县三岔河镇日史村"),
    ("address", "姑姑在恭城县莲花镇势江村种柿子", "恭城县莲花镇势江村"),
    ("address", "大字报贴在钦北区大寺镇四联村祠堂门口。", "钦北区大寺镇四联村祠堂门口"),
    ("address", "我租在沙坪坝区磁器口牌坊后面那条巷子进去第二家。", "沙坪坝区磁器口牌坊后面那条巷子进去第二家"),
    ("address", "他睡在云阳县滨江钓鱼协会旁边的桥洞。", "云阳县滨江钓鱼协会旁边的桥洞"),
    ("workplace", "我在贵州大学2022级法学2班。", "贵州大学2022级法学2班"),
    ("workplace", "我在八五三农场二分场三连种豆子", "八五三农场二分场三连"),
    ("workplace", "单位是苏州恒瑞达精密电子厂", "苏州恒瑞达精密电子厂"),
    ("workplace", "我在禾丰乡中心小学当代课老师", "禾丰乡中心小学"),
]  # fmt: skip

PUBLIC = [
    "打12378投诉，客服95088、400-820-8788，还有12368和110",
    "逾期12天，欠款1,266.50元，2026年11月2日18:00前还清5.2万",
    "根据GB/T 45251-2025和《民法典》第一千零三十二条，见12 CFR 1006.14",
    "李女士和王经理说，周先生不在。钱某某已被处理",
    "高利贷马上还清，何时解决，任何人都可以，成都市武侯区人民法院",
    "call 1-800-555-0142 on weekdays",
    "回拨95105678或10690000123，400-820-8788转人工",
    "my cousin will hold the ban, my sister grace works there",
    "第二天就派客户经理来看。电话客服专员（贷后方向）10名。白担心一场",
    "微信名叫“法务部小陈”",
    "那人自称是分局经侦大队的王警官",
    "三中全会教育老师，我们从中读到。你们公司就别想，你们银行也别来",
    "张三李四都能借，平常心对待",
    "发来咗20251108嗰份，5 oil",
    "向国家金融监督管理总局投诉 https://www.nfra.gov.cn/cn/view/pages/index",
    "借款人应保留与催收人员的沟通记录",
    "尾号0371的信用卡，户号0042 1187",
    "她在一家工厂上班，孩子在幼儿园",
    "可以隔门询问机构、姓名和委托手续",
    "通讯录里的12位亲友、同事先后收到短信。你让他报一下小区名字和楼栋",
    "我数一二三四五六七八九，他就挂了。从二〇二五年一月二日起，一天打七八九十次",
    "欠了三万四千五百六十七块八毛九，客服热线四零零八一二三四五六，九五五八八，一二三七八",
    "他叫救护车，同事叫家长。被告：石桥小贷，原告：青山银行",
    "周六真来了两个男的，周日又打来，周一清早再打",
    "paid 7391 4826 0580 in three parts",
    "还了7391 4826 0580，三期",
    "说要收372元外访费和196元材料费。向栖梧里银行申请分期",
]


@pytest.mark.parametrize(("kind", "text", "value"), PRIVATE)
def test_private_data_is_masked_with_its_type(reader: Reader, kind: str, text: str, value: str):
    masks = [mask for mask in reader.mask(text).masks if mask.type == kind]
    assert [text[mask.original_start : mask.original_end] for mask in masks][:1] == [value]


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_no_private_data_stays(reader: Reader, text: str):
    assert reader.mask(text).public_text == text


@pytest.mark.parametrize("name", ["北京中关村银行", "网*商*银*行", "网商银行", "前*海*微*众"])
def test_no_part_of_a_lenders_name_is_taken_for_a_place_or_a_person(name: str):
    reading = Reader(load_registry()).read(f"我去年在{name}借的钱，到现在还欠两期。", kind="complaint")
    assert name in reading.public_text
    assert [find.surface for find in reading.lenders] == [name]


@pytest.mark.parametrize("lender", ["白鹭汀银行", "竹蜻蜓钱包", "鹿溪谷银行"])
@pytest.mark.parametrize("text", ["{}催收人员上门", "我欠{}八千块，催收天天打电话", "{}被罚"])
def test_a_lender_that_no_registry_knows_is_no_person(reader: Reader, lender: str, text: str):
    assert lender in reader.read(text.format(lender), kind="complaint").public_text


@pytest.mark.parametrize("text", ["林海峰银行卡被冻结了", "林海峰钱包被偷了", "借款人林海峰银行流水不够"])
def test_a_person_with_a_bank_card_is_still_one(reader: Reader, text: str):
    assert "林海峰" not in reader.mask(text).public_text


def test_a_lenders_name_is_no_persons_name_and_no_workplace(reader: Reader):
    text = "我叫微众银行还钱，我在云岭银行上班"
    assert reader.mask(text).public_text == text


def test_a_name_is_masked_wherever_it_comes_again(reader: Reader):
    public = reader.mask("我叫白志远。群里都在传白志远欠钱").public_text
    assert "白志远" not in public


def test_every_mask_says_its_type_in_the_script_of_the_text(reader: Reader):
    assert reader.mask("電話13800010002，聯繫").public_text == "電話［電話］，聯繫"


HARD = (
    "1",
    "1 ",
    "a@",
    "王",
    "中山路",
    "(",
    "http://",
    "微信",
    "市区县镇",
    "号1",
    "叫王",
    "京a1",
    "一二三，",
    "我在",
    "A b",
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HARD)
def test_ten_times_the_text_takes_some_ten_times_as_long(piece: str):
    assert_grows_with_the_length_alone(lambda text: find_private(text, text), piece, 20_000, 200_000)


@given(st.text(alphabet=st.sampled_from("13860王伟叫路号@q.comQ微信（-）京 \ud800\0\u200b")))
def test_masks_never_overlap_and_point_into_the_original(text: str):
    reading = Reader([]).read(text, kind="complaint")
    last = 0
    for mask in reading.masks:
        assert last <= mask.original_start < mask.original_end <= len(text)
        last = mask.original_end
        assert reading.public_text[mask.start] in "［["
