/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers and how the queues stand: only the hall's signature counts, and nothing old is told as if it were so.
 */
#include "kiosk/queue_desk.h"

#include "crypto/sign.h"
#include "kiosk/desk_test.h"
#include "wire/lease.h"
#include "wire/news.h"

static struct queue_desk *q;
static char wanted[256], again[16];
static bool listens;

static bool on_listens(void *ctx)
{
    return listens;
}

static void on_want(void *ctx, const char *queue, const char *day)
{
    size_t len = strlen(wanted);

    snprintf(wanted + len, sizeof wanted - len, "%s ", queue);
}

static void on_again(void *ctx, const char *day)
{
    text_copy(again, sizeof again, day);
}

static void begin(void)
{
    static const struct queue_desk_events events = {.listens = on_listens, .want = on_want, .again = on_again};

    desk_begin(5);
    const struct queue_desk_config config = {
        .terminal = &terminal, .records = records, .catalogue = catalogue, .authority = authority};
    q = queue_desk_create(&config, &events, NULL, &port);
    wanted[0] = again[0] = '\0';
    listens = true;
    queue_desk_renew(q);
}

static void end(void)
{
    queue_desk_destroy(q);
    desk_end();
}

/* What the hall would answer, signed by one of the test's keys. */
static const char *lease_of(const char *queue, int signer, int first, struct date day)
{
    static struct buf text;
    struct lease l = {.day = day, .block = {first, 20}};
    struct buf message;
    struct public_key pub;

    text_copy(l.queue, sizeof l.queue, queue);
    buf_init(&message, LEASE_BYTES_MAX);
    CHECK_INT(lease_message(terminal.terminal, terminal.epoch, &l, &message), 0);
    CHECK_INT(sign_message(keys[signer], LEASE_PREFIX, message.data, message.len, l.by.sig, &l.by.sig_len, NULL), 0);
    buf_finish(&message);
    key_public(keys[signer], &pub);
    public_key_id(&pub, l.by.key_id);
    buf_finish(&text);
    buf_init(&text, LEASE_BYTES_MAX);
    CHECK_INT(lease_answer_encode(&l, &text), 0);
    return buf_str(&text);
}

static const char *lease(int signer, int first, struct date day)
{
    return lease_of("general", signer, first, day);
}

static const char *next(void)
{
    static char number[TICKET_NUMBER_MAX + 1];

    number[0] = '\0';
    CHECK_INT(queue_desk_next(q, "general", records_day(records), number, NULL), 0);
    return number;
}

TEST(without_a_lease_the_terminals_own_series)
{
    begin();
    CHECK_STR(again, "2026-01-05");
    CHECK(!queue_desk_leased(q));
    CHECK_STR(next(), "A03-001");
    CHECK_INT(queue_desk_next(q, "nowhere", records_day(records), (char[TICKET_NUMBER_MAX + 1]){0}, NULL), -ERR_NOTFOUND);
    queue_desk_ask(q);
    CHECK(strstr(wanted, "general "));
    wanted[0] = '\0';
    listens = false;
    queue_desk_ask(q);
    CHECK_STR(wanted, "");
    end();
}

TEST(a_lease_of_the_hall)
{
    begin();
    queue_desk_lease_said(q, lease(ACK, 41, records_day(records)));
    CHECK_STR(next(), "A 041");
    wanted[0] = '\0';
    queue_desk_ask(q);
    CHECK(!strstr(wanted, "general ")); /* twenty are enough */
    end();
}

TEST(a_lease_of_anybody_else)
{
    begin();
    queue_desk_lease_said(q, "{}");
    queue_desk_lease_said(q, lease(HEAD, 41, records_day(records)));
    CHECK_STR(next(), "A03-001");
    queue_desk_ask(q); /* more would only use numbers up */
    CHECK_STR(wanted, "");
    queue_desk_renew(q);
    queue_desk_ask(q);
    CHECK(strstr(wanted, "general "));
    end();
}

