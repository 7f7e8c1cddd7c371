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

#define PROFILES_MAX 24
#define PROFILE_MATCHES_MAX 8
#define PROFILE_FALLBACK "generic-80" /* for a printer that is only known by its interface class */

enum profile_cut { PROFILE_CUT_NONE, PROFILE_CUT_PARTIAL, PROFILE_CUT_FULL };
enum profile_marker { PROFILE_MARKER_PAPER, PROFILE_MARKER_PROCESS_ID };
enum profile_clear { PROFILE_CLEAR_DC4, PROFILE_CLEAR_ENQ };

struct profile {
    char name[40];
    struct {
        uint16_t vendor, product;
    } matches[PROFILE_MATCHES_MAX];
    int n_matches;
    int role_hint; /* PRINTER_RECEIPT, PRINTER_TICKET or -1 */
    int dots;      /* printable width */
    int dots_per_mm;
    int mm_per_s;          /* the slowest it prints: for deadlines */
    enum gb_range chinese; /* what its Chinese font holds; GB_NONE: Chinese goes as pictures */
    bool separate_size;    /* Chinese is sized by FS ! */
    int user_glyphs;       /* Chinese characters that FS 2 defines at a time; 0: none */
    int scale_max;         /* of characters */
    enum profile_cut cut;
    int cut_dots; /* fed past the cutter's margin */
    enum profile_marker marker;
    bool automatic_status; /* GS a works */
    bool fixed_bits;       /* replies to DLE EOT keep their fixed bits */
    bool column_image;     /* ESC * inside a text line: frames get their sides */
    int band_rows;         /* rows of one raster image at most */
    enum profile_clear clear;
};

struct profiles {
    struct profile list[PROFILES_MAX];
    int n;
};

/* Reads every *.json of the folder. -ERR_INVALID names file and member; the fallback must be among them. */
int profiles_load(const char *folder, struct profiles **ret, struct err *e);
void profiles_free(struct profiles *p); /* takes NULL */
/* By vendor and product, else the fallback. *ret_why: "vendor and product" or "class". Never NULL. */
const struct profile *profiles_match(const struct profiles *p, uint16_t vendor, uint16_t product, const char **ret_why);
const struct profile *profiles_by_name(const struct profiles *p, const char *name); /* NULL: none */

#endif
