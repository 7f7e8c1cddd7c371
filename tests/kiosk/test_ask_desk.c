/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions that name a person, as kiosk asks them: sealed to the hall's key, heard once, wiped.
 */
#include "kiosk/ask_desk.h"

#include "base/text.h"
#include "catalog/update_test.h"
#include "crypto/keys.h"
#include "kiosk/port_test.h"
#include "wire/ask.h"
#include "wire/ask_appointment.h"
#include "wire/ask_licence.h"

#define NUMBER "1103001260105000018"
#define CITIZEN "110101199003070038"
#define NOW INT64_C(1767585600000)

static const struct terminal_config terminal = {.terminal = "t-1103-003"};
static struct authority *authority;
static struct ask_desk *d;
static bool there = true; /* kiosk-sync is */
static int n_sent, n_answered;
static int64_t sent_id;
static char sent[ASK_BYTES_MAX];
static enum ask_reason answered;
static const struct my_cases *lent;
static const struct my_appointments *lent_appointments;
static const struct my_licences *lent_licences;

static void on_nothing(void *ctx)
{
}

static bool on_send(void *ctx, const struct peer_line *p)
{
    CHECK_INT(p->kind, PEER_ASK);
    n_sent++;
    sent_id = p->id;
    text_copy(sent, sizeof sent, p->bytes);
    return there;
}

static void on_answered(void *ctx, enum ask_reason why, const struct ask_desk_answer *a)
{
    n_answered++;
    answered = why;
    lent = a->cases;
    lent_appointments = a->appointments;
    lent_licences = a->licences;
    CHECK_INT((lent != NULL) + (lent_appointments != NULL) + (lent_licences != NULL), why == ASK_ANSWERED);
}

static void begin(void)
{
    static const struct authority_events nothing = {.keys = on_nothing, .clock = on_nothing};
    static const struct ask_desk_events events = {.send = on_send, .answered = on_answered};

    clock_set_wall(NOW);
    fresh();
    hear_anew();
    authority = authority_create(data, &nothing, NULL, &port);
    authority_load_root(authority);
    d = ask_desk_create(&terminal, authority, &events, NULL);
    there = true;
    n_sent = n_answered = 0;
    lent = NULL;
}

static void finish(void)
{
    ask_desk_destroy(d);
    authority_destroy(authority);
}

/* --- the hall, as it would answer --- */

static void hall_opens(struct ask_sealed *s, struct ask_question *q, struct seal_reply *reply)
{
    struct err e = {0};

    CHECK_INT(ask_sealed_decode(sent, strlen(sent), s, &e), 0);
    CHECK_INT(ask_open(keys[ASK], terminal.terminal, s, q, reply, &e), 0);
    CHECK_STR(e.text, "");
}

/* The line that brings an answer; static. */
static const char *answer_line(const struct seal_reply *reply, const struct buf *json)
{
    static char line[ASK_ANSWERED_MAX];
    struct buf plain, sealed, text;

    buf_init(&plain, ASK_REPLY_MAX);
    buf_init(&sealed, ASK_REPLY_MAX);
    buf_init(&text, sizeof line - 1);
    buf_add(&plain, json->data, json->len);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal_reply(reply, plain.data, plain.len, &sealed, NULL), 0);
    CHECK_INT(ask_answered_encode(sealed.data, sealed.len, &text), 0);
    text_copy(line, sizeof line, buf_str(&text));
    buf_finish(&plain);
    buf_finish(&sealed);
    buf_finish(&text);
    return line;
}

static const char *answer_cases(const struct seal_reply *reply)
{
    static struct my_cases all;
    struct buf json;

    all = (struct my_cases){.at = NOW, .n = 1, .list = {{.stage = MY_CASE_ACCEPTED}}};
    text_copy(all.list[0].number, sizeof all.list[0].number, NUMBER);
    buf_init(&json, ASK_ANSWER_MAX);
    CHECK_INT(ask_answer_encode(&all, &json), 0);
    const char *line = answer_line(reply, &json);
    buf_finish(&json);
    return line;
}

static const char *answer_reason(const struct seal_reply *reply, enum ask_reason why, int64_t at)
{
    struct buf json;

    buf_init(&json, ASK_ANSWER_MAX);
    CHECK_INT(ask_reason_encode(why, at, &json), 0);
    const char *line = answer_line(reply, &json);
    buf_finish(&json);
    return line;
}

static void say(int64_t id, const char *bytes)
{
    ask_desk_said(d, &(struct peer_line){.kind = PEER_ASKED, .id = id, .bytes = bytes});
}

