/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of a whole terminal to who looks after it: each side's own word, in one place, and nothing of residents.
 */
#include "kiosk/facts.h"

#include "base/json.h"
#include "base/version.h"
#include "kiosk/devices_test.h"
#include "model/level.h"

#include "kiosk/desk_test.h" /* last: names of its own would be hidden by others' arguments */

static struct queue_desk *queues;
static struct audit *check;
static struct staff_desk *staff;
static struct system_update *update;
static struct logs_desk *logs;
static struct roll_desk roll;
static const struct uplink_report uplink = {.state = UPLINK_TESTED,
                                            .of[UPLINK_ADDRESS] = {.finding = UPLINK_ADDRESS_DHCP, .what = "10.3.2.7/24"}};
static struct facts facts;
static struct buf text;
static struct json *said;

static bool nobody_listens(void *ctx)
{
    return false;
}

static void begin(void)
{
    static const struct queue_desk_events on_queues = {.listens = nobody_listens};
    struct err e = {0};

    desk_begin(5);
    const struct queue_desk_config config = {
        .terminal = &terminal, .records = records, .catalogue = catalogue, .authority = authority};
    queues = queue_desk_create(&config, &on_queues, NULL, &port);
    check = audit_create(loop, data, desk_nothing, NULL);
    staff = staff_desk_create(data, &port);
    logs = logs_desk_create(loop, data, desk_nothing, NULL);
    update = system_update_create(loop, data, terminal.terminal, &(struct system_update_events){0}, NULL, &port);
    begin_devices(loop);
    plug(0, virtual_sam_create("split", &e), "1-1");
    plug(1, virtual_printer_create("epson-tm-t20iii", &e), "1-2");
    plug(2, virtual_printer_create("munbyn-rw403b", &e), "1-3");
    CHECK_STR(e.text, "");
    facts = (struct facts){.data = data,
                           .terminal = &terminal,
                           .records = records,
                           .devices = devices,
                           .catalogue = catalogue,
                           .authority = authority,
                           .queues = queues,
                           .audit = check,
                           .staff = staff,
                           .update = update,
                           .logs = logs,
                           .uplink = &uplink,
                           .roll = &roll,
                           .sync = true};
    buf_init(&text, FACTS_MAX);
}

static void end(void)
{
    json_free(said);
    said = NULL;
    buf_finish(&text);
    end_devices();
    logs_desk_destroy(logs);
    system_update_destroy(update);
    staff_desk_destroy(staff);
    audit_destroy(check);
    queue_desk_destroy(queues);
    desk_end();
}

static void parse(void)
{
    struct err e = {0};

    json_free(said);
    CHECK_INT(json_parse(buf_str(&text), text.len, FACTS_MAX, &said, &e), 0);
    CHECK_STR(e.text, "");
    text.len = 0;
}

static const char *word(const struct json *of, const char *key)
{
    const struct json *v = json_member(of, key);

    return json_is_str(v) ? json_str(v) : "(none)";
}

static const char *warnings(const struct health *h)
{
    text.len = 0;
    facts_warnings(&facts, h, &text);
    return buf_str(&text);
}

TEST(the_terminal_for_a_technician)
{
    struct staff_facts f;

    begin();
    records_note(records, RECORD_DEVICE_FAULT, "receipt", "jam");
    records_note(records, RECORD_DEVICE_FAULT, "receipt", "paper-out");
    facts_of_terminal(&facts, &f);
    CHECK_STR(f.uplink.of[UPLINK_ADDRESS].what, "10.3.2.7/24");
    CHECK_STR(f.version, version_text());
    CHECK_STR(f.terminal, "t-1103-003");
    CHECK_INT(f.catalogue, 5);
    CHECK_INT(f.level, level_now());
    CHECK_INT(f.needs, 0);
    CHECK_INT(f.last, records_last(records));
    CHECK(f.last >= 2 && f.acked == 0);
    CHECK(f.oldest_ms > 0); /* the hall has none of them */
    CHECK_INT(f.chain, CHAIN_UNCHECKED);
    CHECK_STR(f.fault[DEVICE_RECEIPT].what, "paper-out"); /* the last one */
    CHECK_STR(f.fault[DEVICE_READER].what, "");
    CHECK_INT(f.fault[DEVICE_READER].at, 0);
    CHECK(f.total_mb > 0 && f.free_mb <= f.total_mb);
    CHECK_STR(f.stranger, "TSPL");
    CHECK_STR(f.sam, "05.01-20101129-0001228293-0296863149");
    CHECK(f.ends[STAFF_END_ROOT].ms > 0 && !f.ends[STAFF_END_ROOT].over);
    CHECK(f.sync);
    end();
}

