/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked and answered of appointments: what goes in comes out, and what is none is refused.
 */
#include "test.h"

#include "base/text.h"
#include "wire/ask.h"
#include "wire/ask_appointment.h"

#define CITIZEN "110101199003070038"
#define NINE INT64_C(1767574800000)

static const struct ask_question book = {.about = ASK_ABOUT_APPOINTMENT,
                                         .citizen = CITIZEN,
                                         .wish = {.verb = APPOINTMENT_BOOK, .id = {7}, .queue = "general", .from = NINE}};

static int through(const struct ask_question *in, struct ask_question *out)
{
    struct buf text;
    buf_init(&text, SEAL_PAD);
    int rc = ask_question_encode(in, &text, NULL);
    if (rc == 0)
        rc = ask_question_decode(text.data, text.len, out, NULL);
    buf_finish(&text);
    return rc;
}

TEST(wishes)
{
    struct ask_question q, longest = book;
    CHECK_INT(through(&book, &q), 0);
    CHECK_INT(q.about, ASK_ABOUT_APPOINTMENT);
    CHECK_STR(q.citizen, CITIZEN);
    CHECK_MEM(&q.wish, &book.wish, sizeof q.wish);
    /* the longest of all still fits into what every question is padded to */
    longest.wish.verb = APPOINTMENT_MOVE;
    memset(longest.wish.id, 0xff, sizeof longest.wish.id);
    memset(longest.wish.queue, 'q', QUEUE_ID_MAX);
    text_copy(longest.wish.which, sizeof longest.wish.which, "A1231-2359-12345678");
    longest.wish.from = INT64_C(253402300799999);
    CHECK_INT(through(&longest, &q), 0);
    CHECK_MEM(&q.wish, &longest.wish, sizeof q.wish);
    const struct ask_question hours = {.about = ASK_ABOUT_APPOINTMENT,
                                       .wish = {.verb = APPOINTMENT_FREE, .queue = "general"}};
    CHECK_INT(through(&hours, &q), 0);
    CHECK_STR(q.citizen, ""); /* names nobody */
}

TEST(the_longest_can_be_sealed)
{
    struct ask_question longest = book;
    struct private_key *hall = NULL;
    struct public_key to;
    struct seal_reply reply;
    struct ask_sealed s;
    longest.wish.verb = APPOINTMENT_MOVE;
    longest.wish.from = INT64_C(253402300799999);
    memset(longest.wish.queue, 'q', QUEUE_ID_MAX);
    text_copy(longest.wish.which, sizeof longest.wish.which, "A1231-2359-12345678");
    CHECK_INT(key_generate(&hall, NULL), 0);
    key_public(hall, &to);
    CHECK_INT(ask_seal(&to, "t-1", 1, &longest, &s, &reply, NULL), 0);
    CHECK_INT(s.len, ASK_SEALED_MAX); /* whatever it asks */
    key_free(hall);
}

TEST(wishes_that_are_none)
{
    static const struct ask_question bad[] = {
        {.about = ASK_ABOUT_APPOINTMENT, .wish = {.verb = APPOINTMENT_BOOK, .id = {7}, .queue = "general", .from = NINE}},
        {.about = ASK_ABOUT_APPOINTMENT, .citizen = CITIZEN, .wish = {.verb = APPOINTMENT_FREE, .queue = "general"}},
        {.about = ASK_ABOUT_APPOINTMENT,
         .citizen = CITIZEN,
         .wish = {.verb = APPOINTMENT_BOOK, .queue = "general", .from = 1}},
        {.about = ASK_ABOUT_APPOINTMENT, .citizen = CITIZEN, .wish = {.verb = APPOINTMENT_CANCEL}},
        {.about = ASK_ABOUT_APPOINTMENT, .citizen = "12", .wish = {.verb = APPOINTMENT_LIST}},
    };
#define HEAD "{\"v\":1,\"about\":\"appointment\",\"language\":\"zh-CN\""
    static const char *const texts[] = {
        HEAD "}",
        HEAD ",\"do\":\"steal\",\"number\":\"" CITIZEN "\"}",
        HEAD ",\"do\":\"list\"}",
        HEAD ",\"do\":\"list\",\"number\":\"" CITIZEN "\",\"queue\":\"general\"}",
        HEAD ",\"do\":\"list\",\"number\":\"" CITIZEN "\",\"phone\":\"0123\"}",
        HEAD ",\"do\":\"free\",\"queue\":\"Queue\"}",
        HEAD ",\"do\":\"free\",\"queue\":\"general\",\"from\":-1}",
        HEAD ",\"do\":\"book\",\"number\":\"" CITIZEN "\",\"id\":\"00\",\"queue\":\"general\",\"from\":1}",
        HEAD ",\"do\":\"cancel\",\"number\":\"" CITIZEN "\",\"which\":\"'; DROP\"}",
    };
    struct ask_question q;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(through(&bad[i], &q) < 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_question_decode(texts[i], strlen(texts[i]), &q, NULL) < 0);
}

