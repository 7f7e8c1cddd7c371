/* SPDX-License-Identifier: Apache-2.0
 *
 * Which devices are readers, and how frames travel to them, by their descriptors.
 */
#include "drivers/sam/sam_pipes.h"

#include "test.h"

/* One interface with these endpoints, all of one type. */
static struct usb_info info_of(uint16_t vendor, uint16_t product, uint8_t class_, uint8_t type, const char *endpoints)
{
    struct usb_info info = {.vendor = vendor, .product = product, .n_interfaces = 1};
    info.interfaces[0].class_ = class_;
    for (const char *e = endpoints; *e; e++)
        info.interfaces[0].endpoints[info.interfaces[0].n_endpoints++] = (struct usb_endpoint){
            .address = (uint8_t)*e, .type = type, .max_packet = 64};
    return info;
}

static int choose(struct usb_info info, struct sam_pipes *ret)
{
    return sam_pipes_choose(&info, ret, NULL);
}

TEST(by_endpoints)
{
    struct sam_pipes p;
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 2, "\x02\x06\x81\x85"), &p), 0);
    CHECK_INT(p.form, SAM_SPLIT);
    CHECK_INT(p.in_body, 0x85);
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 2, "\x81\x02"), &p), 0);
    CHECK_INT(p.form, SAM_WHOLE);
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 3, "\x84\x03"), &p), 0); /* other addresses, interrupt */
    CHECK_INT(p.form, SAM_WHOLE);
    CHECK_INT(p.in, 0x84);
    CHECK_INT(p.out_body, 0x03);
    CHECK_INT(choose(info_of(0x0316, 0x5020, 0xFF, 2, "\x81\x02"), &p), 0);
    CHECK_INT(p.form, SAM_WHOLE);
    CHECK_INT(choose(info_of(0x2B8B, 0x2721, 3, 3, "\x81\x01"), &p), 0);
    CHECK_INT(p.form, SAM_HID);
    CHECK_STR(sam_form_name(p.form), "hid");
}

TEST(anything_else_is_refused)
{
    struct sam_pipes p;
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 2, "\x02\x81\x83"), &p), -ERR_PROTOCOL);
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 2, "\x02\x06\x81"), &p), -ERR_PROTOCOL);
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 2, ""), &p), -ERR_PROTOCOL);
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 0xFF, 1, "\x02\x81"), &p), -ERR_PROTOCOL); /* isochronous */
    CHECK_INT(choose(info_of(0x0400, 0xC35A, 3, 3, "\x02\x81"), &p), -ERR_PROTOCOL);    /* HID, but not of a HID model */
    CHECK_INT(choose(info_of(0x2B8B, 0x2721, 0xFF, 2, "\x02\x81"), &p), -ERR_PROTOCOL);
    CHECK_INT(choose(info_of(0x0483, 0xDF11, 0xFE, 2, "\x02\x81"), &p), -ERR_NOTFOUND); /* waits for firmware */
    CHECK_INT(choose(info_of(0x046D, 0xC31C, 3, 3, "\x01\x81"), &p), -ERR_NOTFOUND);    /* a keyboard */
}

TEST(models)
{
    struct usb_info dfu = info_of(0x0483, 0xDF11, 0xFE, 2, ""), keyboard = info_of(0x046D, 0xC31C, 3, 3, "\x81");
    CHECK_INT(sam_model_of(&dfu), SAM_MODEL_FIRMWARE);
    CHECK_INT(sam_model_of(&keyboard), SAM_MODEL_NONE);
}

TEST_MAIN(T(by_endpoints), T(anything_else_is_refused), T(models))
