/* SPDX-License-Identifier: Apache-2.0
 *
 * Who gets which role, by the rule alone; and devices.json.
 */
#include "drivers/usb/bind.h"

#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"

#define PRINTS (1U << DEVICE_RECEIPT | 1U << DEVICE_TICKET)
#define READS (1U << DEVICE_READER)

static struct usb_info at(const char *port, int vendor)
{
    struct usb_info i = {.vendor = (uint16_t)vendor, .product = 1};

    snprintf(i.port, sizeof i.port, "%s", port);
    return i;
}

static struct bind_candidate printer(const struct usb_info *info, int hint)
{
    return (struct bind_candidate){.info = info, .can = PRINTS, .hint = hint, .role = -1};
}

static struct bind_candidate reader(const struct usb_info *info)
{
    return (struct bind_candidate){.info = info, .can = READS, .hint = -1, .role = -1};
}

static const char *const nowhere[DEVICE_ROLES] = {"", "", ""};

static struct bind_config silent(void)
{
    struct bind_config c;

    CHECK_INT(bind_read(NULL, &c, NULL), 0);
    return c;
}

TEST(by_hint_before_port)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 2);
    struct bind_candidate list[] = {printer(&a, DEVICE_TICKET), printer(&b, DEVICE_RECEIPT)};
    struct bind_config c = silent();

    bind_choose(&c, nowhere, list, 2);
    CHECK_INT(list[0].role, DEVICE_TICKET);
    CHECK_INT(list[1].role, DEVICE_RECEIPT);
    CHECK_STR(list[1].why, "its model");
}

TEST(by_order_of_ports)
{
    struct usb_info a = at("1-10", 1), b = at("1-2", 1), d = at("1-3", 1);
    struct bind_candidate list[] = {printer(&a, -1), printer(&b, -1), printer(&d, -1)};
    struct bind_config c = silent();

    bind_choose(&c, nowhere, list, 3);
    CHECK_INT(list[0].role, -1);
    CHECK_INT(list[1].role, DEVICE_RECEIPT);
    CHECK_INT(list[2].role, DEVICE_TICKET);
    CHECK_STR(list[2].why, "order of ports");
}

TEST(two_of_a_kind_fill_both)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 1);
    struct bind_candidate list[] = {printer(&a, DEVICE_RECEIPT), printer(&b, DEVICE_RECEIPT)};
    struct bind_config c = silent();

    bind_choose(&c, nowhere, list, 2);
    CHECK_INT(list[0].role, DEVICE_RECEIPT);
    CHECK_INT(list[1].role, DEVICE_TICKET);
}

TEST(only_what_it_can_do)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 1), d = at("1-3", 1);
    struct bind_candidate list[] = {reader(&a), reader(&b), printer(&d, -1)};
    struct bind_config c = silent();

    bind_choose(&c, nowhere, list, 3);
    CHECK_INT(list[0].role, DEVICE_READER);
    CHECK_INT(list[1].role, -1);
    CHECK_INT(list[2].role, DEVICE_RECEIPT);
}

TEST(what_came_back_keeps_its_role)
{
    const char *const ports[DEVICE_ROLES] = {"1-9", "1-1", "1-4"};
    struct usb_info a = at("1-1", 1), b = at("1-2", 1), d = at("1-4", 1);
    struct bind_candidate list[] = {printer(&a, -1), reader(&b), reader(&d)};
    struct bind_config c = silent();

    bind_choose(&c, ports, list, 3);
    CHECK_INT(list[0].role, DEVICE_TICKET);
    CHECK_INT(list[1].role, -1);
    CHECK_INT(list[2].role, DEVICE_READER);
    CHECK_STR(list[2].why, "same port as before");
    /* also when its hint says otherwise: two of a kind, the ticket printer is plugged in first */
    list[0] = printer(&a, DEVICE_RECEIPT);
    bind_choose(&c, ports, list, 1);
    CHECK_INT(list[0].role, DEVICE_TICKET);
    /* moved to a port nobody knows, it may take the free role */
    a = at("1-5", 1);
    list[0] = printer(&a, -1);
    bind_choose(&c, ports, list, 1);
    CHECK_INT(list[0].role, DEVICE_RECEIPT);
}

TEST(a_bound_one_is_left_alone)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 1);
    struct bind_candidate list[] = {printer(&a, -1), printer(&b, -1)};
    struct bind_config c = silent();

    list[0].role = DEVICE_TICKET;
    bind_choose(&c, nowhere, list, 2);
    CHECK_INT(list[0].role, DEVICE_TICKET);
    CHECK_INT(list[1].role, DEVICE_RECEIPT);
}

TEST(a_named_role_takes_no_other)
{
    const char *const ports[DEVICE_ROLES] = {"1-1", "", ""};
    struct usb_info a = at("1-1", 1), b = at("1-7", 1);
    struct bind_candidate list[] = {printer(&a, DEVICE_RECEIPT), printer(&b, -1)};
    struct bind_config c = silent();

    c.roles[DEVICE_RECEIPT].named = true;
    strcpy(c.roles[DEVICE_RECEIPT].port, "1-7");
    strcpy(c.roles[DEVICE_RECEIPT].profile, "r");
    bind_choose(&c, nowhere, list, 2);
    CHECK_INT(list[1].role, DEVICE_RECEIPT);
    CHECK_STR(list[1].why, "devices.json");
    CHECK_INT(list[0].role, DEVICE_TICKET);
    CHECK_STR(bind_profile(&c, &b), "r");
    CHECK(!bind_profile(&c, &a));
    /* the named one is not there: the role stays empty, whatever stands where it was */
    list[0] = printer(&a, DEVICE_RECEIPT);
    bind_choose(&c, ports, list, 1);
    CHECK_INT(list[0].role, DEVICE_TICKET);
}

