/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole errand by the shipping hall, hall-open, hallctl and kiosk-sync's HTTP: a terminal hands in, asks for the person's
 * cases by card and by number, hands in a supplement, is told the decision; and all that must not be told. The terminal here
 * is the test, which seals and opens as kiosk does.
 */
#include "hall/asking_terminal.h"
#include "wire/ask_appointment.h"
#include "wire/ask_licence.h"

/* --- programs --- */

static bool opener_serves(void *ctx)
{
    return access(stage_path("ask.sock"), F_OK) == 0;
}

static void opener_start(void)
{
    unlink(stage_path("ask.sock"));
    opener = stage_start("open.out", "open.log", -1, "hall-open", "--keys", stage_path("open"), "--log",
                         stage_path("openings.log"), "--socket", stage_path("open.sock"), "--ask", stage_path("ask.sock"),
                         NULL);
    CHECK(stage_until(opener_serves, NULL));
}

static void opener_end(void)
{
    CHECK_INT(stage_end(opener, SIGTERM), 0);
}

/* Records whose index is made, or wanted. */
static int count_rows(bool made)
{
    struct store *s = NULL;
    struct sql_rows *r = NULL;
    struct err e = {0};
    int n = -1;

    if (store_open(stage_path("hall"), &s, &e) == 0 &&
        sql_select(store_sql(s), &r, &e, "SELECT count(*) FROM record_index WHERE state=$1", "i", (int64_t)made) == 0 &&
        sql_next(r, &e) == 1)
        n = (int)sql_int(r, 0);
    sql_done(r);
    store_close(s);
    return n;
}

static bool indexed(void *ctx)
{
    return count_rows(true) >= *(int *)ctx;
}

static bool alerted(void *ctx)
{
    return stage_run("hallctl", "alerts", "--data", stage_path("hall"), NULL) == 0 && strstr(stage_read("out"), ctx) != NULL;
}

/* A verb of `hallctl case` on case i, by who answers for it; its exit code. */
static int staff(const char *verb, int i, const char *option, const char *value)
{
    return stage_run("hallctl", "case", verb, numbers[i], "--data", stage_path("hall"), "--staff", "李四", "--post",
                     "接待岗", option, value, NULL);
}

static int open_case(int i)
{
    return stage_run("hallctl", "case", "open", numbers[i], "--data", stage_path("hall"), "--staff", "李四", "--post",
                     "接待岗", "--reason", "受理前核对", "--socket", stage_path("open.sock"), NULL);
}

/* --- the tests --- */

static void read_terminal(void)
{
    struct err e = {0};

    CHECK_INT(terminal_config_read(stage_path("data/terminal.json"), &terminal, &e), 0);
    CHECK_INT(verify_root(stage_path("data"), &root, NULL, &e), 0);
    CHECK_STR(e.text, "");
    for (int i = 1; i < 4; i++) {
        const struct case_number n = {.office = terminal.office,
                                      .registration = terminal.registration,
                                      .day = date_of_ms(clock_wall_ms()),
                                      .serial = i};
        case_number_format(&n, numbers[i]);
    }
}

static void publish(const char *folder, const char *version)
{
    char items[500];

    snprintf(items, sizeof items, "%s/../../tests/catalogues/%s", stage_build, folder);
    CHECK_INT(stage_run("hallctl", "catalog", "build", items, "--out", stage_path("c.db"), "--version", version, NULL), 0);
    CHECK_INT(stage_run("hallctl", "catalog", "sign", stage_path("c.db"), "--keys", stage_path("keys"), "--data",
                        stage_path("hall"), NULL),
              0);
    CHECK_INT(stage_run("hallctl", "catalog", "publish", "--data", stage_path("hall"), NULL), 0);
    snprintf(items, sizeof items, "catalogue %s has", version);
    CHECK(stage_wait_text("hall.log", items, 1));
}

/* A client with a whole burst of questions (sync/pace.h). */
static void connect_http(void)
{
    struct buf identity;
    char ca[512];

    http_destroy(http);
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, NULL), 0);
    const struct http_config with = {.base = hall.url, .ca = ca, .identity = &identity};
    CHECK_INT(http_create(loop, &with, &http, NULL), 0);
    buf_finish(&identity);
}

