/* SPDX-License-Identifier: Apache-2.0
 *
 * How an edition stands, for people and for programs.
 */
#ifndef HALLCTL_EDITION_SHOW_H
#define HALLCTL_EDITION_SHOW_H

#include "base/buf.h"
#include "tools/hall/store/store_edition.h"

/* `before` and the moment. */
void edition_show_time(struct buf *out, const char *before, int64_t ms);
void edition_show_line(struct buf *out, const struct edition_row *r, const struct edition_figures *f);
void edition_show_json(struct buf *out, const struct edition_row *r, const struct edition_figures *f);

#endif
