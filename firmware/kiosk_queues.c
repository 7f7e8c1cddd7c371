/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues' side of kiosk: which number comes next, asking for leased ones ahead of need, and how many wait. Which numbers
 * were given says the journal alone; what lies in sync.db only says which may be.
 */
#include "firmware/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "wire/news.h"

#define LEASE_LOW 5                 /* so few left: ask for the next block */
#define QUEUES_FRESH_MS (5 * 60000) /* what is older is not told as if it were so */

static struct date today(struct kiosk *k)
{
    return journal_day(k->journal, date_of_ms(clock_wall_ms()));
}

static int left(const struct kiosk *k, int i)
{
    const struct lease_cache *c = &k->leases;
    int n = 0;

    if (journal_tickets_left(k->journal, c->of[i].queue.id, c->of[i].queue.letter, c->day, c->of[i].blocks,
                             (size_t)c->of[i].n_blocks, &n, NULL) < 0)
        return 0;
    return n;
}

void kiosk_leases_ask(struct kiosk *k)
{
    char day[DATE_LEN + 1];

    if (!k->sync || !k->journal)
        return;
    date_format(k->leases.day, day);
    for (int i = 0; i < k->leases.n; i++)
        if (k->leases.of[i].queue.open && left(k, i) <= LEASE_LOW)
            line_sendf(k->sync, "lease %s %s", k->leases.of[i].queue.id, day);
}

void kiosk_leases_read(struct kiosk *k)
{
    struct lease_cache *c = &k->leases;
    struct queue queues[VIEW_QUEUES_MAX];

    if (!k->journal)
        return;
    c->day = today(k);
    c->n = k->catalog ? catalog_queues(k->catalog, queues, VIEW_QUEUES_MAX) : 0;
    for (int i = 0; i < c->n; i++) {
        struct err e = {0};
        int n = lease_list_read(k->opt.data, k->terminal.epoch, queues[i].id, c->day, c->of[i].blocks, &e);

        if (n < 0)
            log_warn("kiosk", "%s", e.text);
        c->of[i].queue = queues[i];
        c->of[i].n_blocks = n < 0 ? 0 : n;
    }
    kiosk_leases_ask(k);
}

void kiosk_leases_minute(struct kiosk *k)
{
    if (k->journal && date_compare(k->leases.day, today(k)))
        kiosk_leases_read(k);
    else
        kiosk_leases_ask(k);
}

bool kiosk_leases_there(const struct kiosk *k)
{
    if (!k->journal)
        return false;
    for (int i = 0; i < k->leases.n; i++)
        if (k->leases.of[i].queue.open && !left(k, i))
            return false;
    return true;
}

int kiosk_next_ticket(struct kiosk *k, const char *queue, struct date day, char out[TICKET_NUMBER_MAX + 1], struct err *e)
{
    struct lease_cache *c = &k->leases;

    if (date_compare(c->day, day)) /* midnight has passed, and the minute not yet */
        kiosk_leases_read(k);
    for (int i = 0; i < c->n; i++)
        if (!strcmp(c->of[i].queue.id, queue))
            return journal_next_ticket(k->journal, queue, c->of[i].queue.letter, day, c->of[i].blocks,
                                       (size_t)c->of[i].n_blocks, out, e);
    return err_set(e, ERR_NOTFOUND, "there is no queue %s", queue);
}

void kiosk_queues_said(struct kiosk *k, int64_t age_ms, const char *json)
{
    struct err e = {0};

    if (age_ms < 0 || age_ms > QUEUES_FRESH_MS)
        return;
    if (news_queues_decode(json, strlen(json), &k->queues, &e) < 0) {
        log_warn("kiosk", "%s", e.text);
        return;
    }
    k->queues_mono = clock_mono_ms() - age_ms;
    k->queues_ms = clock_wall_ms() - age_ms;
    kiosk_queues_tell(k);
}

void kiosk_queues_tell(struct kiosk *k)
{
    bool fresh = k->queues_ms && clock_mono_ms() - k->queues_mono <= QUEUES_FRESH_MS;

    kiosk_feed(k, &(struct input){
                      .kind = INPUT_QUEUES, .queues = fresh ? &k->queues : NULL, .queues_ms = fresh ? k->queues_ms : 0});
}
