/* SPDX-License-Identifier: Apache-2.0
 *
 * Which USB devices are readers (models.def), and by which pipes frames travel, as the descriptors tell.
 */
#ifndef DRIVERS_SAM_PIPES_H
#define DRIVERS_SAM_PIPES_H

#include <stdbool.h>

#include "drivers/usb/usb.h"

enum sam_model {
    SAM_MODEL_NONE, /* no reader */
    SAM_MODEL_SAM,
    SAM_MODEL_HID,
    SAM_MODEL_FIRMWARE, /* to be left alone */
};
enum sam_model sam_model_of(const struct usb_info *info);

enum sam_form {
    SAM_WHOLE, /* the frame on one pair of pipes */
    SAM_SPLIT, /* header and body on pipes of their own */
    SAM_HID,   /* in reports of 64 bytes, on one pair of interrupt pipes */
};
struct sam_pipes {
    enum sam_form form;
    uint8_t interface;
    uint8_t out, out_body, in, in_body; /* the same pair twice unless split */
};

/* -ERR_NOTFOUND: no reader, or one in firmware mode. -ERR_PROTOCOL when the endpoints fit no form: the text says what is
 * there. Bulk or interrupt does not matter here: usb.h goes by the endpoint's type. */
int sam_pipes_choose(const struct usb_info *info, struct sam_pipes *ret, struct err *e);
/* "split", "whole", "hid". */
const char *sam_form_name(enum sam_form f);

#endif
