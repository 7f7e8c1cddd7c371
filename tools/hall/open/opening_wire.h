/* SPDX-License-Identifier: Apache-2.0
 *
 * What hallctl and hall-open say to each other, and the rows of the audit: each one line of JSON. Pure.
 *
 * What comes in is bounded; nothing of it is signed. Who asks is the kernel's word (SO_PEERCRED), and the sealed bytes are
 * bound to their header by the seal itself.
 */
#ifndef HALL_OPENING_WIRE_H
#define HALL_OPENING_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "model/application.h"
#include "model/identity.h"
#include "model/number.h"
#include "model/record.h"
#include "model/speak.h"
#include "model/terminal.h"
#include "tools/hall/rules/case.h"

enum opening_outcome {
#define OUTCOME(NAME, word, what, remedy) OPENING_##NAME,
#include "tools/hall/open/outcome.def"
#undef OUTCOME
    OPENING_OUTCOMES,
};
const char *opening_word(enum opening_outcome o);
bool opening_by_word(const char *word, enum opening_outcome *ret);
const char *opening_what(enum opening_outcome o);
const char *opening_remedy(enum opening_outcome o);

/* --- the request --- */

/* A case's, or that of what somebody said (model/speak.h). */
bool opening_number_valid(const char *number);

#define OPENING_BODY_MAX (APPLICATION_MAX + SEAL_PAD + SEAL_OVERHEAD)

struct opening_request {
    char number[CASE_NUMBER_LEN + 1];   /* of what belongs to a case; "": the record is none */
    char terminal[TERMINAL_ID_MAX + 1]; /* … but this terminal's: its disk's key, say */
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1], reason[CASE_WORDS_MAX + 1];
    uint8_t header[RECORD_HEADER_MAX], body[OPENING_BODY_MAX];
    size_t header_len, body_len;
};
int opening_request_encode(const struct opening_request *r, struct buf *out);
/* Strict: a number as above or a terminal's name, one line each for staff, post and reason, none of them empty. Takes any
 * bytes. */
int opening_request_decode(const char *text, size_t len, struct opening_request *ret, struct err *e);

/* --- a row of the audit --- */

/* What it was opened for. All but the first is the machine's doing, and shows nothing to anybody. */
enum opening_act {
    OPENING_OPEN,     /* a person read it */
    OPENING_INDEX,    /* who handed it in became a blind index */
    OPENING_COMPARE,  /* the digits somebody gave were held against its phone */
    OPENING_HOLDER,   /* its applicant's number went to whoever asks the platform of licences; nobody read the rest */
    OPENING_REGISTER, /* of no record: blind names were made for licences */
    OPENING_TOLD,     /* of no record: what somebody holds of licences was told at a terminal, sealed to it */
    OPENING_ACTS,
};
const char *opening_act_word(enum opening_act a);

#define OPENING_ROW_MAX 4096 /* of JSON */

struct opening_row {
    int64_t seq, at;                                                 /* from 1, no holes; ms */
    int64_t user;                                                    /* the number of who asked, by the kernel's word */
    char number[CASE_NUMBER_LEN + 1], terminal[TERMINAL_ID_MAX + 1]; /* one of them, as in the request; REGISTER: none */
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1], reason[CASE_WORDS_MAX + 1];
    uint8_t record[16]; /* zeros: its header could not be read */
    enum opening_outcome outcome;
    enum opening_act act; /* rows of before there were others say nothing of it: OPEN */
};
int opening_row_encode(const struct opening_row *r, struct buf *out);
int opening_row_decode(const char *text, size_t len, struct opening_row *ret, struct err *e);

/* hash = SHA-256("tongban-opening-v1\n" ‖ hash of the row before ‖ the row's JSON); before the first: SHA-256 of those
 * words. */
void opening_hash_first(uint8_t out[SHA256_LEN]);
void opening_hash(const uint8_t before[SHA256_LEN], const void *json, size_t len, uint8_t out[SHA256_LEN]);

/* --- the answer --- */

#define OPENING_NOTICE_MAX 60

struct opening_answer {
    enum opening_outcome outcome;
    int64_t seq; /* of its row; 0: there is none */
    uint8_t hash[SHA256_LEN];
    char name[IDENTITY_NAME_MAX + 1], notice[OPENING_NOTICE_MAX + 1]; /* masked; "": none */
};
/* What was sealed, whoever sealed it: `application` gets it as one line of JSON, `a` the name and the way of notice, masked.
 */
int opening_application_decode(const char *text, size_t len, struct opening_answer *a, struct buf *application);
/* `application` (JSON, one line) stands in it when it was opened. */
int opening_answer_encode(const struct opening_answer *a, const struct buf *application, struct buf *out);
/* *ret_doc is owned and holds *ret_application; both NULL when nothing was opened. */
int opening_answer_decode(const char *text, size_t len, struct opening_answer *ret, struct json **ret_doc,
                          const struct json **ret_application, struct err *e);

#endif
