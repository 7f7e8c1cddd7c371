/* SPDX-License-Identifier: Apache-2.0
 *
 * See spoken.h.
 */
#include "voice/spoken.h"

#include <string.h>

#include "base/text.h"
#include "voice/figures.h"
#include "voice/named.h"
#include "voice/pinyin.h"
#include "voice/words.h"

#define LETTERS_MAX 60
#define SPELLED_MOST 4 /* so many capitals are an abbreviation, and spelled */
#define NAME_CHARACTERS_MAX 6
#define RUN_MAX 1024

struct speech {
    struct words words;
    enum language page;
    const char *text, *at, *end;
};

static bool ideograph(int32_t cp)
{
    return (cp >= 0x3400 && cp <= 0x9FFF) || cp == 0x3007 || (cp >= 0xE000 && cp <= 0xFAFF) || cp >= 0x20000;
}

static int32_t look(const char *p, const char *end)
{
    return p < end ? utf8_next(&p, end) : 0;
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts(const char *p, const char *end, const char *what)
{
    size_t n = strlen(what);

    return (size_t)(end - p) >= n && !memcmp(p, what, n);
}

/* --- Chinese --- */

/* Only a name can stand in [from, to): by the words around it. */
static bool is_name(const struct speech *s, const char *from, const char *to)
{
    static const char *const before[] = {"姓名", "联系人"}, *const signs[] = {" ", "　", "：", "，", ":", ","};
    static const char *const after[] = {"，您好", "先生", "女士"};
    size_t room = (size_t)(to - from) / 3;

    for (size_t i = 0; i < 3; i++)
        if (starts(to, s->end, after[i]) && room <= NAME_CHARACTERS_MAX)
            return true;
    for (size_t i = 0; i < 6 && from > s->text; i++) {
        size_t n = strlen(signs[i]);

        if ((size_t)(from - s->text) < n || memcmp(from - n, signs[i], n))
            continue;
        from -= n;
        i = (size_t)-1;
    }
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(before[i]);

        if ((size_t)(from - s->text) >= n && !memcmp(from - n, before[i], n))
            return true;
    }
    return false;
}

/* 了 behind a verb, and not in 了解 or 办不了. */
static bool is_particle(uint32_t before, uint32_t cp, const char *rest)
{
    return cp == 0x4E86 && before != 0x4E0D && before != 0x5F97 && strncmp(rest, "解", 3) && strncmp(rest, "结", 3);
}

static void say_syllable(struct speech *s, const struct pinyin_char *c, bool bends)
{
    if (bends && c->cp == 0x4E00 && !strcmp(c->here, "yi1"))
        words_add_bending(&s->words, "yi");
    else if (c->cp == 0x4E0D && !strcmp(c->here, "bu4"))
        words_add_bending(&s->words, "bu");
    else if (c->here[0])
        words_add(&s->words, LANGUAGE_ZH_CN, c->here);
    else
        words_add_all(&s->words, LANGUAGE_ZH_CN, "sheng1 pi4 zi4");
}

/* A run of ideographs: places and names by heart, the rest by words. */
static void say_run(struct speech *s, const char *from, const char *to)
{
    char run[RUN_MAX + 1], reading[NAMED_READING_MAX];
    struct pinyin_walk walk;
    struct pinyin_char c = {.cp = 0};
    uint32_t before = 0;
    size_t known = is_name(s, from, to) ? named_family(from, to, reading) : 0;

    memcpy(run, from, (size_t)(to - from));
    run[to - from] = '\0';
    pinyin_begin(&walk, run);
    for (;;) {
        const char *head = walk.at;

        if (!known && !walk.left)
            known = named_word(head, walk.end, reading);
        if (known)
            words_add_all(&s->words, LANGUAGE_ZH_CN, reading);
        for (before = c.cp; known; known = walk.at < head + known ? known : 0)
            pinyin_next(&walk, &c);
        if (walk.at != head)
            continue;
        if (!pinyin_next(&walk, &c))
            return;
        if (is_particle(before, c.cp, walk.at))
            words_add(&s->words, LANGUAGE_ZH_CN, "le5");
        else
            say_syllable(s, &c, before != 0x7B2C && before != 0x671F); /* not in 第一, 星期一 */
    }
}

static void say_chinese(struct speech *s)
{
    const char *from = s->at;

    while (ideograph(look(s->at, s->end)) && (size_t)(s->at - from) < RUN_MAX - 4)
        utf8_next(&s->at, s->end);
    const char *to = s->at; /* 先生 and 女士 belong to the run: what stands before is looked at alone */
    for (const char *p = from; p < to; utf8_next(&p, to))
        if (p > from && (starts(p, to, "先生") || starts(p, to, "女士"))) {
            say_run(s, from, p);
            from = p;
            break;
        }
    say_run(s, from, to);
}

