/* SPDX-License-Identifier: Apache-2.0
 *
 * Personal data: what a card says and a resident types. Memory that is locked against swapping, left out of core dumps
 * and wiped on finish. The type exists so that no such text finds its way into a log line or an error by accident.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* A UTF-8 string with a ceiling. `text` is always NUL-terminated. Opaque to everything that logs. */
struct secret {
    char *text; /* owned, locked, cap + 1 bytes */
    size_t len, cap;
};

/* Whole locked pages for fixed structs full of personal data (a form's values, an identity). Aborts when out of memory. */
void *secret_alloc(size_t size);
/* Wipes, unlocks, frees. Takes NULL. `size` as at alloc. */
void secret_free(void *p, size_t size);
/* Overwrites; the compiler cannot remove it. */
void secret_wipe(void *p, size_t size);

void secret_init(struct secret *s, size_t cap); /* allocates cap + 1 bytes by secret_alloc */
void secret_finish(struct secret *s);           /* takes NULL */
void secret_clear(struct secret *s);
/* Each -ERR_TOOLONG when it would pass the ceiling; the secret is then unchanged. */
int secret_set(struct secret *s, const char *text, size_t len);
int secret_append(struct secret *s, const char *text, size_t len);
/* Removes the last code point; does nothing when empty. */
void secret_backspace(struct secret *s);
bool secret_equal(const void *a, const void *b, size_t len); /* constant time */

/* For a whole process: no core dump (RLIMIT_CORE 0, PR_SET_DUMPABLE 0), and freed memory overwritten. Call first in main,
 * before anything is opened. */
void secret_harden_process(void);
/* From now on free and realloc overwrite what they give back, also for libraries. glibc only. */
void secret_wipe_heap(void);

#endif
