/* SPDX-License-Identifier: Apache-2.0
 *
 * What the staff's pages send: read strictly, and nothing else.
 */
#include "test.h"

#include "tools/hall/staff/ask_wire.h"

#define ID "\"id\":\"000102030405060708090a0b0c0d0e0f\""
#define NUMBER "1103001260105000018"

static int sign(const char *json, struct sign_in *ret)
{
    return sign_in_decode(json, strlen(json), ret, NULL);
}

TEST(sign_in)
{
    struct sign_in s;
    CHECK_INT(sign("{\"id\":\"0417\",\"passphrase\":\"春眠不觉晓\",\"code\":\"123456\"}", &s), 0);
    CHECK_STR(s.id, "0417");
    CHECK_STR(s.passphrase, "春眠不觉晓");
    CHECK_STR(s.code, "123456");
    CHECK_STR(s.once, "");
    CHECK(sign("{\"id\":\"04 17\",\"passphrase\":\"x\",\"code\":\"123456\"}", &s) < 0);
    CHECK_STR(s.passphrase, ""); /* nothing is left of what was refused */
    CHECK(sign("{\"id\":\"0417\",\"passphrase\":\"x\",\"code\":\"12345\"}", &s) < 0);
    CHECK(sign("{\"id\":\"0417\",\"passphrase\":\"\",\"code\":\"123456\"}", &s) < 0);
    CHECK(sign("{\"id\":\"0417\",\"passphrase\":\"x\"}", &s) < 0);
    CHECK(sign("{\"id\":\"0417\",\"passphrase\":\"x\",\"code\":\"123456\",\"once\":\"A\"}", &s) < 0);
    CHECK(sign("", &s) < 0);
}

TEST(join)
{
    static const char first[] = "{\"id\":\"0417\",\"passphrase\":\"x\",\"once\":\"K7QF-M2XD-WH3R-9TAB\"}";
    static const char none[] = "{\"id\":\"0417\",\"passphrase\":\"x\",\"code\":\"123456\"}";
    struct sign_in s;
    CHECK_INT(sign_in_join_decode(first, sizeof first - 1, &s, NULL), 0);
    CHECK_STR(s.once, "K7QF-M2XD-WH3R-9TAB");
    CHECK_STR(s.code, "");
    CHECK(sign_in_join_decode(none, sizeof none - 1, &s, NULL) < 0);
}

static int act(const char *json, struct act_ask *ret)
{
    return act_ask_decode(json, strlen(json), ret, NULL);
}

TEST(an_event)
{
    struct act_ask a;
    CHECK_INT(act("{" ID ",\"version\":3}", &a), 0);
    CHECK_INT(a.version, 3);
    CHECK_INT(a.id[15], 15);
    CHECK_INT(a.procedure, PROCEDURES);
    CHECK_INT(a.result, CASE_RESULT_NONE);
    CHECK_INT(act("{" ID
                  ",\"version\":3,\"words\":\"已核\",\"law\":\"某法\",\"to\":\"李四\",\"procedure\":\"hearing\",\"days\":5,"
                  "\"unit\":\"calendar-day\",\"result\":\"denied\"}",
                  &a),
              0);
    CHECK_STR(a.words, "已核");
    CHECK_STR(a.to, "李四");
    CHECK_INT(a.procedure, PROCEDURE_hearing);
    CHECK_INT(a.days, 5);
    CHECK_INT(a.unit, DAY_CALENDAR);
    CHECK_INT(a.result, CASE_DENIED);
}

TEST(no_event)
{
    static const char *const bad[] = {"{\"version\":3}",
                                      "{" ID "}",
                                      "{" ID ",\"version\":-1}",
                                      "{" ID ",\"version\":\"3\"}",
                                      "{\"id\":\"00\",\"version\":3}",
                                      "{\"id\":\"zz0102030405060708090a0b0c0d0e0f\",\"version\":3}",
                                      "{" ID ",\"version\":3,\"procedure\":\"tea\"}",
                                      "{" ID ",\"version\":3,\"unit\":\"week\"}",
                                      "{" ID ",\"version\":3,\"result\":\"maybe\"}",
                                      "{" ID ",\"version\":3,\"days\":100000}",
                                      "{" ID ",\"version\":3,\"staff\":\"somebody else\"}"};
    struct act_ask a;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(act(bad[i], &a) < 0);
}

