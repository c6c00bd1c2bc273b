"""What English-speaking neighbours wrote, and how they were answered."""

TEXT = """
# 银杏苑 | 7.7 | English rubbish | solved=3
Which bin does a pizza box go in?
emma Hello neighbours! I moved into building 2 in spring. I have a greasy pizza box and four bins in front of me. The lady next to the bins shook her head three times, so it is not those three. But the fourth is locked.
a Haha. Clean cardboard: blue. Greasy part: tear it off, that goes in the grey one (其他垃圾).
物业+4h The fourth bin (kitchen waste, green) opens 6:30–9:00 and 18:00–21:00. Pizza leftovers go there, the greasy card into grey, the clean lid into blue. A picture sheet in English is now on the wall, and at the front desk.
emma>3 Perfect, thank you. The sheet even has a pizza on it.
b 我也才知道油的要撕下来，学到了。
hu The lady is Aunt Liu. She is strict with all of us, not only with you 😄
emma>6 Today she gave me a thumbs up. I feel like I passed an exam.

# 运河湾一期 | 20.6 | English 维修
Water bill is three times the usual. 水费突然三倍，帮忙看看
tomas Hi all, my bill went from 46 to 138 yuan. 我的中文不好，我在学。Is there a leak, or is this the price now?
a Price did not change. Turn off all taps and look at the small red wheel of the water meter. If it turns, something leaks.
tomas>2 It turns! Slowly. 它在转！
b 八成是马桶，水箱里滴两滴酱油，过十分钟看马桶里有没有颜色。
c For Tomás: put two drops of soy sauce in the toilet tank, wait ten minutes. Colour in the bowl = the valve leaks.
tomas>5 Soy sauce says: the toilet. I never thought I would write this sentence.
运河物业+3h Our plumber can come tomorrow 10:00. The valve is 25 yuan, the work is free in this compound. 明天上午 10 点到。
tomas+1d Repaired. The wheel stands still. 谢谢大家，谢谢酱油。
d 酱油笑了。

# 青砖里/chat | 35.5 | English 书法
Would anybody teach a beginner to write 春?
emma I would like to write my own couplet for the door this year. I can hold a brush, more or less.
a Come on Saturday at two, the reading corner. I am 74, I speak little English, but the brush needs no English.
b 他写得可好了，我家门上年年是他的字。
emma>2 I will bring cake. Is lemon all right?
a>4 Lemon is OK. No sugar please, doctor says.
emma+4d First lesson done: forty times 一. I did not know a line could be so difficult.
a>6 她的第三十八个“一”有骨头了。
c 三十八个，你数了？
a>8 老师都数。

# 运河湾 | 61 | English school
Registering a child for primary school: which papers?
tomas Our daughter turns six. My wife is from Jiangzhou, I am from Spain. Which papers do we need, and where?
a 先去服务站，他们有一张单子，中英文。
居委会+1d Please bring: birth certificate (with a certified translation if it is foreign), your wife's household booklet, your residence permit, the home's papers or lease, and the vaccination book. Copies can be made here, free. Hours 8:30–20:00, phone 555 0111. 材料不齐也先来，缺什么当场写给您。
tomas>3 That is the clearest answer I ever got from an office, in any country.
b We did it last year. The translation took the longest, nine days. Start with that one.
tomas+6d All accepted, one visit. She already asks where her desk is.
c 欢迎小朋友！告诉她，滑梯旁边那棵树下有蚂蚁洞，我家那个会带她看。

# 银杏苑/swap | 43.5 | English moving
Leaving a bicycle, a rice cooker and a very patient ficus
oliver Moving home after four years. The bicycle has new brakes, the rice cooker has made about a thousand dinners, the ficus survived me. Free, to whoever promises to water the ficus on Sundays.
emma I promise Sundays. Does it have a name?
oliver>2 Steve.
hu 我要电饭煲！一千顿饭的电饭煲，有经验。
b 自行车给我儿子可以吗？他十二岁，刚好。
oliver>5 Yes! Seat can go down. He should come and try it tonight.
emma Steve is in his new window. He says it is brighter here.
c 一路平安，欢迎回来看 Steve。
"""
