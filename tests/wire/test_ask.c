/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions that name a person, and their answers: what goes in comes out, for whom it is meant and for nobody else.
 */
#include "test.h"

#include "base/text.h"
#include "wire/ask.h"

#define NUMBER "1103001260105000018"
#define CITIZEN "110101199003070038"

static struct private_key *hall;
static struct public_key to;

TEST(a_key)
{
    CHECK_INT(key_generate(&hall, NULL), 0);
    key_public(hall, &to);
}

TEST(no_key)
{
    key_free(hall);
}

static const struct ask_question by_card = {.about = ASK_ABOUT_CASES, .citizen = CITIZEN};
static const struct ask_question by_number = {
    .about = ASK_ABOUT_CASE, .language = LANGUAGE_EN, .number = NUMBER, .phone = "0123"};

/* --- questions --- */

static void sealed_of(const struct ask_question *q, const char *terminal, struct ask_sealed *s, struct seal_reply *reply)
{
    struct err e = {0};

    CHECK_INT(ask_seal(&to, terminal, 1767546000000, q, s, reply, &e), 0);
    CHECK_STR(e.text, "");
}

TEST(a_question_opens_at_the_hall)
{
    struct ask_sealed s, again;
    struct seal_reply asking, answering;
    struct ask_question q;
    struct buf text;

    buf_init(&text, ASK_BYTES_MAX);
    sealed_of(&by_card, "t-1", &s, &asking);
    CHECK_INT(s.len, ASK_SEALED_MAX); /* whatever it asks */
    CHECK_INT(ask_sealed_encode(&s, &text), 0);
    CHECK(!strstr(buf_str(&text), CITIZEN) && !strchr(buf_str(&text), '\n'));
    CHECK_INT(ask_sealed_decode(text.data, text.len, &again, NULL), 0);
    CHECK_INT(ask_open(hall, "t-1", &again, &q, &answering, NULL), 0);
    CHECK_INT(q.about, ASK_ABOUT_CASES);
    CHECK_INT(q.language, LANGUAGE_ZH_CN);
    CHECK_STR(q.citizen, CITIZEN);
    CHECK_MEM(&asking, &answering, sizeof asking);
    sealed_of(&by_number, "t-1", &s, &asking);
    CHECK_INT(s.len, ASK_SEALED_MAX);
    CHECK_INT(ask_open(hall, "t-1", &s, &q, &answering, NULL), 0);
    CHECK_INT(q.about, ASK_ABOUT_CASE);
    CHECK_INT(q.language, LANGUAGE_EN);
    CHECK_STR(q.number, NUMBER);
    CHECK_STR(q.phone, "0123");
    buf_finish(&text);
}

TEST(nobody_elses_question_opens)
{
    struct private_key *other = NULL;
    struct ask_sealed s;
    struct seal_reply reply;
    struct ask_question q;

    sealed_of(&by_card, "t-1", &s, &reply);
    CHECK_INT(ask_open(hall, "t-2", &s, &q, &reply, NULL), -ERR_SIGNATURE); /* another terminal brings it */
    CHECK_INT(ask_open(hall, "t-11", &s, &q, &reply, NULL), -ERR_SIGNATURE);
    s.at++;
    CHECK_INT(ask_open(hall, "t-1", &s, &q, &reply, NULL), -ERR_SIGNATURE); /* or brings it as another time's */
    s.at--;
    s.sealed[s.len - 1] ^= 1;
    CHECK_INT(ask_open(hall, "t-1", &s, &q, &reply, NULL), -ERR_SIGNATURE);
    s.sealed[s.len - 1] ^= 1;
    CHECK_INT(key_generate(&other, NULL), 0);
    CHECK_INT(ask_open(other, "t-1", &s, &q, &reply, NULL), -ERR_SIGNATURE);
    key_free(other);
    CHECK_INT(ask_open(hall, "t-1", &s, &q, &reply, NULL), 0);
}

