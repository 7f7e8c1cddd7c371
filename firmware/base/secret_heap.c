/* SPDX-License-Identifier: Apache-2.0
 *
 * free() and realloc() of a hardened process: what is given back is overwritten first, whoever allocated it, so that no
 * copy which a library made of a resident's words outlives its use. M_PERTURB would leave out what malloc's thread cache
 * keeps, and that cache can be turned off only by executing the program anew, a third of its start.
 */
#include "base/secret.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif

/* A sanitizer brings a free of its own. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) &&                            \
    !__has_feature(memory_sanitizer)

static bool wiping;

void __libc_free(void *p);
void *__libc_realloc(void *p, size_t size);

void secret_wipe_heap(void)
{
    wiping = true;
}

void free(void *p)
{
    if (wiping && p)
        explicit_bzero(p, malloc_usable_size(p));
    __libc_free(p);
}

/* The C library's own may move the content and keep the old place as it was, or cut its end off. */
void *realloc(void *p, size_t size)
{
    if (!wiping || !p)
        return __libc_realloc(p, size);
    size_t had = malloc_usable_size(p);

    if (size == 0) {
        free(p);
        return NULL;
    }
    if (size <= had && size > had / 2)
        return p;
    void *q = malloc(size);

    if (!q)
        return NULL;
    memcpy(q, p, size < had ? size : had);
    free(p);
    return q;
}

#else

void secret_wipe_heap(void)
{
}

#endif
