/* SPDX-License-Identifier: Apache-2.0
 *
 * Search over a handful of names: by characters, first letters, whole pinyin, every reading, with a mistake; in which order;
 * which letters lead on. The table is packed as hallctl packs it.
 */
#include "test.h"

#include "catalog/search.h"
#include "catalog/search_wire.h"
#include "tools/hallctl/catalog_search.h"

static struct item_file files[32];
static struct source_item items[32];
static struct catalog_source source;
static struct buf packed;
static struct search *opened;
static struct search_answer answer;
static uint32_t rows[SEARCH_PAGE_MAX];
static struct synonyms open_synonyms; /* of the names opened next */

/* Names in the order of popularity; "*" before one: it is done at a terminal; "|" parts everyday names, "#" the English. */
static void open_names(const char *const *names)
{
    static char text[32][300];
    struct err e = {0};

    search_close(opened);
    buf_finish(&packed);
    memset(files, 0, sizeof files);
    source = (struct catalog_source){.items = items, .synonyms = open_synonyms};
    for (size_t i = 0; names[i]; i++) {
        struct item_file *f = &files[i];
        bool here = names[i][0] == '*';
        char *part, *save, *english;

        snprintf(text[i], sizeof text[i], "%s", names[i] + here);
        f->item.is_service_terminals = here;
        english = strchr(text[i], '#');
        if (english)
            *english = '\0';
        snprintf(items[i].name_en, sizeof items[i].name_en, "%s", english ? english + 1 : "");
        f->item.task_name = strtok_r(text[i], "|", &save);
        while ((part = strtok_r(NULL, "|", &save)))
            f->item.keywords.at[f->item.keywords.n++] = part;
        items[i].file = f;
        source.n_items = i + 1;
    }
    buf_init(&packed, CATALOG_SEARCH_MAX);
    CHECK_INT(catalog_search_pack(&source, &packed, &e), 0);
    if (search_open(packed.data, packed.len, &opened, &e) < 0) {
        printf("# %s\n", e.text);
        abort();
    }
}

static const char *find_with(const char *text, bool terminal, bool english)
{
    static char out[64];
    int n;

    search_run(opened, &(struct search_query){text, terminal, english}, &answer);
    n = search_rows(opened, SEARCH_ALL, 0, rows, SEARCH_PAGE_MAX);
    out[0] = '\0';
    for (int i = 0; i < n; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%u", i ? " " : "", rows[i]);
    return out;
}

static const char *find(const char *text)
{
    return find_with(text, true, false);
}

static const char *letters(void)
{
    static char out[27];
    int n = 0;

    for (int i = 0; i < 26; i++)
        if (answer.letters >> i & 1)
            out[n++] = (char)('a' + i);
    out[n] = '\0';
    return out;
}

TEST(a_name_is_found_by_all_ways_of_typing)
{
    static const char *const ways[] = {"老年人优待证", "年人",   "lnrydz",      "laonianren", "lao",    "ln",
                                       "laonr",        "老nian", "yd",          "优待z",      "youdai", "youda",
                                       "人you",        "LNR",    "老 年（人）", "lnian"};

    open_names((const char *const[]){"老年人优待证申领", "居民身份证换领", NULL});
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const char *got = find(ways[i]);

        if (strcmp(got, "0"))
            printf("# by %s\n", ways[i]);
        CHECK_STR(got, "0");
        CHECK(!answer.forgiven);
    }
    CHECK_STR(find("证"), "0 1");
    CHECK_STR(find("龘"), "");
    CHECK_STR(find("nl"), "");
    CHECK_STR(find("证申居"), ""); /* a match does not cross from one item into the next */
}

TEST(every_reading_of_a_character_counts)
{
    open_names(
        (const char *const[]){"银行账户查询", "会计从业资格", "长沙市居住证", "厦门市落户", "重庆市学籍", "行政复议", NULL});
    CHECK_STR(find("yh"), "0");
    CHECK_STR(find("yx"), "0");
    CHECK_STR(find("yinhang"), "0");
    CHECK_STR(find("yinxing"), "0");
    CHECK_STR(find("kj"), "1");
    CHECK_STR(find("hj"), "1");
    CHECK_STR(find("cs"), "2");
    CHECK_STR(find("zhangsha"), "2");
    CHECK_STR(find("xm"), "3");
    CHECK_STR(find("shamen"), "3");
    CHECK_STR(find("cq"), "4");
    CHECK_STR(find("zhongq"), "4");
    CHECK_STR(find("xin"), "5 0"); /* as it is read there comes before how it might be read */
    CHECK_STR(find("han"), "0 5");
}

