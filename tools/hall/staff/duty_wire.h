/* SPDX-License-Identifier: Apache-2.0
 *
 * What the duty list's page sends, as ask_wire.h's: strictly read, bounded, pure; harmless, for the hall judges it.
 */
#ifndef HALL_STAFF_DUTY_WIRE_H
#define HALL_STAFF_DUTY_WIRE_H

#include "model/terminal.h"
#include "tools/hall/rules/duty.h"
#include "tools/hall/rules/shift.h"

/* {"id":"32 hex","terminal":"e-01","what":"silent","since":1767574800000,"seen":"0601","words":"…","minutes":60}: `seen`
 * whose it was on the page, "" nobody's; `minutes` until when somebody who takes it promises it, 0 for all else. `terminal`
 * is "-" where it is no terminal's. */
struct duty_ask {
    uint8_t id[16];
    char terminal[TERMINAL_ID_MAX + 1], what[DUTY_WHAT_MAX + 1], seen[ACCOUNT_ID_MAX + 1], words[DUTY_WORDS_MAX + 1];
    int64_t since;
    int minutes;
    enum duty_verb verb; /* of the path */
};
int duty_ask_decode(const void *data, size_t len, struct duty_ask *ret, struct err *e);

/* {"id":"32 hex","staff":"0601","zone":"16 hex","days":31,"from":8,"to":18,"place":1,"way":"…"}, a row of the list; or its
 * id alone, where it goes: `drops`. */
struct shift_ask {
    struct shift shift;
    bool drops; /* of the path, before */
};
int shift_ask_decode(const void *data, size_t len, struct shift_ask *ret, struct err *e);

#endif
