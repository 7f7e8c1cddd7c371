/* SPDX-License-Identifier: Apache-2.0
 *
 * What a notice says, from the case as it stands when it goes out and the event or limit it tells of.
 */
#ifndef HALLCTL_NOTICE_TEXT_H
#define HALLCTL_NOTICE_TEXT_H

#include "tools/hall/cases/published.h"
#include "tools/hall/store/store_notice.h"

#define NOTICE_TEXT_MAX 4096

struct notice_text {
    char text[NOTICE_TEXT_MAX]; /* "": it is not true any more, and nobody is told */
    char item[ITEM_CODE_MAX + 1], staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1]; /* who answers for it now */
};
/* Inside no transaction. -ERR_NOTFOUND, -ERR_CHECKSUM: as case_file_read(). */
int notice_compose(struct store *s, const struct published *p, const struct store_notice *n, struct notice_text *ret,
                   struct err *e);

/* The words of a kind with {0} to {3} filled in; returns `out`. */
const char *notice_words(enum notice_kind k, const char *const args[4], char *out, size_t cap);

/* Who opens the phone number for a notice, and why: what hall-open writes down. Static; `reason` is filled. */
#define NOTICE_REASON_MAX 60
void notice_opener(const struct store_notice *n, const char **ret_staff, const char **ret_post,
                   char reason[NOTICE_REASON_MAX + 1]);

#endif
