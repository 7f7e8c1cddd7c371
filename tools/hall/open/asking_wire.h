/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall and hall-open say to each other of terminals' questions: each one line of JSON, over a socket of its own, on
 * which nothing can be opened for anybody to read. Pure.
 *
 *     hello                                which secret makes the indexes now
 *     index   header, body                 the blind index of its applicant, and nothing else of it
 *     look    terminal, question           what the question is about: an index, or the number of a case or of what was
 *                                          said; of appointments what is wished, and the index where a card was read; of
 *                                          licences the index and the item
 *     answer  terminal, question, cases,   the answer, sealed: what the hall knows of those cases; of a question by number,
 *             header, body                 where the application that is given here names that phone; by code, where what
 *                                          was said has that code
 *
 * The hall carries what it cannot read: questions come sealed, answers go sealed. What it gives is bounded; that the
 * question is that terminal's says the seal, that header and body belong together likewise. `cases` is the hall's own word.
 */
#ifndef HALL_ASKING_WIRE_H
#define HALL_ASKING_WIRE_H

#include "tools/hall/open/blind.h"
#include "tools/hall/open/opening_wire.h"
#include "wire/ask.h"
#include "wire/ask_appointment.h"

enum asking_what { ASKING_HELLO, ASKING_INDEX, ASKING_LOOK, ASKING_ANSWER, ASKING_WHATS };

#define ASKING_CASE_MAX (8 * 1024) /* of `cases` beside a record: a line holds both */

struct asking_request {
    enum asking_what what;
    char terminal[TERMINAL_ID_MAX + 1];
    struct ask_sealed question;
    uint8_t header[RECORD_HEADER_MAX], body[OPENING_BODY_MAX];
    size_t header_len, body_len; /* ANSWER: 0 where no record is given */
    struct buf cases;            /* ANSWER: an answer of wire/ask.h; empty: there is no such case. Begin with buf_init() */
};
int asking_request_encode(const struct asking_request *r, struct buf *out);
/* ret->cases is initialised by this call, and is to be finished in any case. Takes any bytes. */
int asking_request_decode(const char *text, size_t len, struct asking_request *ret, struct err *e);
void asking_request_finish(struct asking_request *r); /* wipes */

/* What hall-open takes of what a resident sealed; the rest it forgets. By the names that all items use for them. */
struct asking_person {
    char citizen[ASK_CITIZEN_MAX + 1]; /* of the card; "": none that a card could have */
    char phone[ASK_PHONE_LEN + 1];     /* the last digits; "": it names none */
    char code[SPEAK_CODE_LEN + 1];     /* of what was said; "": it has none */
};
/* An application, a supplement, or what was said. -ERR_INVALID: it is no JSON object. */
int asking_person_decode(const void *text, size_t len, struct asking_person *ret, struct err *e);

struct asking_answer {
    enum opening_outcome outcome; /* all but OPENED: nothing else is told */
    uint8_t secret[BLIND_ID_LEN]; /* HELLO, INDEX */
    bool indexed;                 /* INDEX: the record names a citizen; LOOK: it is about all cases of the index */
    uint8_t index[BLIND_LEN];
    char number[CASE_NUMBER_LEN + 1]; /* LOOK: it is about this case, or about what was said under this number */
    bool wishes;                      /* LOOK: it is about appointments, and this is what it wants */
    struct appointment_wish wish;
    char item[ITEM_CODE_MAX + 1]; /* LOOK: it is about the licences of the index that this item asks for */
    enum language language;       /* LOOK */
    uint8_t reply[ASK_REPLY_MAX]; /* LOOK, ANSWER: for the terminal, as it is */
    size_t reply_len;             /* 0: none yet */
};
int asking_answer_encode(const struct asking_answer *a, struct buf *out);
int asking_answer_decode(const char *text, size_t len, struct asking_answer *ret, struct err *e);

#endif
