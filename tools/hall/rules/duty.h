/* SPDX-License-Identifier: Apache-2.0
 *
 * Who sees to what staff must hear of. An open alert is told to the first on the duty list (shift.h) at once; who takes it
 * says by when, and nobody else hears of it until then; while nobody does, the next on the list is told after the limit of
 * its level. When somebody takes one or gives it back the list begins anew, with him as its last: whoever was told before
 * may have thought that it is seen to. Where all of them were told it begins again, and then takes its time: whoever is on
 * duty alone is told once more after the limit, and each further time after twice as long, up to eight times the limit and
 * eight hours. What is open is never silent, and a night of messages every quarter of an hour would be read by nobody. A
 * message that was not handed over is none: nothing takes its time for it. Who says something about it ends all that. Each
 * alert stands for itself: that somebody has one of a terminal says nothing of its others. By duty.def. Pure.
 */
#ifndef HALL_RULES_DUTY_H
#define HALL_RULES_DUTY_H

#include "tools/hall/rules/situation.h"

#define DUTY_WHAT_MAX 32
#define DUTY_SILENT "silent"   /* the terminal is not heard of */
#define DUTY_NOBODY "-"        /* in place of a member of staff: there is none on duty */
#define DUTY_WORDS_MAX 200     /* bytes: what somebody says about one, for colleagues */
#define DUTY_BY_MAX (7 * 1440) /* minutes from now that somebody may promise */

enum duty_level {
#define DUTY_LEVEL(name, word, minutes) DUTY_##name,
#include "tools/hall/rules/duty.def"
    DUTY_LEVELS
};
const char *duty_level_word(enum duty_level l);
int64_t duty_limit_ms(enum duty_level l);
struct duty_kind {
    enum duty_level level;
    bool lasts; /* it ends when its terminal no longer says so; else somebody ends it */
};
struct duty_kind duty_kind(const char *what);

/* What lasts of how a terminal stands, silence among it, the worst first; borrowed from the rules. The count. */
#define DUTY_LASTS_MAX (SITUATION_WHYS_MAX + 1)
size_t duty_lasts(const struct situation_now *now, const char *ret[DUTY_LASTS_MAX]);

struct duty_facts {
    enum duty_level level;
    int64_t told_ms; /* somebody was told last; 0: nobody yet, or nobody since somebody said something about it */
    bool nobody;     /* that time nobody was on duty */
    bool again;      /* whoever is next was told before: all on the list were */
    int rounds;      /* so often the list has begun again since somebody said something about it */
    int64_t by_ms;   /* somebody has it, and promised it until then; 0: nobody has it */
};
/* Is the next on the list to be told? */
bool duty_due(const struct duty_facts *f, int64_t now_ms);
/* When that is, at the earliest. */
int64_t duty_next(const struct duty_facts *f);

enum duty_verb {
#define DUTY_VERB(name, word) DUTY_##name,
#include "tools/hall/rules/duty.def"
    DUTY_VERBS
};
const char *duty_verb_word(enum duty_verb v);
bool duty_verb_by_word(const char *word, enum duty_verb *ret);
enum duty_refusal {
    DUTY_MAY,
#define DUTY_REFUSAL(name, word, status) DUTY_NOT_##name,
#include "tools/hall/rules/duty.def"
};
const char *duty_refusal_word(enum duty_refusal r);
int duty_refusal_status(enum duty_refusal r); /* of HTTP */
struct duty_stand {                           /* of an alert */
    bool ended, lasts;
    const char *whose; /* "": nobody's */
};
/* May `who` do that, who looked when it was `seen`'s? So of two who take it at once the second is told, and a colleague's is
 * taken over only by who knows that it was his. */
enum duty_refusal duty_judge(const struct duty_stand *s, enum duty_verb v, const char *who, const char *seen);

#endif
