/* SPDX-License-Identifier: Apache-2.0
 *
 * What `hallctl case open` does once for an application and once for each supplement to it: case_open.c has the application,
 * case_supplement.c what was added at terminals.
 */
#ifndef HALLCTL_CASE_OPEN_H
#define HALLCTL_CASE_OPEN_H

#include "tools/hall/open/opening_wire.h"
#include "tools/hallctl/case.h"

/* Asks hall-open for header and body of *r; number, staff, post and reason are those of the options. *ret_doc is owned and
 * holds *ret_words; both NULL where it was not opened, as a->outcome says. */
int case_opener_ask(const struct case_options *o, struct opening_request *r, struct opening_answer *a, struct json **ret_doc,
                    const struct json **ret_words, struct err *e);
/* The record of the application o->number, or of what somebody said under that number: into *r as hall-open wants it; its
 * id. */
int case_open_record(struct store *s, const struct case_options *o, struct opening_request *r, uint8_t ret_id[16],
                     struct err *e);
/* What is kept of an answer of hall-open, as open_line_keep() has it. */
int case_open_keep(struct store *s, const struct case_options *o, const struct opening_answer *a, bool read, struct err *e);
/* The phone number in it, "" where none was given, with hall-open's row and the hall's. -ERR_REFUSED: hall-open does not
 * open it. */
int case_open_mobile(struct store *s, const struct case_options *o, struct opening_request *r, char *ret, size_t cap,
                     struct err *e);
/* Puts a line for each member, below the title. */
void case_add_members(struct buf *out, const char *title, const struct json *members);

/* --- supplements --- */

struct case_supplements;
/* Reads them: `application` is the record they are held against. */
int case_supplements_read(struct store *s, const struct case_options *o, const uint8_t application[16],
                          struct case_supplements **ret, struct err *e);
/* Opens each, with its row of hall-open and its row of the hall's audit. */
int case_supplements_open(struct store *s, const struct case_options *o, struct case_supplements *all, struct err *e);
void case_supplements_say(const struct case_supplements *all, struct buf *out);
void case_supplements_put(const struct case_supplements *all, struct jsonw *w); /* "supplements" */
void case_supplements_free(struct case_supplements *all);                       /* takes NULL; wipes */

#endif
