/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam_pipes.h. Two families of readers share 0400:C35A: those that split a frame over four pipes, and those with one
 * pair. Nothing but their descriptors tells them apart.
 */
#include "drivers/sam/sam_pipes.h"

#include <stdio.h>

#define CLASS_HID 3

enum sam_model sam_model_of(const struct usb_info *info)
{
    static const struct {
        uint16_t vendor, product;
        enum sam_model model;
    } models[] = {
#define MODEL(vendor, product, how, what) {vendor, product, SAM_MODEL_##how},
#include "drivers/sam/models.def"
#undef MODEL
    };
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (info->vendor == models[i].vendor && info->product == models[i].product)
            return models[i].model;
    }
    return SAM_MODEL_NONE;
}

const char *sam_form_name(enum sam_form f)
{
    switch (f) {
    case SAM_WHOLE:
        return "whole";
    case SAM_SPLIT:
        return "split";
    case SAM_HID:
        return "hid";
    }
    return "";
}

static bool has(const struct usb_interface *in, uint8_t address)
{
    for (int i = 0; i < in->n_endpoints; i++) {
        if (in->endpoints[i].address == address && in->endpoints[i].type >= 2)
            return true;
    }
    return false;
}

static bool find_pair(const struct usb_interface *in, uint8_t *out, uint8_t *back)
{
    int n_out = 0, n_in = 0;
    for (int i = 0; i < in->n_endpoints; i++) {
        uint8_t address = in->endpoints[i].address;
        if (in->endpoints[i].type < 2)
            continue;
        if (address & 0x80) {
            n_in++;
            *back = address;
        } else {
            n_out++;
            *out = address;
        }
    }
    return n_out == 1 && n_in == 1;
}

static void describe(const struct usb_info *info, char *out, size_t cap)
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < info->n_interfaces; i++) {
        for (int k = 0; k < info->interfaces[i].n_endpoints && used + 4 < cap; k++)
            used += (size_t)snprintf(out + used, cap - used, " %02x", info->interfaces[i].endpoints[k].address);
    }
}

static bool choose_on(const struct usb_interface *face, enum sam_model model, struct sam_pipes *ret)
{
    uint8_t out = 0, in = 0;
    bool hid = face->class_ == CLASS_HID;
    if (face->alternate != 0 || hid != (model == SAM_MODEL_HID))
        return false;
    if (!hid && has(face, 0x02) && has(face, 0x06) && has(face, 0x81) && has(face, 0x85)) {
        *ret = (struct sam_pipes){SAM_SPLIT, face->number, 0x02, 0x06, 0x81, 0x85};
        return true;
    }
    if (!find_pair(face, &out, &in))
        return false;
    *ret = (struct sam_pipes){hid ? SAM_HID : SAM_WHOLE, face->number, out, out, in, in};
    return true;
}

int sam_pipes_choose(const struct usb_info *info, struct sam_pipes *ret, struct err *e)
{
    char endpoints[64];
    enum sam_model model = sam_model_of(info);
    if (model == SAM_MODEL_NONE || model == SAM_MODEL_FIRMWARE)
        return err_set(e, ERR_NOTFOUND, "%04x:%04x is no reader that works", info->vendor, info->product);
    for (int i = 0; i < info->n_interfaces; i++) {
        if (choose_on(&info->interfaces[i], model, ret))
            return 0;
    }
    describe(info, endpoints, sizeof endpoints);
    return err_set(e, ERR_PROTOCOL, "neither the four pipes 02 06 81 85 nor one pair%s, but%s",
                   model == SAM_MODEL_HID ? " on a HID interface" : "", *endpoints ? endpoints : " none");
}