TEST(hard_words_are_read_right)
{
    /* in each, what begins so is read so: the second would come first by popularity */
    static const struct {
        const char *word, *other, *typed;
    } list[] = {
        {"银行", "行政", "hang"}, {"会计", "会议", "hui"},   {"校长", "长期", "chang"}, {"重新申请", "重大", "zhong"},
        {"还款", "还有", "hai"},  {"社会", "会计", "kuai"},  {"单县", "单位", "dan"},   {"转移", "供给", "gong"},
        {"参加", "参差", "cen"},  {"降级", "投降", "xiang"}, {"都市", "都有", "dou"},   {"地区", "区姓", "qu"},
        {"音乐", "娱乐", "le"},   {"调解", "调查", "diao"},  {"处罚", "办事处", "chu"}, {"畜牧", "畜禽", "chu"}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        open_names((const char *const[]){list[i].word, list[i].other, NULL});
        find(list[i].typed);
        CHECK(answer.total[SEARCH_ALL] >= 1);
    }
    open_names((const char *const[]){"会议", "会计", NULL});
    CHECK_STR(find("kuai"), "1 0");
    open_names((const char *const[]){"行政", "银行", NULL});
    CHECK_STR(find("hang"), "1 0");
    open_names((const char *const[]){"长期", "校长", NULL});
    CHECK_STR(find("zhang"), "1 0");
    open_names((const char *const[]){"还有", "还款", NULL});
    CHECK_STR(find("huan"), "1 0");
    open_names((const char *const[]){"重大", "重庆", NULL});
    CHECK_STR(find("chong"), "1 0");
}

TEST(both_spellings_of_u_with_dots)
{
    open_names((const char *const[]){"律师执业", "女职工", NULL});
    CHECK_STR(find("lvs"), "0");
    CHECK_STR(find("lus"), "0");
    CHECK_STR(find("nv"), "1");
    CHECK_STR(find("nuzhig"), "1");
}

TEST(what_can_be_done_here_comes_first_then_what_begins_so)
{
    open_names((const char *const[]){"工伤认定申请", "*认定工伤", "工资支付", "*工会登记", NULL});
    CHECK_STR(find("gong"), "3 1 0 2");
    CHECK_STR(find_with("gong", false, false), "0 2 3 1"); /* the reader is out: popularity alone */
    CHECK_INT(answer.total[SEARCH_ALL], 4);
    CHECK_INT(answer.total[SEARCH_AT_TERMINAL], 2);
    CHECK_INT(answer.total[SEARCH_FOR_PERSON], 4);
}

TEST(pages_and_filters)
{
    open_names((const char *const[]){"证一", "*证二", "证三", "*证四", "证五", NULL});
    files[0].item.server_type = (struct item_texts){{"2"}, 1};
    files[1].item.server_type = (struct item_texts){{"1", "2"}, 2};
    files[2].item.server_type = (struct item_texts){{"1"}, 1};
    buf_reset(&packed);
    CHECK_INT(catalog_search_pack(&source, &packed, NULL), 0);
    search_close(opened);
    CHECK_INT(search_open(packed.data, packed.len, &opened, NULL), 0);
    find("z");
    CHECK_INT(answer.total[SEARCH_FOR_COMPANY], 4);
    CHECK_INT(answer.total[SEARCH_FOR_PERSON], 4);
    CHECK_INT(search_rows(opened, SEARCH_ALL, 2, rows, 2), 2);
    CHECK_INT(rows[0], 0);
    CHECK_INT(rows[1], 2);
    CHECK_INT(search_rows(opened, SEARCH_ALL, 4, rows, 4), 1);
    CHECK_INT(search_rows(opened, SEARCH_ALL, 5, rows, 4), 0);
    CHECK_INT(search_rows(opened, SEARCH_FOR_COMPANY, 0, rows, 4), 4);
    CHECK_INT(rows[2], 0);
    CHECK_INT(search_rows(opened, SEARCH_AT_TERMINAL, 0, rows, 4), 2);
}

