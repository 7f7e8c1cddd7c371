/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/usb/strings.h"

#include <string.h>

#include "test.h"

static const char *clean(const char *in, size_t len)
{
    static char out[USB_TEXT_MAX];

    usb_strings_clean(in, len, out);
    return out;
}

TEST(as_real_devices_say_it)
{
    CHECK_STR(clean("GPrinter\n", 9), "GPrinter");
    CHECK_STR(clean("Xprinter \n", 10), "Xprinter");
    CHECK_STR(clean("  USB\t Printer \1\2P\n", 20), "USB Printer P");
    CHECK_STR(clean("\xE4\xBD\xB3\xE5\x8D\x9A", 6), "\xE4\xBD\xB3\xE5\x8D\x9A");
    CHECK_STR(clean("a\xC0\xAF\xFF\0z", 6), "az"); /* overlong, no UTF-8, NUL */
    CHECK_STR(clean("a\xC2\x85z", 4), "az");       /* a control code of the second set */
    CHECK_STR(clean("\n", 1), "");
    CHECK_STR(clean("", 0), "");
}

TEST(never_longer_than_its_place)
{
    char in[300];

    memset(in, 'x', sizeof in);
    CHECK_INT(strlen(clean(in, sizeof in)), USB_TEXT_MAX - 1);
    memcpy(in + USB_TEXT_MAX - 2, "\xE4\xBD\xB3", 3); /* does not fit any more: it is not cut in two */
    CHECK_INT(strlen(clean(in, sizeof in)), USB_TEXT_MAX - 2);
}

TEST(no_such_device)
{
    struct usb_info info = {.port = "99-1", .serial = "old"};

    usb_strings_read(&info);
    CHECK_STR(info.serial, "");
    CHECK_STR(info.maker, "");
}

TEST_MAIN(T(as_real_devices_say_it), T(never_longer_than_its_place), T(no_such_device))
