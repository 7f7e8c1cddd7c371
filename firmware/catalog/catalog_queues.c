/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues of a catalogue, and their hours.
 */
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "catalog/internal.h"
#include "model/level.h"

/* A catalogue of before has no such table: nothing is booked then. */
static bool has_appointments(struct catalog *c)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT 1 FROM sqlite_master WHERE type='table' AND name='queue_appointments'");
    bool has = catalog_next(c, st);

    sqlite3_finalize(st);
    return has;
}

static void read_appointments(struct catalog *c, struct queue *q)
{
    q->per_hour = q->days_ahead = 0;
    if (q->newer || !q->open || !has_appointments(c))
        return;
    sqlite3_stmt *st = catalog_prepare(c, "SELECT per_hour, days_ahead FROM queue_appointments WHERE queue = ?");
    sqlite3_bind_text(st, 1, q->id, -1, SQLITE_STATIC);
    if (catalog_next(c, st)) {
        int per_hour = sqlite3_column_int(st, 0), days = sqlite3_column_int(st, 1);
        bool sound = per_hour > 0 && per_hour <= APPOINTMENT_PLACES_MAX && days >= 0 && days <= APPOINTMENT_AHEAD_MAX;

        q->per_hour = sound ? per_hour : 0;
        q->days_ahead = sound ? days : 0;
    }
    sqlite3_finalize(st);
}

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
    for (int i = 0; i < count; i++)
        read_appointments(c, &queues[i]);
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

#define QUEUES_LOOKED_AT 64

static const struct queue *find_queue(const struct queue *list, int n, const char *id)
{
    for (int i = 0; i < n; i++)
        if (strcmp(list[i].id, id) == 0)
            return &list[i];
    return NULL;
}

int catalog_offer(struct catalog *c, const char *queue, int64_t today, struct appointment_offer *ret)
{
    struct queue list[QUEUES_LOOKED_AT];
    struct queue_hours hours;
    const struct queue *q = find_queue(list, catalog_queues(c, list, QUEUES_LOOKED_AT), queue);

    if (!q || !q->per_hour || catalog_queue_hours(c, queue, &hours) != 1)
        return 0;
    *ret = (struct appointment_offer){
        .letter = q->letter, .per_hour = q->per_hour, .days_ahead = q->days_ahead, .today = today};
    text_copy(ret->queue, sizeof ret->queue, q->id);
    for (int i = 0; i <= q->days_ahead; i++)
        ret->days[i] = *hours_of_day(&hours, catalog_calendar(c), date_of_days(today + i));
    return 1;
}
