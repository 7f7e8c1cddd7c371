/* SPDX-License-Identifier: Apache-2.0
 *
 * A hall that answers everything at once, and always the same: however fast it is, a terminal asks it no more often than
 * sync/pace.h says. And one that names a catalogue nobody signed: not a byte of it is fetched.
 */
#include "test.h"

#include <event2/event.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "e2e/enrolled.h"
#include "sync/fetch.h"
#include "sync/health.h"
#include "sync/identity.h"
#include "sync/pace.h"
#include "tools/hall/door/server.h"
#include "wire/manifest.h"

enum asked { WAIT, RECORDS, LEASE, HEALTH, SMALL, FILE_, KINDS };

static struct stage_hall hall;
static struct loop *loop;
static struct http *http;
static struct state *state;
static uint8_t epoch[EPOCH_LEN];
static pid_t hasty;
/* Shared with the hall's process. */
static struct shared {
    _Atomic int asked[KINDS];
    char address[64];
    _Atomic int catalogue; /* what it announces */
    char forged[1024];
} * shared;

/* --- the hall --- */

static void on_wait(void *ctx, struct exchange *x)
{
    char text[64];
    shared->asked[WAIT]++;
    int n = snprintf(text, sizeof text, "{\"catalogue\":%d,\"spread_ms\":0}", (int)shared->catalogue);
    server_answer(x, 200, "application/json", text, (size_t)n);
}

/* The record that is not the one it was sent, again and again: a hall that was put back, each time. */
static void on_records(void *ctx, struct exchange *x)
{
    static const char first[] = "{\"stored\":0}", second[] = "{\"stored\":1}";
    const char *text = shared->asked[RECORDS]++ % 2 ? second : first;
    server_answer(x, 409, "application/json", text, strlen(text));
}

static void on_lease(void *ctx, struct exchange *x)
{
    shared->asked[LEASE]++;
    server_answer_error(x, 409, "another request");
}

static void on_health(void *ctx, struct exchange *x)
{
    shared->asked[HEALTH]++;
    server_answer(x, 204, NULL, NULL, 0);
}

static void on_catalog(void *ctx, struct exchange *x)
{
    const char *name = exchange_tail(x);
    char path[100];
    if (!strncmp(name, "files/", 6)) {
        shared->asked[FILE_]++;
        server_answer(x, 200, "application/octet-stream", "a file", 6);
        return;
    }
    shared->asked[SMALL]++;
    snprintf(path, sizeof path, "hall/public/%.60s", name);
    const char *text = strcmp(name, "catalog.json") ? stage_read(path) : shared->forged;
    if (!strcmp(name, "catalog.sig"))
        text = "[]";
    server_answer(x, 200, "application/json", text, strlen(text));
}

static enum standing known(void *ctx, struct who *w, bool renews)
{
    return STANDING_GOOD;
}

static void serve(void)
{
    static const struct server_route routes[] = {
        {.method = "GET", .path = "/v1/wait", .fn = on_wait},
        {.method = "POST", .path = "/v1/records", .body = 1 << 20, .fn = on_records},
        {.method = "POST", .path = "/v1/lease", .body = 4096, .fn = on_lease},
        {.method = "POST", .path = "/v1/health", .body = 4096, .fn = on_health},
        {.method = "GET", .path = "/v1/catalog/", .fn = on_catalog},
        {.path = NULL}};
    struct event_base *base = event_base_new();
    const struct server_config config = {
        .tls_dir = stage_path("hall/tls"), .listen = hall.address, .routes = routes, .known = known};
    struct server *s = NULL;
    struct err e = {0};
    if (server_create(base, &config, &s, &e)) {
        printf("# %s\n", e.text);
        _exit(1);
    }
    snprintf(shared->address, sizeof shared->address, "%s", server_address(s));
    event_base_dispatch(base);
    _exit(0);
}

static bool is_up(void *ctx)
{
    return shared->address[0];
}

TEST(setup)
{
    struct private_key *k = NULL;
    char ca[512];
    struct buf identity;
    struct err e = {0};
    stage_open();
    CHECK(enrolled_hall(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    stage_hall_end(&hall, SIGTERM);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    hasty = fork();
    if (hasty == 0)
        serve();
    CHECK(stage_until(is_up, NULL));
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, &e), 0);
    loop = loop_create();
    const struct http_config config = {.base = hall.url, .ca = ca, .identity = &identity};
    CHECK_INT(http_create(loop, &config, &http, &e), 0);
    buf_finish(&identity);
    CHECK_INT(state_open(stage_path("data"), epoch, &state, &e), 0);
    CHECK_STR(e.text, "");
}

/* --- counting --- */

/* Until it was asked so often: the loop turns as fast as it can. False: it stopped before. */
static bool until_asked(enum asked kind, int n)
{
    for (int64_t end = clock_measure_us() + STAGE_WAIT_MS * 1000; shared->asked[kind] < n;) {
        if (clock_measure_us() > end)
            return false;
        loop_step(loop, 20);
    }
    return true;
}