TEST(letters_that_lead_on)
{
    open_names((const char *const[]){"高龄津贴", "公路建设", NULL});
    find("");
    CHECK_STR(letters(), "gjlst");
    find("gl");
    CHECK_STR(letters(), "iju");
    find("glj");
    CHECK_STR(letters(), "ist");
}

TEST(one_mistake_in_whole_pinyin_is_forgiven)
{
    static const char *const wrong[] = {"laoniamren",  "laonanren",   "laoniaanren", "laonainren", "laonianern",
                                        "nao nianren", "laoliangren", "laoniarnen",  "laonianrem", "laaonian"};

    open_names((const char *const[]){"老年人优待证申领", "居民身份证换领", NULL});
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *got = find(wrong[i]);

        if (strcmp(got, "0") || !answer.forgiven)
            printf("# %s\n", wrong[i]);
        CHECK_STR(got, "0");
        CHECK(answer.forgiven);
    }
    CHECK_STR(find("laomiamren"), ""); /* two mistakes */
    CHECK_STR(find("lnx"), "");        /* first letters are not guessed at */
    CHECK_STR(find("senfenzen"), "1"); /* an accent may be there throughout */
}

TEST(forgiven_only_where_nothing_is_found)
{
    open_names((const char *const[]){"养老一", "养老二", "养老三", "英老", NULL});
    CHECK_STR(find("yanglao"), "0 1 2");
    CHECK(!answer.forgiven);
    CHECK_STR(find("yinglao"), "3");
    CHECK(!answer.forgiven);
    CHECK_STR(find("yingl"), "3");
    CHECK(answer.letters & 1); /* a: exactly, and after a mistake */
    CHECK_STR(find("yenglao"), "0 1 2 3");
    CHECK(answer.forgiven);
}

TEST(everyday_names_and_english)
{
    open_names((const char *const[]){"老年人优待证申领|老年证|敬老卡#Apply for a senior citizen card",
                                     "驾驶证换证#Driving licence", NULL});
    CHECK_STR(find("敬老卡"), "0");
    CHECK_STR(find("jlk"), "0");
    CHECK_STR(find("senior"), "0");
    CHECK_STR(find_with("card", true, true), "0");
    CHECK_STR(find_with("ard", true, true), ""); /* words are found from their beginning */
    CHECK_STR(find_with("citizen card", true, true), "0");
    CHECK_STR(find_with("dri", true, true), "1");
    CHECK_STR(find_with("jsz", true, true), "1");
}

