/* SPDX-License-Identifier: Apache-2.0
 *
 * What the session wants recorded, in a real journal: what it is told of it, what is tried again, what follows a restart.
 */
#include "kiosk/records.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "journal/anchor.h"
#include "kiosk/port_test.h"
#include "model/speak.h"

#define NOON INT64_C(1767585600000) /* 2026-01-05 12:00 in China */

static char data[] = "/tmp/tongban-records-XXXXXX";
static struct private_key *signing;
static struct public_key seal_to;
static struct terminal_config terminal;
static struct loop *loop;
static struct records *r;
static int n_unfinished, n_opened;
static char unfinished[24];

static void on_unfinished(void *ctx, const char *role)
{
    n_unfinished++;
    text_copy(unfinished, sizeof unfinished, role);
}

static void on_opened(void *ctx)
{
    n_opened++;
}

static void start(void)
{
    static const struct records_events events = {.unfinished = on_unfinished, .opened = on_opened};
    const struct records_config config = {.data = data, .terminal = &terminal, .signing = &signing};

    loop = loop_create();
    r = records_create(loop, &config, &events, NULL, &port);
    records_seal_to(r, &seal_to);
}

static void shell(const char *command)
{
    setenv("DATA", data, 1);
    CHECK_INT(system(command), 0);
}

/* A terminal just enrolled: the journal's folder is DATA/journal. */
static void enrolled(void)
{
    char dir[80];

    if (!signing && (!mkdtemp(data) || key_generate(&signing, NULL)))
        abort();
    key_public(signing, &seal_to);
    shell("rm -rf $DATA; mkdir -p $DATA/journal");
    terminal = (struct terminal_config){
        .terminal = "t-1103-003", .epoch = "0123456789abcde", .office = 1103, .registration = 3};
    snprintf(dir, sizeof dir, "%s/journal", data);
    CHECK_INT(anchor_make(dir, terminal.terminal, terminal.epoch, NULL), 0);
    clock_set_built(NOON - INT64_C(30) * 86400000);
    clock_set_wall(NOON);
    hear_anew();
    n_unfinished = n_opened = 0;
    start();
}

static void finish(void)
{
    records_end(r, false);
    records_destroy(r);
    loop_destroy(loop);
}

static void open_it(void)
{
    struct err e = {0};

    CHECK_INT(records_open(r, &e), 0);
    CHECK_STR(e.text, "");
}

static int write_kind(enum record_kind kind, const struct records_given *given)
{
    struct effect_record what = {.header.kind = kind, .visit_scoped = true};

    if (kind == RECORD_TICKET)
        strcpy(what.header.queue, "general");
    if (kind == RECORD_PRINT_START)
        what.header = (struct record_header){.kind = kind, .job = "AB12", .role = "ticket", .copy = 1, .number = "A03-001"};
    if (kind == RECORD_VISIT_END)
        strcpy(what.header.what, "done");
    return records_write(r, &what, given);
}

static struct health health(void)
{
    struct health h = {.hall = false};

    records_health(r, &h);
    return h;
}

TEST(what_was_written_is_told)
{
    const struct records_given ticket = {.ticket = "A03-001", .day = {2026, 1, 5}}, none = {.ticket = ""};

    enrolled();
    CHECK(!records_journal(r) && records_last(r) == 0);
    open_it();
    CHECK_INT(write_kind(RECORD_VISIT_START, &none), 0);
    CHECK_INT(fed(INPUT_RECORDED)->record, RECORD_VISIT_START);
    CHECK_INT(write_kind(RECORD_TICKET, &ticket), 0);
    CHECK_STR(fed(INPUT_RECORDED)->number, "A03-001");
    CHECK_STR(fed(INPUT_RECORDED)->day, "2026-01-05");
    CHECK_INT(records_last(r), 2);
    CHECK(records_settle(r));
    CHECK(!records_settle(r)); /* the head is signed */
    records_count_unsent(r);
    CHECK_INT(health().unsent, 2);
    CHECK(health().storage);
    CHECK_STR(records_warning(r), "");
    finish();
}

TEST(what_was_not_written_is_told_too)
{
    const struct records_given none = {.ticket = ""};

    enrolled();
    CHECK(write_kind(RECORD_VISIT_START, &none) < 0); /* it is not open */
    CHECK_INT(fed(INPUT_RECORD_FAILED)->record, RECORD_VISIT_START);
    CHECK(!fed(INPUT_RECORD_FAILED)->no_space);
    records_refuse(r, &(struct effect_record){.header.kind = RECORD_TICKET}, -ERR_NOSPACE, &(struct err){.text = "full"});
    CHECK_INT(fed(INPUT_RECORD_FAILED)->record, RECORD_TICKET);
    CHECK(fed(INPUT_RECORD_FAILED)->no_space);
    CHECK(!health().storage);
    finish();
}

