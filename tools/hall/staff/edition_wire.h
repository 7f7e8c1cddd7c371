/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of editions send (editions.c, systems.c): strictly read, bounded, pure, as ask_wire.h has it of the others.
 */
#ifndef HALL_STAFF_EDITION_WIRE_H
#define HALL_STAFF_EDITION_WIRE_H

#include "tools/hall/editions/halt_deed.h"

#define UPLOAD_BODY_MAX (256 * 1024) /* bytes of a piece of a file */

/* {"reason":"…","seq":3,"percent":10,"at":"2026-01-05T02:00:00+08:00","terminals":"t-1,t-2","stop_after":2}; all but the
 * first may be missing: 0, "". One line each. `seq`: of the state that whoever presses looked at. */
struct edition_say {
    char reason[EDITION_WHY_MAX + 1], terminals[EDITION_CHOSEN_MAX + 1];
    int64_t seq;
    int percent, stop_after;
    int64_t at; /* ms; 0: not said */
    /* by the path: */
    enum edition_kind kind;
    int64_t version;
    char name[SYSTEM_VERSION_LEN + 1]; /* of a system */
    enum edition_act act;
};
int edition_say_decode(const void *data, size_t len, struct edition_say *ret, struct err *e);
/* "43/approve", the end of a path. False: it is none. */
bool edition_path_decode(const char *tail, struct edition_say *ret);
bool system_path_decode(const char *tail, struct edition_say *ret); /* "1.5.9/approve" */

/* {"terminal","reason"}: what failed there of a system is tried once more. */
struct retry_say {
    char terminal[TERMINAL_ID_MAX + 1], reason[EDITION_WHY_MAX + 1];
};
int retry_say_decode(const void *data, size_t len, struct retry_say *ret, struct err *e);

/* {"manifest":"…","signatures":"…"}: catalog.json and catalog.sig, appended to the buffers. */
int upload_begin_decode(const void *data, size_t len, struct buf *manifest, struct buf *signatures, struct err *e);
/* {"item","reason","zh","en"}: what is taken off or, without the last two, brought back; one line each. */
struct halt_say {
    bool on; /* by the path, before it is read */
    char item[ITEM_CODE_MAX + 1], reason[HALT_WHY_MAX + 1], zh[HALT_WORD_MAX + 1], en[HALT_WORD_MAX + 1];
};
int halt_say_decode(const void *data, size_t len, struct halt_say *ret, struct err *e);
/* {"text"}: which items are looked for. */
#define ITEMS_TEXT_MAX 120
int items_ask_decode(const void *data, size_t len, char ret[ITEMS_TEXT_MAX + 1], struct err *e);

#endif
