/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall knows of each terminal, for whoever looks after them: where it stands, what it last said of itself and of
 * its system, and when anything of it last came. Nothing is judged here (rules/situation.h).
 */
#ifndef HALL_STORE_FLEET_H
#define HALL_STORE_FLEET_H

#include "model/place.h"
#include "tools/hall/rules/hour_strip.h"
#include "tools/hall/rules/situation.h"
#include "tools/hall/rules/zone.h"
#include "tools/hall/store/store.h"
#include "wire/system.h"

struct fleet_terminal {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;
    int registration; /* 0: never enrolled */
    bool certified;   /* it has a certificate */
    bool told;        /* `health` is there: it can be read */
    int64_t told_ms;  /* when the hall got it */
    struct health_report health;
    int64_t system_ms; /* the same of `system`; 0: none */
    struct system_report system;
    uint8_t epoch[EPOCH_LEN];
    uint64_t stored;   /* records of its journal that are here; 0: none */
    int64_t record_ms; /* when the last one came */
};
/* fn gets each terminal of the office by name, or the one called `id` (NULL: all); non-zero stops. */
typedef int fleet_fn(void *ctx, const struct fleet_terminal *t);
int fleet_each(struct store *s, int office, const char *id, fleet_fn *fn, void *ctx, struct err *e);
/* Those of the same zone, without it. */
int fleet_each_near(struct store *s, const struct fleet_terminal *t, fleet_fn *fn, void *ctx, struct err *e);
/* How each stands, for whoever goes through all of an office's: by name, non-zero stops. */
struct fleet_stand {
    char id[TERMINAL_ID_MAX + 1];
    char zone[ZONE_NAME_LEN + 1]; /* rules/zone.h; "": its place cannot be read */
    int64_t heard_ms;             /* the last moment anything of it came; 0: never */
    bool certified;               /* it has a certificate */
    bool told;
    struct health_report health;
};
typedef int fleet_stand_fn(void *ctx, const struct fleet_stand *t);
int fleet_each_stand(struct store *s, int office, fleet_stand_fn *fn, void *ctx, struct err *e);
void fleet_judge_stand(const struct fleet_stand *t, int64_t now_ms, struct situation_now *ret);
/* Where each stands, for whoever counts them: what its last word comes to is kept beside it, and is not read again. */
struct fleet_brief {
    char id[TERMINAL_ID_MAX + 1], zone[ZONE_NAME_LEN + 1];
    int64_t heard_ms; /* 0: never */
    enum situation situation;
    bool serves;
};
typedef int fleet_brief_fn(void *ctx, const struct fleet_brief *t);
int fleet_each_brief(struct store *s, int office, int64_t now_ms, fleet_brief_fn *fn, void *ctx, struct err *e);
/* Keeps it, in the transaction in which terminal_health() stored that report. */
int fleet_keep(struct store *s, int office, const char *terminal, const struct situation_now *now, struct err *e);
/* The last moment anything of it came; 0: never. */
int64_t fleet_heard(const struct fleet_terminal *t);
void fleet_judge(const struct fleet_terminal *t, int64_t now_ms, struct situation_now *ret);
/* Its certificate's end, ms; 0: it has none. */
int fleet_ends(struct store *s, const struct fleet_terminal *t, int64_t *ret_ms, struct err *e);
/* Its last 24 hours, of at most FLEET_RECORDS_MAX records. */
#define FLEET_RECORDS_MAX 4000
int fleet_hours(struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct hour_strip *ret, struct err *e);

#endif