/* A journal that could not be opened is opened later, and what it says is said then. */
TEST(opened_late)
{
    struct err e = {0};

    enrolled();
    shell("mv $DATA/journal $DATA/away; touch $DATA/journal");
    CHECK(records_open(r, &e) < 0);
    records_failed(r, &e);
    shell("rm -rf $DATA/journal; mv $DATA/away $DATA/journal");
    for (int i = 0; i < 12 && !records_journal(r); i++) {
        clock_advance(1000);
        loop_step(loop, 0);
    }
    CHECK(records_journal(r) != NULL);
    CHECK_INT(n_opened, 1);
    CHECK(fed(INPUT_JOURNAL) != NULL);
    CHECK(health().storage);
    finish();
}

TEST(a_visit_that_was_cut)
{
    const struct records_given ticket = {.ticket = "A03-001", .day = {2026, 1, 5}}, none = {.ticket = ""};
    struct input in = {.kind = INPUT_START};

    enrolled();
    open_it();
    records_begin(r, &in);
    CHECK(!in.recovered.open);
    write_kind(RECORD_VISIT_START, &none);
    write_kind(RECORD_TICKET, &ticket);
    write_kind(RECORD_PRINT_START, &none);
    records_settle(r);
    records_destroy(r); /* killed */
    loop_destroy(loop);
    start();
    open_it();
    in = (struct input){.kind = INPUT_START};
    records_begin(r, &in);
    CHECK(in.recovered.open && !in.recovered.old && !in.recovered.handed_in);
    CHECK_STR(in.recovered.ticket, "A03-001");
    CHECK_STR(in.recovered.queue, "general");
    CHECK_INT(in.recovered.print, PRINT_UNKNOWN);
    CHECK_INT(n_unfinished, 1);
    CHECK_STR(unfinished, "ticket");
    write_kind(RECORD_VISIT_END, &none);
    in = (struct input){.kind = INPUT_START};
    records_begin(r, &in);
    CHECK(!in.recovered.open);
    finish();
}

static const struct identity who = {.kind = IDENTITY_RESIDENT, .name = "测试甲", .number = "11010519491231002X"};
#define CASE "1103003260105000014"

static int write_supplement(const char *number, const char *words)
{
    struct effect_record what = {.header.kind = RECORD_SUPPLEMENT, .visit_scoped = true, .identity = &who, .words = words};

    text_copy(what.header.case_number, sizeof what.header.case_number, number);
    return records_write(r, &what, &(struct records_given){.ticket = ""});
}

/* Sealed like an application; and a visit that was cut behind it says that it was added. */
TEST(a_supplement)
{
    struct input in = {.kind = INPUT_START};
    int64_t waiting = 0;

    enrolled();
    open_it();
    write_kind(RECORD_VISIT_START, &(struct records_given){.ticket = ""});
    CHECK_INT(write_supplement(CASE, "户口簿复印件"), 0);
    CHECK_INT(fed(INPUT_RECORDED)->record, RECORD_SUPPLEMENT);
    CHECK_INT(journal_waiting(records_journal(r), &waiting, NULL), 0);
    CHECK_INT(waiting, 1);
    CHECK(!records_case(r, CASE).here); /* it belongs to a case, and is none */
    records_settle(r);
    records_destroy(r); /* killed */
    loop_destroy(loop);
    shell("! grep -qr 户口簿 $DATA");
    start();
    open_it();
    records_begin(r, &in);
    CHECK(in.recovered.open && in.recovered.handed_in && in.recovered.supplement);
    CHECK_STR(in.recovered.number, CASE);
    finish();
}

TEST(a_supplement_that_is_none)
{
    enrolled();
    open_it();
    write_kind(RECORD_VISIT_START, &(struct records_given){.ticket = ""});
    CHECK(write_supplement(CASE, "") < 0);
    CHECK_INT(fed(INPUT_RECORD_FAILED)->record, RECORD_SUPPLEMENT);
    CHECK_INT(records_last(r), 1);
    finish();
}

static int say(const char *words, const struct identity *id)
{
    struct spoken said = {.kind = SPEAK_COMPLAIN, .about = SPEAK_ABOUT_MACHINE};
    struct effect_record what = {
        .header = {.kind = RECORD_FEEDBACK, .what = "complain"}, .visit_scoped = true, .identity = id, .spoken = &said};

    text_copy(said.words, sizeof said.words, words);
    return records_write(r, &what, &(struct records_given){.ticket = ""});
}

/* Numbered one after the other, also by a program started anew; the code stands nowhere but in the answer. */
TEST(what_was_said)
{
    struct input in = {.kind = INPUT_START};
    char number[SPEAK_NUMBER_LEN + 1], command[80];

    enrolled();
    open_it();
    write_kind(RECORD_VISIT_START, &(struct records_given){.ticket = ""});
    CHECK_INT(say("机器坏了", NULL), 0);
    const struct input *done = fed(INPUT_RECORDED);
    CHECK_INT(done->record, RECORD_FEEDBACK);
    CHECK(speak_code_parse(done->code, number));
    CHECK_STR(done->number, number);
    CHECK_STR(number + 7, "00001");
    CHECK(done->promised.year > 2000);
    snprintf(command, sizeof command, "! grep -aqr %s $DATA/journal", done->code);
    CHECK_INT(say("还是坏的", &who), 0);
    CHECK_STR(fed(INPUT_RECORDED)->number + 7, "00002");
    records_settle(r);
    records_destroy(r); /* killed */
    loop_destroy(loop);
    shell("! grep -qr 机器坏了 $DATA");
    shell(command);
    start();
    open_it();
    records_begin(r, &in);
    CHECK(in.recovered.open && in.recovered.handed_in && in.recovered.spoken && !in.recovered.supplement);
    CHECK_STR(in.recovered.number + 7, "00002");
    CHECK_INT(say("第三次", NULL), 0);
    CHECK_STR(fed(INPUT_RECORDED)->number + 7, "00003");
    finish();
}

