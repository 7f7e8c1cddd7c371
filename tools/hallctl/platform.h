/* SPDX-License-Identifier: Apache-2.0
 *
 * The provincial platform of electronic licences: which one staff named (DIR/platform.json), and one question to it
 * (rules/licence_wire.h).
 */
#ifndef HALLCTL_PLATFORM_H
#define HALLCTL_PLATFORM_H

#include "base/buf.h"
#include "base/err.h"

#define PLATFORM_TEXT_MAX 400
#define PLATFORM_WAIT_S 10

struct platform {
    char url[PLATFORM_TEXT_MAX + 1];
    char ca[PLATFORM_TEXT_MAX + 1], cert[PLATFORM_TEXT_MAX + 1], key[PLATFORM_TEXT_MAX + 1]; /* files; "": http */
    int wait_s;                                                                              /* for all of an answer */
};
/* https with ca, cert and key; or http to this machine and none of them. -ERR_INVALID says what is wrong. */
int platform_check(const struct platform *p, struct err *e);
/* Any bytes. */
int platform_decode(const void *text, size_t len, struct platform *ret, struct err *e);
/* -ERR_NOTFOUND: none is configured. */
int platform_read(const char *data, struct platform *ret, struct err *e);
int platform_write(const char *data, const struct platform *p, struct err *e);

/* POSTs the question on a connection of its own, once; no proxy, no redirection. `answer` is initialised by this call, and
 * wiped when it is finished. -ERR_UNREACHABLE: nobody the CA vouches for is there; -ERR_TIMEOUT: no whole answer in time;
 * -ERR_REFUSED: another status than 200; -ERR_TOOLONG: more than an answer can be. */
int platform_ask(const struct platform *p, const struct buf *question, struct buf *answer, struct err *e);

#endif
