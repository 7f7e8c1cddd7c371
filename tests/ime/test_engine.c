/* SPDX-License-Identifier: Apache-2.0
 *
 * The lexicon as residents meet it: what they write stands first or nearly, and nothing is remembered.
 */
#include "ime/engine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <rime_api.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "test.h"

/* librime is never taken down (see engine.c): what it holds at the end is no leak of ours. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

static struct composing_answer answer;

static void ask(enum compose_op op, enum composing_scheme scheme, const char *letters, int index)
{
    struct compose_question q = {.op = op, .scheme = scheme, .index = index, .serial = 7};

    text_copy(q.letters, sizeof q.letters, letters);
    engine_answer(&q, &answer);
}

/* Place among the candidates, from 0; -1: not there. */
static int place(enum composing_scheme scheme, const char *letters, const char *text)
{
    ask(COMPOSE_LOOK, scheme, letters, 0);
    for (int i = 0; i < answer.n; i++)
        if (!strcmp(answer.candidates + answer.at[i], text))
            return i;
    return -1;
}

static int pinyin(const char *letters, const char *text)
{
    int at = place(SCHEME_PINYIN, letters, text);

    printf("# %s gives", letters); /* shown when the test fails */
    for (int i = 0; i < answer.n && i < 8; i++)
        printf(" %s", answer.candidates + answer.at[i]);
    printf("\n");
    return at;
}

static void folder_of_build(char *out, size_t cap, const char *name)
{
    ssize_t n = readlink("/proc/self/exe", out, cap - 1);

    out[n > 0 ? n : 0] = 0;
    *strstr(out, "/tests/") = 0;
    strcat(out, name);
}

static void open_lexicon(void)
{
    struct err e = {0};
    char folder[512];

    folder_of_build(folder, sizeof folder, "/assets/ime");
    CHECK_INT(engine_open(folder, &e), 0);
}

TEST(words_of_the_counter_stand_first)
{
    open_lexicon();
    CHECK_INT(pinyin("budongchandengji", "不动产登记"), 0);
    CHECK_INT(pinyin("bdcdj", "不动产登记"), 0);
    CHECK_INT(pinyin("jumin", "居民"), 0);
    CHECK_INT(pinyin("sfz", "身份证"), 0);
    CHECK_INT(pinyin("hukoubu", "户口簿"), 0);
    CHECK_INT(pinyin("gongjijintiqu", "公积金提取"), 0);
    CHECK_INT(pinyin("chengdongjiedaoxingfuli", "城东街道幸福里"), 0);
    CHECK_INT(pinyin("chaoyangqu", "朝阳区"), 0);
    CHECK_INT(pinyin("guanganshi", "广安市"), 0);
    CHECK_INT(pinyin("ouyang", "欧阳"), 0);
    CHECK_INT(pinyin("haolou", "号楼"), 0);
    CHECK_INT(pinyin("danyuan", "单元"), 0);
    CHECK_INT(pinyin("zhejiang", "浙江"), 0);
    CHECK_INT(pinyin("zejiang", "浙江"), 0);
}
/* What is left over is asked about again. */
TEST(taking_a_part_leaves_the_rest)
{
    int at = pinyin("ceshijia", "测试");

    CHECK(at >= 0);
    ask(COMPOSE_TAKE, SCHEME_PINYIN, "ceshijia", at);
    CHECK_STR(answer.text, "测试");
    CHECK_STR(answer.rest, "jia");
    ask(COMPOSE_TAKE, SCHEME_PINYIN, "jia", pinyin("jia", "甲"));
    CHECK_STR(answer.text, "甲");
    CHECK_STR(answer.rest, "");
    ask(COMPOSE_TAKE, SCHEME_PINYIN, "jia", CANDIDATES_MAX + 5);
    CHECK_STR(answer.text, "");
    CHECK_STR(answer.rest, "jia");
    CHECK_INT(answer.serial, 7);
}