/* --- letters --- */

static void spell(struct speech *s, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = p[i] >= 'a' ? (char)(p[i] - 'a' + 'A') : p[i];
        char one[2] = {c};

        words_add(&s->words, LANGUAGE_EN, one);
    }
}

static bool all_capitals(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] > 'Z')
            return false;
    return true;
}

static void say_letters(struct speech *s)
{
    const char *from = s->at;
    char word[LETTERS_MAX + 1];
    size_t n = 0;

    while (s->at < s->end && n < LETTERS_MAX) {
        bool apostrophe = *s->at == '\'' || starts(s->at, s->end, "’");
        size_t len = starts(s->at, s->end, "’") ? 3 : 1;

        if (!letter(*s->at) && !(apostrophe && n && s->at + len < s->end && letter(s->at[len])))
            break;
        word[n++] = apostrophe ? '\'' : *s->at;
        s->at += len;
    }
    word[n] = '\0';
    bool code = s->at < s->end && *s->at >= '0' && *s->at <= '9';
    bool article = s->page == LANGUAGE_EN && !code && n == 1 && (*word == 'a' || *word == 'A' || *word == 'I');
    bool capitals = n <= SPELLED_MOST && all_capitals(from, (size_t)(s->at - from));

    if (!article && (n == 1 || capitals || (code && n <= SPELLED_MOST)))
        spell(s, word, n);
    else
        words_add(&s->words, LANGUAGE_EN, word);
}

/* --- figures and signs --- */

/* Of a number: that of the Chinese it stands in, else the page's. */
static enum language language_here(const struct speech *s)
{
    const char *before = s->at, *p;

    if (s->page == LANGUAGE_ZH_CN)
        return s->page;
    if (before > s->text && before[-1] == ' ')
        before--;
    for (p = before; p > s->text && p > before - 4 && (p == before || ((uint8_t)*p & 0xC0) == 0x80);)
        p--;
    if (p < before && ideograph(look(p, s->end)))
        return LANGUAGE_ZH_CN;
    for (p = s->at; p < s->end && ((*p >= '0' && *p <= '9') || *p == ' '); p++)
        ;
    return ideograph(look(p, s->end)) ? LANGUAGE_ZH_CN : s->page;
}

static void say_figures(struct speech *s)
{
    const struct figures f = {&s->words, language_here(s), s->text, s->end, s->at > s->text && letter(s->at[-1])};

    s->at = figures_say(&f, s->at);
}

static void say_sign(struct speech *s)
{
    static const struct {
        int32_t cp;
        char pause;
    } pauses[] = {{0x3002, '.'}, {0xFF01, '.'}, {0xFF1F, '?'}, {0xFF0C, ','}, {0x3001, ','}, {0xFF1B, ','}, {0xFF1A, ','},
                  {0x3000, ','}, {'.', '.'},    {'!', '.'},    {'?', '?'},    {',', ','},    {';', ','},    {':', ','},
                  {'\n', '.'},   {0x2026, ','}, {0x2014, ','}, {0xFF08, ','}, {0xFF09, ','}, {'(', ','},    {')', ','}};
    static const struct {
        int32_t cp;
        const char *zh, *en;
    } words[] = {{'%', "bai3 fen1 hao4", "percent"}, {'&', "he2", "and"},   {'@', "", "at"},
                 {'#', "jing3 hao4", "number"},      {'+', "jia1", "plus"}, {0x2103, "du4", "degrees"}};
    int32_t cp = utf8_next(&s->at, s->end);

    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++)
        if (pauses[i].cp == cp)
            words_pause(&s->words, pauses[i].pause);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].cp == cp && s->page == LANGUAGE_ZH_CN && words[i].zh[0])
            words_add_all(&s->words, LANGUAGE_ZH_CN, words[i].zh);
        else if (words[i].cp == cp)
            words_add(&s->words, LANGUAGE_EN, words[i].en);
}

int spoken_words(enum language page, const char *text, struct buf *out)
{
    struct speech s = {.page = page, .text = text, .at = text, .end = text + strlen(text)};

    words_begin(&s.words, out);
    while (s.at < s.end) {
        int32_t cp = look(s.at, s.end);

        if (ideograph(cp))
            say_chinese(&s);
        else if (cp < 0x80 && letter((char)cp))
            say_letters(&s);
        else if ((cp >= '0' && cp <= '9') || cp == '*' || figures_sign(s.at, s.end))
            say_figures(&s);
        else
            say_sign(&s);
    }
    words_end(&s.words);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}
