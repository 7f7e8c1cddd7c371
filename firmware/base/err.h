/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors. A function that can fail returns 0 (or a count) or a negative code from err.def, and says why in `struct err`.
 * Each level that passes an error on prepends one clause, so that the text reads as a sentence of causes:
 *     "print receipt: send to printer: the device went away"
 * Only whoever decides what to do logs it, once.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
    ERR_NONE,
#define ERR(name, text) ERR_##name,
#include "err.def"
#undef ERR
    ERR_COUNT_
};

#define ERR_TEXT_MAX 512

/* A plain value: `struct err e = {0};`. Text is UTF-8, cut at ERR_TEXT_MAX. */
struct err {
    int code; /* positive, one of enum err_code */
    char text[ERR_TEXT_MAX];
};

/* Sets *e (which may be NULL) and returns -code. Never put what a resident typed or a card says into the text. */
int err_set(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Prepends "fmt: " to the text of *e and returns rc unchanged. Does nothing when rc >= 0. */
int err_wrap(struct err *e, int rc, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Translates errno: err_set with the matching code and strerror's words after the clause. Returns -code. */
int err_errno(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "NOSPACE" for -ERR_NOSPACE or ERR_NOSPACE. Static. */
const char *err_name(int rc);

/* What the code means in general, e.g. "the disk is full". Static. */
const char *err_meaning(int rc);

#endif