/* Each member alone tells two of a kind apart. */
TEST(every_member_must_match)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 2);
    struct bind_config c = silent();
    struct bind_rule r = c.roles[DEVICE_READER], rules[5] = {r, r, r, r, r};

    b.product = 9;
    strcpy(b.serial, "B2");
    b.n_interfaces = 1;
    b.interfaces[0].class_ = 3;
    rules[0].class_ = 3;
    rules[1].vendor = 2;
    rules[2].product = 9;
    strcpy(rules[3].serial, "B2");
    strcpy(rules[4].port, "1-2");
    for (size_t i = 0; i < 5; i++) {
        struct bind_candidate list[] = {reader(&a), reader(&b)};

        rules[i].named = true;
        c.roles[DEVICE_READER] = rules[i];
        bind_choose(&c, nowhere, list, 2);
        CHECK_INT(list[0].role, -1);
        CHECK_INT(list[1].role, DEVICE_READER);
    }
}

/* --- the file --- */

static char dir[] = "/tmp/test-bind-XXXXXX";

static int reads(const char *json, struct bind_config *c, struct err *e)
{
    char path[64];

    memset(e, 0, sizeof *e);
    snprintf(path, sizeof path, "%s/" BIND_FILE, dir);
    CHECK_INT(fs_write_atomic(path, json, strlen(json), 0644, e), 0);
    int rc = bind_read(dir, c, e);
    unlink(path);
    return rc;
}

TEST(file)
{
    struct bind_config c;
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(bind_read(dir, &c, &e), 0);
    CHECK(!c.roles[DEVICE_RECEIPT].named && !c.roles[DEVICE_TICKET].named && !c.roles[DEVICE_READER].named);
    CHECK_INT(reads("{\"reader\":{\"port\":\"1-2.3\",\"class\":\"ff\"},"
                    "\"ticket\":{\"vendor\":\"0FE6\",\"product\":\"811e\",\"serial\":\"A 1\",\"profile\":\"x\"}}",
                    &c, &e),
              0);
    CHECK(!c.roles[DEVICE_RECEIPT].named);
    CHECK_STR(c.roles[DEVICE_READER].port, "1-2.3");
    CHECK_INT(c.roles[DEVICE_READER].class_, 0xFF);
    CHECK_INT(c.roles[DEVICE_READER].vendor, -1);
    CHECK_INT(c.roles[DEVICE_TICKET].vendor, 0x0FE6);
    CHECK_INT(c.roles[DEVICE_TICKET].product, 0x811E);
    CHECK_STR(c.roles[DEVICE_TICKET].serial, "A 1");
    CHECK_STR(c.roles[DEVICE_TICKET].profile, "x");
    CHECK_STR(device_word(DEVICE_READER), "reader");
    CHECK_INT(c.roles[DEVICE_TICKET].roll_m, 0);
    /* how long a roll is names no device */
    CHECK_INT(reads("{\"receipt\":{\"roll_m\":80},\"ticket\":{\"port\":\"1-1\",\"roll_m\":50}}", &c, &e), 0);
    CHECK_INT(c.roles[DEVICE_RECEIPT].roll_m, 80);
    CHECK(!c.roles[DEVICE_RECEIPT].named);
    CHECK_INT(c.roles[DEVICE_TICKET].roll_m, 50);
    CHECK(c.roles[DEVICE_TICKET].named);
}

TEST(file_refused)
{
    static const struct {
        const char *json, *says;
    } bad[] = {
        {"{\"printer\":1}", "printer"},
        {"{\"receipt\":{\"vendor\":\"fe6\"}}", "vendor"},
        {"{\"receipt\":{\"vendor\":\"+fe6\"}}", "vendor"},
        {"{\"receipt\":{\"product\":\"12g4\"}}", "product"},
        {"{\"receipt\":{\"class\":7}}", "class"},
        {"{\"reader\":{\"port\":\"1-1\",\"profile\":\"x\"}}", "profile"},
        {"{\"receipt\":{\"profile\":\"x\"}}", "at least one"},
        {"{\"ticket\":{\"port\":\"1-1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1\"}}", "port"},
        {"{\"receipt\":{\"profile\":\"x\",\"roll_m\":80}}", "at least one"},
        {"{\"receipt\":{\"roll_m\":0}}", "roll_m"},
        {"{\"receipt\":{\"roll_m\":80000}}", "roll_m"},
        {"{\"reader\":{\"port\":\"1-1\",\"roll_m\":80}}", "roll_m"},
        {"{", "devices.json"},
    };
    struct bind_config c;
    struct err e;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(reads(bad[i].json, &c, &e) < 0);
        CHECK(strstr(e.text, bad[i].says) != NULL);
        CHECK(strstr(e.text, BIND_FILE) != NULL);
    }
    rmdir(dir);
}

TEST_MAIN(T(by_hint_before_port), T(by_order_of_ports), T(two_of_a_kind_fill_both), T(only_what_it_can_do),
          T(what_came_back_keeps_its_role), T(a_bound_one_is_left_alone), T(a_named_role_takes_no_other),
          T(every_member_must_match), T(file), T(file_refused))