TEST(an_opening)
{
    static const char *const bad[] = {"",
                                      "{}",
                                      "{\"reason\":\"\"}",
                                      "{\"reason\":\"  \"}",
                                      "{\"reason\":1}",
                                      "[\"核对\"]",
                                      "{\"reason\":\"a\\nb\"}",
                                      "{\"reason\":\"a\",\"staff\":\"b\"}"};
    static const char good[] = "{\"reason\":\"作决定前核对\"}";
    char most[CASE_WORDS_MAX + 40];
    struct open_ask a;
    CHECK_INT(open_ask_decode(good, sizeof good - 1, &a, NULL), 0);
    CHECK_STR(a.reason, "作决定前核对");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(open_ask_decode(bad[i], strlen(bad[i]), &a, NULL) < 0);
        CHECK_STR(a.reason, "");
    }
    snprintf(most, sizeof most, "{\"reason\":\"%0*d\"}", CASE_WORDS_MAX, 0);
    CHECK_INT(open_ask_decode(most, strlen(most), &a, NULL), 0);
    snprintf(most, sizeof most, "{\"reason\":\"%0*d\"}", CASE_WORDS_MAX + 1, 0);
    CHECK(open_ask_decode(most, strlen(most), &a, NULL) < 0);
}

TEST(a_paper)
{
    static const char *const none[] = {"",
                                       NUMBER,
                                       NUMBER "/",
                                       NUMBER "/acceptance",
                                       NUMBER "/acceptance.",
                                       NUMBER "/acceptance.doc",
                                       NUMBER "/praise.pdf",
                                       NUMBER "/.pdf",
                                       NUMBER "/acceptance.pdf/x",
                                       NUMBER "/acceptanceacceptanceacceptance.pdf",
                                       "1103001260105000019/acceptance.pdf"};
    static const char name[] = "{\"name\":\"测试甲\"}";
    char number[CASE_NUMBER_LEN + 1];
    struct print_ask p = {.name = ""};
    int office = 0;
    CHECK(print_path_decode(NUMBER "/decision.html", number, &office, &p));
    CHECK_STR(number, NUMBER);
    CHECK_INT(office, 1103);
    CHECK_INT(p.kind, PAPER_decision);
    CHECK(p.page);
    CHECK(print_path_decode(NUMBER "/acceptance.pdf", number, &office, &p) && !p.page);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(!print_path_decode(none[i], number, &office, &p));
    CHECK_INT(print_ask_decode(name, sizeof name - 1, &p, NULL), 0);
    CHECK_STR(p.name, "测试甲");
    CHECK(print_ask_decode("{}", 2, &p, NULL) < 0);
    CHECK_STR(p.name, "");
}

static int press(const char *json, struct press_ask *ret)
{
    return press_ask_decode(json, strlen(json), ret, NULL);
}

TEST(a_press)
{
    static const char *const bad[] = {"{}",
                                      "{\"window\":0}",
                                      "{\"window\":1000}",
                                      "{\"window\":\"3\"}",
                                      "{\"window\":3,\"queues\":\"a  b\"}",
                                      "{\"window\":3,\"queues\":\" a\"}",
                                      "{\"window\":3,\"queues\":\"a \"}",
                                      "{\"window\":3,\"queues\":\"A\"}",
                                      "{\"window\":3,\"queues\":\"abcdefghijklmnopqrstuvwx\"}",
                                      "{\"window\":3,\"to\":\"a b\"}",
                                      "{\"window\":3,\"queue\":\"../x\"}",
                                      "{\"window\":3,\"number\":\"A 0320000000000\"}",
                                      "{\"window\":3,\"staff\":\"x\"}"};
    struct press_ask p;
    CHECK_INT(press("{\"window\":3}", &p), 0);
    CHECK_INT(p.window, 3);
    CHECK_STR(p.at, "");
    CHECK_STR(p.queues, "");
    CHECK_INT(press("{\"window\":999,\"at\":\"general/A 032\",\"queues\":\"general priority_2\",\"queue\":\"general\","
                    "\"number\":\"A 032\",\"to\":\"insurance\"}",
                    &p),
              0);
    CHECK_STR(p.at, "general/A 032");
    CHECK_STR(p.queues, "general priority_2");
    CHECK_STR(p.number, "A 032");
    CHECK_STR(p.to, "insurance");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (press(bad[i], &p) == 0)
            printf("# taken: %s\n", bad[i]);
        CHECK(press(bad[i], &p) < 0);
    }
}

TEST(a_report)
{
    static const char *const bad[] = {"{}",
                                      "{\"period\":\"\"}",
                                      "{\"period\":2026}",
                                      "{\"period\":\"2026-0001\"}",
                                      "[]",
                                      "{\"period\":\"2026\",\"data\":\"/\"}"};
    struct report_ask r;
    struct err e = {0};
#define REPORT(text) report_ask_decode(text, strlen(text), &r, &e)
    CHECK_INT(REPORT("{\"period\":\"2026-Q1\",\"by\":\"item\",\"figure\":\"on-time\",\"department\":\"--data=x\"}"), 0);
    CHECK_STR(r.period, "2026-Q1");
    CHECK_STR(r.figure, "on-time");
    CHECK_STR(r.department, "--data=x"); /* a value, whatever it looks like */
    CHECK_STR(r.after, "");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(REPORT(bad[i]) < 0);
}

