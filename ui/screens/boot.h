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

/* Parts of these pages and of stuck.h's: words are made for a view, one of a language, of no session. */
struct view boot_view(enum language language, const struct place *place);
/* Whom to call, after the words `call`, Chinese and English, and what to say; without a place nobody can be named, and the
 * code stands alone. Returns the y below. */
int boot_call(struct scene *s, const struct boot_page *b, const char *code, const char *const call[2], struct box page,
              int y);

void build_boot(struct scene *s, const struct boot_page *b);
void build_crash(struct scene *s, const struct crash_page *c);

#endif
