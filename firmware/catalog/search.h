/* SPDX-License-Identifier: Apache-2.0
 *
 * Search in the items of a catalogue, from the first letter: Chinese characters, whole pinyin, first letters of it, all of
 * them mixed (养lao), words of the English name. Every reading of a character counts.
 *
 * What comes first: items that can be finished at this terminal now; among those, names that begin with what was typed,
 * then names that hold it, then those it fits by another reading of a character only; each by popularity. When all this
 * finds nothing, whole pinyin with one wrong, missing, additional or swapped letter, or typed with an accent (n for l, z for
 * zh, an for ang), is forgiven.
 *
 * What a resident looks for is personal: nothing here logs it, and search_forget() wipes it.
 */
#ifndef CATALOG_SEARCH_H
#define CATALOG_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SEARCH_QUERY_MAX 30 /* characters that count; what is typed beyond is left out */

struct search;

enum search_filter { SEARCH_ALL, SEARCH_AT_TERMINAL, SEARCH_FOR_PERSON, SEARCH_FOR_COMPANY, SEARCH_FILTERS };

struct search_query {
    const char *text; /* UTF-8; "" finds everything */
    bool terminal;    /* this terminal takes applications at this minute: those items come first */
    bool english;     /* English names count from the first letter; otherwise only where nothing else is found */
};
struct search_answer {
    int total[SEARCH_FILTERS];
    uint32_t letters; /* bit 0 = a: typed next, it finds something */
    bool forgiven;    /* nothing fits exactly: these were found by forgiving */
};

/* `table`: as search_wire.h says, checked here; borrowed until search_close. What is typed is looked for in all of it. */
int search_open(const void *table, size_t len, struct search **ret, struct err *e);
/* Finds the same, in the same order, by an index (search_index_make.h) that was made of this table. Both are mapped or in
 * memory and borrowed until search_close; what a query comes by is read and checked then, and no more. *ret is there to be
 * closed also when a page of a mapped file cannot be read meanwhile (base/mapped.h). */
int search_open_index(const void *table, size_t len, const void *index, size_t index_len, struct search **ret,
                      struct err *e);
/* The index, or the table beside it, is not what was made: whatever was found since search_open_index means nothing. */
bool search_damaged(const struct search *s);
void search_close(struct search *s); /* wipes; takes NULL */

/* Item `row` cannot be done here after all. */
void search_not_here(struct search *s, uint32_t row);
void search_run(struct search *s, const struct search_query *q, struct search_answer *ret);
#define SEARCH_PAGE_MAX 16
/* Places by popularity (from 0) of the n items from `offset` on of what was found last. Returns how many. */
int search_rows(const struct search *s, enum search_filter filter, int offset, uint32_t *rows, int n);
/* Where in the name of item `row` what was typed stands: [from, to) in bytes of `name`; false: not in its name. */
bool search_place(struct search *s, uint32_t row, const char *name, size_t *ret_from, size_t *ret_to);
/* The everyday name (老年证) by which item `row` was found where its name does not hold what was typed; "" and false: no
 * such name. As it is compared: without spaces and marks. */
bool search_also(struct search *s, uint32_t row, char *out, size_t cap);
/* search_run() found nothing: what the resident may have meant. Characters that sound the same; else the longest part of
 * what was typed that finds something, so that 老年补贴 is answered by what helps 老年 people. *ret as of a query that was
 * forgiven, its letters as they were; rows, places and everyday names are told of it from here on. Nothing near: unchanged.
 */
void search_near(struct search *s, const struct search_query *q, struct search_answer *ret);
/* Wipes the query and what it found. */
void search_forget(struct search *s);

#endif
