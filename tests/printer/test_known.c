/* SPDX-License-Identifier: Apache-2.0
 *
 * What is remembered of printers, and files that cannot be read.
 */
#include "drivers/printer/known.h"

#include <unistd.h>

#include "base/fs.h"
#include "drivers/printer/profile.h"
#include "test.h"

static char folder[64], path[96];

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/known.XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/%s", folder, KNOWN_FILE);
}

static void end(void)
{
    unlink(path);
    rmdir(folder);
}

static struct usb_info device(const char *serial, const char *port)
{
    struct usb_info i = {.vendor = 0x0fe6, .product = 0x811e};

    snprintf(i.serial, sizeof i.serial, "%s", serial);
    snprintf(i.port, sizeof i.port, "%s", port);
    return i;
}

TEST(it_is_kept_by_serial_number_else_by_port)
{
    struct usb_info a = device("S1", "1-1"), b = device("", "1-2"), moved = device("S1", "2-7"), other = device("", "1-3");
    struct known *k;

    begin();
    k = known_open(folder);
    CHECK_INT(known_printer(k, &a)->confirm, -1);
    known_printer(k, &a)->confirm = PROFILE_MARKER_PROCESS_ID;
    known_printer(k, &b)->confirm = PROFILE_MARKER_PAPER;
    known_printer(k, &b)->roll = (struct roll){.low = true, .fed_mm = 1234};
    known_printer(k, &b)->retracted = 3;
    roll_new(&known_printer(k, &a)->roll, 1765000000000);
    roll_fed(&known_printer(k, &a)->roll, 700);
    CHECK(!known_fed(known_printer(k, &a), 700, 1765000001000));
    CHECK(known_fed(known_printer(k, &a), 700, 1765000002000)); /* a metre is full */
    known_close(k);
    k = known_open(folder);
    CHECK_INT(known_printer(k, &moved)->confirm, PROFILE_MARKER_PROCESS_ID);
    CHECK_INT(known_printer(k, &b)->confirm, PROFILE_MARKER_PAPER);
    CHECK_INT(known_printer(k, &b)->roll.fed_mm, 1234);
    CHECK(known_printer(k, &b)->roll.low);
    CHECK_INT(known_printer(k, &b)->retracted, 3);
    CHECK_INT(known_printer(k, &moved)->roll.at, 1765000000000);
    CHECK_INT(known_printer(k, &moved)->roll.used_mm, 700);
    CHECK_INT(known_printer(k, &moved)->roll.papers, 1);
    CHECK_INT(known_printer(k, &moved)->since, 1765000001000);
    CHECK_INT(known_printer(k, &moved)->fed_m * 1000 + known_printer(k, &moved)->fed_mm, 1400);
    CHECK_INT(known_printer(k, &moved)->cuts, 2);
    CHECK_INT(known_printer(k, &other)->confirm, -1);
    CHECK_INT(known_printer(k, &other)->since, 0);
    known_close(k);
    end();
}

TEST(the_one_longest_unseen_makes_room)
{
    struct known *k = known_open(NULL);
    char port[32];

    for (int i = 0; i < KNOWN_MAX + 3; i++) {
        struct usb_info first = device("", "0"), d;

        snprintf(port, sizeof port, "%d", i);
        d = device("", port);
        known_printer(k, &d)->printed = i + 1;
        CHECK_INT(known_printer(k, &first)->printed, 1); /* seen again each time */
    }
    known_close(k);
    known_close(NULL);
}

TEST(a_file_that_is_wrong_is_begun_anew)
{
    static const char *const wrong[] = {"",
                                        "{",
                                        "{\"printers\":{}}",
                                        "{\"printers\":[{\"confirm\":\"process-id\"}]}",
                                        "{\"printers\":[{\"device\":\"a\",\"colour\":1}]}",
                                        "{\"printers\":[{\"device\":\"0fe6:811e:S1\",\"fed_mm\":-1}]}",
                                        "{\"printers\":[{\"device\":\"0fe6:811e:S1\",\"roll_at\":-5}]}",
                                        "{\"printers\":[{\"device\":\"0fe6:811e:S1\",\"cuts\":\"many\"}]}"};
    struct usb_info a = device("S1", "1-1");

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct err e = {0};
        struct known *k;

        begin();
        CHECK_INT(fs_write_atomic(path, wrong[i], strlen(wrong[i]), 0640, &e), 0);
        k = known_open(folder);
        CHECK_INT(known_printer(k, &a)->confirm, -1);
        CHECK_INT(known_printer(k, &a)->roll.fed_mm, 0);
        known_close(k);
        end();
    }
}

TEST_MAIN(T(it_is_kept_by_serial_number_else_by_port), T(the_one_longest_unseen_makes_room),
          T(a_file_that_is_wrong_is_begun_anew))
