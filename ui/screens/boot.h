/* SPDX-License-Identifier: Apache-2.0
 *
 * The two pages that are shown when kiosk is not there: while the machine starts, and when kiosk ended again and again.
 * Nobody can touch them, so they speak both languages at once. They belong to no session: kiosk-page draws them.
 */
#ifndef UI_SCREENS_BOOT_H
#define UI_SCREENS_BOOT_H

#include <stdbool.h>

#include "session/view.h"
#include "ui/node/scene.h"

struct boot_page {
    const struct place *place; /* NULL: not known yet */
    const char *version;
    const char *slot; /* "A", "B", "" */
    bool slow;        /* it takes longer than it should */
};

struct crash_page {
    struct boot_page boot; /* slow is of no account */
    const char *code;      /* "K 2011" */
    const char *since;     /* "14:18" */
    const char *other;     /* the version that is started now; NULL: there is none, the same one is tried again */
    int times;
};

void build_boot(struct scene *s, const struct boot_page *b);
void build_crash(struct scene *s, const struct crash_page *c);

#endif