/* What may have been asked since `from_ms`, by the clock both sides of the rule know. */
static int allowed(int burst, int every_ms, int64_t from_ms)
{
    return burst + (int)((clock_mono_ms() - from_ms) / every_ms) + 1;
}

static void outcome(void *ctx, enum http_outcome o)
{
}
static void nothing(void *ctx)
{
}
static void trouble(void *ctx, int64_t given_up)
{
}
static void queues(void *ctx, const struct news_word *w)
{
}

static const struct fetch_events fetch_events = {
    .outcome = outcome, .incoming = nothing, .trouble = trouble, .queues = queues};

TEST(long_poll)
{
    struct fetch *f = NULL;
    struct err e = {0};
    int64_t from = clock_mono_ms();
    CHECK_INT(fetch_create(loop, http, state, stage_path("data"), ENROLLED_TERMINAL, &fetch_events, NULL, &f, &e), 0);
    CHECK(until_asked(WAIT, 20));
    for (int i = 0; i < 50; i++)
        loop_step(loop, 5);
    CHECK(shared->asked[WAIT] <= allowed(20, 1000, from));
    int before = shared->asked[WAIT];
    clock_advance(10000);
    CHECK(until_asked(WAIT, before + 10)); /* and it goes on */
    for (int i = 0; i < 50; i++)
        loop_step(loop, 5);
    CHECK(shared->asked[WAIT] <= allowed(20, 1000, from));
    fetch_destroy(f);
}

TEST(health)
{
    struct health_client c = {.http = http};
    const struct health_report r = {.version = "1"};
    int64_t from = clock_mono_ms();
    for (int i = 0; i < 1000; i++) {
        health_send(&c, &r);
        loop_step(loop, 1);
    }
    CHECK(until_asked(HEALTH, 2)); /* at least the first and the newest */
    CHECK(shared->asked[HEALTH] <= allowed(16, 2000, from));
    health_stop(&c);
}

/* Whatever it answers to them: each request of a kind takes from that kind's share. */
static int over;
static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    over++;
}

TEST(every_kind)
{
    static const struct {
        const char *path;
        enum asked kind;
        int burst, every_ms, tries;
    } kinds[] = {{"/v1/lease", LEASE, 32, 1000, 34}, {"/v1/records", RECORDS, 2000, 50, 2010}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        int64_t from = clock_mono_ms();
        over = 0;
        for (int n = 0; n < kinds[i].tries && over == n; n++) {
            const struct http_call call = {.method = "POST", .path = kinds[i].path, .timeout_s = 20};
            struct http_request *r = http_start(http, &call, on_answer, NULL);
            for (int steps = 0; over == n && steps < 3000; steps++)
                loop_step(loop, 1);
            if (over == n)
                http_cancel(r);
        }
        CHECK(shared->asked[kinds[i].kind] >= kinds[i].burst);
        CHECK(shared->asked[kinds[i].kind] <= allowed(kinds[i].burst, kinds[i].every_ms, from));
    }
}

/* --- a catalogue nobody signed --- */

static void forge(void)
{
    struct manifest_catalog c = {.version = 9, .min_version = 1, .expires_ms = clock_wall_ms() / 1000 * 1000 + 86400000};
    struct buf b;
    snprintf(c.file.name, sizeof c.file.name, "catalog-9.db");
    c.file.size = 300 * 1024 * 1024;
    buf_init(&b, sizeof shared->forged);
    CHECK_INT(manifest_catalog_encode(&c, &b, NULL), 0);
    memcpy(shared->forged, b.data, b.len);
    buf_finish(&b);
    shared->catalogue = 9;
}

static bool given_up;
static void note_trouble(void *ctx, int64_t gave_up)
{
    given_up = gave_up != 0;
}

TEST(unsigned_catalogue)
{
    static const struct fetch_events events = {
        .outcome = outcome, .incoming = nothing, .trouble = note_trouble, .queues = queues};
    struct fetch *f = NULL;
    struct err e = {0};
    clock_advance(600000);
    forge();
    CHECK_INT(fetch_create(loop, http, state, stage_path("data"), ENROLLED_TERMINAL, &events, NULL, &f, &e), 0);
    for (int64_t end = clock_measure_us() + STAGE_WAIT_MS * 1000; !given_up && clock_measure_us() < end;)
        loop_step(loop, 20);
    CHECK(given_up);
    CHECK(shared->asked[SMALL] >= 6);
    CHECK_INT(shared->asked[FILE_], 0);
    fetch_destroy(f);
}

TEST(end)
{
    http_destroy(http);
    state_close(state);
    loop_destroy(loop);
    stage_end(hasty, SIGKILL);
    stage_close(false);
}

TEST_MAIN(SETUP(setup), T(long_poll), T(health), T(every_kind), T(unsigned_catalogue), TEARDOWN(end))
