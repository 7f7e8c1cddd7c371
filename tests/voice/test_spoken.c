/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as it is said: a table of sentences as pages have them.
 */
#include "voice/spoken.h"

#include "test.h"

struct said {
    const char *text, *words;
};

static void check_all(enum language page, const struct said *list, size_t n)
{
    struct buf out;

    buf_init(&out, 4096);
    for (size_t i = 0; i < n; i++) {
        buf_reset(&out);
        CHECK_INT(spoken_words(page, list[i].text, &out), 0);
        if (strcmp(buf_str(&out), list[i].words))
            printf("# %s\n", list[i].text);
        CHECK_STR(buf_str(&out), list[i].words);
    }
    buf_finish(&out);
}
#define ALL(page, list) check_all(page, list, sizeof(list) / sizeof *(list))

TEST(chinese)
{
    static const struct said list[] = {
        {"您好，想办什么事？", "zh nin2 hao3, xiang3 ban4 shen2 me5 shi4?\n"},
        {"请取走身份证", "zh qing3 qu3 zou3 shen1 fen4 zheng4\n"},
        {"银行卡还款", "zh yin2 hang2 ka3 huan2 kuan3\n"},
        {"重庆市", "zh chong2 qing4 shi4\n"},
        {"一个，一天，一次，第一，统一", "zh yi2 ge4, yi4 tian1, yi2 ci4, di4 yi1, tong3 yi1\n"},
        {"不用再跑，不办了", "zh bu2 yong4 zai4 pao3, bu2 ban4 le5\n"},
        {"", ""},
        {"，。", ""},
        {"\xEE\x80\x80", "zh sheng1 pi4 zi4\n"},
        {"没\xFF填", "zh mei2 tian2\n"},
        {"好。\n再见", "zh hao3. zai4 jian4\n"},
        {"办不了，办好了，了解", "zh ban4 bu4 liao3, ban4 hao3 le5, liao3 jie3\n"},
        {"只能在六安的派出所", "zh zhi3 neng2 zai4 lu4 an1 de5 pai4 chu1 suo3\n"},
    };

    ALL(LANGUAGE_ZH_CN, list);
}

TEST(names)
{
    static const struct said list[] = {
        {"曾强，您好", "zh zeng1 qiang2, nin2 hao3\n"},
        {"曾经强调", "zh ceng2 jing1 qiang2 diao4\n"},
        {"姓名，单雄信", "zh xing4 ming2, shan4 xiong2 xin4\n"},
        {"单位，您填的", "zh dan1 wei4, nin2 tian2 de5\n"},
        {"解先生", "zh xie4 xian1 sheng5\n"},
        {"姓名：任我行", "zh xing4 ming2, ren2 wo3 xing2\n"},
    };

    ALL(LANGUAGE_ZH_CN, list);
}

TEST(numbers)
{
    static const struct said list[] = {
        {"0", "zh ling2\n"},
        {"10", "zh shi2\n"},
        {"11 题", "zh shi2 yi1 ti2\n"},
        {"110", "zh yi4 bai3 yi1 shi2\n"},
        {"306", "zh san1 bai3 ling2 liu4\n"},
        {"1000000 元", "zh yi4 bai3 wan4 yuan2\n"},
        {"10,050 人", "zh yi2 wan4 ling2 wu3 shi2 ren2\n"},
        {"100000001 个", "zh yi2 yi4 ling2 yi2 ge4\n"},
        {"20000 元", "zh liang3 wan4 yuan2\n"},
        {"12000 元", "zh yi2 wan4 liang3 qian1 yuan2\n"},
        {"2 份", "zh liang3 fen4\n"},
        {"第 2 份", "zh di4 er4 fen4\n"},
        {"第 3 步，共 4 步", "zh di4 san1 bu4, gong4 si4 bu4\n"},
        {"1 个工作日", "zh yi2 ge4 gong1 zuo4 ri4\n"},
        {"22 个", "zh er4 shi2 er4 ge4\n"},
        {"-3", "zh fu4 san1\n"},
        {"0.5", "zh ling2 dian3 wu3\n"},
        {"50%", "zh bai3 fen1 zhi1 wu3 shi2\n"},
        {"3-5 个工作日", "zh san1 dao4 wu3 ge4 gong1 zuo4 ri4\n"},
        {"12.50 元", "zh shi2 er4 yuan2 wu3 jiao3\n"},
        {"¥0.05", "zh ling2 yuan2 ling2 wu3 fen1\n"},
        {"¥20", "zh er4 shi2 yuan2\n"},
    };

    ALL(LANGUAGE_ZH_CN, list);
}

