/* SPDX-License-Identifier: Apache-2.0
 *
 * See figures.h.
 */
#include "voice/figures.h"

#include <string.h>

#include "voice/amount.h"

#define CODE_LEAST 5   /* figures of a single group that is a code */
#define GROUPS_LEAST 7 /* of all groups together */

#define ZH(f) ((f)->in == LANGUAGE_ZH_CN)

static bool figure(const char *p, const char *end)
{
    return p < end && *p >= '0' && *p <= '9';
}

static size_t run(const char *p, const char *end)
{
    size_t n = 0;

    while (figure(p + n, end))
        n++;
    return n;
}

static bool starts(const char *p, const char *end, const char *what)
{
    size_t n = strlen(what);

    return (size_t)(end - p) >= n && !memcmp(p, what, n);
}

/* The first of `list` that stands here, behind one space at most; 0: none. Returns the bytes, space and all. */
static size_t behind(const char *p, const char *end, const char *const list[], size_t n)
{
    size_t space = p < end && *p == ' ';

    for (size_t i = 0; i < n; i++)
        if (starts(p + space, end, list[i]))
            return space + strlen(list[i]);
    return 0;
}

static bool measured(const char *p, const char *end)
{
    static const char *const measures[] = {"个", "份",   "天", "次", "人",     "位",   "名",   "项", "元", "张",    "家",
                                           "处", "小时", "种", "件", "条",     "块",   "分钟", "秒", "遍", "本",    "周",
                                           "年", "户",   "万", "亿", "平方米", "公里", "米",   "吨", "岁", "工作日"};

    return behind(p, end, measures, sizeof measures / sizeof *measures) > 0;
}

/* 第 stands before, and one space at most. */
static bool ordinal(const struct figures *f, const char *p)
{
    if (p > f->text && p[-1] == ' ')
        p--;
    return p - f->text >= 3 && !memcmp(p - 3, "第", 3);
}

