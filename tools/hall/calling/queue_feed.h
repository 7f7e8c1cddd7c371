/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands beside the terminals: the hall's display and its voice read files, in DIR/feeds/OFFICE (four digits):
 *
 *   board.txt   what the display shows, whole: the time, a line for each open window, a line for each queue
 *   call.txt    the words of the last call, one line
 *   call.jsonl  the last QUEUE_FEED_CALLS calls of the day, the oldest first, an object a line: {"id":…,"at":ms,
 *               "queue":…,"number":…,"window":…,"again":…,"words":…}. A voice says each id once, whenever it looks.
 *
 * All three follow from the database, are written whole, by whoever calls, and replaced by renaming: a reader finds the old
 * or the new one. Two who call at once take turns, and each reads what is there then: the last writer wrote all.
 */
#ifndef HALL_QUEUE_FEED_H
#define HALL_QUEUE_FEED_H

#include "base/buf.h"
#include "tools/hall/store/store.h"

#define QUEUE_FEED_CALLS 50

/* Appends the text of the board of an office as it is at `at` (ms). */
int queue_feed_board(struct store *s, int office, int64_t at, struct buf *out, struct err *e);
/* Writes all three into `data`, the hall's folder. */
int queue_feed_write(struct store *s, const char *data, int office, int64_t at, struct err *e);

#endif
