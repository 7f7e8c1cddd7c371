/* SPDX-License-Identifier: Apache-2.0
 *
 * The difference of two catalogues as a page to print and sign.
 */
#ifndef HALL_EDITION_PAGE_H
#define HALL_EDITION_PAGE_H

#include "tools/hall/editions/edition_diff.h"

#define EDITION_PAGE_MAX (4u * 1024 * 1024) /* bytes; what is longer is refused: -ERR_TOOLONG */

int edition_page(struct catalog *from, struct catalog *now, struct buf *out, struct err *e);

#endif