TEST(setup)
{
    struct public_key pub;
    uint8_t epoch[EPOCH_LEN];

    stage_open();
    CHECK(enrolled_hall(&hall));
    mkdir(stage_path("open"), 0700);
    CHECK_INT(rename(stage_path("keys/sealing.pem"), stage_path("open/sealing.pem")), 0);
    CHECK_INT(rename(stage_path("keys/ask.pem"), stage_path("open/ask.pem")), 0);
    publish("booking", "1");
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &signing));
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    read_terminal();
    text_copy(item_code, sizeof item_code, ITEM);
    item_version = 3;
    key_public(signing, &pub);
    chain_start(terminal.terminal, terminal.epoch, &pub, hashes[0]);
    loop = loop_create();
    connect_http();
}

TEST(before_hall_open_runs)
{
    apply(1, CITIZEN);
    CHECK_INT(ask(by_card(CITIZEN)), ASK_REASONS);
    CHECK_INT(status, 502);
    CHECK_INT(count_rows(false), 1);
}

TEST(who_has_a_card)
{
    int one = 1;

    opener_start();
    CHECK(stage_until(indexed, &one)); /* caught up */
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK_INT(told.n, 1);
    CHECK_STR(told.list[0].number, numbers[1]);
    CHECK_STR(told.list[0].item, item_code);
    CHECK(told.list[0].item_name[0] && told.list[0].dept_name[0]);
    CHECK_INT(told.list[0].stage, MY_CASE_NEW);
    CHECK(told.list[0].n_steps >= 2 && told.list[0].steps[0].done && !told.list[0].steps[1].done);
    CHECK_INT(ask(by_card(OTHER_CITIZEN)), ASK_ANSWERED);
    CHECK_INT(told.n, 0);
}

TEST(who_knows_number_and_phone)
{
    CHECK_INT(ask(by_number(numbers[1], "0123")), ASK_ANSWERED);
    CHECK(told.n == 1 && strcmp(told.list[0].number, numbers[1]) == 0);
    CHECK_INT(ask(by_number(numbers[1], "0124")), ASK_PHONE_DIFFERS);
    CHECK_INT(told.n, 0);
    CHECK_INT(ask(by_number(numbers[2], "0123")), ASK_NO_SUCH_CASE);
}

TEST(a_supplement_is_asked_for_and_comes)
{
    int two = 2;

    CHECK_INT(staff("receive", 1, "--office", "1103"), 0);
    CHECK_INT(staff("supplement", 1, "--reason", "新地址的证明"), 0);
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK_INT(told.list[0].stage, MY_CASE_ASKED);
    CHECK_STR(told.list[0].missing, "新地址的证明");
    CHECK(told.list[0].can_supplement);
    supplement(1, CITIZEN, "门牌改为三号");
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK_INT(told.list[0].stage, MY_CASE_RECEIVED);
    CHECK(!told.list[0].can_supplement && !told.list[0].missing[0]);
    CHECK_INT(told.list[0].steps[2].kind, MY_STEP_SUPPLIED);
    CHECK(told.list[0].steps[2].done);
    CHECK(stage_until(indexed, &two));
    /* once more: kept, marked, and staff hear of it */
    supplement(1, CITIZEN, "还有一份");
    CHECK_INT(stage_run("hallctl", "records", "--data", stage_path("hall"), NULL), 0);
    CHECK_INT(stage_count(stage_read("out"), "unasked"), 1);
    CHECK(stage_until(alerted, (void *)"supplement-unasked"));
}

TEST(staff_read_it)
{
    int three = 3;

    CHECK(stage_until(indexed, &three));
    CHECK_INT(open_case(1), 0);
    const char *out = stage_read("out");
    CHECK(strstr(out, "早日办好") && strstr(out, "门牌改为三号") && strstr(out, "还有一份"));
    CHECK(strstr(out, "not asked for"));
    CHECK_INT(stage_run("hallctl", "case", "show", numbers[1], "--data", stage_path("hall"), NULL), 0);
    CHECK(strstr(stage_read("out"), ENROLLED_TERMINAL));
}

TEST(decided)
{
    CHECK_INT(staff("accept", 1, NULL, NULL), 0);
    CHECK_INT(staff("examine", 1, "--reason", "符合条件"), 0);
    CHECK_INT(staff("decide", 1, "--result", "granted"), 0);
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    const struct my_case *c = &told.list[0];
    CHECK(c->stage == MY_CASE_DECIDED && c->decided && c->granted);
    CHECK_INT(date_compare(c->decided_on, date_of_ms(clock_wall_ms())), 0);
    CHECK_INT(c->openings, 1);
    CHECK_INT(c->n_opened, 1);
    CHECK_STR(c->opened[0].who, "李*");
    CHECK_STR(c->opened[0].post, "接待岗");
    CHECK_STR(c->opened[0].why, "受理前核对");
    CHECK_INT(date_compare(date_of_ms(c->opened[0].at), date_of_ms(clock_wall_ms())), 0);
    CHECK(strstr(c->paper_code, c->check_code) && c->check_code[0]);
    CHECK_INT(
        stage_run("hallctl", "case", "verify-paper", c->paper_code, "--root", stage_path("hall/public/root.json"), NULL), 0);
}