TEST(without_a_disk_nothing_is_made_up)
{
    struct staff_facts f;

    begin();
    facts.data = "/nowhere";
    facts_of_terminal(&facts, &f);
    CHECK_INT(f.total_mb, 0);
    CHECK_INT(f.free_mb, 0);
    end();
}

TEST(status)
{
    static struct view v;

    begin();
    memset(&v, 0, sizeof v);
    v.screen = SCREEN_HOME;
    devices_health(devices, &v.health);
    facts_status(&facts, &v, &text);
    parse();
    CHECK_STR(word(said, "terminal"), "t-1103-003");
    CHECK_STR(word(said, "screen"), screen_name(SCREEN_HOME));
    CHECK_INT(json_int(json_member(said, "catalogue")), 5);
    CHECK_INT(json_int(json_member(said, "last_record")), (int64_t)records_last(records));
    CHECK_STR(word(said, "journal"), "whole");
    CHECK_STR(word(said, "reader_state"), "ready");
    CHECK_STR(word(said, "receipt_state"), "ready");
    CHECK_STR(word(said, "ticket_state"), "absent");
    CHECK_STR(word(said, "receipt"), "epson-tm-t20iii (vendor and product)");
    CHECK_STR(word(said, "out_reason"), "");
    v.out.on = true;
    v.out.reason = OUTAGE_REPAIR;
    facts_status(&facts, &v, &text);
    parse();
    CHECK(!json_bool(json_member(said, "in_service")));
    CHECK_STR(word(said, "out_reason"), outage_word(OUTAGE_REPAIR));
    end();
}

/* What hangs there and is used for nothing says why. */
TEST(each_device_and_what_it_is_for)
{
    begin();
    facts_devices(&facts, &text);
    parse();
    const struct json *list = json_member(said, "devices");
    CHECK_INT(json_len(list), 3);
    CHECK_STR(word(json_at(list, 0), "role"), "reader");
    CHECK_STR(word(json_at(list, 0), "port"), "1-1");
    CHECK_STR(word(json_at(list, 1), "role"), "receipt");
    CHECK_STR(word(json_at(list, 1), "driver"), "epson-tm-t20iii");
    CHECK_STR(word(json_at(list, 2), "role"), "");
    CHECK_STR(word(json_at(list, 2), "ignored"), "a label printer: it understands TSPL, not ESC/POS");
    const struct json *receipt = json_member(json_member(said, "since_start"), "receipt");
    CHECK_INT(json_int(json_member(receipt, "done")), 0);
    CHECK_INT(json_int(json_member(receipt, "unplugged")), 0);
    fake_unplug(plugged[1]);
    pass(2000);
    facts_devices(&facts, &text);
    parse();
    CHECK_INT(json_len(json_member(said, "devices")), 2);
    receipt = json_member(json_member(said, "since_start"), "receipt");
    CHECK_INT(json_int(json_member(receipt, "unplugged")), 1);
    end();
}

TEST(the_guided_test_hears_of_journal_and_disk)
{
    struct health h = {.storage = true};

    begin();
    facts_for_selftest(&facts, &h, &text);
    parse();
    CHECK(!json_bool(json_member(said, "journal_good"))); /* nobody has checked it */
    CHECK(json_bool(json_member(said, "journal_writable")));
    CHECK_INT(json_int(json_member(said, "unsent")), (int64_t)records_last(records));
    CHECK(json_int(json_member(said, "disk_total_mb")) > 0);
    CHECK(json_bool(json_member(said, "sync_runs")));
    CHECK(!json_bool(json_member(said, "hall")));
    end();
}

TEST(warnings_are_a_list_or_a_dash)
{
    struct health h = {.storage = true};

    begin();
    CHECK_STR(warnings(&h), "-");
    h.printer[DEVICE_TICKET] = PRINTER_LOW;
    CHECK_STR(warnings(&h), "ticket-paper-low");
    h.news_old = true;
    CHECK_STR(warnings(&h), "head-expired,ticket-paper-low");
    end();
}

TEST_MAIN(T(the_terminal_for_a_technician), T(without_a_disk_nothing_is_made_up), T(status),
          T(each_device_and_what_it_is_for), T(the_guided_test_hears_of_journal_and_disk), T(warnings_are_a_list_or_a_dash))
