/* SPDX-License-Identifier: Apache-2.0
 *
 * See sticks.h.
 */
#include "tools/flash/sticks.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/flash/sheet.h"

#define LOOK_MS 5000 /* for all that are new together */

static bool same(const struct stick *k, const struct medium *md)
{
    return *md->serial ? !strcmp(k->medium.serial, md->serial) && k->medium.size == md->size
                       : !*k->medium.serial && !strcmp(k->medium.sys, md->sys);
}

/* Where a new one goes: the place of one that has left, if nothing is said of that any more. */
static struct stick *new_place(struct sticks *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!s->list[i].there && s->list[i].state == STICK_IDLE)
            return &s->list[i];
    return s->n < STICKS_MAX ? &s->list[s->n++] : NULL;
}

static void take_in(struct sticks *s, const struct medium *md)
{
    struct stick *k = NULL;

    for (size_t i = 0; i < s->n && !k; i++)
        if (same(&s->list[i], md) && (s->list[i].there || s->list[i].state != STICK_IDLE))
            k = &s->list[i];
    if (!k && (k = new_place(s))) {
        look_drop(&k->look);
        *k = (struct stick){.medium = *md, .content.holds = HOLDS_UNREAD};
        if (md->bar <= MEDIUM_NO_SERIAL)
            look_begin(&k->look, md, &k->content);
        k->fresh = true;
    }
    if (!k)
        return;
    k->medium = *md;
    k->there = true;
}

/* What the new ones said; what is free is chosen. Those of an earlier call are not waited for. */
static void hear(struct sticks *s)
{
    int64_t until = clock_measure_us() + LOOK_MS * 1000;

    for (size_t i = 0; i < s->n; i++) {
        struct stick *k = &s->list[i];
        int64_t left = k->fresh ? (until - clock_measure_us()) / 1000 : 0;
        bool heard = (k->look.pid || k->fresh) && look_end(&k->look, left > 0 ? (int)left : 0, &k->content);

        k->fresh = false;
        if (heard)
            k->chosen = s->image && stick_is_free(s, k);
    }
}

int sticks_look(struct sticks *s, struct err *e)
{
    struct medium old;

    int rc = media_scan(&s->media, e);
    for (size_t i = 0; rc == 0 && i < s->n; i++) {
        old = s->list[i].medium;
        s->list[i].there = false;
        for (size_t k = 0; k < s->media.n; k++)
            s->list[i].there |= same(&s->list[i], &s->media.list[k]);
        s->list[i].medium = old;
    }
    for (size_t i = 0; rc == 0 && i < s->media.n; i++)
        take_in(s, &s->media.list[i]);
    hear(s);
    return rc;
}

struct stick *stick_at(struct sticks *s, size_t i)
{
    for (size_t k = 0; i < s->media.n && k < s->n; k++)
        if (s->list[k].there && !strcmp(s->list[k].medium.sys, s->media.list[i].sys))
            return &s->list[k];
    return NULL;
}

struct stick *stick_by_serial(struct sticks *s, const char *serial)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].there && !strcmp(s->list[i].medium.serial, serial))
            return &s->list[i];
    return NULL;
}

struct stick *stick_by_letter(struct sticks *s, char letter)
{
    for (size_t i = 0; i < s->n; i++)
        if ((s->list[i].there || s->list[i].state != STICK_IDLE) && s->list[i].medium.letter &&
            (s->list[i].medium.letter | 32) == (letter | 32))
            return &s->list[i];
    return NULL;
}

static bool large_enough(const struct sticks *s, const struct stick *k)
{
    return !s->image || k->medium.size >= writer_needs(s->image);
}

bool stick_may(const struct sticks *s, const struct stick *k)
{
    return k->there && k->medium.bar == MEDIUM_FREE && k->medium.letter && k->content.holds != HOLDS_UNREAD &&
           large_enough(s, k);
}

bool stick_is_free(const struct sticks *s, const struct stick *k)
{
    return k->medium.bar == MEDIUM_FREE && large_enough(s, k) && content_is_free(&k->content);
}

static const char *say_files(const struct stick *k, char out[WORDS_MAX])
{
    const struct fat_tally *t = &k->content.tally;
    int64_t days = date_to_days(date_of_ms(clock_wall_ms())) - date_to_days(t->day);
    char when[WORDS_MAX], day[DATE_LEN + 1], n[SIZE_TEXT_MAX];

    count_text(content_files(&k->content), n);
    if (!t->day.year)
        return say(out, WORD_holds_files, n);
    date_format(t->day, day);
    say(when, days == 0 ? WORD_when_today : days == 1 ? WORD_when_yesterday : WORD_when_day, day);
    return say(out, WORD_holds_files_when, n, when);
}

