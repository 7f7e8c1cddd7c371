/* SPDX-License-Identifier: Apache-2.0
 *
 * What is known about a printer model: data, one JSON file each in assets/printers/ (README there), with `inherits`.
 */
#ifndef DRIVERS_PRINTER_PROFILE_H
#define DRIVERS_PRINTER_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "drivers/printer/gb18030.h"
#include "drivers/usb/usb.h"

#define PROFILES_MAX 32
#define PROFILE_MATCHES_MAX 8
#define PROFILE_DOTS_MIN 256
#define PROFILE_DOTS_MAX 832
#define PROFILE_FALLBACK "unknown" /* for a printer that is only known by its interface class */

/* Either: nobody knows whether it has a cutter; fed to the tear bar, and cut there. */
enum profile_cut { PROFILE_CUT_NONE, PROFILE_CUT_PARTIAL, PROFILE_CUT_FULL, PROFILE_CUT_EITHER };
enum profile_marker { PROFILE_MARKER_PAPER, PROFILE_MARKER_PROCESS_ID, PROFILE_MARKERS };
enum profile_clear { PROFILE_CLEAR_DC4, PROFILE_CLEAR_ENQ };
enum profile_presenter { PROFILE_PRESENTER_NONE, PROFILE_PRESENTER_CUSTOM };
enum profile_qr { PROFILE_QR_RASTER, PROFILE_QR_NATIVE };

/* How its status differs from Epson's. */
#define PROFILE_NO_FIXED_BITS 1u /* answers to DLE EOT keep no fixed bits: only what was asked tells what they are */
#define PROFILE_UNTORN_BIT 2u    /* DLE EOT 1 bit 7: the paper was not torn off yet */
#define PROFILE_IN_ORDER 4u      /* DLE EOT is answered in its turn, behind what is to be printed */
#define PROFILE_JAM_BIT 8u       /* DLE EOT 3 bit 2 is a paper jam, not just any error that can be ended */
/* What its USB side needs. */
#define PROFILE_VENDOR_CLASS 1u /* its interface is of class FF */

struct profile {
    char name[40];
    struct profile_match {
        uint16_t vendor;
        int product;              /* -1: any */
        char model[USB_TEXT_MAX]; /* as the device says; "": any */
    } matches[PROFILE_MATCHES_MAX];
    int n_matches;
    int role_hint;   /* DEVICE_RECEIPT, DEVICE_TICKET or -1 */
    int dots;        /* printable width */
    bool asks_width; /* nobody knows it: `dots` is the least there is, until somebody has read the ruler it prints */
    int dots_per_mm;
    int mm_per_s;          /* the slowest it prints: for deadlines */
    enum gb_range chinese; /* what its Chinese font holds; GB_NONE: Chinese goes as pictures */
    int code_page;         /* ESC t before Chinese text */
    bool separate_size;    /* Chinese is sized by FS ! */
    int scale_max;         /* of characters */
    int user_glyphs;       /* Chinese characters that FS 2 defines at a time; 0: none */
    enum profile_qr qr;
    enum profile_cut cut;
    int cut_dots; /* fed past the cutter's margin */
    struct {
        enum profile_presenter family;
        int step_um;    /* the paper moves so far for one step */
        int present_mm; /* so much of it is held out */
        int retract_s;  /* not taken for so long, it is drawn back */
    } presenter;
    enum profile_marker confirm[PROFILE_MARKERS]; /* in this order; more than one: the printer is probed once */
    int n_confirm;
    bool automatic_status; /* GS a works */
    unsigned status;       /* PROFILE_NO_FIXED_BITS … */
    int answer_ms;         /* how long an answer may take, also while paper moves */
    bool port_status;      /* "paper empty" in GET_PORT_STATUS is to be believed */
    unsigned usb;          /* PROFILE_VENDOR_CLASS … */
    bool names_itself;     /* GS I 65 to 68 are answered */
    bool column_image;     /* ESC * inside a text line: frames get their sides */
    int band_rows;         /* rows of one raster image at most */
    enum profile_clear clear;
    int low_mm; /* left on the roll when "near end" is first seen */
};

struct profiles {
    struct profile list[PROFILES_MAX];
    int n;
};

/* Reads every *.json of the folder. -ERR_INVALID names file and member; the fallback must be among them. */
int profiles_load(const char *folder, struct profiles **ret, struct err *e);
void profiles_free(struct profiles *p); /* takes NULL */
/* What fits a device best: by model, else by vendor and product, else by vendor, else the fallback. *ret_why is one of
 * "model", "vendor and product", "vendor", "class". Never NULL. */
const struct profile *profiles_match(const struct profiles *p, const struct usb_info *info, const char **ret_why);
const struct profile *profiles_by_name(const struct profiles *p, const char *name); /* NULL: none */

/* profile_members.c: one file's members into *p. `inherits` is left to the caller, who has it read before. */
struct json;
extern const char profile_members[]; /* their names, by spaces */
struct profile profile_root(void);   /* what every ESC/POS printer can do */
int profile_read(const struct json *o, struct profile *p, struct err *e);

#endif