TEST(all_becomes_text)
{
    ask(COMPOSE_ALL, SCHEME_PINYIN, "xingfuliwuhaolou", 0);
    CHECK_STR(answer.text, "幸福里五号楼");
    CHECK_STR(answer.rest, "");
    ask(COMPOSE_ALL, SCHEME_PINYIN, "louv", 0);
    CHECK_STR(answer.rest, "v");
}

/* No name is out of reach: every character of the standard table, by its reading or its strokes. */
TEST(rare_characters)
{
    CHECK(pinyin("hun", "𬭩") >= 0 || pinyin("weng", "𬭩") >= 0);
    CHECK(pinyin("jian", "䶮") >= 0 || pinyin("yan", "䶮") >= 0);
    CHECK(place(SCHEME_STROKES, "hspnz", "楼") != 0);
    CHECK_INT(place(SCHEME_STROKES, "hspnnphspnzph", "楼"), 0);
    CHECK(place(SCHEME_STROKES, "szhhs", "甲") >= 0);
    CHECK_INT(place(SCHEME_STROKES, "qqq", "甲"), -1);
}

/* --- the whole of it, by lists --- */

/* One in so many of the long lists; all with IDEOGRAPHS=all, as in `make test-all`. */
static int step(void)
{
    const char *all = getenv("IDEOGRAPHS");

    return all && !strcmp(all, "all") ? 1 : 6;
}

static void say_version(void)
{
    printf("# librime %s\n", rime_get_api()->get_version());
}

/* Letters as they are typed: no spaces. */
static const char *letters_of(const char *code)
{
    static char out[200];
    size_t n = 0;

    for (; *code && *code != '|' && n + 1 < sizeof out; code++)
        if (*code >= 'a' && *code <= 'z')
            out[n++] = *code;
    out[n] = '\0';
    return out;
}

TEST(places_and_words_by_their_right_reading)
{
    char line[400];
    FILE *f = fopen("tests/ime/readings.tsv", "r");
    int asked = 0;

    say_version();
    CHECK(f);
    while (f && fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        int at;

        if (!tab || line[0] == '#')
            continue;
        *tab = '\0';
        if (asked++ % step())
            continue;
        at = place(SCHEME_PINYIN, letters_of(tab + 1), line);
        if (at < 0 || at > 4)
            printf("# %s: %s stands at %d\n", letters_of(tab + 1), line, at);
        CHECK(at >= 0 && at < 5);
    }
    CHECK(asked > 3900);
    if (f)
        fclose(f);
}

/* The five commonest of each syllable within five candidates, the others soon after. `code`: "" for the character's own. */
static void check_surname(const char *name, const char *code, const char *own)
{
    static char seen[600][8];
    static int n;
    const char *letters = letters_of(*code ? code : own);
    int at = place(SCHEME_PINYIN, letters, name), before = 0;

    for (int i = 0; i < n; i++)
        before += !strcmp(seen[i], letters);
    text_copy(seen[n++], sizeof seen[0], letters);
    if (at < 0 || at >= (before < 5 ? 5 : 12))
        printf("# %s: %s stands at %d\n", letters, name, at);
    CHECK(at >= 0 && at < (before < 5 ? 5 : 12));
}

/* The readings the Unicode data package gives the 8,105 characters: "U+4E00<TAB>kTGHZ2013<TAB>432.020:yī ...", as a list of
 * syllables without tones. */
struct standard {
    char text[8], readings[6][8];
    int n;
};
static struct standard standard[8200];
static int n_standard;

static void bare(const char *toned, char out[8])
{
    static const char from[] = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", to[] = "aaaaeeeeiiiioooouuuuvvvvvnnnm";
    const char *end = toned + strcspn(toned, ", \n");
    size_t n = 0;

    while (toned < end && n < 7) {
        const char *at = toned, *p = from;
        int32_t cp = utf8_next(&toned, end);
        int i = 0;

        while (*p && utf8_next(&p, from + sizeof from - 1) != cp)
            i++;
        out[n++] = i < (int)sizeof to - 1 ? to[i] : *at;
    }
    out[n] = '\0';
}

