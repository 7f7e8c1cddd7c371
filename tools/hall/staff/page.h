/* SPDX-License-Identifier: Apache-2.0
 *
 * The static pages: files of one folder, read when the hall starts and served from memory. So no path of a request ever
 * reaches the disk; who changes a page starts the hall anew. Whose names are served: letters, digits and .-/ with an ending
 * that is known here; "/" is index.html. Where NAME.gz lies beside NAME, a browser that takes gzip (RFC 9110, 12.5.3) gets
 * those bytes: the build makes both.
 */
#ifndef HALL_STAFF_PAGE_H
#define HALL_STAFF_PAGE_H

#include "base/err.h"
#include "tools/hall/door/server.h"

#define PAGE_FILES_MAX 128
#define PAGE_BYTES_MAX (512 * 1024) /* of a file */

struct page_set;
/* -ERR_NOTFOUND: there is no index.html. */
int page_load(const char *dir, struct page_set **ret, struct err *e);
void page_free(struct page_set *p); /* takes NULL */
/* A name of all these bytes, for a browser to see that the hall serves others by now. */
#define PAGE_EDITION_LEN 16
const char *page_edition(const struct page_set *p);
/* Answers 200 or 404. */
void page_answer(const struct page_set *p, struct exchange *x);

#endif
