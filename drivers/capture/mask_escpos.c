/* SPDX-License-Identifier: Apache-2.0
 *
 * ESC/POS as far as lengths must be known: which bytes are commands, and how many bytes follow that are not text. What
 * follows a command nobody knows is taken for text, and so masked.
 */
#include "drivers/capture/mask_escpos.h"

#include <string.h>

#define ESC 0x1B
#define GS 0x1D
#define FS 0x1C
#define DLE 0x10

/* Commands with a fixed number of bytes behind them. */
static const struct {
    uint8_t first;
    const char *seconds;
    int params;
} fixed[] = {
    {ESC, "@2im", 0},
    {ESC, "!-3JdEGMatR{V re=?TSU", 1},
    {ESC, "$\\c", 2},
    {ESC, "p", 3},
    {GS, "!BhwHfaIrEeb", 1},
    {GS, "LWP$\\", 2},
    {FS, "&.", 0},
    {FS, "!-WC", 1},
    {FS, "S", 2},
};

static void end_command(struct mask *m)
{
    m->n_head = 0;
}

static void question(struct mask *m)
{
    m->asked++;
    m->n_question = m->n_head;
    memcpy(m->question, m->head, (size_t)m->n_head);
}

static void then(struct mask *m, size_t keep, size_t hide, uint8_t with)
{
    m->keep = keep;
    m->hide = hide;
    m->with = with;
    end_command(m);
}

static int fixed_params(const uint8_t *h)
{
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (fixed[i].first == h[0] && h[1] && strchr(fixed[i].seconds, h[1]))
            return fixed[i].params;
    }
    return -1;
}

/* DLE: real-time commands, most of them questions. */
static void real_time(struct mask *m)
{
    const uint8_t *h = m->head;

    if (h[1] == 4) {
        question(m);
        then(m, h[2] == 7 || h[2] == 8, 0, 0);
    } else if (h[1] == 0x14) {
        then(m, h[2] == 8 ? 7 : h[2] == 7 ? 1 : 2, 0, 0);
    } else {
        end_command(m);
    }
}

/* GS ( x pL pH …: the two bytes behind say what it is. */
static void parenthesis(struct mask *m)
{
    const uint8_t *h = m->head;
    size_t n = (size_t)h[3] | (size_t)h[4] << 8;

    if (h[2] == 'H')
        question(m);
    if (h[2] == 'H' || h[2] == 'D' || h[2] == 'A' || h[2] == 'E')
        then(m, n, 0, 0);
    else
        then(m, n < 2 ? n : 2, n < 2 ? 0 : n - 2, h[2] == 'k' ? 'x' : 0);
}

/* Enough bytes of the command are there, or not yet. */
static void look(struct mask *m)
{
    const uint8_t *h = m->head;
    int n = m->n_head;

    if (n < 2)
        return;
    if (h[0] == DLE) {
        if (n == 3)
            real_time(m);
    } else if (h[0] == GS && h[1] == 'v') {
        if (n == 8)
            then(m, 0, ((size_t)h[4] | (size_t)h[5] << 8) * ((size_t)h[6] | (size_t)h[7] << 8), 0);
    } else if (h[0] == GS && h[1] == '(') {
        if (n == 5)
            parenthesis(m);
    } else if (h[0] == GS && h[1] == '8') {
        if (n == 7)
            then(m, 0, (size_t)h[3] | (size_t)h[4] << 8 | (size_t)h[5] << 16 | (size_t)h[6] << 24, 0);
    } else if (h[0] == GS && h[1] == 'V') {
        if (n == 3)
            then(m, h[2] >= 65, 0, 0);
    } else if (h[0] == GS && h[1] == 'k') {
        if (n == 3 && h[2] <= 6) {
            m->until_nul = true;
            end_command(m);
        } else if (n == 4) {
            then(m, 0, h[3], 'x');
        }
    } else if (h[0] == ESC && h[1] == '*') {
        if (n == 5)
            then(m, 0, ((size_t)h[3] | (size_t)h[4] << 8) * (h[2] >= 32 ? 3 : 1), 0);
    } else if (h[0] == FS && h[1] == '2') {
        then(m, 2, 72, 0);
    } else {
        int params = fixed_params(h);
        if (h[0] == GS && (h[1] == 'r' || h[1] == 'I'))
            question(m);
        then(m, params > 0 ? (size_t)params : 0, 0, 0);
    }
}

static uint8_t text_byte(struct mask *m, uint8_t b)
{
    if (m->text) {
        m->text = 0;
        return 0xE2;
    }
    if (b >= 0x80) {
        m->text = 1;
        return 0xB2;
    }
    return b >= '0' && b <= '9' ? '0' : b > ' ' && b < 0x7F ? 'x' : b;
}

void mask_escpos(struct mask *m, uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t b = data[i];
        if (m->keep) {
            m->keep--;
        } else if (m->hide) {
            m->hide--;
            data[i] = m->with;
        } else if (m->until_nul) {
            m->until_nul = b != 0;
            data[i] = b ? 'x' : 0;
        } else if (m->n_head || (!m->text && (b == ESC || b == GS || b == FS || b == DLE))) {
            m->head[m->n_head++] = b;
            look(m);
        } else {
            data[i] = text_byte(m, b);
        }
    }
}
