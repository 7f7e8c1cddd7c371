/* SPDX-License-Identifier: Apache-2.0
 *
 * Events for what stands beside the terminals: which of what the hall knows is one, and what makes it one and no other, so
 * that none is told twice (notice.h, `about`). By feed.def. Pure: no clock, no database.
 */
#ifndef HALL_FEED_H
#define HALL_FEED_H

#include "tools/hall/rules/card.h"
#include "tools/hall/rules/notice.h"

#define FEED_FRESH_MS (INT64_C(24) * 60 * 60 * 1000)    /* what happened before that is found by nobody any more */
#define FEED_NEWS_MS (INT64_C(3) * 24 * 60 * 60 * 1000) /* what could not be told for so long is no event any more */

/* Of an alert that was told last at `last`: each time it comes again is another event. NOTICES: it is none. */
enum notice_kind feed_of_alert(const char *what, int64_t last, int64_t now, char about[NOTICE_ABOUT_MAX + 1]);
/* The alert that such an event is about: the first word of `about`. */
void feed_alert_of(const char *about, char ret[NOTICE_ABOUT_MAX + 1]);
/* As many wait: once an hour while it is so. */
int feed_long(void);
enum notice_kind feed_of_queue(int64_t now, char about[NOTICE_ABOUT_MAX + 1]);
/* Of a look in which somebody who is on duty, or nobody, has to be told of alerts. */
enum notice_kind feed_of_duty(int64_t now, bool nobody, char about[NOTICE_ABOUT_MAX + 1]);
/* When that look was: of such an `about`. */
int64_t feed_duty_at(const char *about);
/* Of a card: once for each rule and the day it is there from. Reminders are none. */
enum notice_kind feed_of_card(const struct card *c, char about[NOTICE_ABOUT_MAX + 1]);

#endif
