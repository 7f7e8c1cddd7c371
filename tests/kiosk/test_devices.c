/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader and printer as the session hears of them: what is fed, what is written down, what is counted.
 */
#include "kiosk/devices.h"

#include "base/clock.h"
#include "kiosk/devices_test.h"
#include "printer/papers.h"

#define READER 0
#define PRINTER 1

static void begin(void)
{
    struct err e = {0};

    hear_anew();
    begin_devices(loop_create());
    plug(READER, virtual_sam_create("split", &e), "1-1");
    plug(PRINTER, virtual_printer_create("epson-tm-t20iii", &e), "1-2");
    CHECK_STR(e.text, "");
}

static void end(void)
{
    struct loop *l = devices_loop;

    end_devices();
    loop_destroy(l);
}

static struct health health(void)
{
    struct health h = {.hall = false};

    devices_health(devices, &h);
    return h;
}

static struct effect paper(const char *job)
{
    static struct item item;
    struct effect f = {.kind = EFFECT_PRINT, .role = DEVICE_RECEIPT};

    item = papers_item();
    struct receipt_facts facts = papers_facts(&item);
    f.paper = receipt_compose(&facts);
    text_copy(f.job, sizeof f.job, job);
    return f;
}

/* Each outcome is fed once, under the job's own marker. */
static int outcomes(const char *job, enum print_state *ret)
{
    int n = 0;

    for (int i = 0; i < heard.n_fed; i++)
        if (heard.fed[i].kind == INPUT_PRINT && !strcmp(heard.fed[i].job, job)) {
            n++;
            *ret = heard.fed[i].print;
        }
    return n;
}

static void lay_a_card(void)
{
    struct virtual_card card;

    CHECK_INT(card_file_parse("name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 北京市朝阳区测试路1号\n"
                              "number 11010519491231002X\nauthority 北京市公安局朝阳分局\nfrom 20200102\nto 20400102\n",
                              &card, NULL),
              0);
    virtual_sam_place(models[READER], &card);
    pass(3000);
}

TEST(without_a_desk_all_is_absent)
{
    struct health h = {.reader = READER_READY};

    devices_health(NULL, &h);
    CHECK_INT(h.reader, READER_ABSENT);
    CHECK_INT(h.printer[DEVICE_RECEIPT], PRINTER_ABSENT);
    devices_destroy(NULL);
}

TEST(what_comes_and_goes_is_written_down)
{
    begin();
    CHECK_INT(health().reader, READER_READY);
    CHECK_INT(health().printer[DEVICE_RECEIPT], PRINTER_READY);
    CHECK_INT(health().printer[DEVICE_TICKET], PRINTER_ABSENT);
    CHECK_INT(heard.note, RECORD_DEVICE_RECOVERY);
    CHECK_STR(heard.role, "receipt");
    heard.n_changes = 0;
    fake_unplug(plugged[PRINTER]);
    pass(2000);
    CHECK_INT(health().printer[DEVICE_RECEIPT], PRINTER_ABSENT);
    CHECK_INT(heard.note, RECORD_DEVICE_FAULT);
    CHECK_STR(heard.role, "receipt");
    CHECK_STR(heard.what, "absent");
    CHECK_INT(devices_counts(devices)->unplugged[DEVICE_RECEIPT], 1);
    CHECK_INT(heard.n_changes, 1);
    fake_unplug(plugged[READER]);
    pass(2000);
    CHECK_INT(health().reader, READER_ABSENT);
    CHECK_STR(heard.role, "reader");
    CHECK_INT(devices_counts(devices)->unplugged[DEVICE_READER], 1);
    end();
}

/* What is wrong with it stands in the record, not just that something is. */
TEST(a_fault_names_its_cause)
{
    begin();
    say(PRINTER, "paper-out");
    pass(5000);
    CHECK_INT(heard.note, RECORD_DEVICE_FAULT);
    CHECK_STR(heard.role, "receipt");
    CHECK_STR(heard.what, "no-paper");
    say(READER, "self-test");
    devices_poll(devices, true);
    pass(20000);
    CHECK_INT(health().reader, READER_FAULT);
    CHECK_STR(heard.role, "reader");
    CHECK_STR(heard.what, "self-test");
    end();
}

TEST(a_card_is_fed_unless_it_is_staffs)
{
    begin();
    devices_poll(devices, true);
    pass(1000);
    lay_a_card();
    CHECK(fed(INPUT_CARD_SEEN) != NULL);
    CHECK(fed(INPUT_CARD_READ) != NULL);
    virtual_sam_lift(models[READER]);
    pass(3000);
    CHECK(fed(INPUT_CARD_LIFTED) != NULL);
    hear_anew();
    staff_card = true;
    lay_a_card();
    CHECK(fed(INPUT_CARD_SEEN) != NULL);
    CHECK(fed(INPUT_CARD_READ) == NULL);
    CHECK_INT(devices_counts(devices)->cards_read, 2);
    end();
}

TEST(a_card_that_cannot_be_read)
{
    begin();
    devices_poll(devices, true);
    pass(1000);
    say(READER, "card-error");
    lay_a_card();
    CHECK(fed(INPUT_CARD_FAILED) != NULL);
    CHECK(fed(INPUT_CARD_READ) == NULL);
    CHECK(devices_counts(devices)->cards_failed > 0);
    CHECK_INT(devices_counts(devices)->cards_read, 0);
    end();
}

TEST(a_paper_has_one_outcome)
{
    enum print_state came = PRINT_IDLE;
    struct effect f;

    begin();
    f = paper("j001");
    devices_print(devices, &f, false);
    CHECK(f.paper == NULL);
    pass(30000);
    CHECK_INT(outcomes("j001", &came), 1);
    CHECK_INT(came, PRINT_DONE);
    CHECK_INT(devices_counts(devices)->printed[DEVICE_RECEIPT][PRINTER_DONE], 1);
    end();
}

/* Nothing comes out, and the session is told so at once: it waits for an outcome of each. */
TEST(a_paper_that_is_not_begun_has_one_too)
{
    enum print_state came = PRINT_IDLE;
    struct effect f;

    begin();
    f = paper("j002");
    devices_print(devices, &f, true);
    CHECK(f.paper == NULL);
    pass(10000);
    CHECK_INT(outcomes("j002", &came), 1);
    CHECK_INT(came, PRINT_NOT);
    fake_unplug(plugged[PRINTER]);
    pass(2000);
    f = paper("j003");
    devices_print(devices, &f, false);
    pass(10000);
    CHECK_INT(outcomes("j003", &came), 1);
    CHECK_INT(came, PRINT_NOT);
    CHECK_INT(devices_counts(devices)->printed[DEVICE_RECEIPT][PRINTER_DONE], 0);
    end();
}

TEST_MAIN(T(without_a_desk_all_is_absent), T(what_comes_and_goes_is_written_down), T(a_fault_names_its_cause),
          T(a_card_is_fed_unless_it_is_staffs), T(a_card_that_cannot_be_read), T(a_paper_has_one_outcome),
          T(a_paper_that_is_not_begun_has_one_too))
