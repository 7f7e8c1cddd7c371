/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of devices: they stand in journals and files that were written long ago, so they stay what they are.
 */
#include "model/device.h"
#include "test.h"

TEST(each_role_has_its_word)
{
    CHECK_STR(device_word(DEVICE_RECEIPT), "receipt");
    CHECK_STR(device_word(DEVICE_TICKET), "ticket");
    CHECK_STR(device_word(DEVICE_READER), "reader");
    for (int r = 0; r < DEVICE_ROLES; r++)
        CHECK_INT(device_by_word(device_word((enum device_role)r)), r);
    CHECK_INT(device_by_word("scanner"), DEVICE_ROLES);
    CHECK_INT(device_by_word(""), DEVICE_ROLES);
}

TEST(the_roles_that_print_stand_first)
{
    CHECK_INT(PRINTER_ROLES, 2);
    CHECK(DEVICE_RECEIPT < PRINTER_ROLES && DEVICE_TICKET < PRINTER_ROLES && DEVICE_READER >= PRINTER_ROLES);
}

TEST(each_state_has_its_word)
{
    CHECK_STR(printer_word(PRINTER_READY), "ready");
    CHECK_STR(printer_word(PRINTER_LOW), "low");
    CHECK_STR(printer_word(PRINTER_NO_PAPER), "no-paper");
    CHECK_STR(printer_word(PRINTER_OPEN), "open");
    CHECK_STR(printer_word(PRINTER_FAULT), "fault");
    CHECK_STR(printer_word(PRINTER_ABSENT), "absent");
    CHECK_STR(reader_word(READER_READY), "ready");
    CHECK_STR(reader_word(READER_ABSENT), "absent");
    CHECK_STR(reader_word(READER_FAULT), "fault");
}

TEST_MAIN(T(each_role_has_its_word), T(the_roles_that_print_stand_first), T(each_state_has_its_word))
