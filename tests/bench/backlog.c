/* SPDX-License-Identifier: Apache-2.0
 *
 * A terminal that was away comes back: 10,000 applications go to the hall. The peer is a client that has the same batches
 * ready in memory and posts them one after the other on one connection to the same hall.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "journal/journal.h"
#include "journal/outbox.h"
#include "model/terminal.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "sync/state.h"
#include "tests/bench/bench.h"

#define BODY_BYTES 2048
#define PATIENCE_MS 300000

static void read_terminal(const struct stand *s, struct terminal_config *ret)
{
    struct buf json;
    struct err e = {0};

    if (fs_read(stand_path(s, "term/terminal.json"), TERMINAL_CONFIG_MAX, &json, &e) < 0 ||
        terminal_config_decode(json.data, json.len, ret, &e) < 0)
        die("read terminal.json", &e);
    buf_finish(&json);
}

static void append(struct journal *j, int i)
{
    static const char plain[BODY_BYTES] = "";
    struct record_header h = {.kind = RECORD_APPLICATION, .item_version = 1, .form_version = 1};
    struct date day = journal_day(j);
    struct case_number number;
    struct err e = {0};

    memset(h.visit, i + 1, sizeof h.visit);
    snprintf(h.item, sizeof h.item, "%s", "11110000000000000X0000000000001");
    date_format(day, h.promised);
    if (journal_next_case(j, day, &number, &e) < 0)
        die("number an application", &e);
    case_number_format(&number, h.number);
    if (journal_append(j, &h, plain, sizeof plain, &e) < 0 || (i % 32 == 31 && journal_sign_head(j, &e) < 0))
        die("append an application", &e);
}

/* In memory, where a sync costs nothing; then the file is put in its place. */
static void fill(const struct stand *s, int records, const char *work)
{
    struct terminal_config t;
    struct journal_identity id;
    struct private_key *signing, *hall;
    struct public_key to;
    struct journal *j;
    char memory[STAND_PATH_MAX];
    struct err e = {0};

    read_terminal(s, &t);
    id = (struct journal_identity){.office = t.office, .registration = t.registration};
    memcpy(id.terminal, t.terminal, sizeof id.terminal);
    memcpy(id.epoch, t.epoch, sizeof id.epoch);
    snprintf(memory, sizeof memory, "%s/journal", access("/dev/shm", W_OK) == 0 ? "/dev/shm/tongban-bench" : work);
    if (key_load(stand_path(s, "term/keys/journal.pem"), &signing, &e) < 0 || key_generate(&hall, &e) < 0 ||
        stand_copy(stand_path(s, "term/journal"), memory, &e) < 0)
        die("fill a journal", &e);
    key_public(hall, &to);
    if (journal_open(memory, &id, signing, &to, &j, &e) < 0)
        die("open a journal", &e);
    for (int i = 0; i < records; i++)
        append(j, i);
    if (journal_sign_head(j, &e) < 0)
        die("sign the head", &e);
    journal_close(j);
    if (stand_replace(memory, stand_path(s, "term/journal"), &e) < 0)
        die("put the journal in its place", &e);
    if (system(text("rm -rf '%s' '%s.anchor'", memory, memory)) != 0)
        fprintf(stderr, "bench: %s stays\n", memory);
    key_free(signing);
    key_free(hall);
}

/* --- the bare client --- */

struct bare {
    struct loop *loop;
    struct http *http;
    struct buf *batches;
    size_t n, at;
};

static void post(struct bare *b);

static void on_answer(void *ctx, const struct http_answer *a, const struct err *e)
{
    struct bare *b = ctx;

    if (!a || a->status != 200) {
        fprintf(stderr, "bench: the hall did not take batch %zu: %d %s\n", b->at, a ? a->status : 0, e ? e->text : "");
        exit(1);
    }
    if (++b->at == b->n)
        loop_stop(b->loop);
    else
        post(b);
}

static void post(struct bare *b)
{
    const struct http_call call = {.method = "POST",
                                   .path = "/v1/records",
                                   .type = "application/octet-stream",
                                   .body = b->batches[b->at].data,
                                   .body_len = b->batches[b->at].len,
                                   .timeout_s = 60};

    http_start(b->http, &call, on_answer, b);
}

