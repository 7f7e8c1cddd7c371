/* SPDX-License-Identifier: Apache-2.0
 *
 * The page of a machine that does not start: what happened, whether what was handed in is safe, whom to call and with which
 * code, what a technician does. Nobody can touch it; kiosk-page draws it, or has drawn it (board/image/rescue).
 */
#ifndef UI_SCREENS_STUCK_H
#define UI_SCREENS_STUCK_H

#include "ui/screens/boot.h"

#define STUCK_UNSENT_UNKNOWN (-1)

struct stuck_page {
    struct boot_page boot; /* slow is of no account */
    const char *code;      /* of stuck.def */
    long unsent;           /* applications that only this machine has, by its own signed note; STUCK_UNSENT_UNKNOWN */
};

bool stuck_code_known(const char *code);
void build_stuck(struct scene *s, const struct stuck_page *p);

#endif
