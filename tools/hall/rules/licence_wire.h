/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said between the hall and the provincial platform of electronic licences: one question about one person and the
 * kinds one item asks for, and its answer. JSON, POSTed to the URL that staff configured; members of a certificate bear the
 * names of the national exchange table up_lic_data. Pure.
 *
 *     {"v":1,"request":"32 hex digits","case":"1103…","item":"task_code","purpose":"…","staff":"…","post":"…",
 *      "certificate_holder_code":"1101…","kinds":["居住证",…]}
 *     {"v":1,"request":"the same","answers":[
 *       {"kind":"居住证","certificates":[{"certificate_holder_code":"1101…","certificate_type_code":"…",
 *         "certificate_type":"居住证","certificate_number":"…","issue_dept":"…","valid_from":"2024-01-05",
 *         "valid_to":"2029-01-04" or "","state":"valid"}]},
 *       {"kind":"…","certificates":[]},                         it knows of none
 *       {"kind":"…","failed":"source-away"}]}                   it cannot say: a word of licence_why.def
 *
 * The answer comes by TLS from whom the configured CA vouches for, and is not believed for that: it is bounded, and taken
 * whole or not at all. It answers each kind that was asked for, once, and no other; each certificate is this person's and of
 * that kind, with days that can be.
 */
#ifndef HALL_LICENCE_WIRE_H
#define HALL_LICENCE_WIRE_H

#include "base/buf.h"
#include "tools/hall/rules/licence.h"

#define LICENCE_REQUEST_LEN 16
#define LICENCE_KINDS_MAX ITEM_LIST_MAX
#define LICENCE_OF_KIND_MAX 8 /* certificates of one kind */
#define LICENCE_SAID_MAX 48   /* … in one answer */
#define LICENCE_QUESTION_BYTES_MAX (16 * 1024)
#define LICENCE_ANSWER_BYTES_MAX (64 * 1024)

struct licence_question { /* personal data: memory that is wiped */
    uint8_t request[LICENCE_REQUEST_LEN];
    char number[CASE_NUMBER_LEN + 1], item[ITEM_CODE_MAX + 1];
    char purpose[CASE_WORDS_MAX + 1], staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1];
    char holder[LICENCE_HOLDER_MAX + 1];
    int n;
    char kinds[LICENCE_KINDS_MAX][LICENCE_KIND_MAX + 1];
};
int licence_question_encode(const struct licence_question *q, struct buf *out);
/* For whoever plays the platform. Takes any bytes. */
int licence_question_decode(const void *text, size_t len, struct licence_question *ret, struct err *e);

struct licence_answer {                             /* likewise */
    struct licence_check checks[LICENCE_KINDS_MAX]; /* one for each kind of the question, in its order; `at` is left alone */
    int n;
    struct licence_said said[LICENCE_SAID_MAX]; /* told `today` */
};
/* Takes any bytes. -ERR_INVALID: it breaks the form; -ERR_PROTOCOL: it is of another person, another question or another
 * kind, or a certificate cannot be. *e names no person and no number. */
int licence_answer_decode(const void *text, size_t len, const struct licence_question *q, struct date today,
                          struct licence_answer *ret, struct err *e);

#endif