TEST(an_account)
{
    static const char *const bad[] = {"{}",
                                      "{\"id\":\"\"}",
                                      "{\"id\":\"a b\"}",
                                      "{\"id\":\"a\",\"role\":\"king\"}",
                                      "{\"id\":\"a\",\"name\":\"x\\ny\"}",
                                      "{\"id\":\"a\",\"state\":\"active\"}"};
    struct people_ask p;
    struct err e = {0};
#define PEOPLE(text) people_ask_decode(text, strlen(text), &p, &e)
    CHECK_INT(PEOPLE("{\"id\":\"0417\"}"), 0);
    CHECK_INT(p.role, ROLES);
    CHECK_INT(PEOPLE("{\"id\":\"0417\",\"name\":\"测试卯\",\"post\":\"受理岗\",\"role\":\"window\"}"), 0);
    CHECK_STR(p.name, "测试卯");
    CHECK_INT(p.role, ROLE_WINDOW);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(PEOPLE(bad[i]) < 0);
}

TEST(what_was_said)
{
    char number[SPEAK_NUMBER_LEN + 1];
    enum complaint_event_kind kind;
    struct said_ask s;
    struct err e = {0};
    int office;
    CHECK_INT(said_ask_decode("{}", 2, &s, &e), 0);
    CHECK_INT(s.why, COMPLAINT_WHY_NONE);
    CHECK(said_ask_decode("{\"why\":\"x\"}", 11, &s, &e) < 0);
    CHECK(said_path_decode("110300100001/answer", number, &office, &kind));
    CHECK_STR(number, "110300100001");
    CHECK_INT(office, 1103);
    CHECK_INT(kind, COMPLAINT_EVENT_ANSWER);
    CHECK(said_path_decode("110300100001", number, &office, &kind) && kind == COMPLAINT_EVENTS);
    CHECK(!said_path_decode("110300100001/", number, &office, &kind));
    CHECK(!said_path_decode("110300100001/sing", number, &office, &kind));
    CHECK(!said_path_decode("11030010000/answer", number, &office, &kind));
    CHECK(!said_path_decode("1103001000011/answer", number, &office, &kind));
    CHECK(!said_path_decode("", number, &office, &kind));
}

TEST(a_path)
{
    char number[CASE_NUMBER_LEN + 1];
    enum case_event_kind kind;
    bool tacit;
    int office;
    CHECK(act_path_decode(NUMBER "/decide", number, &office, &kind, &tacit));
    CHECK_STR(number, NUMBER);
    CHECK_INT(office, 1103);
    CHECK_INT(kind, CASE_EVENT_DECIDE);
    CHECK(!tacit);
    CHECK(act_path_decode(NUMBER "/tacit", number, &office, &kind, &tacit) && tacit);
    CHECK(!act_path_decode(NUMBER "/decide-tacit", number, &office, &kind, &tacit));
    CHECK(!act_path_decode(NUMBER "/", number, &office, &kind, &tacit));
    CHECK(!act_path_decode(NUMBER, number, &office, &kind, &tacit));
    CHECK(!act_path_decode("1103001260105000019/decide", number, &office, &kind, &tacit));
    CHECK(!act_path_decode("/decide", number, &office, &kind, &tacit));
    CHECK(!act_path_decode("", number, &office, &kind, &tacit));
}

TEST(a_cookie)
{
    uint8_t hash[SHA256_LEN], same[SHA256_LEN];
#define TOKEN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
    CHECK(session_cookie_decode("__Host-tongban=" TOKEN, hash));
    CHECK(session_cookie_decode("a=b; __Host-tongban=" TOKEN "; c=d", same));
    CHECK_MEM(hash, same, sizeof hash);
    CHECK(!session_cookie_decode(NULL, hash));
    CHECK(!session_cookie_decode("", hash));
    CHECK(!session_cookie_decode("__Host-tongban=", hash));
    CHECK(!session_cookie_decode("__Host-tongban=0011", hash));
    CHECK(!session_cookie_decode("x__Host-tongban=" TOKEN, hash));
    CHECK(!session_cookie_decode("__Host-tongban=" TOKEN "00", hash));
    CHECK(!session_cookie_decode(";;; ;", hash));
}

TEST(a_cookie_counts_where_it_was_given)
{
    static const char *const owners[] = {"10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8:0:1::1", ""};
    uint8_t hashes[sizeof owners / sizeof *owners][SHA256_LEN] = {{0}}, again[SHA256_LEN] = {0};

    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        session_bind(hashes[i], owners[i]);
        for (size_t k = 0; k < i; k++)
            CHECK(memcmp(hashes[i], hashes[k], SHA256_LEN) != 0);
    }
    session_bind(again, "2001:db8::2"); /* a machine of version 6 has another address each day */
    CHECK_MEM(again, hashes[2], sizeof again);
}

TEST_MAIN(T(sign_in), T(join), T(an_event), T(no_event), T(an_opening), T(a_paper), T(a_press), T(a_report), T(an_account),
          T(what_was_said), T(a_path), T(a_cookie), T(a_cookie_counts_where_it_was_given))
