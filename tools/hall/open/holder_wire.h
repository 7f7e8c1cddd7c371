/* SPDX-License-Identifier: Apache-2.0
 *
 * What hallctl and hall-open say to each other of electronic licences, over the socket of `case open`: each one line of JSON
 * that begins with "do". Pure.
 *
 *     holder    number, staff, post, reason, header, body    the citizen's number of a case's applicant, to be sent to the
 *                                                            platform, and its blind index; nothing else of the application
 *     register  staff, post, reason, lines                   blind names for what an import or the platform says: of each
 *                                                            [citizen, kind's code, licence number] the index of the citizen
 *                                                            and the id of the licence
 *
 * What comes in is bounded; nothing of it is signed, and the kernel says who asks. Either leaves a row in the audit before
 * it is answered.
 */
#ifndef HALL_HOLDER_WIRE_H
#define HALL_HOLDER_WIRE_H

#include "tools/hall/open/blind.h"
#include "tools/hall/open/opening_wire.h"

enum holder_do { HOLDER_OF_CASE, HOLDER_REGISTER, HOLDER_DOS };

#define HOLDER_LINES_MAX 100 /* a line holds them whatever stands in them */

struct holder_line {
    char citizen[LICENCE_HOLDER_MAX + 1], code[LICENCE_CODE_MAX + 1], number[LICENCE_NUMBER_MAX + 1];
};
struct holder_request { /* personal data: memory that is wiped */
    enum holder_do what;
    char number[CASE_NUMBER_LEN + 1]; /* OF_CASE */
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1], reason[CASE_WORDS_MAX + 1];
    uint8_t header[RECORD_HEADER_MAX], body[OPENING_BODY_MAX];
    size_t header_len, body_len;
    int n; /* REGISTER */
    struct holder_line lines[HOLDER_LINES_MAX];
};
/* Is this line one of these, and no request to open? */
bool holder_asks(const char *text);
int holder_request_encode(const struct holder_request *r, struct buf *out);
/* Takes any bytes. */
int holder_request_decode(const char *text, size_t len, struct holder_request *ret, struct err *e);

struct holder_answer {            /* likewise */
    enum opening_outcome outcome; /* all but OPENED: nothing else is told */
    int64_t seq;                  /* of its row; 0: there is none */
    uint8_t hash[SHA256_LEN];
    char citizen[LICENCE_HOLDER_MAX + 1]; /* OF_CASE; "": the application names none that a card could have */
    uint8_t index[BLIND_LEN];
    int n; /* REGISTER: as many as were asked, in their order */
    struct {
        uint8_t index[BLIND_LEN], id[LICENCE_ID_LEN];
    } lines[HOLDER_LINES_MAX];
};
int holder_answer_encode(const struct holder_answer *a, struct buf *out);
int holder_answer_decode(const char *text, size_t len, struct holder_answer *ret, struct err *e);

#endif
