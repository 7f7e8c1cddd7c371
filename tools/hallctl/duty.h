/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl duty` share: duty.c has the command, duty_alert.c what is done about alerts, duty_plan.c who is
 * on duty when. The same as the staff's page (tools/hall/staff/duty.c).
 */
#ifndef HALLCTL_DUTY_H
#define HALLCTL_DUTY_H

#include "tools/hall/store/store_duty.h"
#include "tools/hallctl/hallctl.h"

#define DUTY_COMMAND "hallctl duty"

struct duty_options {
    const char *verb, *data, *office, *staff, *terminal, *what, *words, *minutes, *from, *days, *hours, *place, *way,
        *zone_of, *id;
    bool json;
    int office_n;
    int64_t minutes_n, place_n;
    struct shift shift; /* of `put` and `drop` */
};
/* -1: go on; else the exit code: what can be said of the words before the hall is opened. */
int duty_plan_check(struct duty_options *o);

int duty_verb_list(struct store *s, const struct duty_options *o);
int duty_verb_act(struct store *s, const struct duty_options *o); /* take, leave, done */
int duty_verb_plan(struct store *s, const struct duty_options *o);
int duty_verb_put(struct store *s, const struct duty_options *o);
int duty_verb_drop(struct store *s, const struct duty_options *o);

#endif
