"""Believable names, all invented by chance."""

import random

FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂柴焦向柳邢岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵"
)
ELDER = ("秀英", "桂兰", "玉珍", "凤英", "淑珍", "阿娣", "金宝", "根发", "永福", "德明", "国强", "建国", "建华", "爱民", "志明", "惠芳", "素琴", "文娟", "月娥", "长根")
MIDDLE = ("海燕", "丽萍", "伟", "军", "敏", "静", "勇", "艳", "磊", "涛", "晓红", "志刚", "建平", "红梅", "卫东", "雪梅", "春燕", "立群", "海宁", "惠民", "晓芸", "国平", "思远", "文静", "志强", "佳明")
YOUNG = ("雨桐", "子涵", "梓轩", "浩然", "一帆", "欣怡", "诗涵", "宇航", "俊杰", "思琪", "嘉怡", "天佑", "若曦", "明轩", "小满", "可欣", "子墨", "书瑶", "晨曦", "逸飞")  # fmt: skip


def family(rng: random.Random) -> str:
    """A family name; the common ones stand first and come up more often."""
    return FAMILY[min(int(rng.expovariate(1 / 28)), len(FAMILY) - 1)]


def given(rng: random.Random, age: int) -> str:
    return rng.choice(ELDER if age >= 60 else MIDDLE if age >= 32 else YOUNG)