/* The newest four, names masked, a long reason cut behind a whole character; how often is told all the same. */
TEST(who_opened_it)
{
    char reason[CASE_WORDS_MAX + 1] = "";

    for (int i = 0; i < 100; i++)
        strcat(reason, "因");
    for (int i = 0; i < 4; i++)
        CHECK_INT(stage_run("hallctl", "case", "open", numbers[1], "--data", stage_path("hall"), "--staff", "欧阳小李",
                            "--post", "审核岗", "--reason", reason, "--socket", stage_path("open.sock"), NULL),
                  0);
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    const struct my_case *c = &told.list[0];
    CHECK_INT(c->openings, 5);
    CHECK_INT(c->n_opened, MY_CASE_OPENED_MAX);
    CHECK_STR(c->opened[0].who, "欧**李");
    CHECK_STR(c->opened[3].post, "审核岗");
    CHECK(strlen(c->opened[0].why) < sizeof c->opened[0].why && utf8_valid(c->opened[0].why, strlen(c->opened[0].why)));
    CHECK(strlen(c->opened[0].why) > 110 && strcmp(strrchr(c->opened[0].why, '\0') - 3, "…") == 0);
    CHECK(c->opened[0].at >= c->opened[3].at);
}

/* Central staff without a key: hall-open opens what they name, and writes down who asked. */
#define RECOVERY "000011-720885-110000-000000-123453-065538-330330-000022"
TEST(what_hallctl_opens_by_hall_open)
{
    const char *const who[] = {"--data", stage_path("hall"), "--socket", stage_path("open.sock")};

    hand_in(RECORD_DISK_KEY, "",
            "{\"v\":1,\"recovery\":\"" RECOVERY
            "\",\"release\":\"0102030000000000000000000000000000000000000000000000000000000000\"}");
    CHECK_INT(stage_run("hallctl", "recovery", terminal.terminal, who[0], who[1], who[2], who[3], "--staff", "王五",
                        "--post", "运维", "--reason", "TPM 被清", NULL),
              0);
    CHECK(strstr(stage_read("out"), RECOVERY));
    CHECK_INT(stage_run("hallctl", "release", terminal.terminal, "ACHK", "unknown", who[0], who[1], who[2], who[3],
                        "--staff", "王五", "--post", "运维", "--reason", "换盘", NULL),
              0);
    CHECK_INT(stage_run("hallctl", "open", numbers[1], who[0], who[1], who[2], who[3], "--staff", "王五", "--post", "督查",
                        "--reason", "核查投诉", NULL),
              0);
    CHECK(strstr(stage_read("out"), "早日办好"));
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK_STR(told.list[0].opened[0].post, "督查");
    CHECK_INT(told.list[0].openings, 6);
    /* nobody is opened for nobody */
    CHECK_INT(stage_run("hallctl", "open", numbers[1], who[0], who[1], who[2], who[3], "--reason", "核查", NULL), 2);
    CHECK_INT(stage_run("hallctl", "open", numbers[1], who[0], who[1], who[2], who[3], "--reason", "核查", "--keys",
                        stage_path("open"), NULL),
              2);
    const char *log = stage_read("openings.log");
    CHECK(
        strstr(log, "\"terminal\":\"" ENROLLED_TERMINAL "\",\"staff\":\"王五\",\"post\":\"运维\",\"reason\":\"TPM 被清\""));
    CHECK(!strstr(log, RECOVERY));
}

TEST(a_hall_that_was_killed_knows_all_of_it)
{
    stage_hall_end(&hall, SIGKILL);
    CHECK(stage_hall_start(&hall));
    connect_http();
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK(told.n == 1 && told.list[0].decided);
    /* and what is derived is derived anew without what is not */
    stage_hall_end(&hall, SIGTERM);
    CHECK_INT(stage_run("hallctl", "rebuild", "--data", stage_path("hall"), NULL), 0);
    CHECK(stage_hall_start(&hall));
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK(told.n == 1 && told.list[0].decided);
}

