/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want a terminal to do. GET /v1/acts answers what there is for the asking terminal now,
 *     {"acts":[{"act":text,"key":16 hex digits,"sig":hex of the DER signature},…]}
 * whose texts are JSON in their turn,
 *     {"terminal":id,"id":32 hex digits,"at":ms,"until":ms,"act":word,"by":word,"reason":word,"back":ms,"zh":text,"en":text}
 * each signed by a key of the root's role acknowledgement over "tongban-act-v1\n" ‖ the bytes of that text. kiosk-sync hands
 * them on to kiosk, who verifies them: of what stands there nothing is kiosk-sync's own choice but whether it comes and
 * when. kiosk does each once, by its journal, when nobody is there, while its clock is trusted and before `until`, which is
 * at most ACT_MS after `at` (of a message ACT_MESSAGE_MS), and its record of that is the answer. `reason` and `back` are of
 * OUT: a word of model/outage.def and about when it ends, 0: not known. `zh` and `en` are of MESSAGE: what the idle screen
 * says until `until`; both empty: nothing any more. `by`: whose doing, for the records.
 */
#ifndef WIRE_ACT_H
#define WIRE_ACT_H

#include "base/buf.h"
#include "base/err.h"
#include "model/outage.h"
#include "model/record.h"
#include "wire/manifest.h"

/* Its record is of the kind staff: `what` is ACT_WHAT and the act's word, `role` the id, `staff` whose doing. */
#define ACT_WHAT "remote-"
#define ACT_PREFIX "tongban-act-v1\n"
#define ACT_TEXT_MAX 1536 /* of one */
#define ACT_WORD_BYTES 4096
#define ACTS_MAX 8 /* in an answer */
#define ACTS_BYTES_MAX (ACTS_MAX * ACT_WORD_BYTES)
#define ACT_ID_LEN 16
#define ACT_BY_MAX 32       /* letters, digits and .-_ */
#define ACT_MESSAGE_MAX 240 /* bytes of one language */
#define ACT_MS (INT64_C(24) * 3600 * 1000)
#define ACT_MESSAGE_MS (INT64_C(7) * 24 * 3600 * 1000)

enum act_kind {
#define ACT(name, word, away) ACT_##name,
#include "wire/act.def"
#undef ACT
    ACT_KINDS
};
const char *act_word(enum act_kind k);
bool act_by_word(const char *word, enum act_kind *ret);
bool act_is_away(enum act_kind k); /* nobody is served meanwhile */

struct act {
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t id[ACT_ID_LEN];
    int64_t at_ms, until_ms;
    enum act_kind kind;
    char by[ACT_BY_MAX + 1];
    enum outage_reason reason; /* OUT; else 0 */
    int64_t back_ms;
    char zh[ACT_MESSAGE_MAX + 1], en[ACT_MESSAGE_MAX + 1];
};
struct act_signed { /* as the hall signed it */
    char act[ACT_TEXT_MAX + 1];
    struct manifest_signature by;
};
/* -ERR_INVALID where decode would refuse it. */
int act_encode(const struct act *a, struct buf *out, struct err *e);
int act_decode(const void *data, size_t len, struct act *ret, struct err *e);

/* One alone, in one line; and an answer of several. */
int act_signed_encode(const struct act_signed *s, struct buf *out);
int act_signed_decode(const void *data, size_t len, struct act_signed *ret, struct err *e);
int acts_encode(const struct act_signed *list, size_t n, struct buf *out);
int acts_decode(const void *data, size_t len, struct act_signed list[ACTS_MAX], size_t *ret_n, struct err *e);
/* 0 and the act, -ERR_SIGNATURE, or -ERR_ACCESS: it is another terminal's. */
int act_verify(const struct manifest_role *hall, const char *terminal, const struct act_signed *s, struct act *ret,
               struct err *e);

#endif
