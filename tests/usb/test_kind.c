/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/usb/kind.h"

#include "test.h"

static const char *kind(int class_, int subclass, int protocol)
{
    struct usb_info i = {.n_all = 1};

    i.interfaces[0].class_ = (uint8_t)class_;
    i.interfaces[0].subclass = (uint8_t)subclass;
    i.interfaces[0].protocol = (uint8_t)protocol;
    return usb_kind(&i);
}

TEST(by_class)
{
    CHECK_STR(kind(3, 1, 1), "keyboard");
    CHECK_STR(kind(3, 0, 0), "input device");
    CHECK_STR(kind(8, 6, 0x50), "storage");
    CHECK_STR(kind(0xFE, 1, 2), "firmware update mode");
    CHECK_STR(kind(0xFF, 0, 0), "unknown");
}

TEST(what_could_do_harm_comes_first)
{
    struct usb_info i = {.n_all = 2};

    i.interfaces[0].class_ = 8;
    i.interfaces[1] = (struct usb_interface){.class_ = 3, .subclass = 1, .protocol = 1};
    CHECK_STR(usb_kind(&i), "keyboard");
    i.n_all = 0;
    CHECK_STR(usb_kind(&i), "unknown");
}

TEST_MAIN(T(by_class), T(what_could_do_harm_comes_first))