TEST(questions_that_are_none)
{
    static const struct ask_question bad[] = {
        {.about = ASK_ABOUT_CASES, .citizen = ""},
        {.about = ASK_ABOUT_CASES, .citizen = "11010119900307"},
        {.about = ASK_ABOUT_CASES, .citizen = "11010119900307003x"},
        {.about = ASK_ABOUT_CASE, .number = "1103001260105000019", .phone = "0123"},
        {.about = ASK_ABOUT_CASE, .number = NUMBER, .phone = "012"},
        {.about = ASK_ABOUT_CASE, .number = NUMBER, .phone = "012a"},
        {.about = ASK_ABOUT_CASE, .number = "", .phone = "0123"},
        {.about = ASK_ABOUT_SPOKEN, .code = ""},
        {.about = ASK_ABOUT_SPOKEN, .code = "110300300017047111"}, /* its check digit */
    };
    static const char *const texts[] = {
        "",
        "{}",
        "[]",
        "{\"v\":2,\"about\":\"cases\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\"}",
        "{\"v\":1,\"about\":\"spoken\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\"}",
        "{\"v\":1,\"about\":\"spoken\",\"language\":\"zh-CN\",\"code\":\"110300300017047111\"}",
        "{\"v\":1,\"about\":\"all\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\"}",
        "{\"v\":1,\"about\":\"cases\",\"language\":\"xx\",\"number\":\"" CITIZEN "\"}",
        "{\"v\":1,\"about\":\"cases\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\",\"phone\":\"0123\"}",
        "{\"v\":1,\"about\":\"cases\",\"language\":\"zh-CN\",\"number\":\"" CITIZEN "\",\"number\":\"" CITIZEN "\"}",
        "{\"v\":1,\"about\":\"case\",\"language\":\"zh-CN\",\"case\":\"1103001260105000019\",\"phone\":\"0123\"}",
        "{\"v\":1,\"about\":\"case\",\"language\":\"zh-CN\",\"case\":\"" NUMBER "\",\"phone\":\"01234\"}",
        "{\"v\":1,\"about\":\"case\",\"language\":\"zh-CN\",\"case\":\"" NUMBER "\",\"phone\":123}",
    };
    struct ask_sealed s;
    struct seal_reply reply;
    struct ask_question q;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(ask_seal(&to, "t-1", 1, &bad[i], &s, &reply, NULL), -ERR_INVALID);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_question_decode(texts[i], strlen(texts[i]), &q, NULL) < 0);
}

TEST(what_comes_is_bounded)
{
    static const char *const texts[] = {
        "{\"v\":1,\"at\":1,\"key\":\"0011223344556677\"}",
        "{\"v\":1,\"at\":-1,\"key\":\"0011223344556677\",\"sealed\":\"%s\"}",
        "{\"v\":1,\"at\":1,\"key\":\"00112233445566\",\"sealed\":\"%s\"}",
        "{\"v\":1,\"at\":1,\"key\":\"001122334455667z\",\"sealed\":\"%s\"}",
        "{\"v\":1,\"at\":1,\"key\":\"0011223344556677\",\"sealed\":\"%s\",\"terminal\":\"t-2\"}",
        "{\"v\":1,\"at\":1,\"key\":\"0011223344556677\",\"sealed\":\"%s00\"}",
    };
    char text[ASK_BYTES_MAX], hex[2 * ASK_SEALED_MAX + 1];
    struct ask_sealed s;

    memset(hex, '0', sizeof hex - 1);
    hex[sizeof hex - 1] = '\0';
    snprintf(text, sizeof text, "{\"v\":1,\"at\":1,\"key\":\"0011223344556677\",\"sealed\":\"%s\"}", hex);
    CHECK_INT(ask_sealed_decode(text, strlen(text), &s, NULL), 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *at = strstr(texts[i], "%s");

        snprintf(text, sizeof text, "%.*s%s%s", (int)(at ? at - texts[i] : 100), texts[i], at ? hex : "", at ? at + 2 : "");
        CHECK(ask_sealed_decode(text, strlen(text), &s, NULL) < 0);
    }
}

/* --- answers --- */

