/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a verified catalogue: one SQLite file, opened read-only and immutable. catalog/update.h verifies and installs.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "base/buf.h"
#include "base/err.h"
#include "catalog/hours.h"
#include "catalog/search.h"
#include "catalog/workday.h"
#include "model/appointment.h"
#include "model/item.h"
#include "model/ticket.h"

struct catalog;

int catalog_open(const char *path, struct catalog **ret, struct err *e);
void catalog_close(struct catalog *c); /* takes NULL; items handed out go with it */
int catalog_version(const struct catalog *c);
/* The level a terminal must have to use it at all; catalog_open refuses (-ERR_VERSION) what this software has not.
 * *ret_newest (may be NULL): the highest that any of its items and queues needs; those are shown, and told to be newer. */
int catalog_needs(struct catalog *c, int *ret_newest, struct err *e);

/* What happened since this was last asked. DAMAGED: pages could not be read, so it is not the file that was signed: give it
 * up (catalog/update.h). DOUBTED: an item reads, but is none: the file may have changed on the disk, or was published so. */
enum catalog_trouble { CATALOG_WELL, CATALOG_DOUBTED, CATALOG_DAMAGED };
enum catalog_trouble catalog_trouble(struct catalog *c);

/* The item, whole, in Chinese; item_in() has it in other languages. Owned by the catalogue, valid until it is closed or its
 * items are released. Of one that this software cannot read, because a later version wrote it, an outline (item.newer).
 * NULL: not in it (e: -ERR_NOTFOUND), or damaged. */
const struct item *catalog_item(struct catalog *c, const char *task_code, struct err *e);
/* Frees the items handed out and what search needs: between visits, so that memory does not grow with the number of items
 * looked at. */
void catalog_release_items(struct catalog *c);
/* The item's file as it was published (item_file.h), appended. -ERR_NOTFOUND. */
int catalog_item_file(struct catalog *c, const char *task_code, struct buf *out, struct err *e);
/* Each item's code, by popularity; what fn returns stops it, and is returned. */
int catalog_each_code(struct catalog *c, int (*fn)(void *ctx, const char *task_code), void *ctx);
/* The same of the bundles (一件事) that can be done here. */
int catalog_each_bundle(struct catalog *c, int (*fn)(void *ctx, const char *task_code), void *ctx);
/* The n most popular items that can be done here, by this software; returns how many. *ret_here: all of those; *ret_all:
 * all items. */
int catalog_hot(struct catalog *c, struct item_row *rows, int n, int *ret_here, int *ret_all);
/* Departments as groups, those with most to be done here first; then their rows, as of a theme. */
int catalog_depts(struct catalog *c, struct item_theme *depts, int n);
int catalog_dept_rows(struct catalog *c, const char *dept, int offset, struct item_row *rows, int n, int *ret_total);
int catalog_themes(struct catalog *c, struct item_theme *themes, int n);
/* Rows of one theme in order of popularity, those to be done here first; returns how many; *ret_total in all. */
int catalog_rows(struct catalog *c, const char *theme, int offset, struct item_row *rows, int n, int *ret_total);

/* The n rows from `offset` on of what a query finds (catalog/search.h); returns how many. The table is read in with the
 * first query and given back by catalog_release_items. */
int catalog_search(struct catalog *c, const struct search_query *q, enum search_filter filter, int offset,
                   struct item_row *rows, int n, struct search_answer *ret);

int catalog_queues(struct catalog *c, struct queue *queues, int n);
/* 1; 0: the catalogue says no hours of this queue, and *ret is untouched. -ERR_INVALID and the like: it says some that this
 * software cannot make out; its numbers are none to be given here. */
int catalog_queue_hours(struct catalog *c, const char *queue, struct queue_hours *ret);
/* What may be booked of a queue from `today` on: 1; 0: nothing, also of a queue whose hours are not known. */
int catalog_offer(struct catalog *c, const char *queue, int64_t today, struct appointment_offer *ret);
/* The State Council's calendar that came with the catalogue. Borrowed. */
const struct workday_calendar *catalog_calendar(struct catalog *c);

#endif