static const char *say_content(const struct sticks *s, const struct stick *k, char out[WORDS_MAX])
{
    const struct content *c = &k->content;
    bool goes_on;

    switch (c->holds) {
    case HOLDS_EMPTY:
        return say(out, WORD_holds_empty, "");
    case HOLDS_OURS:
        return say(out, *c->unit ? WORD_holds_ours_unit : WORD_holds_ours, c->label.version, c->unit);
    case HOLDS_HALF:
        goes_on = s->image && c->label.state == LABEL_HALF && !memcmp(c->label.image, s->image->id, SHA256_LEN);
        return say(out, goes_on ? WORD_holds_half : WORD_holds_half_other, c->label.version);
    case HOLDS_FILES:
        return say_files(k, out);
    case HOLDS_OTHER:
        return say(out, *c->what ? WORD_holds_other : WORD_holds_unknown, c->what);
    case HOLDS_UNREAD:
        break;
    }
    return say(out, k->look.pid ? WORD_holds_silent : WORD_holds_unread, "");
}

const char *stick_why(const struct sticks *s, const struct stick *k, char out[WORDS_MAX])
{
    char size[SIZE_TEXT_MAX];

    switch (k->medium.bar) {
    case MEDIUM_SYSTEM:
        return say(out, WORD_bar_system, "");
    case MEDIUM_IN_USE:
        return say(out, WORD_bar_in_use, k->medium.where);
    case MEDIUM_SAME_SERIAL:
        return say(out, WORD_bar_same_serial, "");
    case MEDIUM_NO_SERIAL:
        return say(out, WORD_bar_no_serial, "");
    case MEDIUM_LOCKED:
        return say(out, WORD_bar_locked, "");
    case MEDIUM_INSIDE:
        return say(out, WORD_bar_inside, "");
    case MEDIUM_FREE:
        break;
    }
    if (!large_enough(s, k))
        return say(out, WORD_bar_small, size_text(writer_needs(s->image), size));
    return say_content(s, k, out);
}

const char *stick_holds(const struct stick *k)
{
    static const char *const bars[] = {[MEDIUM_LOCKED] = "locked",
                                       [MEDIUM_NO_SERIAL] = "no-serial",
                                       [MEDIUM_SAME_SERIAL] = "same-serial",
                                       [MEDIUM_IN_USE] = "in-use",
                                       [MEDIUM_SYSTEM] = "system"};
    static const char *const holds[] = {[HOLDS_UNREAD] = "unread", [HOLDS_EMPTY] = "empty", [HOLDS_OURS] = "ours",
                                        [HOLDS_HALF] = "half",     [HOLDS_FILES] = "files", [HOLDS_OTHER] = "other"};

    return k->medium.bar >= MEDIUM_LOCKED ? bars[k->medium.bar] : holds[k->content.holds];
}

const char *stick_name(const struct stick *k, char out[WORDS_MAX])
{
    if (k->sheet)
        snprintf(out, WORDS_MAX, "%s", k->sheet->unit);
    else if (k->medium.letter)
        snprintf(out, WORDS_MAX, "%c", k->medium.letter);
    else
        snprintf(out, WORDS_MAX, "%s", medium_last_four(&k->medium));
    return out;
}

const char *size_text(uint64_t bytes, char out[SIZE_TEXT_MAX])
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double v = (double)bytes / 1e3;
    size_t i = 0;

    if (bytes && v < 1)
        v = 1;
    for (; v >= 999.5 && i < 3; i++)
        v /= 1e3;
    snprintf(out, SIZE_TEXT_MAX, v < 9.95 && i > 1 ? "%.1f %s" : "%.0f %s", v, units[i]);
    return out;
}

const char *count_text(uint64_t n, char out[SIZE_TEXT_MAX])
{
    if (n < 1000)
        snprintf(out, SIZE_TEXT_MAX, "%" PRIu64, n);
    else if (n < 1000000)
        snprintf(out, SIZE_TEXT_MAX, "%" PRIu64 ",%03" PRIu64, n / 1000, n % 1000);
    else
        snprintf(out, SIZE_TEXT_MAX, "%" PRIu64 ",%03" PRIu64 ",%03" PRIu64, n / 1000000, n / 1000 % 1000, n % 1000);
    return out;
}

const char *time_text(int64_t seconds, char out[SIZE_TEXT_MAX])
{
    snprintf(out, SIZE_TEXT_MAX, "%" PRId64 ":%02d", seconds / 60, (int)(seconds % 60));
    return out;
}
