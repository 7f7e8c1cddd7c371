/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that the technician's pages share.
 */
#ifndef UI_SCREENS_STAFF_WORDS_H
#define UI_SCREENS_STAFF_WORDS_H

#include "ui/widgets/words.h"

/* "10:29", and the day before it when it is not today's. */
const char *staff_words_moment(struct scene *s, const struct view *v, int64_t ms);
/* "2028-11-18": the year counts. */
const char *staff_words_day(struct scene *s, int64_t ms);
/* What became of the last update, in a sentence; and why, where root's part said so, else "". */
const char *staff_words_update(struct scene *s, const struct view *v, const struct system_report *r);
const char *staff_words_update_why(struct scene *s, const struct view *v, const char *why);
/* Why what the hall wants is not installed yet: by the word of its order. "": it wants nothing more of this terminal. */
const char *staff_words_waits(struct scene *s, const struct view *v, const struct system_facts *f);
/* What was found on the way to the hall, in a sentence. */
const char *staff_words_found(struct scene *s, const struct view *v, const struct uplink_found *f);

#endif