/* --- what must not be told --- */

TEST(forged)
{
    struct ask_question q = by_card(CITIZEN);
    struct private_key *other = NULL;
    struct public_key pub;

    seal_question(&q, "t-1103-004", &root.ask.key); /* another terminal's question, brought by this one */
    send_question();
    CHECK_INT(status, 422);
    seal_question(&q, terminal.terminal, &root.ask.key);
    question.sealed[80] ^= 1;
    send_question();
    CHECK_INT(status, 422);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(other, &pub);
    key_free(other);
    seal_question(&q, terminal.terminal, &pub);
    send_question();
    CHECK_INT(status, 422);
    post("/v1/ask", "{\"v\":1}", 7);
    CHECK_INT(status, 400);
    CHECK(stage_until(alerted, (void *)"question-forged"));
    CHECK(stage_until(alerted, (void *)"question-no-key"));
}

TEST(replayed)
{
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    send_question(); /* the same bytes */
    CHECK_INT(open_answer(), ASK_TIME_DIFFERS);
    CHECK_INT(told.n, 0);
}

TEST(hall_open_dies)
{
    int four = 4;

    opener_end();
    CHECK_INT(ask(by_card(CITIZEN)), ASK_REASONS);
    CHECK_INT(status, 502);
    CHECK(stage_until(alerted, (void *)"opener-away"));
    apply(2, CITIZEN);
    opener_start();
    CHECK(stage_until(indexed, &four));
    CHECK_INT(ask(by_card(CITIZEN)), ASK_ANSWERED);
    CHECK_INT(told.n, 2);
    CHECK_STR(told.list[0].number, numbers[2]); /* the newest first */
}

TEST(too_many_tries)
{
    enum ask_reason why = ASK_PHONE_DIFFERS;
    int n = 1; /* one was made by_number */

    for (; n < 10 && why == ASK_PHONE_DIFFERS; n++)
        why = ask(by_number(numbers[1], "9999"));
    CHECK_INT(why, ASK_TOO_MANY_TRIES);
    CHECK_INT(n, 6);
    CHECK_INT(ask(by_number(numbers[1], "0123")), ASK_TOO_MANY_TRIES); /* now not even the right ones */
    CHECK_INT(ask(by_number(numbers[2], "0123")), ASK_ANSWERED);       /* another case's are another matter */
}

/* --- appointments --- */

static struct my_appointments booked;

static int decode_booked(const void *plain, size_t len, void *ret, enum ask_reason *why, struct err *e)
{
    return ask_appointments_decode(plain, len, ret, why, e);
}

/* What the hall says to a wish; of nobody without a card. ASK_ANSWERED: `booked`. */
static enum ask_reason wish(const char *citizen, struct appointment_wish w)
{
    struct ask_question q = {.about = ASK_ABOUT_APPOINTMENT, .wish = w};

    text_copy(q.citizen, sizeof q.citizen, citizen);
    seal_question(&q, terminal.terminal, &root.ask.key);
    send_question();
    return open_as(decode_booked, &booked);
}

TEST(an_hour_is_booked)
{
    struct appointment_wish w = {.verb = APPOINTMENT_FREE, .queue = "general"};

    stage_hall_end(&hall, SIGTERM); /* one that was asked less: a terminal may not ask without end */
    CHECK(stage_hall_start(&hall));
    connect_http();
    CHECK_INT(wish("", w), ASK_ANSWERED);
    CHECK(booked.n_days > 0 && booked.n == 0);
    CHECK_INT(booked.days[0].hours[0].left, 2);
    w.verb = APPOINTMENT_BOOK;
    w.id[0] = 1;
    w.from = booked.days[booked.n_days - 1].hours[0].from;
    CHECK_INT(wish(CITIZEN, w), ASK_ANSWERED);
    CHECK_INT(booked.refused, APPOINTMENT_MAY);
    CHECK(booked.done[0] && booked.n == 1 && strcmp(booked.list[0].number, booked.done) == 0);
    CHECK_INT(booked.days[booked.n_days - 1].hours[0].left, 1);
    CHECK_INT(wish(CITIZEN, w), ASK_ANSWERED); /* its answer was lost */
    CHECK(booked.refused == APPOINTMENT_MAY && booked.n == 1);
    CHECK_INT(booked.days[booked.n_days - 1].hours[0].left, 1);
    w.id[0] = 2;
    CHECK_INT(wish(CITIZEN, w), ASK_ANSWERED);
    CHECK_INT(booked.refused, APPOINTMENT_REFUSED_TWICE);
    CHECK_INT(wish(OTHER_CITIZEN, w), ASK_ANSWERED);
    CHECK_INT(booked.refused, APPOINTMENT_MAY);
    w.id[0] = 3;
    CHECK_INT(wish("11010519491231002X", w), ASK_ANSWERED);
    CHECK_INT(booked.refused, APPOINTMENT_REFUSED_FULL);
    text_copy(w.queue, sizeof w.queue, "insurance"); /* takes none */
    CHECK_INT(wish(CITIZEN, w), ASK_ANSWERED);
    CHECK_INT(booked.refused, APPOINTMENT_REFUSED_NOT_OFFERED);
}

