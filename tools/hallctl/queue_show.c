/* SPDX-License-Identifier: Apache-2.0
 *
 * What tells of the queues: who waits and how long, and the board.
 */
#include <stdio.h>

#include "tools/hall/calling/queue_feed.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hallctl/queue.h"

static void put_known(struct jsonw *w, const char *key, int value)
{
    if (value >= 0)
        jsonw_int(w, key, value);
    else
        jsonw_null(w, key);
}

static void put_json(struct buf *out, const struct queue_now *q, const struct estimate *wait)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "queue", q->id);
    put_known(&w, "waiting", wait->people);
    put_known(&w, "minutes", wait->minutes);
    put_known(&w, "least", wait->least);
    put_known(&w, "most", wait->most);
    if (q->paused_until) {
        jsonw_int(&w, "paused_until", q->paused_until);
        jsonw_str(&w, "reason", q->reason);
    }
    jsonw_end(&w);
}

static void put_line(struct buf *out, const struct queue_now *q, const struct estimate *wait)
{
    char until[CLOCK_RFC3339_LEN + 1];
    buf_addf(out, "%-20s", q->id);
    if (wait->people >= 0)
        buf_addf(out, " %4d waiting", wait->people);
    else
        buf_adds(out, "    ? waiting");
    if (wait->minutes > 0)
        buf_addf(out, ", about %d min (%d to %d)", wait->minutes, wait->least, wait->most);
    else if (wait->minutes == 0)
        buf_adds(out, ", about 0 min");
    else
        buf_adds(out, ", time not known");
    if (q->paused_until) {
        clock_format_rfc3339(q->paused_until, until);
        buf_addf(out, ", paused until %s: %s", until, q->reason);
    }
}

int queue_verb_list(struct store *s, const struct queue_options *o)
{
    struct hallctl_list l = {.json = o->json};
    struct queues_now now;
    struct estimate wait;
    struct err e = {0};
    int rc = queue_state(s, o->office_n, o->at_ms, &now, &e);

    if (rc == 0 && l.json)
        fputs("[", stdout);
    for (int i = 0; rc == 0 && i < now.n; i++) {
        struct buf row;
        buf_init(&row, 4096);
        rc = queue_wait(s, o->office_n, o->at_ms, now.list[i].id, &wait, &e);
        if (rc == 0 && l.json)
            put_json(&row, &now.list[i], &wait);
        else if (rc == 0)
            put_line(&row, &now.list[i], &wait);
        hallctl_row(&l, &row);
    }
    if (rc == 0 && l.json)
        fputs("\n]\n", stdout);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

int queue_verb_board(struct store *s, const struct queue_options *o)
{
    struct hallctl_object answer;
    struct buf text;
    struct err e = {0};

    buf_init(&text, 65536);
    int rc = queue_feed_board(s, o->office_n, o->at_ms, &text, &e);
    if (rc == 0)
        rc = queue_feed_write(s, o->data, o->office_n, o->at_ms, &e);
    if (rc == 0 && !o->json)
        fputs(buf_str(&text), stdout);
    if (rc == 0 && o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "board", buf_str(&text));
        hallctl_object_print(&answer);
    }
    buf_finish(&text);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

void queue_renew(struct store *s, const struct queue_options *o)
{
    struct err e = {0};

    if (queue_feed_write(s, o->data, o->office_n, clock_wall_ms(), &e) <
        0) /* what is entered later changes the board of now */
        fprintf(stderr, "hallctl: %s; what was asked for is done: hallctl queue board writes them again\n", e.text);
}