TEST(codes)
{
    static const struct said list[] = {
        {"1103 003 261119 00027 8", "zh yao1 yao1 ling2 san1, ling2 ling2 san1, er4 liu4 yao1 yao1 yao1 jiu3, ling2 ling2 "
                                    "ling2 er4 qi1, ba1\n"},
        {"请拨 12345", "zh qing3 bo1 yao1 er4 san1 si4 wu3\n"},
        {"请拨 6555 0100 告诉我们", "zh qing3 bo1 liu4 wu3 wu3 wu3, ling2 yao1 ling2 ling2 gao4 su5 wo3 men5\n"},
        {"13800000123", "zh yao1 san1 ba1 ling2 ling2 ling2 ling2 ling2 yao1 er4 san1\n"},
        {"11010519491231002X",
         "zh yao1 yao1 ling2 yao1 ling2 wu3 yao1 jiu3 si4 jiu3 yao1 er4 san1 yao1 ling2 ling2 er4\nen X\n"},
        {"110105********0021", "zh yao1 yao1 ling2 yao1 ling2 wu3 xing1 hao4 ling2 ling2 er4 yao1\n"},
        {"A 025", "en A\nzh ling2 er4 wu3\n"},
        {"A03-001", "en A\nzh ling2 san1, ling2 ling2 yao1\n"},
        {"B12", "en B\nzh yao1 er4\n"},
        {"1234567890123456789 元",
         "zh yao1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3 ling2 yao1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3 yuan2\n"},
    };

    ALL(LANGUAGE_ZH_CN, list);
}

TEST(days_and_hours)
{
    static const struct said list[] = {
        {"2026-11-26", "zh er4 ling2 er4 liu4 nian2 shi2 yi1 yue4 er4 shi2 liu4 ri4\n"},
        {"2026年1月5日　星期一", "zh er4 ling2 er4 liu4 nian2 yi1 yue4 wu3 ri4, xing1 qi1 yi1\n"},
        {"14:30", "zh shi2 si4 dian3 san1 shi2 fen1\n"},
        {"2:00", "zh liang3 dian3\n"},
        {"9:05", "zh jiu3 dian3 ling2 wu3 fen1\n"},
        {"9:00-17:00", "zh jiu3 dian3 dao4 shi2 qi1 dian3\n"},
        {"25:70", "zh er4 shi2 wu3, qi1 shi2\n"},
        {"2026-13-01", "zh er4 ling2 er4 liu4, yao1 san1, ling2 yao1\n"},
    };

    ALL(LANGUAGE_ZH_CN, list);
}

TEST(english)
{
    static const struct said list[] = {
        {"You’re next: A025.", "en You're next, A zero two five.\n"},
        {"306 items, 1,234,567 yuan", "en three hundred and six items, one million two hundred and thirty four thousand "
                                      "five hundred and sixty seven yuan\n"},
        {"26 November 2026, 14:30", "en twenty six November twenty twenty six, fourteen thirty\n"},
        {"2026-01-05", "en five January twenty twenty six\n"},
        {"at 9:00", "en at nine hundred\n"},
        {"Call 12345", "en Call one two three four five\n"},
        {"A receipt is waiting", "en A receipt is waiting\n"},
        {"Your ID card", "en Your I D card\n"},
        {"Residence permit 居住证 3 份", "en Residence permit\nzh ju1 zhu4 zheng4 san1 fen4\n"},
        {"50%, -2, 0.5", "en fifty percent, minus two, zero point five\n"},
        {"110105********0021", "en one one zero one zero five stars zero zero two one\n"},
    };

    ALL(LANGUAGE_EN, list);
}

TEST(too_long)
{
    struct buf out;

    buf_init(&out, 8);
    CHECK_INT(spoken_words(LANGUAGE_ZH_CN, "请取走身份证", &out), -ERR_TOOLONG);
    buf_finish(&out);
}

TEST_MAIN(T(chinese), T(names), T(numbers), T(codes), T(days_and_hours), T(english), T(too_long))
