/* SPDX-License-Identifier: Apache-2.0
 *
 * The sample views of staff pages and of a terminal out of service; a part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_STAFF_H
#define TESTS_UI_SAMPLE_STAFF_H

static void sample_out(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_OUT_OF_SERVICE;
    v->visit = false;
    v->out_reason = OUT_STORAGE;
}
static void sample_out_staff(struct view *v)
{
    sample_out(v);
    v->out_reason = OUT_STAFF;
    v->out = (struct outage){
        .on = true, .reason = OUTAGE_REPAIR, .since_ms = SAMPLE_NOW - 720000, .until_ms = SAMPLE_NOW + 79200000};
}
static void sample_place_row(struct view *v, bool window, const char *name, const char *name_en, const char *note,
                             const char *note_en)
{
    struct view_place *p = &v->places[v->n_places++];

    p->window = window;
    text_copy(p->name, sizeof p->name, name);
    text_copy(p->name_en, sizeof p->name_en, name_en);
    text_copy(p->note, sizeof p->note, note);
    text_copy(p->note_en, sizeof p->note_en, note_en);
}
static void sample_out_places(struct view *v)
{
    sample_out_staff(v);
    v->out.until_ms = 0;
    sample_place_row(v, false, "北门服务站　01 号机", "North gate, terminal 01", "24 小时，走路 6 分钟",
                     "24 hours, 6 minutes on foot");
    sample_place_row(v, false, "西街社区　02 号机", "West street, terminal 02", "24 小时，走路 15 分钟",
                     "24 hours, 15 minutes on foot");
    sample_place_row(v, true, "政务服务大厅窗口", "Windows of the service hall", "工作日 9:00–17:00",
                     "Working days, 9:00 to 17:00");
}
static void sample_update(struct view *v)
{
    sample_out_places(v);
    v->screen = SCREEN_UPDATE;
    v->n_places = 2;
    v->update = (struct update_now){.on = true, .restarting = true, .began_ms = v->now_ms - 60000};
}
static void sample_update_slow(struct view *v)
{
    sample_update(v);
    v->update.restarting = false;
    v->update.began_ms = v->now_ms - 2 * UPDATE_USUAL_MS;
}
static void sample_out_journal(struct view *v)
{
    sample_out(v);
    v->out_reason = OUT_JOURNAL;
}
static void sample_themes_out(struct view *v)
{
    sample_themes(v);
    v->reading = true;
    v->out_reason = OUT_STORAGE;
    v->health.storage = false;
}
static void sample_guide_out(struct view *v)
{
    sample_out_places(v);
    v->screen = SCREEN_ITEM;
    v->item.item = &sample_item;
    v->item.pages = 2;
    v->can_back = v->visit = v->reading = true;
}
static void sample_staff(struct view *v, enum screen screen)
{
    sample_base(v);
    v->screen = screen;
    v->visit = false;
    v->staff.on = true;
    v->staff.badge = (struct staff_badge){"0417", "测试维护", "维护", false, 0};
}
static void sample_staff_pin(struct view *v)
{
    sample_staff(v, SCREEN_STAFF_PIN);
    v->keys.kind = KEYBOARD_DIGITS;
    v->staff.digits = 4;
}
static void sample_staff_wrong(struct view *v)
{
    sample_staff_pin(v);
    v->staff.digits = 0;
    v->staff.trouble = STAFF_WRONG;
}
static void sample_staff_wait(struct view *v)
{
    sample_staff(v, SCREEN_STAFF_PIN);
    v->staff.wait_s = 29;
}
static void sample_staff_expired(struct view *v)
{
    sample_staff(v, SCREEN_STAFF_PIN);
    v->staff.trouble = STAFF_EXPIRED;
}
static void sample_technician(struct view *v)
{
    sample_staff(v, SCREEN_TECHNICIAN);
    v->staff.in = true;
    v->staff.facts = (struct staff_facts){.version = "1.4.2",
                                          .terminal = "t-1103-003",
                                          .catalogue = 318,
                                          .head_expires_ms = SAMPLE_NOW + 500000000,
                                          .last = 48210,
                                          .acked = 48207,
                                          .oldest_ms = SAMPLE_NOW - 60000,
                                          .chain = CHAIN_GOOD,
                                          .free_mb = 19000,
                                          .total_mb = 31000,
                                          .up_ms = 41 * 86400000LL,
                                          .sync = true};
    v->staff.facts.count[DEVICE_RECEIPT].done = 1204;
    v->staff.facts.count[DEVICE_RECEIPT].unknown = 1;
    v->staff.facts.count[DEVICE_TICKET].done = 3310;
    v->staff.facts.count[DEVICE_READER].done = 988;
    v->staff.facts.count[DEVICE_READER].not_done = 31;
    v->staff.facts.left_mm[DEVICE_RECEIPT] = 12400;
    v->staff.facts.roll[DEVICE_TICKET].at = SAMPLE_NOW - 86400000;
    v->staff.facts.roll[DEVICE_TICKET].mm = 31500;
    v->staff.facts.left_mm[DEVICE_TICKET] = -1;
    v->staff.facts.fault[DEVICE_RECEIPT].at = SAMPLE_NOW - 3600000;
    strcpy(v->staff.facts.fault[DEVICE_RECEIPT].what, "no-paper");
    strcpy(v->staff.facts.sam, "05.01-20101129-0001228293-0296863149");
    v->staff.test[1].print = PRINT_DONE;
}
static void sample_technician_reader(struct view *v)
{
    sample_technician(v);
    v->health.reader = READER_FAULT;
    v->staff.facts.fault[DEVICE_READER].at = SAMPLE_NOW - 600000;
    strcpy(v->staff.facts.fault[DEVICE_READER].what, "self-test");
}
static void sample_technician_printers(struct view *v)
{
    sample_technician(v);
    v->health.printer[DEVICE_TICKET] = PRINTER_ABSENT;
    v->staff.facts.asks_width[DEVICE_RECEIPT] = true;
    strcpy(v->staff.facts.stranger, "TSPL");
}
static void sample_technician_faults(struct view *v)
{
    sample_technician(v);
    v->health.reader = READER_ABSENT;
    v->health.printer[DEVICE_RECEIPT] = PRINTER_LOW;
    v->health.hall = false;
    v->staff.facts.chain = CHAIN_BAD;
    v->staff.facts.sync = false;
    v->staff.restart = true;
    v->out.on = true;
    v->out.since_ms = SAMPLE_NOW - 86400000;
    v->staff.test[0].print = PRINT_NOT;
    v->staff.test[0].why = PRINTER_NO_PAPER;
}
static void sample_versions(struct view *v)
{
    struct system_facts *f = &v->staff.facts.system;

    sample_technician(v);
    v->screen = SCREEN_VERSIONS;
    for (int i = 0; i < STAFF_ENDS; i++)
        v->staff.facts.ends[i].ms = SAMPLE_NOW + (200 + 300 * i) * INT64_C(86400000);
    *f = (struct system_facts){.report = {.running = "1.4.2",
                                          .slot = "a",
                                          .other = "1.4.0",
                                          .state = SYSTEM_GOOD,
                                          .version = "1.4.2",
                                          .at_s = SAMPLE_NOW / 1000 - 86400 * 41,
                                          .left = "good"},
                               .wanted = "1.5.0",
                               .why = "hours",
                               .since_ms = SAMPLE_NOW - 9 * 3600000,
                               .until_ms = SAMPLE_NOW + 1000000,
                               .from_min = 120,
                               .to_min = 300,
                               .here = true};
}
static void sample_versions_fellback(struct view *v)
{
    struct system_report *r = &v->staff.facts.system.report;

    sample_versions(v);
    v->staff.facts.system.wanted[0] = '\0';
    *r = (struct system_report){.running = "1.4.2",
                                .slot = "b",
                                .other = "1.5.0",
                                .state = SYSTEM_FELLBACK,
                                .version = "1.5.0",
                                .why = "tongban-ready-service",
                                .at_s = SAMPLE_NOW / 1000 - 30000,
                                .left = "0"};
    v->staff.facts.ends[STAFF_END_CERTIFICATE].near = true;
    v->staff.facts.ends[STAFF_END_CERTIFICATE].ms = SAMPLE_NOW + 20 * INT64_C(86400000);
    v->staff.facts.ends[STAFF_END_SEALING].over = true;
    v->staff.facts.ends[STAFF_END_SEALING].ms = SAMPLE_NOW - INT64_C(86400000);
}
static void sample_versions_stick(struct view *v)
{
    sample_versions(v);
    v->staff.facts.system.asked = SYSTEM_ASKED_STICK;
}
static void sample_versions_sure(struct view *v)
{
    struct system_report *r = &v->staff.facts.system.report;

    sample_versions(v);
    v->staff.sure = STAFF_SURE_STICK;
    r->state = SYSTEM_REFUSED;
    strcpy(r->version, "stick");
    strcpy(r->why, "no-bundle");
    strcpy(v->staff.facts.system.why, "neighbour-silent");
}
static void sample_versions_none(struct view *v)
{
    sample_versions(v);
    v->staff.facts.system = (struct system_facts){.nobody = true};
    v->staff.facts.head_expires_ms = v->staff.facts.ends[STAFF_END_CERTIFICATE].ms = 0;
}
static void sample_logs(struct view *v)
{
    sample_technician(v);
    v->screen = SCREEN_LOGS;
}
static void sample_logs_done(struct view *v)
{
    sample_logs(v);
    v->staff.facts.logs = (struct logs_facts){LOGS_DONE, "tongban-t-1103-003-20261119-101200.txt", 318};
}
static void sample_logs_no_stick(struct view *v)
{
    sample_logs(v);
    v->staff.facts.logs.state = LOGS_NO_STICK;
}
static void sample_way(struct view *v, enum uplink_finding finding, const char *what, int64_t n)
{
    struct uplink_found f = {.finding = finding, .n = n};

    uplink_what(f.what, what);
    uplink_report_take(&v->staff.facts.uplink, &f);
}
/* As far as the connection. */
static void sample_network_base(struct view *v)
{
    sample_technician(v);
    v->screen = SCREEN_NETWORK;
    v->staff.facts.uplink.state = UPLINK_TESTED;
    sample_way(v, UPLINK_LINK_UP, "enp1s0, 1000 Mbit/s", 0);
    sample_way(v, UPLINK_ADDRESS_FIXED, "10.3.2.7/24", 0);
    sample_way(v, UPLINK_GATEWAY_ANSWERS, "10.3.2.1", 0);
    sample_way(v, UPLINK_NAMES_ANSWER, "10.3.2.1, 10.3.9.2", 0);
    sample_way(v, UPLINK_NAME_FOUND, "hall.example.gov.cn, 10.9.1.20", 0);
    sample_way(v, UPLINK_CONNECTED, "10.9.1.20:8443", 0);
    sample_way(v, UPLINK_PROXY_NONE, "", 0);
}
static void sample_network(struct view *v)
{
    sample_network_base(v);
    sample_way(v, UPLINK_TLS_GOOD, "hall.example.gov.cn", SAMPLE_NOW + 300 * INT64_C(86400000));
    sample_way(v, UPLINK_HALL_ANSWERS, "", 0);
    sample_way(v, UPLINK_TIME_GOOD, "", 0);
}
static void sample_network_time(struct view *v)
{
    sample_network(v);
    sample_way(v, UPLINK_TIME_OFF, "2027-03-01 08:00", 0);
}
static void sample_network_turn(struct view *v)
{
    sample_network_base(v);
    v->staff.facts.uplink.state = UPLINK_TESTING;
    memset(&v->staff.facts.uplink.of[UPLINK_CONNECT], 0, sizeof v->staff.facts.uplink.of[0]);
}
static void sample_network_portal(struct view *v)
{
    sample_network_base(v);
    sample_way(v, UPLINK_TLS_PORTAL, "", 200);
}
/* Two things at once, and the longest words there are. */
static void sample_network_dhcp(struct view *v)
{
    sample_network_base(v);
    memset(v->staff.facts.uplink.of, 0, sizeof v->staff.facts.uplink.of);
    sample_way(v, UPLINK_LINK_UP, "enp1s0, 1000 Mbit/s", 0);
    sample_way(v, UPLINK_ADDRESS_OWN, "169.254.10.20/16", 0);
    sample_way(v, UPLINK_PROXY_SET, "proxy.example.gov.cn:3128", 0);
}
static void sample_network_stranger(struct view *v)
{
    sample_network_base(v);
    sample_way(v, UPLINK_GATEWAY_NONE, "", 0);
    sample_way(v, UPLINK_PROXY_LETS, "proxy.example.gov.cn:3128", 0);
    sample_way(v, UPLINK_TLS_STRANGER,
               "\x1b[2J《深信服科技》 gateway-inspection.very-long-name.example.gov.cn, "
               "Inspection Root Certificate Authority 2019 with a long name",
               0);
}
static void sample_network_nobody(struct view *v)
{
    sample_technician(v);
    v->screen = SCREEN_NETWORK;
    v->staff.facts.uplink.state = UPLINK_NOBODY;
}
static void sample_network_broke_off(struct view *v)
{
    sample_network_dhcp(v);
    v->staff.facts.uplink.state = UPLINK_BROKE_OFF;
}
static void sample_technician_address(struct view *v)
{
    sample_technician(v);
    sample_way(v, UPLINK_ADDRESS_FIXED, "10.103.122.107/24", 0);
    sample_way(v, UPLINK_PROXY_SET, "10.103.122.9:3128", 0);
}
static void sample_technician_no_address(struct view *v)
{
    sample_technician(v);
    sample_way(v, UPLINK_ADDRESS_NONE, "", 0);
    sample_way(v, UPLINK_PROXY_NONE, "", 0);
}
static void sample_staff_pause(struct view *v)
{
    sample_technician(v);
    v->screen = SCREEN_STAFF_PAUSE;
    v->staff.reason = OUTAGE_REPAIR;
    v->staff.until = -1;
    v->staff.untils[0] = SAMPLE_NOW + 2880000;
    v->staff.untils[1] = SAMPLE_NOW + 28080000;
    v->staff.untils[2] = SAMPLE_NOW + 78480000;
}
static void sample_change(struct view *v)
{
    struct paper_change *c = &v->staff.change;

    sample_technician(v);
    v->screen = SCREEN_PAPER_CHANGE;
    v->out = (struct outage){
        .on = true, .reason = OUTAGE_SUPPLIES, .since_ms = SAMPLE_NOW - 120000, .until_ms = SAMPLE_NOW + 1680000};
    v->health.printer[DEVICE_RECEIPT] = PRINTER_OPEN;
    v->health.senses[DEVICE_RECEIPT] = (struct printer_senses){.told = true, .open = true, .out = true};
    v->staff.facts.roll[DEVICE_RECEIPT].dots = 576;
    v->staff.facts.roll[DEVICE_RECEIPT].whole_mm = 80000;
    *c = (struct paper_change){.role = DEVICE_RECEIPT,
                               .step = CHANGE_PUT,
                               .saw_open = true,
                               .old_papers = 412,
                               .old_mm = 77300,
                               .number = {{7305, 7350}, 0}};
    for (int i = 0; i < CHANGE_PUT; i++)
        c->at[i] = SAMPLE_NOW - (120 - 40 * i) * 1000;
}
static void sample_change_which(struct view *v)
{
    sample_technician(v);
    v->screen = SCREEN_PAPER_CHANGE;
    v->staff.change.role = PRINTER_ROLES;
}
static void sample_change_open(struct view *v)
{
    sample_change(v);
    v->out.on = false;
    v->health.printer[DEVICE_RECEIPT] = PRINTER_READY;
    v->health.senses[DEVICE_RECEIPT] = (struct printer_senses){.told = true, .low = true};
    v->staff.change.step = CHANGE_OPEN;
    v->staff.change.trouble = CHANGE_NARROW;
    v->staff.trouble = STAFF_UNRECORDED;
}
static void sample_change_take(struct view *v)
{
    sample_change(v);
    v->health.senses[DEVICE_RECEIPT].out = false;
    v->staff.change.step = CHANGE_TAKE;
}
static void sample_change_empty(struct view *v)
{
    sample_change(v);
    v->health.senses[DEVICE_RECEIPT].open = false;
    v->staff.change.trouble = CHANGE_EMPTY;
    v->staff.facts.roll[DEVICE_RECEIPT].dots = 0;
}
static void sample_change_shut(struct view *v)
{
    sample_change(v);
    v->health.senses[DEVICE_RECEIPT] = (struct printer_senses){.told = false};
    v->staff.change.step = CHANGE_SHUT;
    v->staff.change.role = DEVICE_RECEIPT;
}
static void sample_change_try(struct view *v)
{
    sample_change(v);
    v->health.printer[DEVICE_RECEIPT] = PRINTER_READY;
    v->health.senses[DEVICE_RECEIPT] = (struct printer_senses){.told = true};
    v->staff.change.step = CHANGE_TRY;
    v->staff.change.running = true;
}
static void sample_change_cannot(struct view *v)
{
    sample_change_try(v);
    v->staff.change.running = false;
    v->staff.change.trouble = CHANGE_CANNOT;
    v->health.printer[DEVICE_RECEIPT] = PRINTER_FAULT;
}
static void sample_change_number(struct view *v)
{
    sample_change_try(v);
    v->staff.change.running = false;
    v->staff.change.ask = CHANGE_ASK_NUMBER;
    v->staff.change.trouble = CHANGE_MISREAD;
}
static void sample_change_edges(struct view *v)
{
    sample_change_number(v);
    v->staff.change.ask = CHANGE_ASK_EDGES;
    v->staff.change.trouble = CHANGE_FINE;
    v->staff.change.role = DEVICE_TICKET;
}
static void sample_change_done(struct view *v)
{
    sample_change_try(v);
    v->staff.change.running = false;
    v->staff.change.step = CHANGE_DONE;
    v->staff.facts.unprinted = 3;
    v->out.on = false;
}
static void sample_change_uncut(struct view *v)
{
    sample_change_done(v);
    v->staff.change.uncut = true;
    v->staff.facts.unprinted = 0;
    v->staff.facts.roll[DEVICE_RECEIPT].whole_mm = 0;
    v->out.on = true;
}
static void sample_tests(struct view *v)
{
    sample_technician(v);
    v->screen = SCREEN_DEVICE_TESTS;
    v->voice = VOICE_ALOUD;
    v->staff.facts.cards = 20418;
    v->staff.facts.cards_since = v->staff.facts.roll[DEVICE_RECEIPT].since = SAMPLE_NOW - 90 * INT64_C(86400000);
    v->staff.facts.roll[DEVICE_RECEIPT].metres = 1906;
    v->staff.facts.roll[DEVICE_RECEIPT].cuts = 9027;
    v->staff.trial.part = TRIAL_PARTS;
    v->staff.trial.of[TRIAL_READER].result = TRIAL_GOOD;
    v->staff.trial.of[TRIAL_READER].at = SAMPLE_NOW - 60000;
    v->staff.trial.of[TRIAL_TICKET].result = TRIAL_BAD;
    v->staff.trial.of[TRIAL_TICKET].at = SAMPLE_NOW - 120000;
}
static void sample_tests_printer(struct view *v)
{
    sample_tests(v);
    v->voice = VOICE_NONE;
    v->staff.trial.part = TRIAL_RECEIPT;
    v->staff.trial.again = true;
    v->staff.trial.number = (struct test_number){{7305, 7350}, 0};
}
static void sample_tests_prints(struct view *v)
{
    sample_tests(v);
    v->staff.trial.part = TRIAL_RECEIPT;
    v->staff.trial.running = true;
}
static void sample_tests_reader(struct view *v)
{
    sample_tests(v);
    v->staff.trial.part = TRIAL_READER;
}
static void sample_tests_sound(struct view *v)
{
    sample_tests(v);
    v->staff.trial.part = TRIAL_SOUND;
}
static void sample_tests_touch(struct view *v)
{
    sample_tests(v);
    v->staff.trial.part = TRIAL_TOUCH;
    v->staff.trial.spots = 5;
}
static void sample_selftest_print(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_SELFTEST;
    v->visit = false;
}
static void sample_selftest_card(struct view *v)
{
    sample_selftest_print(v);
    v->testing_card = true;
}

#endif