static int value(const char *p, size_t n)
{
    int v = 0;

    for (size_t i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

static bool is_year(const char *p, size_t n)
{
    return n == 4 && value(p, 4) >= 1900 && value(p, 4) < 2200;
}

static void both(const struct figures *f, const char *zh, const char *en)
{
    words_add_all(f->words, f->in, ZH(f) ? zh : en);
}

static void cardinal(const struct figures *f, const char *p, size_t n, bool bends)
{
    if (n > AMOUNT_DIGITS_MAX)
        amount_digits(f->words, f->in, p, n, true);
    else
        amount_cardinal(f->words, f->in, p, n, bends);
}

/* --- days and hours --- */

static void year(const struct figures *f, const char *p)
{
    if (ZH(f)) {
        amount_digits(f->words, f->in, p, 4, false);
    } else if (value(p + 2, 2) >= 10) {
        cardinal(f, p, 2, false);
        cardinal(f, p + 2, 2, false);
    } else {
        cardinal(f, p, 4, false);
    }
}

static const char *say_day(const struct figures *f, const char *p)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    if (f->end - p < 10 || run(p, f->end) != 4 || p[4] != '-' || run(p + 5, f->end) != 2 || p[7] != '-' ||
        run(p + 8, f->end) != 2)
        return NULL;
    int month = value(p + 5, 2), day = value(p + 8, 2);

    if (!is_year(p, 4) || month < 1 || month > 12 || day < 1 || day > 31)
        return NULL;
    if (!ZH(f)) {
        cardinal(f, p + 8, 2, false);
        words_add(f->words, f->in, months[month - 1]);
        year(f, p);
        return p + 10;
    }
    year(f, p);
    words_add(f->words, f->in, "nian2");
    cardinal(f, p + 5, 2, false);
    words_add(f->words, f->in, "yue4");
    cardinal(f, p + 8, 2, false);
    words_add(f->words, f->in, "ri4");
    return p + 10;
}

static const char *say_year(const struct figures *f, const char *p)
{
    static const char *const mark[] = {"年"};
    size_t n = run(p, f->end);

    if (!is_year(p, n) || (ZH(f) && !behind(p + n, f->end, mark, 1)))
        return NULL;
    year(f, p);
    return p + n;
}

static const char *say_hour(const struct figures *f, const char *p)
{
    size_t n = run(p, f->end);

    if (n < 1 || n > 2 || p + n >= f->end || p[n] != ':' || run(p + n + 1, f->end) != 2)
        return NULL;
    const char *minute = p + n + 1;
    int m = value(minute, 2);

    if (value(p, n) > 24 || m > 59)
        return NULL;
    if (ZH(f) && value(p, n) == 2)
        words_add(f->words, f->in, "liang3");
    else
        cardinal(f, p, n, false);
    both(f, "dian3", m ? "" : "hundred");
    if (m && m < 10)
        both(f, "ling2", "oh");
    if (m)
        cardinal(f, minute, 2, false);
    if (m)
        both(f, "fen1", "");
    return minute + 2;
}

/* --- codes --- */

/* One group of figures and asterisks, at the end of an identity number an X. */
static const char *group_end(const char *p, const char *end, bool *masked)
{
    const char *from = p;

    while (figure(p, end) || (p < end && *p == '*'))
        *masked |= *p++ == '*';
    if (p - from == 17 && p < end && (*p == 'X' || *p == 'x'))
        p++;
    return p;
}

static void say_group(const struct figures *f, const char *p, const char *to)
{
    while (p < to) {
        size_t n = run(p, to);

        amount_digits(f->words, f->in, p, n, true);
        p += n;
        if (p < to && *p == '*')
            both(f, "xing1 hao4", "stars");
        while (p < to && *p == '*')
            p++;
        if (p < to && (*p == 'X' || *p == 'x'))
            words_add(f->words, LANGUAGE_EN, "X");
        p += p < to && (*p == 'X' || *p == 'x');
    }
}

/* Where a code that begins here ends; NULL: it is none. */
static const char *code_end(const struct figures *f, const char *p, bool *single)
{
    bool masked = false;
    const char *first = group_end(p, f->end, &masked), *q = first;
    size_t n = (size_t)(first - p);

    while ((n >= 3 || f->code) && q + 1 < f->end && (*q == ' ' || *q == '-') && (figure(q + 1, f->end) || q[1] == '*')) {
        const char *next = group_end(q + 1, f->end, &masked);

        if (*q == ' ' && measured(next, f->end))
            break; /* it counts something, and is no part of this */
        n += (size_t)(next - q - 1);
        q = next;
    }
    *single = q == first;
    if (f->code || masked || (!*single && n >= GROUPS_LEAST))
        return q;
    *single = true;
    n = run(p, f->end);
    if (first != p + n)
        return first; /* an identity number with its X */
    bool plain = p + n >= f->end || (p[n] != ',' && p[n] != '.') || !figure(p + n + 1, f->end);
    return plain && !measured(first, f->end) && (n >= CODE_LEAST || (n > 1 && *p == '0')) ? first : NULL;
}

static const char *say_code(const struct figures *f, const char *p)
{
    bool single, masked = false;
    const char *end = code_end(f, p, &single);

    if (!end)
        return NULL;
    while (p < end) {
        const char *to = group_end(p, end, &masked);

        say_group(f, p, to);
        p = to + (to < end);
        if (p < end)
            words_pause(f->words, ',');
    }
    return end;
}

/* --- amounts --- */

/* Figures with or without commas between thousands, into `ret` without them. */
static const char *whole(const char *p, const char *end, char ret[AMOUNT_DIGITS_MAX + 1], size_t *ret_n)
{
    size_t n = run(p, end);
    const char *q = p + n;

    if (n > AMOUNT_DIGITS_MAX)
        return NULL;
    memcpy(ret, p, n);
    while (n <= AMOUNT_DIGITS_MAX - 3 && q < end && *q == ',' && run(q + 1, end) == 3) {
        memcpy(ret + n, q + 1, 3);
        n += 3;
        q += 4;
    }
    *ret_n = n;
    return q;
}

static const char *const yuan[] = {"元"};

/* 12.50 元: the part behind the point, of one figure or two. */
static const char *say_coins(const struct figures *f, const char *p, size_t n)
{
    words_add(f->words, f->in, "yuan2");
    if (p[0] != '0') {
        cardinal(f, p, 1, false);
        words_add(f->words, f->in, "jiao3");
    }
    if (n == 2 && p[1] != '0') {
        if (p[0] == '0')
            words_add(f->words, f->in, "ling2");
        cardinal(f, p + 1, 1, false);
        words_add(f->words, f->in, "fen1");
    }
    return p + n + behind(p + n, f->end, yuan, 1);
}

static const char *say_amount(const struct figures *f, const char *p, bool money)
{
    char digits[AMOUNT_DIGITS_MAX + 1];
    size_t n, part;
    const char *q = whole(p, f->end, digits, &n);

    if (!q) {
        n = run(p, f->end);
        amount_digits(f->words, f->in, p, n, true);
        return p + n;
    }
    part = q < f->end && *q == '.' ? run(q + 1, f->end) : 0;
    bool percent = q + part + (part > 0) < f->end && q[part + (part > 0)] == '%';
    bool counts = !ordinal(f, p) && measured(q, f->end) && !part;

    if (percent && ZH(f))
        words_add_all(f->words, f->in, "bai3 fen1 zhi1");
    if (ZH(f) && n == 1 && digits[0] == '2' && counts)
        words_add(f->words, f->in, "liang3");
    else
        cardinal(f, digits, n, counts);
    if (part && part <= 2 && ZH(f) && (money || behind(q + 1 + part, f->end, yuan, 1)))
        return say_coins(f, q + 1, part);
    if (part) {
        both(f, "dian3", "point");
        amount_digits(f->words, f->in, q + 1, part, false);
        q += 1 + part;
    }
    if (percent && !ZH(f))
        words_add(f->words, f->in, "percent");
    if (money)
        both(f, "yuan2", "yuan");
    return q + percent;
}

/* A sign between two numbers means "to". */
static const char *say_to(const struct figures *f, const char *p)
{
    static const char *const signs[] = {"-", "–", "—", "~", "～"};
    size_t n = behind(p, f->end, signs, sizeof signs / sizeof *signs);
    const char *q = p + n + (p + n < f->end && p[n] == ' ');

    if (!n || !figure(q, f->end))
        return p;
    both(f, "dao4", "to");
    return q;
}

size_t figures_sign(const char *p, const char *end)
{
    static const char *const signs[] = {"¥", "￥", "−", "-"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (starts(p, end, signs[i]) && figure(p + strlen(signs[i]), end))
            return strlen(signs[i]);
    return 0;
}

const char *figures_say(const struct figures *f, const char *p)
{
    size_t sign = figures_sign(p, f->end);
    bool minus = sign && (starts(p, f->end, "−") || *p == '-');
    const char *q = NULL;

    if (minus)
        both(f, "fu4", "minus");
    p += sign;
    if (sign)
        return say_amount(f, p, !minus);
    if (!f->code && !(q = say_day(f, p)) && !(q = say_year(f, p)))
        q = say_hour(f, p);
    if (!q)
        q = say_code(f, p);
    if (!q)
        q = say_amount(f, p, false);
    return say_to(f, q);
}
