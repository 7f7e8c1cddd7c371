/* SPDX-License-Identifier: Apache-2.0
 *
 * Which system a terminal runs and which one it shall. POST /v1/system: the terminal's word,
 *     {"v":1,"running":"1.5.7","slot":"a","other":"1.5.2","state":word,"version":"1.5.9","why":word,"at":s}
 * unsigned and harmless: it can only make the hall wait or stop. `state`, `version` and `why` are of the last update. The
 * hall answers with an order,
 *     {"order":text,"key":16 hex digits,"sig":hex of the DER signature}
 * whose text is JSON in its turn,
 *     {"terminal":id,"at":ms,"until":ms,"version":"1.5.9","size":n,"sha256":hex,"from":120,"to":300,"go":true,"why":word}
 * signed by a key of the root's role acknowledgement over "tongban-system-v1\n" ‖ the bytes of that text. kiosk-sync may
 * fetch what it names; kiosk starts the installation, and only while an order for this very terminal that it has verified
 * says `go`, between its `from` and `to` (minutes of the terminal's day; from > to: over midnight), before `until`. So a
 * kiosk-sync that was taken over can start nothing that the hall does not want now; and what is installed bears a signature
 * of its own, which RAUC verifies. version "" asks for nothing. `why` is a word of tools/hall/rules/rollout.def, for
 * technicians.
 *
 * GET /v1/system/VERSION.raucb, whole or in ranges, and VERSION.pieces (wire/pieces.h).
 */
#ifndef WIRE_SYSTEM_H
#define WIRE_SYSTEM_H

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "model/record.h"
#include "model/system_report.h"
#include "wire/manifest.h"

#define SYSTEM_STATUS_FILE "/run/tongban-update/status"
#define SYSTEM_PREFIX "tongban-system-v1\n"
#define SYSTEM_BYTES_MAX 2048
#define SYSTEM_TEXT_MAX 768
#define SYSTEM_BUNDLE_MAX (INT64_C(2) * 1024 * 1024 * 1024)

/* Digits, letters, . ~ ^ -, and neither . nor - first: it is a part of file names. */
bool system_version_valid(const char *version);

int system_report_encode(const struct system_report *r, struct buf *out);
int system_report_decode(const void *data, size_t len, struct system_report *ret, struct err *e);

/* The line that board/update/update writes: the same, and `left`. */
int system_status_decode(const void *data, size_t len, struct system_report *ret, struct err *e);
/* The same of the file it stands in, for all who tell of it; the one file that is read here. -ERR_NOTFOUND: nothing has been
 * said since this machine started. *ret is untouched on failure. */
int system_status_read(const char *path, struct system_report *ret, struct err *e);

struct system_order {
    char terminal[TERMINAL_ID_MAX + 1];
    int64_t at_ms, until_ms;
    char version[SYSTEM_VERSION_LEN + 1];
    int64_t size;
    uint8_t sha256[SHA256_LEN];
    int from_min, to_min;
    bool go;
    char why[SYSTEM_WHY_MAX + 1];
};
struct system_word { /* as the hall signed it */
    char order[SYSTEM_TEXT_MAX + 1];
    struct manifest_signature by;
};
int system_order_encode(const struct system_order *o, struct buf *out);
int system_order_decode(const void *data, size_t len, struct system_order *ret, struct err *e);
int system_word_encode(const struct system_word *w, struct buf *out);
int system_word_decode(const void *data, size_t len, struct system_word *ret, struct err *e);
/* 0 and the order, -ERR_SIGNATURE, or -ERR_ACCESS: it is another terminal's. */
int system_word_verify(const struct manifest_role *hall, const char *terminal, const struct system_word *w,
                       struct system_order *ret, struct err *e);
/* Is this minute of the day within the order's hours? */
bool system_order_hour(const struct system_order *o, int minute);

#endif
