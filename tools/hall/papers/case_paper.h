/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers an agency hands over in a case (受理通知书, 补正材料通知书, 不予受理通知书, 办理决定书), as blocks of text:
 * case_paper_pdf.h and case_paper_html.h draw them. A paper is that of its event: it says what the case was then, with the
 * dates as they were counted then, and is the same whenever it is made again, while the item's texts are the same. Pure.
 *
 * Its check code is the beginning of SHA-256("tongban-paper-text-v1\n" ‖ for each block: label, TAB, text, LF).
 */
#ifndef HALL_CASE_PAPER_H
#define HALL_CASE_PAPER_H

#include "base/buf.h"
#include "tools/hall/rules/deadline.h"

enum case_paper_kind {
#define PAPER(name, word, event, tacit) PAPER_##name,
#include "tools/hall/papers/case_paper_kind.def"
#undef PAPER
    PAPERS
};
const char *case_paper_kind_word(enum case_paper_kind k);
bool case_paper_kind_by_word(const char *word, enum case_paper_kind *ret);
/* Does this paper stand on that event? */
bool case_paper_is_of(enum case_paper_kind k, enum case_event_kind event);
/* Its title: 受理通知书. Static. */
const char *case_paper_title(enum case_paper_kind k);

#define PAPER_NAME_MAX 200 /* bytes of an applicant's name: one line */

/* Strings are borrowed. */
struct case_paper_facts {
    enum case_paper_kind kind;
    const char *name;                                 /* the applicant's, as it is to stand there */
    const char *id;                                   /* masked; "": does not stand there */
    const char *supplied;                             /* what came after something was asked for; "": nothing */
    const char *item_name, *agency, *phone, *address; /* phone and address may be "" */
    struct case_event received, event;                /* how it was taken in; what the paper stands on */
    struct case_state state;                          /* with `event`, and nothing after it */
    const struct workday_calendar *calendar;
};

/* What came after something was asked for, as `supplied` says it: staff's words, or that the applicant handed it in at a
 * terminal. Returns out. */
const char *case_paper_supplied(const struct case_event *ev, char out[CASE_WORDS_MAX + 1]);

enum case_paper_part {
    PAPER_TITLE,
    PAPER_TO,   /* whom it speaks to */
    PAPER_TEXT, /* a paragraph */
    PAPER_ROW,  /* a label, and what it is */
    PAPER_SIGN, /* at the end, to the right */
};
#define PAPER_BLOCKS_MAX 24
#define PAPER_CHECK_LEN 8
#define PAPER_CHECK_TEXT 20 /* "3F7A-91C2-0B44-D1E8" */
struct case_paper {
    enum case_paper_kind kind;
    struct date day;
    struct case_paper_block {
        enum case_paper_part part;
        size_t label, text; /* where in `texts` */
    } blocks[PAPER_BLOCKS_MAX];
    int n;
    struct buf texts; /* owned; NULs between them */
    uint8_t check[PAPER_CHECK_LEN];
};
/* -ERR_TOOLONG, -ERR_NOMEM. Finish it in any case. */
int case_paper_compose(const struct case_paper_facts *f, struct case_paper *ret, struct err *e);
void case_paper_finish(struct case_paper *p);                        /* wipes */
const char *case_paper_label(const struct case_paper *p, int block); /* "": none */
const char *case_paper_text(const struct case_paper *p, int block);
void case_paper_check_text(const uint8_t check[PAPER_CHECK_LEN], char out[PAPER_CHECK_TEXT]);
/* "2026年1月5日". Returns out. */
#define PAPER_DAY_MAX 32
const char *case_paper_day(struct date d, char out[PAPER_DAY_MAX]);

#endif