TEST(a_lease_of_another_day)
{
    begin();
    queue_desk_lease_said(q, lease(ACK, 41, (struct date){2026, 1, 4}));
    CHECK_STR(next(), "A03-001");
    end();
}

/* Yesterday's are none of today's, also before the minute has noticed that it is another day. */
TEST(leased_for_today)
{
    char all[sizeof wanted];

    begin();
    queue_desk_ask(q);
    text_copy(all, sizeof all, wanted);
    for (char *rest = all, *id; (id = strtok_r(rest, " ", &rest));)
        queue_desk_lease_said(q, lease_of(id, ACK, 41, records_day(records)));
    CHECK(queue_desk_leased(q));
    clock_set_wall(clock_wall_ms() + INT64_C(86400000));
    CHECK(!queue_desk_leased(q));
    queue_desk_minute(q);
    CHECK(!queue_desk_leased(q));
    end();
}

static const char *state_of_queues(int signer, int64_t at_ms, int version, int office)
{
    static struct buf text;
    struct news_queues n = {.office = office, .at_ms = at_ms, .now = {.version = version, .n = 1}};
    struct news_word w;
    struct buf state;
    struct public_key pub;

    memset(&w, 0, sizeof w);
    strcpy(n.now.list[0].id, "general");
    n.now.list[0].waiting = 12;
    buf_init(&state, NEWS_QUEUES_MAX);
    CHECK_INT(news_queues_encode(&n, &state), 0);
    CHECK_INT(sign_message(keys[signer], NEWS_QUEUES_PREFIX, state.data, state.len, w.by.sig, &w.by.sig_len, NULL), 0);
    key_public(keys[signer], &pub);
    public_key_id(&pub, w.by.key_id);
    snprintf(w.state, sizeof w.state, "%s", buf_str(&state));
    buf_finish(&state);
    buf_finish(&text);
    buf_init(&text, NEWS_BYTES_MAX);
    CHECK_INT(news_word_encode(&w, &text), 0);
    return buf_str(&text);
}

static bool told(void)
{
    return fed(INPUT_QUEUES) && fed(INPUT_QUEUES)->queues;
}

TEST(how_they_stand)
{
    begin();
    queue_desk_said(q, 0, state_of_queues(HEAD, NINE, 3, 1103));
    queue_desk_said(q, 0, state_of_queues(ACK, NINE, 3, 1104));
    queue_desk_said(q, -1, state_of_queues(ACK, NINE, 3, 1103));
    queue_desk_said(q, 6 * 60000, state_of_queues(ACK, NINE, 3, 1103));
    CHECK(!told()); /* a stranger's, another office's, of no age, too old */
    queue_desk_said(q, 60000, state_of_queues(ACK, NINE, 3, 1103));
    CHECK(told());
    CHECK_INT(fed(INPUT_QUEUES)->queues->version, 3);
    CHECK(clock_wall_ms() - fed(INPUT_QUEUES)->queues_ms >= 60000);
    hear_anew();
    queue_desk_said(q, 0, state_of_queues(ACK, NINE - 1000, 2, 1103)); /* overtaken */
    CHECK(!fed(INPUT_QUEUES));
    clock_advance(5 * 60000);
    queue_desk_tell(q);
    CHECK(fed(INPUT_QUEUES) && !told());
    end();
}

TEST(hours_go_to_the_session)
{
    struct session_config config = {.n_places = 0};

    begin();
    queue_desk_load(q, &config);
    CHECK(config.n_queues > 0 && config.times[0].known);
    queue_desk_tell_times(q);
    CHECK(fed(INPUT_TIMES) && fed(INPUT_TIMES)->times[0].known);
    end();
    sample_close();
}

TEST_MAIN(T(without_a_lease_the_terminals_own_series), T(a_lease_of_the_hall), T(a_lease_of_anybody_else),
          T(a_lease_of_another_day), T(leased_for_today), T(how_they_stand), T(hours_go_to_the_session))