static void say_unasked(int64_t id, const char *word)
{
    struct peer_line p = {.kind = PEER_UNASKED, .id = id};

    text_copy(p.reason, sizeof p.reason, word);
    ask_desk_said(d, &p);
}

/* --- */

TEST(by_card)
{
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply reply;

    begin();
    ask_desk_cases(d, CITIZEN, LANGUAGE_EN);
    CHECK(n_sent == 1 && n_answered == 0);
    CHECK(!strstr(sent, CITIZEN));
    hall_opens(&s, &q, &reply);
    CHECK_STR(q.citizen, CITIZEN);
    CHECK_INT(q.language, LANGUAGE_EN);
    CHECK(s.at >= NOW);
    say(sent_id, answer_cases(&reply));
    CHECK(n_answered == 1 && answered == ASK_ANSWERED);
    CHECK(lent && lent->n == 1 && strcmp(lent->list[0].number, NUMBER) == 0);
    say(sent_id, answer_cases(&reply)); /* once */
    CHECK_INT(n_answered, 1);
    ask_desk_drop(d);
    CHECK(lent && lent->n == 0 && !lent->list[0].number[0]); /* wiped where it was lent from */
    finish();
}

TEST(by_number)
{
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply reply;

    begin();
    ask_desk_case(d, NUMBER, "0123", LANGUAGE_ZH_CN);
    hall_opens(&s, &q, &reply);
    CHECK_STR(q.number, NUMBER);
    CHECK_STR(q.phone, "0123");
    say(sent_id, answer_reason(&reply, ASK_PHONE_DIFFERS, NOW));
    CHECK(n_answered == 1 && answered == ASK_PHONE_DIFFERS);
    finish();
}

TEST(what_is_no_question_is_not_sent)
{
    begin();
    ask_desk_case(d, "1103001260105000019", "0123", LANGUAGE_ZH_CN);
    CHECK(n_sent == 0 && n_answered == 1 && answered == ASK_REFUSED);
    ask_desk_cases(d, "", LANGUAGE_ZH_CN);
    CHECK(n_sent == 0 && n_answered == 2 && answered == ASK_REFUSED);
    finish();
}

TEST(nobody_to_ask)
{
    begin();
    there = false;
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    CHECK(n_answered == 1 && answered == ASK_HALL_AWAY);
    finish();
}

TEST(no_key_to_ask_with)
{
    begin();
    shell("rm -f %s/root.* %s/catalog/root.*", data, data);
    authority_load_root(authority);
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    CHECK(n_sent == 0 && n_answered == 1 && answered == ASK_REFUSED);
    finish();
}

TEST(words_of_the_way)
{
    begin();
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    say_unasked(sent_id, "opener-away");
    CHECK(n_answered == 1 && answered == ASK_OPENER_AWAY);
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    say_unasked(sent_id, "nonsense");
    CHECK(n_answered == 2 && answered == ASK_REFUSED);
    finish();
}

TEST(only_its_own_answer_is_heard)
{
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply first, second;

    begin();
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    int64_t id = sent_id;
    hall_opens(&s, &q, &first);
    ask_desk_case(d, NUMBER, "0123", LANGUAGE_ZH_CN);
    hall_opens(&s, &q, &second);
    say(id, answer_cases(&first)); /* too late */
    say_unasked(id, "hall-away");
    CHECK_INT(n_answered, 0);
    say(sent_id, answer_cases(&first)); /* kiosk-sync gives the one for the other */
    CHECK(n_answered == 1 && answered == ASK_REFUSED);
    ask_desk_drop(d);
    say(sent_id, answer_cases(&second));
    CHECK_INT(n_answered, 1); /* nobody waits */
    finish();
}

TEST(answers_that_are_none)
{
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply reply;
    struct buf json;

    begin();
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    say(sent_id, "{}");
    CHECK(n_answered == 1 && answered == ASK_REFUSED);
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    hall_opens(&s, &q, &reply);
    buf_init(&json, 64);
    buf_adds(&json, "{\"v\":1,\"at\":1}");
    say(sent_id, answer_line(&reply, &json));
    CHECK(n_answered == 2 && answered == ASK_REFUSED);
    buf_finish(&json);
    finish();
}