TEST(and_given_back)
{
    struct appointment_wish w = {.verb = APPOINTMENT_LIST};

    CHECK_INT(wish(CITIZEN, w), ASK_ANSWERED);
    CHECK_INT(booked.n, 1);
    w.verb = APPOINTMENT_CANCEL;
    text_copy(w.which, sizeof w.which, booked.list[0].number);
    CHECK_INT(wish(OTHER_CITIZEN, w), ASK_ANSWERED); /* not his */
    CHECK_INT(booked.refused, APPOINTMENT_REFUSED_UNKNOWN);
    CHECK_INT(wish(CITIZEN, w), ASK_ANSWERED);
    CHECK(booked.refused == APPOINTMENT_MAY && booked.n == 0);
}

/* --- by the shipping kiosk-sync, in kiosk's stead --- */

static struct stage_kiosk kiosk;

static void tell_sync(int id)
{
    struct ask_question q = by_card(CITIZEN);
    struct buf text;

    seal_question(&q, terminal.terminal, &root.ask.key);
    buf_init(&text, LINE_MAX_BYTES);
    buf_addf(&text, "ask %d ", id);
    CHECK_INT(ask_sealed_encode(&question, &text), 0);
    buf_addc(&text, '\n');
    kiosk.said[0] = '\0';
    CHECK_INT(write(kiosk.peer, text.data, text.len), (ssize_t)text.len);
    buf_finish(&text);
}

TEST(kiosk_sync_carries_it)
{
    mkdir(stage_path("run"), 0755);
    stage_kiosk_listen(&kiosk, "run/kiosk.sock");
    pid_t pid = stage_start("sync.out", "sync.log", -1, "kiosk-sync", "--data", stage_path("data"), "--run",
                            stage_path("run"), NULL);
    CHECK(stage_kiosk_wait(&kiosk, "hello sync"));
    tell_sync(7);
    CHECK(stage_kiosk_wait(&kiosk, "asked 7 {"));
    CHECK(stage_kiosk_wait(&kiosk, "\"}\n"));
    const char *line = strstr(kiosk.said, "asked 7 ");
    status = 200;
    text_copy(answer, sizeof answer, line ? line + 8 : "");
    answer[strcspn(answer, "\n")] = '\0';
    CHECK_INT(open_answer(), ASK_ANSWERED);
    CHECK_INT(told.n, 2);
    opener_end();
    tell_sync(8);
    CHECK(stage_kiosk_wait(&kiosk, "unasked 8 opener-away\n"));
    stage_hall_end(&hall, SIGTERM);
    tell_sync(9);
    CHECK(stage_kiosk_wait(&kiosk, "unasked 9 hall-away\n"));
    CHECK_INT(stage_end(pid, SIGTERM), 0);
    stage_kiosk_close(&kiosk);
    CHECK(!strstr(stage_read("sync.log"), CITIZEN));
    CHECK(stage_hall_start(&hall));
    opener_start();
}

/* --- licences --- */

#define PERMITS "11110105MB0A0000294002011901000" /* asks those from elsewhere for a residence permit */

static struct my_licences held;

static int decode_licences(const void *plain, size_t len, void *ret, enum ask_reason *why, struct err *e)
{
    return ask_licences_decode(plain, len, ret, why, e);
}

/* The one kind that the item asks for; kind "": none is told. */
static struct my_licence permit_of(const char *citizen, const char *item)
{
    struct ask_question q = {.about = ASK_ABOUT_LICENCES};

    text_copy(q.citizen, sizeof q.citizen, citizen);
    text_copy(q.item, sizeof q.item, item);
    seal_question(&q, terminal.terminal, &root.ask.key);
    send_question();
    CHECK_INT(open_as(decode_licences, &held), ASK_ANSWERED);
    CHECK(held.n <= 1);
    return held.list[0];
}

