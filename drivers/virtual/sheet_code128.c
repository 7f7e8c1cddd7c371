/* SPDX-License-Identifier: Apache-2.0
 *
 * Code 128 (ISO/IEC 15417) in the three ways of GS k: with sets chosen by who sends it, as GS1-128, and with sets chosen by
 * the printer.
 */
#include <string.h>

#include "drivers/virtual/sheet_bars.h"

enum { FNC1 = 102, START_A = 103, START_C = 105, STOP = 106, SHIFT = 98 };
#define VALUES_MAX 260

/* Table 1: widths of bars and spaces in turn. */
static const char *const patterns[STOP + 1] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212",
    "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
    "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
    "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
    "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
    "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

struct code128 {
    int values[VALUES_MAX];
    int n;
    char set;        /* 'A', 'B', 'C'; 0: not chosen yet */
    bool shifted;    /* the next one is of the other of A and B */
    struct buf *hri; /* what people read */
};

static void add(struct code128 *c, int value)
{
    if (c->n < VALUES_MAX)
        c->values[c->n++] = value;
}

/* After a brace. False: no such thing. */
static bool special(struct code128 *c, uint8_t what)
{
    static const int function[] = {FNC1, 97, 96};

    if (what >= 'A' && what <= 'C') {
        add(c, c->set ? 101 - (what - 'A') : START_A + (what - 'A'));
        c->set = (char)what;
        return true;
    }
    if (what >= '1' && what <= '3')
        add(c, function[what - '1']);
    else if (what == '4' && c->set != 'C')
        add(c, c->set == 'A' ? 101 : 100);
    else if (what == 'S' && c->set != 'C')
        add(c, SHIFT);
    else
        return false;
    c->shifted = what == 'S';
    return true;
}

static bool character(struct code128 *c, uint8_t b)
{
    char set = c->shifted ? (c->set == 'A' ? 'B' : 'A') : c->set;

    c->shifted = false;
    if (set == 'C') {
        add(c, b);
        buf_addf(c->hri, "%02d", b);
        return b < 100;
    }
    if (b > 127 || (set == 'B' ? b < 32 : b > 95))
        return false;
    add(c, b < 32 ? b + 64 : b - 32);
    buf_addc(c->hri, b < 32 ? ' ' : b);
    return true;
}

/* The check character, the end, and all of it as bars. */
static bool finish(struct code128 *c, struct bars *b)
{
    int sum;

    if (!c->n || c->n + 2 > VALUES_MAX)
        return false;
    sum = c->values[0];
    for (int i = 1; i < c->n; i++)
        sum += i * c->values[i];
    add(c, sum % 103);
    add(c, STOP);
    for (int i = 0; i < c->n; i++)
        bars_modules(b, patterns[c->values[i]]);
    return true;
}

bool code128(struct bars *b, const uint8_t *data, size_t n)
{
    struct code128 c = {.hri = &b->hri};

    for (size_t i = 0; i < n; i++) {
        bool brace = data[i] == '{' && i + 1 < n, ok;

        if (brace && data[i + 1] != '{')
            ok = special(&c, data[++i]) && c.set;
        else
            ok = c.set && character(&c, data[i += brace]);
        if (!ok)
            return false;
    }
    return finish(&c, b);
}

/* --- sets chosen by the printer --- */

enum { SIGN_FNC1 = 256, SIGN_FNC3 }; /* beside the characters */
#define SIGNS_MAX 260

static void choose(struct code128 *c, char set)
{
    if (c->set == set)
        return;
    add(c, c->set ? 101 - (set - 'A') : START_A + (set - 'A'));
    c->set = set;
}

static int digits_from(const int *signs, int n, int at)
{
    int k = at;

    while (k < n && signs[k] >= '0' && signs[k] <= '9')
        k++;
    return k - at;
}

/* Pairs of digits where four stand together, or two go on; FNC1 stands in every set. */
static bool encode_signs(struct code128 *c, const int *signs, int n)
{
    for (int i = 0; i < n;) {
        int digits = digits_from(signs, n, i + (signs[i] == SIGN_FNC1));

        if (signs[i] == SIGN_FNC1) {
            if (!c->set)
                choose(c, digits >= 2 ? 'C' : 'B');
            add(c, FNC1);
            i++;
        } else if (digits >= 4 || (digits >= 2 && (c->set == 'C' || digits == n))) {
            choose(c, 'C');
            for (int end = i + digits / 2 * 2; i < end; i += 2)
                add(c, (signs[i] - '0') * 10 + signs[i + 1] - '0');
        } else if (signs[i] == SIGN_FNC3) {
            choose(c, c->set == 'A' ? 'A' : 'B');
            add(c, 96);
            i++;
        } else {
            int s = signs[i++];

            if (s > 127)
                return false;
            choose(c, s < 32 || (c->set == 'A' && s < 96) ? 'A' : 'B');
            add(c, s < 32 ? s + 64 : s - 32);
        }
    }
    return true;
}

bool code128_auto(struct bars *b, const uint8_t *data, size_t n)
{
    struct code128 c = {.hri = &b->hri};
    int signs[SIGNS_MAX];

    for (size_t i = 0; i < n; i++) {
        signs[i] = data[i];
        buf_addc(&b->hri, data[i] < 32 || data[i] > 126 ? ' ' : data[i]);
    }
    return encode_signs(&c, signs, (int)n) && finish(&c, b);
}

/* After a brace: {1 {3, or a character that would mean something. */
static int braced(uint8_t what)
{
    return what == '1' ? SIGN_FNC1 : what == '3' ? SIGN_FNC3 : what && strchr("()*{ ", what) ? what : -1;
}

bool gs1_128(struct bars *b, const uint8_t *data, size_t n)
{
    struct code128 c = {.hri = &b->hri};
    int signs[SIGNS_MAX] = {SIGN_FNC1}, k = 1;
    uint8_t digits[SIGNS_MAX]; /* since the last closing bracket */
    size_t n_digits = 0;

    for (size_t i = 0; i < n; i++) {
        int sign = data[i];

        if (sign == '{')
            sign = i + 1 < n ? braced(data[++i]) : -1;
        else if (sign == '*')
            sign = bars_check_digit(digits, n_digits);
        else if (sign == ' ' || sign == '(' || sign == ')') {
            n_digits = sign == ')' ? 0 : n_digits;
            buf_addc(&b->hri, (uint8_t)sign);
            continue;
        }
        if (sign < 0 || k == SIGNS_MAX)
            return false;
        if (sign >= '0' && sign <= '9')
            digits[n_digits++] = (uint8_t)sign;
        if (sign < 127)
            buf_addc(&b->hri, sign < 32 ? ' ' : (uint8_t)sign);
        signs[k++] = sign;
    }
    return k > 1 && encode_signs(&c, signs, k) && finish(&c, b);
}
