/* SPDX-License-Identifier: Apache-2.0
 *
 * One write() a message, so that lines of several processes on one pipe never mix. What bounds it are atomic numbers and no
 * lock: threads log too, and so does a fork of one of them.
 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

#define LOG_LINE_MAX 1024
#define MINUTE_MS 60000

static atomic_int per_minute = LOG_PER_MINUTE;
static _Atomic int64_t minute = -1;
static atomic_int said[2], left_out; /* in this minute: [1] errors */

void log_set_rate(int n)
{
    per_minute = n;
}

/* A message is one line: what came from outside must not be able to start another. */
static void flatten(char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            *s = ' ';
    }
}

bool log_due(int64_t *last)
{
    int64_t now = clock_mono_ms();

    if (*last && now - *last < MINUTE_MS)
        return false;
    *last = now;
    return true;
}

static void put(const char *line, size_t len)
{
    struct stat st;

    if (fstat(STDERR_FILENO, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > LOG_FILE_MAX)
        return;
    ssize_t written = write(STDERR_FILENO, line, len);
    (void)written; /* nowhere is left to say it */
}

/* A new minute begins with what the last one left out. */
static bool within_bounds(enum log_level level)
{
    int64_t now = clock_mono_ms() / MINUTE_MS, was = atomic_exchange(&minute, now);
    char line[LOG_LINE_MAX];

    if (was != now) {
        int lost = atomic_exchange(&left_out, 0);

        said[0] = said[1] = 0;
        if (lost > 0)
            put(line, (size_t)snprintf(line, sizeof line, "<%d>log: %d messages were left out: too many in a minute\n",
                                       (int)LOG_WARN, lost));
    }
    if (atomic_fetch_add(&said[level <= LOG_ERROR], 1) < per_minute)
        return true;
    left_out++;
    return false;
}

void log_msg(enum log_level level, const char *module, const char *fmt, ...)
{
    int saved = errno;
    if (!within_bounds(level)) {
        errno = saved;
        return;
    }
    char line[LOG_LINE_MAX];
    int head = snprintf(line, sizeof line - 1, "<%d>%s: ", (int)level, module);
    if (head < 0 || (size_t)head >= sizeof line - 1)
        return;
    va_list args;
    va_start(args, fmt);
    int body = vsnprintf(line + head, sizeof line - 1 - (size_t)head, fmt, args);
    va_end(args);
    if (body < 0)
        return;
    flatten(line + head);
    size_t len = (size_t)head + (size_t)body;
    if (len > sizeof line - 2)
        len = sizeof line - 2;
    line[len++] = '\n';
    put(line, len);
    errno = saved;
}
