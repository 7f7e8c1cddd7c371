/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues of a catalogue, and their hours.
 */
#include "base/log.h"
#include "base/text.h"
#include "catalog/internal.h"
#include "model/level.h"

int catalog_queues(struct catalog *c, struct queue *queues, int n)
{
    sqlite3_stmt *st = catalog_prepare(
        c, "SELECT id, name, name_en, about, about_en, place, place_en, icon, letter, recall, open,"
           " priority, needs FROM queues ORDER BY rank");
    int count = 0;

    while (count < n && catalog_next(c, st)) {
        struct queue *q = &queues[count++];

        text_copy(q->id, sizeof q->id, catalog_column(st, 0));
        text_copy(q->name, sizeof q->name, catalog_column(st, 1));
        text_copy(q->name_en, sizeof q->name_en, catalog_column(st, 2));
        text_copy(q->about, sizeof q->about, catalog_column(st, 3));
        text_copy(q->about_en, sizeof q->about_en, catalog_column(st, 4));
        text_copy(q->place, sizeof q->place, catalog_column(st, 5));
        text_copy(q->place_en, sizeof q->place_en, catalog_column(st, 6));
        text_copy(q->icon, sizeof q->icon, catalog_column(st, 7));
        q->letter = catalog_column(st, 8)[0];
        q->recall = sqlite3_column_int(st, 9);
        q->open = sqlite3_column_int(st, 10);
        q->priority = sqlite3_column_int(st, 11);
        q->newer = sqlite3_column_int(st, 12) > level_now();
    }
    sqlite3_finalize(st);
    return count;
}

int catalog_queue_hours(struct catalog *c, const char *queue, struct queue_hours *ret)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT hours, closures FROM queue_hours WHERE queue = ?");
    struct err e = {0};
    int rc = 0;

    sqlite3_bind_text(st, 1, queue, -1, SQLITE_STATIC);
    if (catalog_next(c, st)) {
        rc = hours_decode(catalog_column(st, 0), catalog_column(st, 1), ret, &e);
        if (rc < 0) {
            log_error("catalog", "the hours of queue %s: %s", queue, e.text);
            catalog_doubt(c);
        }
        rc = rc == 0 ? 1 : rc;
    }
    sqlite3_finalize(st);
    return rc;
}
