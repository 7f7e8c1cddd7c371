/* SPDX-License-Identifier: Apache-2.0
 *
 * The error value, its clauses, and the translation of errno for the files that talk to the kernel.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const struct {
    const char *name, *meaning;
} table[ERR_COUNT_] = {
    [ERR_NONE] = {"NONE", "no error"},
#define ERR(name, text) [ERR_##name] = {#name, text},
#include "base/err.def"
#undef ERR
};

/* vsnprintf may cut inside a character: the torn tail is dropped so that the text stays UTF-8. */
static void drop_torn_tail(char *s, size_t len)
{
    size_t start = len;
    while (start > 0 && len - start < 4 && ((unsigned char)s[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)s[start - 1] < 0xC0)
        return;
    start--;
    if (!utf8_valid(s + start, len - start))
        s[start] = '\0';
}

__attribute__((format(printf, 3, 0))) static void format_clause(char *out, size_t cap, const char *fmt, va_list args)
{
    int n = vsnprintf(out, cap, fmt, args);
    if (n < 0)
        out[0] = '\0';
    else if ((size_t)n >= cap)
        drop_torn_tail(out, cap - 1);
}

int err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
    if (e) {
        va_list args;
        va_start(args, fmt);
        e->code = (int)code;
        format_clause(e->text, sizeof e->text, fmt, args);
        va_end(args);
    }
    return -(int)code;
}

int err_wrap(struct err *e, int rc, const char *fmt, ...)
{
    if (rc >= 0 || !e)
        return rc;
    char clause[ERR_TEXT_MAX], whole[2 * ERR_TEXT_MAX + 2];
    va_list args;
    va_start(args, fmt);
    format_clause(clause, sizeof clause, fmt, args);
    va_end(args);
    if (!e->code) { /* a callee that had no text of its own */
        e->code = -rc;
        text_copy(e->text, sizeof e->text, err_meaning(rc));
    }
    snprintf(whole, sizeof whole, "%s: %s", clause, e->text);
    text_copy(e->text, sizeof e->text, whole);
    return rc;
}

static enum err_code code_of_errno(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return ERR_NOSPACE;
    case ENOMEM:
        return ERR_NOMEM;
    case ENOENT:
    case ENOTDIR:
        return ERR_NOTFOUND;
    case EEXIST:
        return ERR_EXISTS;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_ACCESS;
    case EINVAL:
        return ERR_INVALID;
    case ENAMETOOLONG:
    case EFBIG:
        return ERR_TOOLONG;
    case EBUSY:
    case EADDRINUSE:
        return ERR_BUSY;
    case ENODEV:
    case ENXIO:
    case EPIPE:
    case ECONNRESET:
        return ERR_GONE;
    case ETIMEDOUT:
        return ERR_TIMEOUT;
    case ECONNREFUSED:
        return ERR_REFUSED;
    case ENETUNREACH:
    case EHOSTUNREACH:
        return ERR_UNREACHABLE;
    default:
        return ERR_IO;
    }
}

int err_errno(struct err *e, const char *fmt, ...)
{
    int number = errno;
    enum err_code code = code_of_errno(number);
    if (!e)
        return -(int)code;
    char clause[ERR_TEXT_MAX], words[128], whole[2 * ERR_TEXT_MAX + 2];
    va_list args;
    va_start(args, fmt);
    format_clause(clause, sizeof clause, fmt, args);
    va_end(args);
    snprintf(whole, sizeof whole, "%s: %s", clause, strerror_r(number, words, sizeof words));
    e->code = (int)code;
    text_copy(e->text, sizeof e->text, whole);
    return -(int)code;
}

static int table_index(int rc)
{
    int code = rc < 0 ? -rc : rc;
    return code < ERR_COUNT_ ? code : -1;
}

const char *err_name(int rc)
{
    int i = table_index(rc);
    return i < 0 ? "UNKNOWN" : table[i].name;
}

const char *err_meaning(int rc)
{
    int i = table_index(rc);
    return i < 0 ? "an unknown error" : table[i].meaning;
}