static uint64_t read_batches(const struct stand *s, struct bare *b, uint64_t first)
{
    struct outbox *o;
    struct err e = {0};
    uint64_t last = 0;

    if (outbox_open(stand_path(s, "term/journal"), &o, &e) < 0)
        die("open the journal", &e);
    for (;; b->n++) {
        b->batches = realloc(b->batches, (b->n + 1) * sizeof *b->batches);
        buf_init(&b->batches[b->n], BATCH_BYTES_MAX);
        if (outbox_batch(o, first, &b->batches[b->n], &last, &e) < 0)
            die("read a batch", &e);
        if (last < first)
            break;
        first = last + 1;
    }
    outbox_close(o);
    return last;
}

static double bare_client(const struct stand *s, struct bare *b)
{
    struct terminal_config t;
    struct err e = {0};
    char ca[STAND_PATH_MAX];
    struct buf identity;

    read_terminal(s, &t);
    snprintf(ca, sizeof ca, "%s", stand_path(s, "term/sync/ca.crt"));
    if (identity_load(stand_path(s, "term"), &identity, &e) < 0)
        die("read the terminal's certificate", &e);
    const struct http_config config = {.base = t.hall, .ca = ca, .identity = &identity};

    b->loop = loop_create();
    if (http_create(b->loop, &config, &b->http, &e) < 0)
        die("make a client", &e);
    buf_finish(&identity);
    double begin = now_ms();

    post(b);
    if (loop_run(b->loop) < 0)
        exit(1);
    begin = now_ms() - begin;
    http_destroy(b->http);
    loop_destroy(b->loop);
    return begin;
}

/* --- kiosk-sync --- */

static int64_t acked(const struct stand *s, const uint8_t epoch[EPOCH_LEN])
{
    struct state *state;
    struct err e = {0};

    if (state_open(stand_path(s, "term"), epoch, &state, &e) < 0)
        return 0;
    int64_t n = state_get(state, STATE_ACKED);

    state_close(state);
    return n;
}

static double deliver(struct stand *s, uint64_t last)
{
    struct terminal_config t;
    struct err e = {0};
    double begin;

    read_terminal(s, &t);
    begin = now_ms();
    if (stand_run_program(s, PROGRAM_SYNC, &e) < 0)
        die("start kiosk-sync", &e);
    while (acked(s, t.epoch) < (int64_t)last) {
        if (now_ms() - begin > PATIENCE_MS) {
            err_set(&e, ERR_TIMEOUT, "it takes more than %d s", PATIENCE_MS / 1000);
            die("deliver the backlog", &e);
        }
        usleep(5000);
    }
    return now_ms() - begin;
}

void bench_backlog(const struct stand_options *opt, const char *prepared, const char *work, int port, int records)
{
    char dir[STAND_PATH_MAX];
    struct stand s;
    struct bare b = {.n = 0};
    struct terminal_config t;
    struct err e = {0};

    snprintf(dir, sizeof dir, "%s/backlog", work);
    if (stand_start(&s, opt, prepared, dir, port, &e) < 0)
        die("start the stand", &e);
    wait_screen(&s, "idle", NULL);
    stand_kill(&s, PROGRAM_KIOSK);
    read_terminal(&s, &t);
    usleep(500000); /* what it wrote at its start has been delivered */
    stand_stop(&s);
    uint64_t before = (uint64_t)acked(&s, t.epoch);

    fill(&s, records, work);
    if (stand_copy(stand_path(&s, "hall"), stand_path(&s, "hall-before"), &e) < 0 ||
        stand_run_program(&s, PROGRAM_HALL, &e) < 0)
        die("start the hall", &e);
    uint64_t last = read_batches(&s, &b, before + 1);
    double own = deliver(&s, last);

    stand_stop(&s);
    if (stand_replace(stand_path(&s, "hall-before"), stand_path(&s, "hall"), &e) < 0 ||
        stand_run_program(&s, PROGRAM_HALL, &e) < 0)
        die("start the hall", &e);
    double bare = bare_client(&s, &b);

    stand_stop(&s);
    row(bare / own >= 0.8 ? MET : MISSED, text("backlog of %d applications -> hall", records), ">= 80 % of a bare client",
        text("%.1f s, %.0f records/s", own / 1000, (double)(last - before) / own * 1000),
        text("bare client, same connection: %.1f s: %.0f %%", bare / 1000, 100 * bare / own));
    for (size_t i = 0; i <= b.n; i++)
        buf_finish(&b.batches[i]);
    free(b.batches);
}
