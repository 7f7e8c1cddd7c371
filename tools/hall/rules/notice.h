/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is told what of a case, and when again where it could not be delivered. Pure: no clock, no database.
 */
#ifndef HALL_NOTICE_H
#define HALL_NOTICE_H

#include "tools/hall/rules/complaint.h"
#include "tools/hall/rules/deadline.h"

enum notice_kind {
#define NOTICE(name, word, to, words) NOTICE_##name,
#include "tools/hall/rules/notice.def"
#undef NOTICE
    NOTICES, /* none */
};
enum notice_to { NOTICE_TO_APPLICANT, NOTICE_TO_POST, NOTICE_TO_SUPERVISOR, NOTICE_TO_FEED };
const char *notice_word(enum notice_kind k);
enum notice_to notice_to(enum notice_kind k);
const char *notice_to_word(enum notice_to t); /* "applicant", "post", "supervisor", "feed" */
#define NOTICE_FEED_PREFIX "feed-"            /* of the words of what no person is told, and of no others */

/* What makes it one and no other, so that nothing is told twice: "event 12", or "promise 2026-02-04" of a limit and its last
 * day. */
#define NOTICE_ABOUT_MAX 40
/* NOTICES: nobody is told. */
enum notice_kind notice_of_event(const struct case_event *ev, char about[NOTICE_ABOUT_MAX + 1]);
/* Of what was done to something that somebody said. */
enum notice_kind notice_of_complaint(enum complaint_event_kind k);
/* Of a limit on a day: its last working day before is today or past (T-1), or it is over. What may still move is told too,
 * and anew when it has moved. */
enum notice_kind notice_of_limit(const struct deadline *d, const struct workday_calendar *calendar, struct date today,
                                 char about[NOTICE_ABOUT_MAX + 1]);

/* Doubled each time from a minute to an hour; after three days it is given up, and staff hear of it. -1: given up. */
#define NOTICE_TRIES_MAX 80
int64_t notice_next(int tries, int64_t now_ms);

#endif