TEST(what_was_not_said)
{
    enrolled();
    open_it();
    write_kind(RECORD_VISIT_START, &(struct records_given){.ticket = ""});
    CHECK(say("", NULL) < 0);
    CHECK_INT(fed(INPUT_RECORD_FAILED)->record, RECORD_FEEDBACK);
    CHECK_INT(records_last(r), 1);
    finish();
}

/* Two departments ask for a name; one of them for a reason too. */
static void bundle_of_two(struct item *bundle, struct item members[2])
{
    const struct form_field name = {.id = "name", .label = "n", .type = FIELD_TEXT, .show_if.field = -1};
    const struct form_field why = {.id = "why", .label = "w", .type = FIELD_TEXT, .show_if.field = -1};

    members[0] = (struct item){.task_code = "A1", .task_version = 2, .task_name = "a", .promise = {5, DAY_WORKING, NULL}};
    members[0].form = (struct form){.version = 1, .fields = {name}, .n_fields = 1};
    members[1] = (struct item){.task_code = "B2", .task_version = 3, .task_name = "b", .promise = {10, DAY_WORKING, NULL}};
    members[1].form = (struct form){.version = 1, .fields = {why, name}, .n_fields = 2};
    *bundle = (struct item){.task_code = "YJS-1", .task_version = 1, .joined = {&members[0], &members[1]}, .n_joined = 2};
    bundle->form = (struct form){.version = 1, .fields = {name, why}, .n_fields = 2};
}

TEST(a_bundle_is_one_record_for_each_department)
{
    static struct item bundle, members[2];
    static struct form_values values;
    static const struct workday_calendar calendar = {.first_year = 2026, .last_year = 2026};
    const struct records_given given = {.calendar = &calendar};
    char number[CASE_NUMBER_LEN + 1], part[CASE_NUMBER_LEN + 1];
    struct input in = {.kind = INPUT_START}, ahead;

    bundle_of_two(&bundle, members);
    strcpy(values.text[0], "a");
    strcpy(values.text[1], "b");
    enrolled();
    open_it();
    CHECK_INT(write_kind(RECORD_VISIT_START, &given), 0);
    const struct effect_record what = {
        .header.kind = RECORD_APPLICATION, .visit_scoped = true, .item = &bundle, .identity = &who, .values = &values};
    CHECK(records_foresee(r, &bundle, &calendar, &ahead));
    CHECK_INT(records_write(r, &what, &given), 0);
    const struct input *told = fed(INPUT_RECORDED);

    strcpy(number, told->number);
    CHECK_STR(ahead.number, number);
    CHECK_INT(records_last(r), 3);
    CHECK_INT(told->parts[0].day, 12);
    CHECK_INT(told->parts[1].day, 19);
    CHECK_INT(told->promised.day, 19); /* of the one that takes longest */
    CHECK(case_number_part(number, 2, part));
    CHECK(records_case(r, number).here);
    CHECK(records_case(r, part).here);
    CHECK(case_number_part(number, 3, part));
    CHECK(!records_case(r, part).here);
    finish();
    start();
    open_it();
    records_begin(r, &in);
    CHECK(in.recovered.open && in.recovered.handed_in);
    CHECK_STR(in.recovered.number, number);
    CHECK_INT(in.recovered.parts, 2);
    finish();
}

TEST(the_halls_word_against_us)
{
    const uint8_t other[HASH_LEN] = {1};
    struct err e = {0};

    enrolled();
    CHECK_INT(records_acknowledged(r, 1, other, &e), -ERR_STATE); /* not open */
    CHECK_INT(health().journal, JOURNAL_WHOLE);                   /* and nothing is known against it */
    open_it();
    write_kind(RECORD_VISIT_START, &(struct records_given){.ticket = ""});
    CHECK_INT(records_acknowledged(r, 1, other, &e), -ERR_VERSION);
    CHECK_INT(health().journal, JOURNAL_FORK);
    CHECK_STR(records_warning(r), "fork");
    CHECK_INT(records_acked(r), 0);
    finish();
    shell("rm -rf $DATA");
}

TEST_MAIN(T(what_was_written_is_told), T(what_was_not_written_is_told_too), T(opened_late), T(a_visit_that_was_cut),
          T(a_supplement), T(a_supplement_that_is_none), T(a_bundle_is_one_record_for_each_department), T(what_was_said),
          T(what_was_not_said), T(the_halls_word_against_us))
