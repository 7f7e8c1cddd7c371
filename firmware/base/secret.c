/* SPDX-License-Identifier: Apache-2.0
 *
 * Locked memory. Small pieces share arenas of locked pages, because each mlock costs whole pages of a small allowance
 * (RLIMIT_MEMLOCK); large ones get a mapping of their own, which vanishes with them.
 */
#include "base/secret.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"

#define ARENA_SIZE 65536
#define UNIT 64
#define UNITS (ARENA_SIZE / UNIT)
#define SMALL_MAX (ARENA_SIZE / 8)

struct arena {
    uint8_t *pages;
    struct arena *next;
    size_t n_used;
    bool used[UNITS];
};

static struct arena *arenas;

void secret_wipe(void *p, size_t size)
{
    if (p && size)
        explicit_bzero(p, size);
}

static size_t round_up(size_t size, size_t to)
{
    return (size + to - 1) / to * to;
}

/* A development machine may refuse mlock: said once, and gone on without. */
static void lock_pages(void *p, size_t size)
{
    static bool told;
    if (mlock(p, size) < 0 && !told) {
        log_warn("secret", "memory cannot be locked (%s): raise RLIMIT_MEMLOCK", strerror(errno));
        told = true;
    }
    madvise(p, size, MADV_DONTDUMP);
}

static void *map_pages(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(p != MAP_FAILED, "out of memory for personal data");
    lock_pages(p, size);
    return p;
}

static struct arena *arena_add(void)
{
    struct arena *a = calloc(1, sizeof *a);
    must(a, "out of memory for personal data");
    a->pages = map_pages(ARENA_SIZE);
    a->next = arenas;
    arenas = a;
    return a;
}

/* First fit: an arena holds a handful of pieces. */
static void *arena_take(struct arena *a, size_t units)
{
    size_t run = 0;
    for (size_t i = 0; i < UNITS; i++) {
        run = a->used[i] ? 0 : run + 1;
        if (run < units)
            continue;
        size_t first = i + 1 - units;
        memset(&a->used[first], true, units);
        a->n_used += units;
        return a->pages + first * UNIT;
    }
    return NULL;
}

static void *small_alloc(size_t units)
{
    for (struct arena *a = arenas; a; a = a->next) {
        void *p = arena_take(a, units);
        if (p)
            return p;
    }
    return arena_take(arena_add(), units);
}

void *secret_alloc(size_t size)
{
    if (size == 0)
        size = 1;
    if (size > SMALL_MAX)
        return map_pages(round_up(size, (size_t)sysconf(_SC_PAGESIZE)));
    return small_alloc(round_up(size, UNIT) / UNIT);
}

static void arena_drop(struct arena *a)
{
    struct arena **at = &arenas;
    while (*at != a)
        at = &(*at)->next;
    *at = a->next;
    munmap(a->pages, ARENA_SIZE);
    free(a);
}

static struct arena *arena_of(const void *p)
{
    for (struct arena *a = arenas; a; a = a->next) {
        if ((uintptr_t)p >= (uintptr_t)a->pages && (uintptr_t)p < (uintptr_t)a->pages + ARENA_SIZE)
            return a;
    }
    return NULL;
}

static void small_free(void *p, size_t size)
{
    struct arena *a = arena_of(p);
    must(a, "freed memory that secret_alloc never gave");
    size_t first = (size_t)((uint8_t *)p - a->pages) / UNIT, units = round_up(size, UNIT) / UNIT;
    secret_wipe(p, units * UNIT);
    memset(&a->used[first], false, units);
    a->n_used -= units;
    if (a->n_used == 0)
        arena_drop(a);
}

void secret_free(void *p, size_t size)
{
    if (!p)
        return;
    if (size == 0)
        size = 1;
    if (size <= SMALL_MAX) {
        small_free(p, size);
        return;
    }
    secret_wipe(p, size);
    munmap(p, round_up(size, (size_t)sysconf(_SC_PAGESIZE)));
}

bool secret_equal(const void *a, const void *b, size_t len)
{
    const volatile uint8_t *x = a, *y = b;
    uint8_t difference = 0;
    for (size_t i = 0; i < len; i++)
        difference |= (uint8_t)(x[i] ^ y[i]);
    return difference == 0;
}

void secret_harden_process(void)
{
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0)
        log_warn("secret", "core dumps cannot be turned off: %s", strerror(errno));
    secret_wipe_heap();
}
