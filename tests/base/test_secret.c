/* SPDX-License-Identifier: Apache-2.0
 *
 * Secrets: nothing of them stays behind, and the arena keeps its pieces apart.
 */
#include "base/secret.h"

#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "test.h"

static bool all_zero(const void *p, size_t len)
{
    const uint8_t *b = p;
    for (size_t i = 0; i < len; i++) {
        if (b[i])
            return false;
    }
    return true;
}

TEST(freed_memory_is_wiped)
{
    char *keeper = secret_alloc(64), *p = secret_alloc(200); /* the keeper holds the pages */
    memset(p, 'x', 200);
    secret_free(p, 200);
    CHECK(all_zero(p, 200));
    char *again = secret_alloc(200);
    CHECK(all_zero(again, 200));
    secret_free(again, 200);
    secret_free(keeper, 64);
    secret_free(NULL, 5);
}

/* Sizes from one byte to more than an arena, freed in another order. */
TEST(pieces_do_not_overlap)
{
    enum { N = 200 };
    uint8_t *p[N];
    size_t size[N];
    for (int i = 0; i < N; i++) {
        size[i] = (size_t)i * (size_t)i * 7 % 90000 + (i ? 0 : 1);
        p[i] = secret_alloc(size[i]);
        CHECK(all_zero(p[i], size[i]));
        CHECK_INT((uintptr_t)p[i] % 16, 0);
        memset(p[i], i + 1, size[i]);
    }
    for (int i = 0; i < N; i++) {
        int at = i * 77 % N;
        for (size_t k = 0; k < size[at]; k++) {
            if (p[at][k] != (uint8_t)(at + 1)) {
                CHECK_INT(at, -1);
                break;
            }
        }
        secret_free(p[at], size[at]);
    }
}

TEST(equal_or_not)
{
    CHECK(secret_equal("abc", "abc", 3));
    CHECK(!secret_equal("abc", "abd", 3));
    CHECK(!secret_equal("Abc", "abc", 3));
    CHECK(secret_equal("a", "b", 0));
}

static int hardened(void)
{
    struct rlimit core;
    secret_harden_process();
    if (getrlimit(RLIMIT_CORE, &core) < 0 || core.rlim_cur != 0 || core.rlim_max != 0)
        return 2;
    return prctl(PR_GET_DUMPABLE) == 0 ? 0 : 3;
}

/* In a child: it cannot be undone. */
TEST(a_hardened_process_dumps_nothing)
{
    pid_t child = fork();
    if (child == 0)
        _exit(hardened());
    int status = -1;
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define HEAP_IS_OURS 1
#else
#define HEAP_IS_OURS 0
#endif

/* How many of the n bytes at a place that was given back still hold an x. The heap's own links stand in its first 16. */
static int left_over(uintptr_t at, size_t n)
{
    const volatile char *p = (const volatile char *)at;
    int x = 0;
    for (size_t i = 16; i < n; i++)
        x += p[i] == 'x';
    return x;
}

/* In sizes of the thread cache, of the bins, and around a moving realloc. Bit n of the answer: size n was not wiped. */
static int heap_leftovers(void)
{
    static const size_t sizes[] = {40, 200, 1000, 5000, 60000};
    int bad = 0;
    secret_wipe_heap();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *volatile p = malloc(sizes[i]), *volatile wall = malloc(64);
        uintptr_t at = (uintptr_t)p;
        memset(p, 'x', sizes[i]);
        free(p);
        bad |= left_over(at, sizes[i]) ? 1 << i : 0;
        p = malloc(sizes[i]);
        at = (uintptr_t)p;
        memset(p, 'x', sizes[i]);
        char *volatile q = realloc(p, 3 * sizes[i]);
        bad |= left_over((uintptr_t)q, sizes[i]) != (int)sizes[i] - 16 || q[0] != 'x' ? 1 << i : 0; /* moved whole */
        bad |= at != (uintptr_t)q && left_over(at, sizes[i]) ? 1 << i : 0;
        free(q);
        free(wall);
    }
    return bad;
}

TEST(what_is_freed_is_overwritten)
{
    if (!HEAP_IS_OURS)
        SKIP("the sanitizer has a free of its own");
    pid_t child = fork();
    if (child == 0)
        _exit(heap_leftovers());
    int status = -1;
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

TEST_MAIN(T(freed_memory_is_wiped), T(pieces_do_not_overlap), T(equal_or_not), T(a_hardened_process_dumps_nothing),
          T(what_is_freed_is_overwritten))