static struct my_cases told, heard;

static void fill_case(struct my_case *c, int i)
{
    *c = (struct my_case){.stage = MY_CASE_ASKED, .handed_in_ms = 1767546000000 - i, .can_supplement = true, .openings = 2};
    text_copy(c->number, sizeof c->number, NUMBER);
    text_copy(c->item, sizeof c->item, "11110105MB0A0000164000709102000");
    text_copy(c->item_name, sizeof c->item_name, "个体工商户变更登记");
    text_copy(c->dept_name, sizeof c->dept_name, "区市场监管局");
    text_copy(c->phone, sizeof c->phone, "6555 0130");
    text_copy(c->missing, sizeof c->missing, "新地址的证明，如“租赁合同”");
    text_copy(c->paper_code, sizeof c->paper_code, "办理决定书 1\n2026年1月5日 准予\nTBP1 decision");
    text_copy(c->check_code, sizeof c->check_code, "3F7A-91C2");
    c->steps[0] = (struct my_case_step){.kind = MY_STEP_HANDED_IN, .done = true, .day = {2026, 1, 5}};
    c->steps[1] = (struct my_case_step){.kind = MY_STEP_ACCEPT, .provisional = true, .why = "自2026年1月5日起5个工作日"};
    c->n_steps = 2;
    c->opened[0] = (struct my_case_opened){.at = 1767546300000, .post = "受理岗", .who = "张*", .why = "受理前核对"};
    c->opened[1] = (struct my_case_opened){.at = 1767546200000, .post = "系统", .why = "发送通知"};
    c->n_opened = 2;
}

/* By what they are written as: what lies between members of a struct is not copied by every compiler. */
static void check_same(const struct my_cases *a, const struct my_cases *b)
{
    struct buf of_a, of_b;

    buf_init(&of_a, ASK_ANSWER_MAX);
    buf_init(&of_b, ASK_ANSWER_MAX);
    CHECK_INT(ask_answer_encode(a, &of_a), 0);
    CHECK_INT(ask_answer_encode(b, &of_b), 0);
    CHECK_STR(buf_str(&of_a), buf_str(&of_b));
    buf_finish(&of_a);
    buf_finish(&of_b);
}

