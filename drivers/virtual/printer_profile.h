/* SPDX-License-Identifier: Apache-2.0
 *
 * What a virtual printer is like and how it lies: one line each in printer_profile.def.
 */
#ifndef DRIVERS_VIRTUAL_PRINTER_PROFILE_H
#define DRIVERS_VIRTUAL_PRINTER_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define PRINTER_FIFO_MAX (64 * 1024)

enum virtual_port_status { PORT_HONEST, PORT_CONSTANT, PORT_STALLS };
enum virtual_chinese {
    CHINESE_TWO_BYTE,  /* GB 18030 without its four-byte codes: each prints as two wrong signs */
    CHINESE_FOUR_BYTE, /* all of it */
    CHINESE_GB2312,
    CHINESE_NONE,
};
enum virtual_qr {
    QR_NONE,     /* GS ( k is stepped over */
    QR_OWN,      /* GS ( k */
    QR_BAR_CODE, /* under GS k, as "level,mode,data" */
    QR_AS_TEXT,  /* GS ( k is not known: its bytes are text */
};

struct virtual_printer_profile {
    const char *name, *meaning;
    uint16_t vendor, product;
    const char *maker, *model, *serial; /* string descriptors; NULL: none */
    const char *firmware;               /* GS I 65 to 68: this and those; NULL: GS I is not answered */
    uint8_t out, in, protocol;          /* 0: 01, 82, 2 */
    const char *language;               /* of its device id; NULL: ESC/POS. Another: it prints nothing of what it gets */
    bool vendor_class;                  /* the interface does not say that it is a printer's */
    bool alternates;                    /* setting 0 of the interface only receives, setting 1 also answers */
    int dots, fifo, dots_per_s;         /* 0: 576, 4096, 1600 */
    /* paper */
    bool no_cutter; /* a person tears */
    bool presenter; /* GS e; the ticket waits at the output */
    bool torn_bit;  /* bit 7 of DLE EOT 1: not torn away yet */
    /* text */
    enum virtual_chinese chinese;
    bool chinese_off;   /* at power-on */
    int chinese_page;   /* ESC t n that means Chinese; 0: none */
    bool next_line;     /* FS & and FS . count from the next line */
    bool separate_size; /* GS ! does not size Chinese */
    /* commands */
    bool process_id, automatic_status, clear_dc4, graphics, user_glyphs;
    bool switches_real_time; /* GS ( D */
    enum virtual_qr qr;
    int raster_rows; /* most in one image; a higher one is not taken as an image. 0: any */
    /* lies */
    enum virtual_port_status port_status;
    bool no_status, in_order, bare_status, mute_while_feeding;
    bool loses_when_full, eats_real_time;
};

/* NULL, and the names of those there are, when there is no such one. */
const struct virtual_printer_profile *virtual_printer_profile(const char *name, struct err *e);

#endif