static void read_standard(void)
{
    char path[512], line[400];
    FILE *f;

    folder_of_build(path, sizeof path, "/../ime/readings");
    f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        struct standard *c = &standard[n_standard++];

        c->text[utf8_put((uint32_t)strtoul(line + 2, NULL, 16), c->text)] = '\0';
        for (char *p = strchr(line, ':'); p && c->n < 6; p = strpbrk(p, ":,")) {
            p++;
            if ((uint8_t)*p < '0' || (uint8_t)*p > '9') /* not "482.140:" of a second entry */
                bare(p, c->readings[c->n++]);
        }
    }
    if (f)
        fclose(f);
    CHECK_INT(n_standard, 8105);
}

static int by_text(const void *text, const void *c)
{
    return strcmp(text, ((const struct standard *)c)->text); /* UTF-8 sorts as code points do */
}

static const char *reading_of(const char *text)
{
    for (int i = 0; i < n_standard; i++)
        if (!strcmp(standard[i].text, text))
            return standard[i].readings[0];
    return "";
}

TEST(surnames_by_their_right_reading)
{
    char line[4000];
    FILE *f = fopen("assets/ime/surnames.txt", "r");
    int asked = 0;

    read_standard();
    CHECK(f);
    while (f && fgets(line, sizeof line, f))
        for (char *w = line[0] == '#' ? NULL : strtok(line, " \n"); w; w = strtok(NULL, " \n")) {
            char name[8] = "";

            memcpy(name, w, utf8_prefix(w, 1));
            asked++;
            if ((uint8_t)w[strlen(name)] < 0x80) /* those of two characters are in readings.tsv */
                check_surname(name, w + strlen(name), reading_of(name));
        }
    CHECK(asked >= 500);
    if (f)
        fclose(f);
}

TEST(every_standard_character_by_its_reading)
{
    int last = 0;

    for (int i = 0; i < n_standard; i += step()) {
        const char *reading = standard[i].readings[0];
        int at = strpbrk(reading, "aeiouv") ? place(SCHEME_PINYIN, reading, standard[i].text) : 0; /* 嗯 is no syllable */

        if (at < 0)
            printf("# %s does not give %s\n", reading, standard[i].text);
        CHECK(at >= 0);
        last = at > last ? at : last;
    }
    printf("# the furthest is candidate %d\n", last + 1);
    CHECK(pinyin("yi", "祎") < 40);
    CHECK(pinyin("yi", "祎") < place(SCHEME_PINYIN, "yi", "鹢")); /* people are called so, a bird is not often written */
    CHECK(pinyin("yi", "鹢") < place(SCHEME_PINYIN, "yi", "譯") || place(SCHEME_PINYIN, "yi", "譯") < 0);
}

/* Each code of strokes.dict.yaml of a standard character gives it within a page or two. */
TEST(every_standard_character_by_its_strokes)
{
    static bool found[8200];
    char path[512], line[400];
    FILE *f;
    int none = 0;

    folder_of_build(path, sizeof path, "/../ime/strokes.dict.yaml");
    f = fopen(path, "r");
    CHECK(f);
    while (f && fgets(line, sizeof line, f)) {
        char *text = strtok(line, "\t"), *code = strtok(NULL, "\t");

        struct standard *c = code && strspn(code, "hspnz") == strlen(code)
                                 ? bsearch(text, standard, (size_t)n_standard, sizeof *standard, by_text)
                                 : NULL;

        if (c && !found[c - standard] && (c - standard) % step() == 0)
            found[c - standard] = place(SCHEME_STROKES, code, text) >= 0;
    }
    for (int i = 0; i < n_standard; i += step()) {
        if (!found[i])
            printf("# no strokes give %s\n", standard[i].text);
        none += !found[i];
    }
    CHECK_INT(none, 0);
    CHECK_INT(place(SCHEME_STROKES, "nnzzsh", "字"), 0);
    CHECK_INT(place(SCHEME_STROKES, "phhhzpnpz", "𬬭"), 0);
    if (f)
        fclose(f);
}

