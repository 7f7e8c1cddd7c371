/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/ask: a question that names a person, from kiosk to hall-open and back. kiosk-sync, the network and the hall's web
 * process carry bytes that none of them can open.
 *
 * The question is JSON, one of
 *     {"v":1,"about":"cases","language":"zh-CN","number":a citizen's number, as the card that was read here has it}
 *     {"v":1,"about":"case","language":"zh-CN","case":19 digits,"phone":the last 4 digits of the one in the application}
 *     {"v":1,"about":"spoken","language":"zh-CN","code":the 18 digits of what somebody said (model/speak.h)}
 *     {"v":1,"about":"appointment","language":"zh-CN","number":as above, where a card was read, and a wish
 *      as ask_appointment.h has it}
 *     {"v":1,"about":"licences","language":"zh-CN","number":as above,"item":task_code}: what of the licences that this item
 *      asks for the person holds electronically; which kinds those are says the hall's own catalogue
 * padded and sealed by HPKE to the ask key of the signed root, info "tongban/ask/1", aad
 *     "tongban-ask-v1\n" ‖ be32(length) ‖ terminal ‖ be64(at)
 * so it is good for the terminal whose certificate brings it, and for that time. On its way it is
 *     {"v":1,"at":ms,"key":16 hex digits,"sealed":hex}
 * The answer is JSON, padded and sealed under a key exported from the same context (crypto/seal.h):
 *     {"v":1,"at":ms,"reason":a word of model/ask_reason.def}
 *     {"v":1,"at":ms,"more":false,"cases":[…]}
 *     {"v":1,"at":ms,"spoken":{…}}
 * with a case as put_case() in ask_answer.c writes it, in the order of model/my_case.h, and what was said as ask_spoken.c
 * does. What a newer hall says besides of a case is passed over: only that may be added without which all else stays true.
 * Of appointments the answer is as ask_appointment.h has it, of licences as ask_licence.h does. On its way it is
 * {"v":1,"answer":hex}.
 *
 * All here is pure, strict and bounded, and takes any bytes. Questions and answers are personal data: what holds them is
 * wiped.
 */
#ifndef WIRE_ASK_H
#define WIRE_ASK_H

#include "base/buf.h"
#include "base/err.h"
#include "crypto/seal.h"
#include "model/appointment.h"
#include "model/ask_reason.h"
#include "model/item.h"
#include "model/my_case.h"
#include "model/strings.h"

#define ASK_CITIZEN_MIN 15
#define ASK_CITIZEN_MAX 18
#define ASK_PHONE_LEN 4
#define ASK_SEALED_MAX (SEAL_PAD + SEAL_OVERHEAD)
#define ASK_BYTES_MAX 1024                                              /* of a question on its way */
#define ASK_ANSWER_MAX (24 * 1024)                                      /* of an answer's JSON */
#define ASK_REPLY_MAX (ASK_ANSWER_MAX + SEAL_PAD + SEAL_REPLY_OVERHEAD) /* sealed */
#define ASK_ANSWERED_MAX (2 * ASK_REPLY_MAX + 64)                       /* on its way */

enum ask_about { ASK_ABOUT_CASES, ASK_ABOUT_CASE, ASK_ABOUT_SPOKEN, ASK_ABOUT_APPOINTMENT, ASK_ABOUT_LICENCES, ASK_ABOUTS };

struct ask_question {
    enum ask_about about;
    enum language language; /* of the sentences in the answer */
    char citizen[ASK_CITIZEN_MAX +
                 1]; /* CASES, LICENCES, APPOINTMENT; X upper case. "": APPOINTMENT_FREE, which is nobody's */
    char number[CASE_NUMBER_LEN + 1]; /* CASE */
    char phone[ASK_PHONE_LEN + 1];    /* CASE */
    char code[SPEAK_CODE_LEN + 1];    /* SPOKEN */
    struct appointment_wish wish;     /* APPOINTMENT */
    char item[ITEM_CODE_MAX + 1];     /* LICENCES */
};
int ask_question_encode(const struct ask_question *q, struct buf *out, struct err *e);
int ask_question_decode(const void *data, size_t len, struct ask_question *ret, struct err *e);

/* --- the question on its way --- */

struct ask_sealed {
    int64_t at;
    uint8_t key[8]; /* which ask key */
    uint8_t sealed[ASK_SEALED_MAX];
    size_t len;
};
int ask_sealed_encode(const struct ask_sealed *s, struct buf *out);
int ask_sealed_decode(const void *data, size_t len, struct ask_sealed *ret, struct err *e);

/* kiosk's side. *ret_reply, a secret, opens the answer. */
int ask_seal(const struct public_key *to, const char *terminal, int64_t at, const struct ask_question *q,
             struct ask_sealed *ret, struct seal_reply *ret_reply, struct err *e);
/* hall-open's. -ERR_SIGNATURE: not sealed to this key by that terminal at that time; -ERR_INVALID: it is no question. */
int ask_open(const struct private_key *k, const char *terminal, const struct ask_sealed *s, struct ask_question *ret,
             struct seal_reply *ret_reply, struct err *e);

/* --- the answer --- */

/* What was said; or the newest cases that fit into ASK_ANSWER_MAX; where some do not, "more" says so. Before one is left
 * out, who opened them is, the oldest first; how often stays. */
int ask_answer_encode(const struct my_cases *cases, struct buf *out);
int ask_reason_encode(enum ask_reason why, int64_t at, struct buf *out);
/* ret->at is filled in either way; the rest of *ret where *ret_why is ASK_ANSWERED. */
int ask_answer_decode(const void *data, size_t len, struct my_cases *ret, enum ask_reason *ret_why, struct err *e);

/* On its way: `sealed` is what seal_reply() made. */
int ask_answered_encode(const void *sealed, size_t len, struct buf *out);
int ask_answered_decode(const void *data, size_t len, uint8_t sealed[ASK_REPLY_MAX], size_t *ret_len, struct err *e);

#endif
