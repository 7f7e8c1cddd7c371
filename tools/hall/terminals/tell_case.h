/* SPDX-License-Identifier: Apache-2.0
 *
 * One case as its applicant is told of it (model/my_case.h): from its events, the published catalogue and the audit log. In
 * a reader's thread.
 */
#ifndef HALL_TELL_CASE_H
#define HALL_TELL_CASE_H

#include "model/my_case.h"
#include "model/strings.h"
#include "tools/hall/keys/signer.h"
#include "tools/hall/store/store.h"
#include "tools/hall/terminals/book.h"

struct tell_case {
    struct book *book;
    const struct signer *signer;
    enum language language;
    int64_t now;
    int office; /* of the terminal that asks: supplements are taken for cases of its office */
};
/* -ERR_NOTFOUND: there is no such case. The paper of a decision or refusal is signed as `hallctl case paper` does it, of a
 * paper that names no applicant, for the hall does not know who it is. */
int tell_case(const struct tell_case *t, struct store *s, int office, const char *number, struct my_case *ret,
              struct err *e);

#endif