/* What is spelt as typed comes before what southern tongues do not tell apart from it, but that is near. */
TEST(exact_spelling_first_and_the_other_near)
{
    CHECK(pinyin("zheng", "正") < 5);
    CHECK(pinyin("zheng", "郑") < 5);
    CHECK(pinyin("cao", "曹") < 5);
    CHECK(pinyin("si", "是") >= 5);
    CHECK(pinyin("si", "是") < 15);
    CHECK(pinyin("xin", "姓") < 30);
}

TEST(as_passports_spell)
{
    CHECK_INT(pinyin("lyu", "吕"), pinyin("lv", "吕"));
    CHECK(pinyin("lyu", "吕") < 5);
    CHECK(pinyin("nyu", "女") < 5);
    CHECK(pinyin("lyuse", "绿色") == 0);
    CHECK(pinyin("lyueyang", "略阳") < 5);
    CHECK(pinyin("lv", "吕") < 5);
}

/* No word of the dictionary is a division's name cut anywhere: 芷江侗族自治, 喀什地. */
TEST(no_word_is_half_a_name)
{
    static const char *const halves[] = {"\n芷江侗族自治\t", "\n广西壮族自治\t", "\n喀什地\t", "\n乌拉特前\t", "\n西沙群\t"};
    char path[512];
    struct buf text;
    struct err e;

    folder_of_build(path, sizeof path, "/../ime/tongban.dict.yaml");
    CHECK_INT(fs_read(path, 8 << 20, &text, &e), 0);
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        CHECK(!strstr(buf_str(&text), halves[i]));
    CHECK(!strstr(buf_str(&text), "族自治\t"));
    CHECK(strstr(buf_str(&text), "\n芷江\tzhi jiang\t"));
    buf_finish(&text);
}

TEST(short_names_are_names)
{
    CHECK(pinyin("zhijiang", "芷江") >= 0);
    CHECK(pinyin("kashi", "喀什") < 5);
    CHECK(pinyin("neimenggu", "内蒙古") == 0);
    CHECK(pinyin("dongxiang", "东乡") < 9);
    CHECK(pinyin("bayinguoleng", "巴音郭楞") == 0);
    CHECK(pinyin("shennongjia", "神农架") == 0);
    CHECK(pinyin("xian", "西安") < 9); /* without the mark between its syllables */
    CHECK(pinyin("chaoyangqu", "朝阳区") == 0);
}

/* The engine keeps nothing between two questions: the same one has the same answer, whatever was taken before. */
TEST(nothing_is_learned)
{
    static char before[COMPOSING_TEXT_MAX];

    ask(COMPOSE_LOOK, SCHEME_PINYIN, "lou", 0);
    memcpy(before, answer.candidates, sizeof before);
    for (int i = 0; i < 20; i++)
        ask(COMPOSE_TAKE, SCHEME_PINYIN, "lou", 5);
    ask(COMPOSE_LOOK, SCHEME_PINYIN, "lou", 0);
    CHECK_MEM(answer.candidates, before, sizeof before);
}

TEST_MAIN(T(words_of_the_counter_stand_first), T(taking_a_part_leaves_the_rest), T(all_becomes_text), T(rare_characters),
          T(places_and_words_by_their_right_reading), T(surnames_by_their_right_reading),
          T(every_standard_character_by_its_reading), T(every_standard_character_by_its_strokes),
          T(exact_spelling_first_and_the_other_near), T(as_passports_spell), T(no_word_is_half_a_name),
          T(short_names_are_names), T(nothing_is_learned))
