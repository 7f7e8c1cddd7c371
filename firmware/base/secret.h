/* SPDX-License-Identifier: Apache-2.0
 *
 * Personal data: what a card says and a resident types. Memory that is locked against swapping, left out of core dumps
 * and wiped when it is given back.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Whole locked pages for fixed structs full of personal data (a form's values, an identity). Aborts when out of memory. */
void *secret_alloc(size_t size);
/* Wipes, unlocks, frees. Takes NULL. `size` as at alloc. */
void secret_free(void *p, size_t size);
/* Overwrites; the compiler cannot remove it. */
void secret_wipe(void *p, size_t size);

bool secret_equal(const void *a, const void *b, size_t len); /* constant time */

/* For a whole process: no core dump (RLIMIT_CORE 0, PR_SET_DUMPABLE 0), and freed memory overwritten. Call first in main,
 * before anything is opened. */
void secret_harden_process(void);
/* From now on free and realloc overwrite what they give back, also for libraries. glibc only. */
void secret_wipe_heap(void);

#endif
