/* SPDX-License-Identifier: Apache-2.0
 *
 * See uplink_report.h.
 */
#include "model/uplink_report.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

enum counts { COUNTS_NONE, COUNTS_NUMBER, COUNTS_DAY };

static const struct {
    const char *word;
    enum str_id name;
} steps[UPLINK_STEPS] = {
#define UPLINK_STEP(name, id, word) [UPLINK_##name] = {word, STR_network_step_##id},
#include "model/uplink_step.def"
#undef UPLINK_STEP
};

static const struct {
    const char *word;
    enum uplink_step step;
    enum uplink_grade grade;
    enum counts n;
    enum str_id says, remedy; /* remedy: of a bad one */
} findings[UPLINK_FINDINGS] = {
    [UPLINK_NOT_REACHED] = {.word = "", .says = STR_network_not_reached},
#define UPLINK_GOOD(name, id, word, step, n)                                                                                \
    [UPLINK_##name] = {word, UPLINK_##step, UPLINK_IS_GOOD, COUNTS_##n, STR_network_##id, STR_network_##id},
#define UPLINK_PLAIN(name, id, word, step, n)                                                                               \
    [UPLINK_##name] = {word, UPLINK_##step, UPLINK_IS_PLAIN, COUNTS_##n, STR_network_##id, STR_network_##id},
#define UPLINK_BAD(name, id, word, step, n)                                                                                 \
    [UPLINK_##name] = {word, UPLINK_##step, UPLINK_IS_BAD, COUNTS_##n, STR_network_##id, STR_network_##id##_do},
#include "model/uplink_finding.def"
#undef UPLINK_GOOD
#undef UPLINK_PLAIN
#undef UPLINK_BAD
};

const char *uplink_step_word(enum uplink_step s)
{
    return (unsigned)s < UPLINK_STEPS ? steps[s].word : "";
}

const char *uplink_step_name(enum uplink_step s, enum language language)
{
    return (unsigned)s < UPLINK_STEPS ? str(language, steps[s].name) : "";
}

static enum uplink_finding known(enum uplink_finding f)
{
    return (unsigned)f < UPLINK_FINDINGS ? f : UPLINK_NOT_REACHED;
}

const char *uplink_finding_word(enum uplink_finding f)
{
    return findings[known(f)].word;
}

enum uplink_finding uplink_finding_by_word(const char *word)
{
    for (int i = UPLINK_NOT_REACHED + 1; i < UPLINK_FINDINGS; i++)
        if (!strcmp(findings[i].word, word))
            return (enum uplink_finding)i;
    return UPLINK_NOT_REACHED;
}

/* Not of UPLINK_NOT_REACHED. */
static enum uplink_step step_of(enum uplink_finding f)
{
    return findings[known(f)].step;
}

enum uplink_grade uplink_grade(enum uplink_finding f)
{
    return findings[known(f)].grade;
}

/* --- words of strangers --- */

/* How many bytes from here may be shown as they are; 0: these may not. U+4E00 to U+9FFF are three bytes, E4 B8 80 to E9 BF
 * BF. */
static size_t showable(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    if (b[0] >= 0x20 && b[0] < 0x7F)
        return 1;
    if (b[0] < 0xE4 || b[0] > 0xE9 || (b[1] & 0xC0) != 0x80 || (b[2] & 0xC0) != 0x80)
        return 0;
    return b[0] > 0xE4 || b[1] >= 0xB8 ? 3 : 0;
}

bool uplink_what_ok(const char *what)
{
    size_t n, at = 0;

    while (what[at] && (n = showable(what + at)) > 0)
        at += n;
    return !what[at] && at <= UPLINK_WHAT_MAX;
}

void uplink_what(char out[UPLINK_WHAT_MAX + 1], const char *text)
{
    size_t at = 0;

    while (*text) {
        size_t n = showable(text), room = n ? n : 1;

        if (at + room > UPLINK_WHAT_MAX)
            break;
        memcpy(out + at, n ? text : "?", room);
        at += room;
        text += room;
        while (!n && ((unsigned char)*text & 0xC0) == 0x80) /* the rest of the same character */
            text++;
    }
    out[at] = '\0';
}

/* --- in words --- */

static void number_of(const struct uplink_found *f, char out[24])
{
    if (findings[known(f->finding)].n == COUNTS_DAY)
        date_format(date_of_ms(f->n), out);
    else
        snprintf(out, 24, "%lld", (long long)f->n);
}

const char *uplink_found_says(const struct uplink_found *f, enum language language, char *out, size_t cap)
{
    char n[24];

    number_of(f, n);
    return str_fill(out, cap, language, findings[known(f->finding)].says, STR_ARGS(f->what, n));
}

const char *uplink_found_remedy(const struct uplink_found *f, enum language language)
{
    enum uplink_finding of = known(f->finding);

    return findings[of].grade == UPLINK_IS_BAD ? str(language, findings[of].remedy) : "";
}

/* --- the whole --- */

void uplink_report_begin(struct uplink_report *r)
{
    *r = (struct uplink_report){.state = UPLINK_TESTING};
}

void uplink_report_take(struct uplink_report *r, const struct uplink_found *f)
{
    if (known(f->finding) != UPLINK_NOT_REACHED)
        r->of[step_of(f->finding)] = *f;
}

enum uplink_step uplink_report_breaks(const struct uplink_report *r)
{
    int s = 0;

    while (s < UPLINK_STEPS && uplink_grade(r->of[s].finding) != UPLINK_IS_BAD)
        s++;
    return (enum uplink_step)s;
}

enum uplink_step uplink_report_turn(const struct uplink_report *r)
{
    int s = 0;

    while (s < UPLINK_STEPS && r->of[s].finding != UPLINK_NOT_REACHED)
        s++;
    return (enum uplink_step)s;
}

bool uplink_report_through(const struct uplink_report *r)
{
    return r->of[UPLINK_HALL].finding == UPLINK_HALL_ANSWERS;
}
