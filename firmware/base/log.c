/* SPDX-License-Identifier: Apache-2.0
 *
 * One write() a message, so that lines of several processes on one pipe never mix.
 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define LOG_LINE_MAX 1024

static enum log_level level_max = LOG_INFO;

void log_set_level(enum log_level level)
{
    level_max = level;
}

/* A message is one line: what came from outside must not be able to start another. */
static void flatten(char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            *s = ' ';
    }
}

void log_msg(enum log_level level, const char *module, const char *fmt, ...)
{
    if (level > level_max)
        return;
    int saved = errno;
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
    ssize_t written = write(STDERR_FILENO, line, len);
    (void)written; /* nowhere is left to say it */
    errno = saved;
}