static void fill(struct my_appointments *m)
{
    *m = (struct my_appointments){
        .at = NINE, .refused = APPOINTMENT_REFUSED_FULL, .n_days = APPOINTMENT_DAYS_MAX, .n = MY_APPOINTMENTS_MAX};
    text_copy(m->done, sizeof m->done, "A0105-0900-1");
    for (int d = 0; d < m->n_days; d++) {
        m->days[d] = (struct appointment_day){.day = 20458 + d, .n = APPOINTMENT_HOURS_MAX};
        for (int i = 0; i < m->days[d].n; i++) {
            int64_t from = NINE + (d * 24 + i) * (int64_t)APPOINTMENT_HOUR_MS;
            m->days[d].hours[i] = (struct appointment_hour){from, from + APPOINTMENT_HOUR_MS, i};
        }
    }
    for (int i = 0; i < m->n; i++)
        m->list[i] = (struct appointment){.number = "A0105-0900-1",
                                          .code = "0417",
                                          .queue = "general",
                                          .from = NINE,
                                          .until = NINE + APPOINTMENT_HOUR_MS,
                                          .state = i ? APPOINTMENT_ARRIVED : APPOINTMENT_BOOKED,
                                          .arrive = i ? APPOINTMENT_REFUSED_ARRIVED : APPOINTMENT_MAY};
}

/* By what they say: between members may lie anything. */
static void same(const struct my_appointments *got, const struct buf *want)
{
    struct buf text;

    buf_init(&text, ASK_ANSWER_MAX);
    CHECK_INT(ask_appointments_encode(got, &text), 0);
    CHECK_STR(buf_str(&text), buf_str(want));
    buf_finish(&text);
}

TEST(an_answer_comes_as_it_was_given)
{
    static struct my_appointments in, out;
    enum ask_reason why = ASK_REASONS;
    struct buf text;
    struct err e = {0};
    fill(&in);
    buf_init(&text, ASK_ANSWER_MAX);
    CHECK_INT(ask_appointments_encode(&in, &text), 0);
    CHECK_INT(ask_appointments_decode(text.data, text.len, &out, &why, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(why, ASK_ANSWERED);
    same(&out, &text);
    buf_reset(&text);
    in = (struct my_appointments){.at = 1}; /* nothing at all */
    CHECK_INT(ask_appointments_encode(&in, &text), 0);
    CHECK_INT(ask_appointments_decode(text.data, text.len, &out, &why, NULL), 0);
    same(&out, &text);
    buf_reset(&text);
    CHECK_INT(ask_reason_encode(ASK_TIME_DIFFERS, 5, &text), 0);
    CHECK_INT(ask_appointments_decode(text.data, text.len, &out, &why, NULL), 0);
    CHECK_INT(why, ASK_TIME_DIFFERS);
    CHECK_INT(out.at, 5);
    buf_finish(&text);
}

TEST(answers_that_are_none)
{
#define DAYS(text) "{\"v\":1,\"at\":1,\"days\":[" text "],\"list\":[]}"
#define LIST(text) "{\"v\":1,\"at\":1,\"days\":[],\"list\":[" text "]}"
    static const char *const texts[] = {
        "",
        "{}",
        "{\"v\":1,\"at\":1}",
        "{\"v\":1,\"at\":1,\"days\":[],\"list\":[],\"more\":true}",
        "{\"v\":1,\"at\":1,\"refused\":\"never\",\"days\":[],\"list\":[]}",
        "{\"v\":1,\"at\":1,\"done\":\"17\",\"days\":[],\"list\":[]}",
        DAYS("{\"day\":\"2026-02-30\",\"hours\":[{\"from\":1,\"left\":1}]}"),
        DAYS("{\"day\":\"2026-01-05\",\"hours\":[]}"),
        DAYS("{\"day\":\"2026-01-05\",\"hours\":[{\"from\":1,\"left\":100}]}"),
        DAYS("{\"day\":\"2026-01-05\",\"hours\":[{\"from\":-1,\"left\":1}]}"),
        DAYS("{\"day\":\"2026-01-05\",\"hours\":[{\"left\":1}]}"),
        LIST("{}"),
        LIST("{\"number\":\"A0105-0900-1\",\"code\":\"04a7\",\"queue\":\"general\",\"from\":1,\"state\":\"booked\"}"),
        LIST("{\"number\":\"A0105-0900-1\",\"code\":\"0417\",\"queue\":\"General\",\"from\":1,\"state\":\"booked\"}"),
        LIST("{\"number\":\"A0105-0900-1\",\"code\":\"0417\",\"queue\":\"general\",\"from\":1,\"state\":\"eaten\"}"),
        LIST("{\"number\":\"A0105-0900-1\",\"code\":\"0417\",\"queue\":\"general\",\"from\":1,\"state\":\"booked\","
             "\"arrive\":\"perhaps\"}"),
    };
    static struct my_appointments out;
    enum ask_reason why;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_appointments_decode(texts[i], strlen(texts[i]), &out, &why, NULL) < 0);
}

TEST_MAIN(T(wishes), T(the_longest_can_be_sealed), T(wishes_that_are_none), T(an_answer_comes_as_it_was_given),
          T(answers_that_are_none))
