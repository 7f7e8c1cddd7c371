/* SPDX-License-Identifier: Apache-2.0
 *
 * How often what is written by hand is among the ten candidates. The strokes are those of hanzi-writer-data, which nothing
 * here was learnt from; of the characters it lacks, the lines of a typeface that was not learnt from either, which says
 * less. Strokes come in any order and from either end, by a made-up hand. Usage: bench-handwriting BUILD STROKES FONT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "bench/bench.h"
#include "ime/hand.h"
#include "tools/hand/printed.h"
#include "tools/hand/sample.h"

#define STROKES_BYTES (64 << 10)
#define BUDGET 92.0

static const struct hand {
    const char *name;
    float much;
    int joins;
    bool budget;
} hands[] = {{"as in a textbook", 0, 0, true},
             {"a steady hand", 0.5F, 0, false},
             {"an ordinary hand", 0.7F, 0, false},
             {"ordinary, every fourth joined", 0.7F, 25, false},
             {"a poor hand", 1.0F, 0, false}};
#define HANDS (sizeof hands / sizeof *hands)

static struct tally {
    int n, first, ten;
} tally[2][HANDS]; /* strokes; lines of a typeface */

/* "medians":[[[x,y],…],…], y upwards, 1024 to the em. */
static bool read_strokes(const char *folder, const char *character, struct ink *ret)
{
    char path[512];
    struct buf text_of;
    struct err e = {0};
    int depth = 0, x, y, n;

    ret->n = 0;
    snprintf(path, sizeof path, "%s/%s.json", folder, character);
    if (fs_read(path, STROKES_BYTES, &text_of, &e) < 0)
        return false;
    const char *at = strstr(buf_str(&text_of), "\"medians\":");
    bool first = true;

    for (at = at ? strchr(at, '[') : NULL; at && *at && (depth > 0 || *at == '['); at++) {
        depth += *at == '[' ? 1 : *at == ']' ? -1 : 0;
        if (*at == '[' && depth == 2)
            first = true;
        if (*at == '[' && depth == 3 && sscanf(at, "[%d,%d%n", &x, &y, &n) == 2 && ret->n < INK_POINTS_MAX) {
            ret->points[ret->n] = (struct ink_point){(int16_t)(x * 448 / 1024), (int16_t)((900 - y) * 448 / 1024)};
            ret->first[ret->n++] = first;
            first = false;
        }
        if (depth == 0)
            break;
    }
    buf_finish(&text_of);
    return ret->n > 0;
}

/* The strokes in another order, some from their other end. */
static void scramble(const struct ink *ink, uint64_t *seed, struct ink *ret)
{
    size_t from[INK_POINTS_MAX], n = 0;

    for (size_t i = 0; i < ink->n; i += ink_stroke(ink, i))
        from[n++] = i;
    ret->n = 0;
    while (n > 0) {
        size_t which = (size_t)(sample_chance(seed) * (float)n), at = from[which], len = ink_stroke(ink, at);
        bool back = sample_chance(seed) < 0.5F;

        from[which] = from[--n];
        for (size_t k = 0; k < len; k++) {
            ret->points[ret->n] = ink->points[back ? at + len - 1 - k : at + k];
            ret->first[ret->n++] = k == 0;
        }
    }
}

static int place(const struct ink *ink, const char *character)
{
    static struct compose_question q;
    static struct composing_answer a;

    q.ink = *ink;
    hand_answer(&q, &a);
    for (int i = 0; i < a.n; i++)
        if (!strcmp(a.candidates + a.at[i], character))
            return i;
    return -1;
}

static void measure(const struct ink *ink, const char *character, struct tally *t, uint64_t *seed)
{
    static struct ink scrambled, written;

    for (size_t i = 0; i < HANDS; i++) {
        scramble(ink, seed, &scrambled);
        sample(&scrambled, seed, hands[i].much, hands[i].joins, &written);
        int at = place(&written, character);

        t[i].n++;
        t[i].first += at == 0;
        t[i].ten += at >= 0;
    }
}

static void print_one(const struct tally *t, const struct hand *h, const char *of, bool budget)
{
    double ten = 100.0 * t->ten / t->n;

    row(!budget         ? FOR_INFORMATION
        : ten >= BUDGET ? MET
                        : MISSED,
        text("%s: %s", of, h->name), budget ? text(">= %.0f %%", BUDGET) : "", text("%.1f %% within ten", ten),
        text("%.1f %% first", 100.0 * t->first / t->n));
}

int main(int argc, char **argv)
{
    struct err e = {0};
    char path[512], line[100];
    uint64_t seed = 20260101;
    struct printed *printed = argc == 4 ? printed_open(argv[3]) : NULL;
    static struct ink ink;

    if (!printed)
        die("usage: bench-handwriting BUILD STROKES FONT", &e);
    snprintf(path, sizeof path, "%s/assets/ime", argv[1]);
    if (hand_open(path, &e) < 0)
        die("open the model", &e);
    snprintf(path, sizeof path, "%s/../ime/characters", argv[1]);
    FILE *f = fopen(path, "r");
    double from = now_ms();
    int all = 0;

    while (f && fgets(line, sizeof line, f)) {
        uint32_t code = (uint32_t)strtoul(line + 2, NULL, 16);
        char character[5];

        character[utf8_put(code, character)] = '\0';
        all++;
        if (read_strokes(argv[2], character, &ink))
            measure(&ink, character, tally[0], &seed);
        else if (printed_ink(printed, code, &ink))
            measure(&ink, character, tally[1], &seed);
    }
    double each = (now_ms() - from) / (all * (double)HANDS);
    struct tally both = {tally[0][0].n + tally[1][0].n, tally[0][0].first + tally[1][0].first,
                         tally[0][0].ten + tally[1][0].ten};

    for (size_t i = 0; i < HANDS; i++)
        print_one(&tally[0][i], &hands[i], text("%d by strokes", tally[0][i].n), hands[i].budget);
    for (size_t i = 0; i < HANDS; i++)
        print_one(&tally[1][i], &hands[i], text("%d by printed lines", tally[1][i].n), false);
    print_one(&both, &hands[0], text("all %d", both.n), true);
    row(FOR_INFORMATION, "by hand: reading one character", "", text("%.2f ms", each), "");
    printed_close(printed);
    return f && fclose(f) == 0 && both.n == all ? 0 : 1;
}
