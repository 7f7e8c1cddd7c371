/* SPDX-License-Identifier: Apache-2.0
 *
 * The unit tests' few macros. A test program is a list of TEST functions run by TEST_MAIN; each prints "ok NAME" or
 * "not ok NAME" with what was seen; tests/run adds the programs up. SETUP and TEARDOWN functions stand in the same list
 * where they are due.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_failed_, test_skipped_;

#define CHECK(cond)                                                                                                         \
    do {                                                                                                                    \
        if (!(cond)) {                                                                                                      \
            printf("# %s:%d: not true: %s\n", __FILE__, __LINE__, #cond);                                                   \
            test_failed_ = 1;                                                                                               \
        }                                                                                                                   \
    } while (0)
#define CHECK_INT(got, want)                                                                                                \
    do {                                                                                                                    \
        long long got_ = (long long)(got), want_ = (long long)(want);                                                       \
        if (got_ != want_) {                                                                                                \
            printf("# %s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #got, got_, want_);                          \
            test_failed_ = 1;                                                                                               \
        }                                                                                                                   \
    } while (0)
#define CHECK_STR(got, want)                                                                                                \
    do {                                                                                                                    \
        const char *got_ = (got), *want_ = (want);                                                                          \
        if (!got_ || strcmp(got_, want_)) {                                                                                 \
            printf("# %s:%d: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, #got, got_ ? got_ : "(null)", want_);    \
            test_failed_ = 1;                                                                                               \
        }                                                                                                                   \
    } while (0)
#define CHECK_MEM(got, want, len)                                                                                           \
    do {                                                                                                                    \
        if (memcmp((got), (want), (len))) {                                                                                 \
            printf("# %s:%d: %s has other bytes\n", __FILE__, __LINE__, #got);                                              \
            test_failed_ = 1;                                                                                               \
        }                                                                                                                   \
    } while (0)
/* Leaves the test, counted as skipped. */
#define SKIP(why)                                                                                                           \
    do {                                                                                                                    \
        printf("# skipped: %s\n", why);                                                                                     \
        test_skipped_ = 1;                                                                                                  \
        return;                                                                                                             \
    } while (0)

struct test_case {
    const char *name;
    void (*run)(void);
    int around; /* what is made for the tests, or taken away after them */
};
#define TEST(name) static void name(void)
#define TEST_MAIN(...)                                                                                                      \
    int main(void)                                                                                                          \
    {                                                                                                                       \
        const struct test_case cases[] = {__VA_ARGS__};                                                                     \
        int failed = 0;                                                                                                     \
        setvbuf(stdout, NULL, _IOLBF, 0);                                                                                   \
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {                                                         \
            test_failed_ = test_skipped_ = 0;                                                                               \
            cases[i].run();                                                                                                 \
            if (test_failed_ || test_skipped_ || !cases[i].around)                                                          \
                printf("%s %s\n", test_failed_ ? "not ok" : test_skipped_ ? "skip" : "ok", cases[i].name);                  \
            failed |= test_failed_;                                                                                         \
            if (test_failed_ && cases[i].around)                                                                            \
                break;                                                                                                      \
        }                                                                                                                   \
        return failed;                                                                                                      \
    }
#define T(name)                                                                                                             \
    {                                                                                                                       \
#name, name, 0                                                                                                      \
    }
/* No test is counted for them; when they fail, that is one failure, and nothing after it is run. */
#define SETUP(name)                                                                                                         \
    {                                                                                                                       \
#name, name, 1                                                                                                      \
    }
#define TEARDOWN(name) SETUP(name)

#endif