/* What the platform said in a case. */
static void platform_said(int i, const char *asked, int64_t at, const char *why)
{
    struct store *s = NULL;

    CHECK_INT(store_open(stage_path("hall"), &s, NULL), 0);
    CHECK_INT(sql_do(store_sql(s), NULL,
                     "INSERT INTO licence_check (office, number, kind, asked, at, why) VALUES ($1,$2,'居住证',$3,$4,$5)",
                     "ittit", (int64_t)terminal.office, numbers[i], asked, at, why),
              1);
    store_close(s);
}

static void bring_in(void)
{
    char office[16];

    stage_write("licences.csv", "certificate_holder_code,certificate_type_code,certificate_type,certificate_number,"
                                "issue_dept,valid_from,valid_to,state,told\n" CITIZEN
                                ",R-100,居住证,JZ2024000123,示例市公安局,2024-01-05,2099-01-04,valid,2026-01-02\n");
    snprintf(office, sizeof office, "%d", terminal.office);
    CHECK_INT(stage_run("hallctl", "licence", "import", stage_path("licences.csv"), "--data", stage_path("hall"), "--office",
                        office, "--staff", "李四", "--post", "接待岗", "--socket", stage_path("open.sock"), NULL),
              0);
    CHECK_INT(unlink(stage_path("licences.csv")), 0);
}

TEST(what_somebody_holds)
{
    struct my_licence l;

    connect_http();
    publish("zone", "2");
    l = permit_of(CITIZEN, PERMITS);
    CHECK_STR(l.kind, "居住证");
    CHECK(l.state == MY_LICENCE_UNCHECKED && l.why == MY_LICENCE_NOT_ASKED);
    platform_said(1, "none", 1000, "");
    CHECK_INT(permit_of(CITIZEN, PERMITS).state, MY_LICENCE_NONE);
    platform_said(2, "not-told", 2000, "late"); /* what it said last, in whichever case */
    l = permit_of(CITIZEN, PERMITS);
    CHECK(l.state == MY_LICENCE_UNCHECKED && l.why == MY_LICENCE_AWAY);
    bring_in();
    l = permit_of(CITIZEN, PERMITS);
    CHECK_INT(l.state, MY_LICENCE_HELD);
    CHECK_STR(l.issuer, "示例市公安局");
    CHECK_INT(l.until.year, 2099);
    l = permit_of(OTHER_CITIZEN, PERMITS); /* nothing of anybody else's */
    CHECK(l.state == MY_LICENCE_UNCHECKED && l.why == MY_LICENCE_NOT_ASKED && !l.issuer[0]);
    CHECK_STR(permit_of(CITIZEN, ITEM).kind, ""); /* its papers no licence stands in for */
    CHECK_STR(permit_of(CITIZEN, "nothing").kind, "");
    CHECK_INT(stage_count(stage_read("openings.log"), "\"act\":\"told\""), 7);
    CHECK(!strstr(answer, "居住证")); /* who carries it reads nothing */
}

TEST(nothing_stays)
{
    char text[600];

    snprintf(text, sizeof text, "! grep -rqaE '测试甲|" CITIZEN "|13800000123|早日办好|门牌' '%s' '%s' '%s'",
             stage_path("hall"), stage_path("openings.log"), stage_path("hall.log"));
    CHECK_INT(system(text), 0);
    opener_end();
    CHECK_INT(stage_run("hallctl", "case", "openings", numbers[1], "--data", stage_path("hall"), "--openings",
                        stage_path("openings.log"), NULL),
              0);
    CHECK(strstr(stage_read("out"), "nobody read it: index") && strstr(stage_read("out"), "nobody read it: compare"));
}

TEST(end)
{
    stage_hall_end(&hall, SIGTERM);
    http_destroy(http);
    loop_destroy(loop);
    key_free(signing);
    stage_close(false);
}

TEST_MAIN(SETUP(setup), T(before_hall_open_runs), T(who_has_a_card), T(who_knows_number_and_phone),
          T(a_supplement_is_asked_for_and_comes), T(staff_read_it), T(decided), T(who_opened_it),
          T(what_hallctl_opens_by_hall_open), T(a_hall_that_was_killed_knows_all_of_it), T(forged), T(replayed),
          T(hall_open_dies), T(too_many_tries), T(an_hour_is_booked), T(and_given_back), T(kiosk_sync_carries_it),
          T(what_somebody_holds), T(nothing_stays), TEARDOWN(end))