static const char *near(const char *text)
{
    static char out[64];
    const struct search_query q = {text, true, false};
    int n;

    search_run(opened, &q, &answer);
    CHECK_INT(answer.total[SEARCH_ALL], 0);
    search_near(opened, &q, &answer);
    CHECK_INT(answer.forgiven, answer.total[SEARCH_ALL] > 0);
    n = search_rows(opened, SEARCH_ALL, 0, rows, SEARCH_PAGE_MAX);
    CHECK_INT(n, answer.total[SEARCH_ALL]);
    out[0] = '\0';
    for (int i = 0; i < n; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%u", i ? " " : "", rows[i]);
    return out;
}

TEST(what_comes_near)
{
    size_t from, to;

    open_names((const char *const[]){"老年人优待证申领|老年证", "高龄津贴申领", "社会保险登记|社保", "情况报告", NULL});
    CHECK_STR(near("老年补贴"), "0"); /* the longest part that finds something */
    CHECK(search_place(opened, 0, "老年人优待证申领", &from, &to));
    CHECK_INT(to - from, strlen("老年"));
    CHECK_STR(near("我要领高龄津贴"), "1");
    CHECK_STR(near("社报"), "2"); /* it sounds the same */
    CHECK_STR(near("gaolingxyz"), "1");
    CHECK_STR(near("火星"), "");
    CHECK_STR(near("龘"), "");
    CHECK_STR(near("xyz"), "");
    CHECK(!answer.letters);                                          /* what is typed next leads nowhere all the same */
    CHECK_STR(near("我家住在很远的山里头那边也想办一个老年证"), ""); /* so far from the beginning nothing is looked for */
}

static const char *also(const char *text, uint32_t row)
{
    static char out[40];

    find(text);
    bool found = search_also(opened, row, out, sizeof out);

    CHECK_INT(found, out[0] != '\0');
    return out;
}

TEST(how_people_say_it)
{
    static struct synonym say = {{"退休", "退休工资"}, {"养老金", "养老保险待遇"}, 2, 2};

    open_synonyms = (struct synonyms){&say, 1};
    open_names((const char *const[]){"城乡居民养老金申领", "社会保险登记|养老保险待遇", "退役军人登记", NULL});
    open_synonyms = (struct synonyms){NULL, 0};
    CHECK_STR(find("退休"), "0 1");
    CHECK_STR(also("退休", 0), "退休");
    CHECK_STR(find("txgz"), "0 1");
    CHECK_STR(also("txgz", 1), "退休工资");
    CHECK_STR(find("tui"), "0 1 2"); /* an everyday name is a beginning as good as any */
}

TEST(by_which_everyday_name)
{
    char little[8];

    open_names((const char *const[]){"机动车驾驶证期满换证|换驾照|驾照换证|（C 照）", "居民身份证换领", NULL});
    CHECK_STR(also("驾照", 0), "换驾照"); /* the first of those that hold it */
    CHECK_STR(also("jzhz", 0), "驾照换证");
    CHECK_STR(also("驾照换", 0), "驾照换证");
    CHECK_STR(also("c照", 0), "c照"); /* as it is compared */
    CHECK_STR(also("驾驶", 0), "");   /* its own name says it */
    CHECK_STR(also("身份", 1), "");
    CHECK_STR(also("", 0), "");
    CHECK_STR(also("驾照", 99), "");
    find("驾照");
    CHECK(search_also(opened, 0, little, sizeof little)); /* never half a character */
    CHECK_STR(little, "换驾");
}

TEST(where_it_stands_in_the_name)
{
    const char *name = "个人（含家庭）养老金领取";
    size_t from, to;

    open_names((const char *const[]){name, "老年证", NULL});
    find("jtyl");
    CHECK(search_place(opened, 0, name, &from, &to));
    CHECK_INT(from, strlen("个人（含"));
    CHECK_INT(to, strlen("个人（含家庭）养老"));
    find("rhj");
    CHECK(search_place(opened, 0, name, &from, &to));
    CHECK_INT(from, strlen("个"));
    CHECK_INT(to, strlen("个人（含家"));
    find("lao");
    CHECK(search_place(opened, 1, "老年证", &from, &to));
    CHECK_INT(from, 0);
    CHECK_INT(to, 3);
    find("");
    CHECK(!search_place(opened, 0, name, &from, &to));
}

TEST(long_and_odd_queries)
{
    open_names((const char *const[]){"城乡居民基本养老保险关系转移接续", NULL});
    CHECK_STR(find("chengxiangjuminjibenyanglaobaoxianguanxi"), "0"); /* what is beyond 30 letters is left out */
    CHECK_STR(find("\xff\xfe"), "0");                                 /* no text at all: nothing was typed */
    CHECK_STR(find("，。 "), "0");
    CHECK_STR(find("𠅤"), "");
}

TEST(a_damaged_table_is_refused)
{
    struct search *s = NULL;
    struct err e = {0};

    open_names((const char *const[]){"老年证", "会计", NULL});
    for (size_t len = 0; len < packed.len; len++)
        CHECK_INT(search_open(packed.data, len, &s, &e), -ERR_INVALID);
    packed.data[0] ^= 1;
    CHECK_INT(search_open(packed.data, packed.len, &s, &e), -ERR_INVALID);
    packed.data[0] ^= 1;
    packed.data[4] = 0xff; /* more items than there are */
    CHECK_INT(search_open(packed.data, packed.len, &s, &e), -ERR_INVALID);
    packed.data[4] = 2;
    CHECK_INT(search_open(packed.data, packed.len, &s, &e), 0);
    search_close(s);
}

TEST(finish)
{
    search_close(opened);
    buf_finish(&packed);
    search_close(NULL);
}

TEST_MAIN(T(a_name_is_found_by_all_ways_of_typing), T(every_reading_of_a_character_counts), T(hard_words_are_read_right),
          T(both_spellings_of_u_with_dots), T(what_can_be_done_here_comes_first_then_what_begins_so), T(pages_and_filters),
          T(letters_that_lead_on), T(one_mistake_in_whole_pinyin_is_forgiven), T(forgiven_only_where_nothing_is_found),
          T(everyday_names_and_english), T(what_comes_near), T(how_people_say_it), T(by_which_everyday_name),
          T(where_it_stands_in_the_name), T(long_and_odd_queries), T(a_damaged_table_is_refused), TEARDOWN(finish))