/* A clock that is an hour behind: asked again, once, by the hall's time. */
TEST(by_the_halls_time)
{
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply reply;

    begin();
    ask_desk_cases(d, CITIZEN, LANGUAGE_ZH_CN);
    hall_opens(&s, &q, &reply);
    say(sent_id, answer_reason(&reply, ASK_TIME_DIFFERS, NOW + 3600000));
    CHECK(n_sent == 2 && n_answered == 0);
    hall_opens(&s, &q, &reply);
    CHECK(s.at >= NOW + 3600000 && s.at < NOW + 3660000);
    CHECK_STR(q.citizen, CITIZEN);
    say(sent_id, answer_reason(&reply, ASK_TIME_DIFFERS, NOW + 3600000));
    CHECK(n_sent == 2 && n_answered == 1 && answered == ASK_TIME_DIFFERS);
    ask_desk_case(d, NUMBER, "0123", LANGUAGE_ZH_CN);
    hall_opens(&s, &q, &reply);
    CHECK(s.at >= NOW + 3600000); /* it is kept in mind */
    finish();
}

/* A wish is asked as it is; a clock that is off costs one more way, and the wish keeps its id. */
TEST(an_hour_is_wished_for)
{
    const struct appointment_wish w = {.verb = APPOINTMENT_BOOK, .id = {9}, .queue = "general", .from = NOW};
    static struct my_appointments all;
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply reply;
    struct buf json;

    begin();
    ask_desk_appointment(d, CITIZEN, &w, LANGUAGE_EN);
    hall_opens(&s, &q, &reply);
    CHECK_INT(q.about, ASK_ABOUT_APPOINTMENT);
    CHECK_STR(q.citizen, CITIZEN);
    CHECK_MEM(&q.wish, &w, sizeof w);
    say(sent_id, answer_reason(&reply, ASK_TIME_DIFFERS, NOW + 600000));
    CHECK_INT(n_sent, 2);
    hall_opens(&s, &q, &reply);
    CHECK_INT(s.at, NOW + 600000);
    CHECK_MEM(&q.wish, &w, sizeof w);
    all = (struct my_appointments){.at = NOW, .refused = APPOINTMENT_REFUSED_FULL};
    buf_init(&json, ASK_ANSWER_MAX);
    CHECK_INT(ask_appointments_encode(&all, &json), 0);
    say(sent_id, answer_line(&reply, &json));
    buf_finish(&json);
    CHECK_INT(n_answered, 1);
    CHECK_INT(answered, ASK_ANSWERED);
    CHECK(lent_appointments && lent_appointments->refused == APPOINTMENT_REFUSED_FULL);
    ask_desk_appointment(d, "", &(struct appointment_wish){.verb = APPOINTMENT_FREE, .queue = "general"}, LANGUAGE_EN);
    hall_opens(&s, &q, &reply);
    CHECK_STR(q.citizen, "");           /* which hours there are is nobody's question */
    say(sent_id, answer_cases(&reply)); /* an answer to another question */
    CHECK_INT(answered, ASK_REFUSED);
    finish();
}

TEST(licences_are_asked_for)
{
    static struct my_licences all;
    struct ask_sealed s;
    struct ask_question q;
    struct seal_reply reply;
    struct buf json;

    begin();
    ask_desk_licences(d, CITIZEN, "11000001", LANGUAGE_ZH_CN);
    hall_opens(&s, &q, &reply);
    CHECK_INT(q.about, ASK_ABOUT_LICENCES);
    CHECK_STR(q.citizen, CITIZEN);
    CHECK_STR(q.item, "11000001");
    CHECK(!strstr(sent, "11000001")); /* what somebody applies for is told to nobody on the way */
    say(sent_id, answer_reason(&reply, ASK_TIME_DIFFERS, NOW + 600000));
    hall_opens(&s, &q, &reply);
    CHECK_INT(s.at, NOW + 600000);
    CHECK_STR(q.item, "11000001");
    all = (struct my_licences){.at = NOW, .n = 1, .list = {{.kind = "R", .state = MY_LICENCE_NONE}}};
    buf_init(&json, ASK_ANSWER_MAX);
    CHECK_INT(ask_licences_encode(&all, &json), 0);
    say(sent_id, answer_line(&reply, &json));
    buf_finish(&json);
    CHECK_INT(answered, ASK_ANSWERED);
    CHECK(lent_licences && lent_licences->n == 1 && lent_licences->list[0].state == MY_LICENCE_NONE);
    ask_desk_licences(d, CITIZEN, "", LANGUAGE_ZH_CN); /* no item: it is not asked */
    CHECK_INT(n_answered, 2);
    CHECK_INT(answered, ASK_REFUSED);
    finish();
}

TEST_MAIN(T(by_card), T(by_number), T(what_is_no_question_is_not_sent), T(nobody_to_ask), T(no_key_to_ask_with),
          T(words_of_the_way), T(only_its_own_answer_is_heard), T(answers_that_are_none), T(by_the_halls_time),
          T(an_hour_is_wished_for), T(licences_are_asked_for))
