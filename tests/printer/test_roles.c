/* SPDX-License-Identifier: Apache-2.0
 *
 * Who prints what, by the rule alone.
 */
#include "drivers/printer/roles.h"

#include <string.h>

#include "test.h"

static const struct profile plain = {.name = "plain", .role_hint = -1},
                            receipt = {.name = "r", .role_hint = PRINTER_RECEIPT},
                            ticket = {.name = "t", .role_hint = PRINTER_TICKET};

static struct usb_info at(const char *port, int vendor)
{
    struct usb_info i = {.vendor = (uint16_t)vendor, .product = 1};

    snprintf(i.port, sizeof i.port, "%s", port);
    return i;
}

static const char *const nowhere[PRINTER_ROLES] = {"", ""};
static const struct roles_config silent;

TEST(by_hint_before_port)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 2);
    struct roles_candidate list[] = {{&a, &ticket, -1}, {&b, &receipt, -1}};

    roles_bind(&silent, nowhere, list, 2);
    CHECK_INT(list[0].role, PRINTER_TICKET);
    CHECK_INT(list[1].role, PRINTER_RECEIPT);
}

TEST(by_order_of_ports)
{
    struct usb_info a = at("1-10", 1), b = at("1-2", 1), c = at("1-3", 1);
    struct roles_candidate list[] = {{&a, &plain, -1}, {&b, &plain, -1}, {&c, &plain, -1}};

    roles_bind(&silent, nowhere, list, 3);
    CHECK_INT(list[0].role, -1);
    CHECK_INT(list[1].role, PRINTER_RECEIPT);
    CHECK_INT(list[2].role, PRINTER_TICKET);
}

TEST(two_of_a_kind_fill_both)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 1);
    struct roles_candidate list[] = {{&a, &receipt, -1}, {&b, &receipt, -1}};

    roles_bind(&silent, nowhere, list, 2);
    CHECK_INT(list[0].role, PRINTER_RECEIPT);
    CHECK_INT(list[1].role, PRINTER_TICKET);
}

TEST(what_came_back_keeps_its_role)
{
    const char *const ports[PRINTER_ROLES] = {"1-9", "1-1"};
    struct usb_info a = at("1-1", 1);
    struct roles_candidate list[] = {{&a, &plain, -1}};

    roles_bind(&silent, ports, list, 1);
    CHECK_INT(list[0].role, PRINTER_TICKET);
    /* also when its hint says otherwise: two of a kind, the ticket printer is plugged in first */
    list[0] = (struct roles_candidate){&a, &receipt, -1};
    roles_bind(&silent, ports, list, 1);
    CHECK_INT(list[0].role, PRINTER_TICKET);
    list[0].profile = &plain;
    /* moved to a port nobody knows, it may take the free role */
    a = at("1-5", 1);
    list[0].role = -1;
    roles_bind(&silent, ports, list, 1);
    CHECK_INT(list[0].role, PRINTER_RECEIPT);
}

TEST(a_bound_one_is_left_alone)
{
    struct usb_info a = at("1-1", 1), b = at("1-2", 1);
    struct roles_candidate list[] = {{&a, &plain, PRINTER_TICKET}, {&b, &plain, -1}};

    roles_bind(&silent, nowhere, list, 2);
    CHECK_INT(list[0].role, PRINTER_TICKET);
    CHECK_INT(list[1].role, PRINTER_RECEIPT);
}

TEST(a_named_role_takes_no_other)
{
    struct roles_config c = {.roles = {{.named = true, .port = "1-7", .vendor = -1, .product = -1, .profile = "r"}}};
    struct usb_info a = at("1-1", 1), b = at("1-7", 1);
    struct roles_candidate list[] = {{&a, &receipt, -1}, {&b, &plain, -1}};

    roles_bind(&c, nowhere, list, 2);
    CHECK_INT(list[1].role, PRINTER_RECEIPT);
    CHECK_INT(list[0].role, PRINTER_TICKET);
    CHECK_STR(roles_profile(&c, &b), "r");
    CHECK(!roles_profile(&c, &a));
    /* the named one is not there: the role stays empty */
    list[0].role = -1;
    roles_bind(&c, nowhere, list, 1);
    CHECK_INT(list[0].role, PRINTER_TICKET);
    CHECK_STR(roles_name(PRINTER_RECEIPT), "receipt");
}

TEST(no_file_names_nothing)
{
    struct roles_config c;
    struct err e = {0};

    CHECK_INT(roles_read("/nonexistent", &c, &e), 0);
    CHECK(!c.roles[0].named && !c.roles[1].named);
    CHECK_INT(roles_read(NULL, &c, &e), 0);
}

TEST_MAIN(T(by_hint_before_port), T(by_order_of_ports), T(two_of_a_kind_fill_both), T(what_came_back_keeps_its_role),
          T(a_bound_one_is_left_alone), T(a_named_role_takes_no_other), T(no_file_names_nothing))