TEST(an_answer_comes_as_it_was_given)
{
    enum ask_reason why = ASK_REASONS;
    struct buf text;
    struct err e = {0};

    buf_init(&text, ASK_ANSWER_MAX);
    memset(&told, 0, sizeof told);
    told.at = 1767546000000;
    told.n = 2;
    fill_case(&told.list[0], 0);
    fill_case(&told.list[1], 1);
    told.list[1].stage = MY_CASE_DELIVERED;
    told.list[1].decided = told.list[1].granted = true;
    told.list[1].decided_on = (struct date){2026, 2, 5};
    CHECK_INT(ask_answer_encode(&told, &text), 0);
    CHECK(!strchr(buf_str(&text), '\n'));
    CHECK_INT(ask_answer_decode(text.data, text.len, &heard, &why, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(why, ASK_ANSWERED);
    check_same(&heard, &told);
    buf_finish(&text);
}

TEST(no_cases_is_an_answer_too)
{
    enum ask_reason why = ASK_REASONS;
    struct buf text;

    buf_init(&text, ASK_ANSWER_MAX);
    memset(&told, 0, sizeof told);
    told.at = 1;
    CHECK_INT(ask_answer_encode(&told, &text), 0);
    CHECK_INT(ask_answer_decode(text.data, text.len, &heard, &why, NULL), 0);
    CHECK(why == ASK_ANSWERED && heard.n == 0 && heard.at == 1);
    buf_finish(&text);
}

/* --- what somebody said --- */

TEST(a_code_opens_at_the_hall)
{
    struct ask_question by_code = {.about = ASK_ABOUT_SPOKEN}, q;
    struct seal_reply asking, answering;
    struct ask_sealed s;

    speak_code_make(&(struct speak_number){1103, 3, 17}, 4711, by_code.code);
    sealed_of(&by_code, "t-1", &s, &asking);
    CHECK_INT(s.len, ASK_SEALED_MAX); /* nobody on the way sees what is asked about */
    CHECK_INT(ask_open(hall, "t-1", &s, &q, &answering, NULL), 0);
    CHECK_INT(q.about, ASK_ABOUT_SPOKEN);
    CHECK_STR(q.code, by_code.code);
}

TEST(what_became_of_it)
{
    static struct my_cases answered = {.at = 1767546000000,
                                       .spoken = true,
                                       .told = {.kind = SPEAK_REPORT,
                                                .stage = MY_SPOKEN_ANSWERED,
                                                .said_ms = 1767545000000,
                                                .due = {2026, 1, 26},
                                                .provisional = true,
                                                .answered_on = {2026, 1, 6},
                                                .post = "监督科",
                                                .words = "已查，\"属实\"。"}},
                           back;
    enum ask_reason why = ASK_REASONS;
    struct buf out;

    buf_init(&out, ASK_ANSWER_MAX);
    CHECK_INT(ask_answer_encode(&answered, &out), 0);
    CHECK_INT(ask_answer_decode(out.data, out.len, &back, &why, NULL), 0);
    CHECK_INT(why, ASK_ANSWERED);
    CHECK(back.spoken && back.n == 0 && back.at == answered.at);
    CHECK_INT(back.told.kind, SPEAK_REPORT);
    CHECK_INT(back.told.stage, MY_SPOKEN_ANSWERED);
    CHECK(back.told.said_ms == answered.told.said_ms && back.told.provisional);
    CHECK(date_compare(back.told.due, answered.told.due) == 0 &&
          date_compare(back.told.answered_on, answered.told.answered_on) == 0);
    CHECK_STR(back.told.post, answered.told.post);
    CHECK_STR(back.told.words, answered.told.words);
    buf_finish(&out);
}

#define SPOKEN(kind, stage, rest)                                                                                           \
    "{\"v\":1,\"at\":1,\"spoken\":{\"kind\":\"" kind "\",\"stage\":\"" stage "\",\"said\":1,\"provisional\":false," rest "}}"

TEST(what_is_no_such_answer)
{
    static const char *const texts[] = {SPOKEN("shout", "new", "\"post\":\"\",\"words\":\"\""),
                                        SPOKEN("report", "lost", "\"post\":\"\",\"words\":\"\""),
                                        SPOKEN("report", "new", "\"post\":\"\""),
                                        SPOKEN("report", "new", "\"post\":\"\",\"words\":\"\",\"name\":\"x\""),
                                        SPOKEN("report", "new", "\"post\":\"\",\"words\":\"\",\"due\":\"2026-02-30\""),
                                        "{\"v\":1,\"at\":1,\"spoken\":7}",
                                        "{\"v\":1,\"at\":1,\"spoken\":{},\"cases\":[]}"};
    static struct my_cases back;
    enum ask_reason why;

    CHECK_INT(ask_answer_decode(SPOKEN("report", "new", "\"post\":\"\",\"words\":\"\""),
                                strlen(SPOKEN("report", "new", "\"post\":\"\",\"words\":\"\"")), &back, &why, NULL),
              0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_answer_decode(texts[i], strlen(texts[i]), &back, &why, NULL) < 0);
}

TEST(every_reason)
{
    enum ask_reason why;
    struct buf text;

    for (enum ask_reason r = ASK_ANSWERED + 1; r < ASK_REASONS; r++) {
        buf_init(&text, ASK_ANSWER_MAX);
        CHECK_INT(ask_reason_encode(r, 77, &text), 0);
        CHECK_INT(ask_answer_decode(text.data, text.len, &heard, &why, NULL), 0);
        CHECK(why == r && heard.at == 77 && heard.n == 0);
        buf_finish(&text);
    }
    CHECK(!ask_reason_by_word("", &why) && !ask_reason_by_word("nonsense", &why));
}

/* Who opened a case makes way for the cases, and how often stays. */
TEST(openings_make_way)
{
    enum ask_reason why;
    struct buf text;

    buf_init(&text, ASK_ANSWER_MAX);
    memset(&told, 0, sizeof told);
    told.n = MY_CASES_MAX;
    for (int i = 0; i < told.n; i++) {
        fill_case(&told.list[i], i);
        told.list[i].openings = 9;
        told.list[i].n_opened = MY_CASE_OPENED_MAX;
        memset(told.list[i].words, 'w', 700 / 2);
        for (int k = 0; k < MY_CASE_OPENED_MAX; k++) {
            told.list[i].opened[k].at = 100 - k;
            memset(told.list[i].opened[k].why, 'y', 120);
            memset(told.list[i].opened[k].post, 'p', 60);
            memset(told.list[i].opened[k].who, 'o', 60);
        }
    }
    CHECK_INT(ask_answer_encode(&told, &text), 0);
    CHECK_INT(ask_answer_decode(text.data, text.len, &heard, &why, NULL), 0);
    CHECK(heard.n == MY_CASES_MAX && !heard.more);
    for (int i = 0; i < heard.n; i++) {
        CHECK_INT(heard.list[i].openings, 9);
        CHECK(heard.list[i].n_opened > 0 && heard.list[i].n_opened < MY_CASE_OPENED_MAX);
        CHECK_INT(heard.list[i].opened[0].at, 100);
    }
    buf_finish(&text);
}

/* A hall of before says how often alone; one of tomorrow says more than this terminal knows. */
TEST(older_and_newer_halls)
{
    static const char form[] =
        "{\"v\":1,\"at\":1,\"more\":false,\"cases\":[{\"number\":\"" NUMBER
        "\",\"item\":\"x\",\"item_name\":\"a\",\"dept_name\":\"b\",\"phone\":\"\",\"stage\":\"new\","
        "\"handed_in\":1,\"steps\":[],\"missing\":\"\",\"can_supplement\":false,\"words\":\"\","
        "\"decided\":false,\"granted\":false,\"paper_code\":\"\",\"check_code\":\"\",\"openings\":2%s}]}";
    static const struct {
        const char *more;
        int opened; /* -1: refused */
    } list[] = {
        {"", 0},
        {",\"opened\":[]", 0},
        {",\"opened\":[{\"at\":5,\"post\":\"p\",\"who\":\"w\",\"why\":\"y\",\"door\":3}],\"mood\":{\"a\":1}", 1},
        {",\"opened\":{}", -1},
        {",\"opened\":[{\"at\":5,\"post\":\"p\",\"who\":\"w\"}]", -1},
        {",\"opened\":[{\"at\":-1,\"post\":\"p\",\"who\":\"w\",\"why\":\"y\"}]", -1},
        {",\"opened\":[1,2,3,4,5]", -1},
    };
    enum ask_reason why;
    char text[1024];

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        snprintf(text, sizeof text, form, list[i].more);
        int rc = ask_answer_decode(text, strlen(text), &heard, &why, NULL);
        if (list[i].opened < 0) {
            CHECK(rc < 0);
            continue;
        }
        CHECK_INT(rc, 0);
        CHECK(heard.n == 1 && heard.list[0].openings == 2);
        CHECK_INT(heard.list[0].n_opened, list[i].opened);
    }
}

/* Twelve of the longest do not fit: the newest do, and it is said that there are more. */
TEST(the_newest_that_fit)
{
    enum ask_reason why;
    struct buf text;

    buf_init(&text, ASK_ANSWER_MAX);
    memset(&told, 0, sizeof told);
    told.n = MY_CASES_MAX;
    for (int i = 0; i < told.n; i++) {
        fill_case(&told.list[i], i);
        memset(told.list[i].missing, '"', MY_CASE_WORDS_MAX);
        memset(told.list[i].words, '\\', MY_CASE_WORDS_MAX);
        memset(told.list[i].opened, 0, sizeof told.list[i].opened);
        told.list[i].n_opened = 0;
    }
    CHECK_INT(ask_answer_encode(&told, &text), 0);
    CHECK_INT(ask_answer_decode(text.data, text.len, &heard, &why, NULL), 0);
    CHECK(heard.n > 4 && heard.n < MY_CASES_MAX && heard.more);
    told.n = heard.n;
    told.more = true;
    check_same(&heard, &told);
    buf_finish(&text);
}

TEST(answers_that_are_none)
{
    static const char *const texts[] = {
        "{}",
        "{\"v\":1,\"at\":1}",
        "{\"v\":1,\"at\":1,\"reason\":\"because\"}",
        "{\"v\":1,\"at\":1,\"reason\":\"hall-busy\",\"cases\":[]}",
        "{\"v\":1,\"at\":1,\"more\":false,\"cases\":[{}]}",
        "{\"v\":1,\"at\":1,\"more\":false,\"cases\":{}}",
        "{\"v\":1,\"at\":1,\"more\":0,\"cases\":[]}",
        "{\"v\":2,\"at\":1,\"more\":false,\"cases\":[]}",
    };
    enum ask_reason why;
    struct buf text;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(ask_answer_decode(texts[i], strlen(texts[i]), &heard, &why, NULL) < 0);
    buf_init(&text, ASK_ANSWER_MAX); /* and one that was good, with another stage */
    memset(&told, 0, sizeof told);
    told.n = 1;
    fill_case(&told.list[0], 0);
    CHECK_INT(ask_answer_encode(&told, &text), 0);
    char *stage = strstr((char *)text.data, "supplement-asked");
    CHECK(stage != NULL);
    if (stage)
        stage[0] = 'S';
    CHECK(ask_answer_decode(text.data, text.len, &heard, &why, NULL) < 0);
    buf_finish(&text);
}

TEST(a_whole_conversation)
{
    static uint8_t bytes[ASK_REPLY_MAX];
    struct ask_sealed s;
    struct seal_reply asking, answering;
    struct ask_question q;
    struct buf plain, sealed, text, opened;
    size_t len = 0;

    buf_init(&plain, ASK_ANSWER_MAX + SEAL_PAD);
    buf_init(&sealed, ASK_REPLY_MAX);
    buf_init(&text, ASK_ANSWERED_MAX);
    buf_init(&opened, ASK_ANSWER_MAX + SEAL_PAD);
    sealed_of(&by_number, "t-1", &s, &asking);
    CHECK_INT(ask_open(hall, "t-1", &s, &q, &answering, NULL), 0);
    for (size_t i = 0; i < ASK_ANSWER_MAX; i++) /* the longest there can be */
        buf_addc(&plain, 'x');
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal_reply(&answering, plain.data, plain.len, &sealed, NULL), 0);
    CHECK_INT(ask_answered_encode(sealed.data, sealed.len, &text), 0);
    CHECK_INT(ask_answered_decode(text.data, text.len, bytes, &len, NULL), 0);
    CHECK_INT(seal_reply_open(&asking, bytes, len, &opened, NULL), 0);
    CHECK_INT(seal_unpad(&opened, NULL), 0);
    CHECK_INT(opened.len, ASK_ANSWER_MAX);
    CHECK(ask_answered_decode("{\"v\":1,\"answer\":\"00\"}", 21, bytes, &len, NULL) < 0);
    CHECK(ask_answered_decode("{\"v\":1}", 7, bytes, &len, NULL) < 0);
    buf_finish(&plain);
    buf_finish(&sealed);
    buf_finish(&text);
    buf_finish(&opened);
}

TEST_MAIN(SETUP(a_key), T(a_question_opens_at_the_hall), T(nobody_elses_question_opens), T(questions_that_are_none),
          T(what_comes_is_bounded), T(an_answer_comes_as_it_was_given), T(no_cases_is_an_answer_too),
          T(a_code_opens_at_the_hall), T(what_became_of_it), T(what_is_no_such_answer), T(every_reason),
          T(openings_make_way), T(older_and_newer_halls), T(the_newest_that_fit), T(answers_that_are_none),
          T(a_whole_conversation), TEARDOWN(no_key))
