"""The words that everybody uses for the same thing; offices add their own."""

from django.db import migrations

GROUPS = [  # data
    ("业委会", "业主委员会"), ("居委会", "居民委员会"), ("物业", "物业公司", "物业服务"), ("街道办", "街道办事处"),
    ("身份证", "居民身份证"), ("医保", "医疗保险", "社会医疗保险"), ("社保", "社会保险"),
    ("老年人", "老人", "长者"), ("电瓶车", "电动车", "电动自行车"), ("停车位", "车位"), ("垃圾分类", "垃圾投放"),
    ("幼儿园", "托儿所"), ("快递柜", "快递箱"), ("加装电梯", "加梯"), ("公租房", "公共租赁住房"), ("低保", "最低生活保障"),
    ("残疾人", "残障人士"), ("户口", "户籍"), ("维修资金", "维修基金"),
]  # fmt: skip


def fill(apps, schema_editor):
    Synonym = apps.get_model("linli_search", "Synonym")
    Synonym.objects.bulk_create(
        Synonym(group=n, word=word, folded=word) for n, words in enumerate(GROUPS, start=1) for word in words
    )


class Migration(migrations.Migration):
    dependencies = [("linli_search", "0001_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
