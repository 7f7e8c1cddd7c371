/* SPDX-License-Identifier: Apache-2.0
 *
 * See options.h.
 */
#include "base/options.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

int options_wrong(const char *command, const char *fmt, ...)
{
    char what[ERR_TEXT_MAX];
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    fprintf(stderr, "%.*s: %s; see %s --help\n", (int)strcspn(command, " "), command, what, command);
    return OPTIONS_USAGE;
}

/* --- the words of a command line --- */

struct reading {
    const char *command;
    const struct option_word *options;
    bool given[OPTIONS_MAX];
};

/* The option a word names, up to its "="; -1: none. */
static int find(const struct reading *r, const char *word)
{
    for (int i = 0; r->options[i].name; i++)
        if (strlen(r->options[i].name) == strcspn(word, "=") &&
            !strncmp(word, r->options[i].name, strlen(r->options[i].name)))
            return i;
    return -1;
}

/* How many words the option takes, 1 or 2; 0: it was told what is wrong. */
static int take(struct reading *r, int left, char **argv)
{
    const char *behind = strchr(argv[0], '=');
    int i = find(r, argv[0]), taken = 1;

    if (i < 0)
        return options_wrong(r->command, "there is no option %s here", argv[0]), 0;
    const struct option_word *o = &r->options[i];
    if (r->given[i])
        return options_wrong(r->command, "%s stands twice", o->name), 0;
    r->given[i] = true;
    if (o->flag) {
        *o->flag = true;
        return behind ? options_wrong(r->command, "%s takes no value", o->name), 0 : 1;
    }
    if (behind) {
        behind++;
    } else if (left > 1 && strncmp(argv[1], "--", 2)) {
        behind = argv[1];
        taken = 2;
    }
    if (!behind || !*behind)
        return options_wrong(r->command, "%s has no value", o->name), 0;
    *o->value = behind;
    return taken;
}

int options_read(const char *command, int argc, char **argv, const char *help, const struct option_word *options,
                 const char **words, int max, int *ret_n)
{
    struct reading r = {.command = command, .options = options};
    int n = 0, taken;

    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--help"))
            return fputs(help, stdout), 0;
    for (int i = 1; i < argc; i += taken) {
        bool option = argv[i][0] == '-' && argv[i][1];

        if (!option && n == max)
            return options_wrong(command, "\"%s\" is one word too many", argv[i]);
        taken = option ? take(&r, argc - i, argv + i) : 1;
        if (!taken)
            return OPTIONS_USAGE;
        if (!option)
            words[n++] = argv[i];
    }
    *ret_n = n;
    return -1;
}

/* Does `names` hold it, between spaces? */
static bool among(const char *names, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = names; (at = strstr(at, name)); at += len)
        if ((at == names || at[-1] == ' ') && (!at[len] || at[len] == ' '))
            return true;
    return false;
}

int options_fit(const char *command, const struct option_word *options, const char *needed, const char *taken)
{
    for (const struct option_word *o = options; o->name; o++) {
        bool given = o->flag ? *o->flag : *o->value != NULL;

        if (!given && among(needed, o->name))
            return options_wrong(command, "%s is missing", o->name);
        if (given && !among(needed, o->name) && !among(taken, o->name))
            return options_wrong(command, "%s does not belong to it", o->name);
    }
    return -1;
}

/* --- values --- */

int options_number(const char *command, const char *name, const char *text, int64_t min, int64_t max, int64_t *ret)
{
    size_t len = strlen(text);
    int64_t v = len && len < 19 && strspn(text, "0123456789") == len ? strtoll(text, NULL, 10) : -1;

    if (v < min || v > max || v < 0)
        return options_wrong(command, "%s is a whole number from %lld to %lld, not \"%s\"", name, (long long)min,
                             (long long)max, text);
    *ret = v;
    return -1;
}

int options_day(const char *command, const char *name, const char *text, struct date *ret)
{
    char digits[9];

    if (strlen(text) == DATE_LEN && text[4] == '-' && text[7] == '-')
        snprintf(digits, sizeof digits, "%.4s%.2s%.2s", text, text + 5, text + 8);
    else
        snprintf(digits, sizeof digits, "%s", strlen(text) == 8 ? text : "");
    if (!date_parse8(digits, ret))
        return options_wrong(command, "%s is a day like 2027-06-30, not \"%s\"", name, text);
    return -1;
}

int options_time(const char *command, const char *name, const char *text, int64_t *ret_ms)
{
    if (clock_parse_rfc3339(text, ret_ms))
        return options_wrong(command, "%s is a time like 2026-01-05T09:00:00+08:00, not \"%s\"", name, text);
    return -1;
}

int options_control(const char *command, const char *text, int *ret_fd, int64_t *ret_ms)
{
    char fd[12];
    size_t len = strcspn(text, ",");
    int64_t n = 0;

    snprintf(fd, sizeof fd, "%.*s", (int)len, text);
    *ret_ms = 0;
    int code = options_number(command, "--control FD", fd, 0, INT_MAX, &n);
    if (code < 0 && text[len])
        code = options_number(command, "--control FD,MS", text + len + 1, 1, INT64_MAX, ret_ms);
    *ret_fd = (int)n;
    return code;
}

int options_clock(const char *command, int *argc, char ***argv, bool *ret_moved)
{
    int64_t ms = 0;

    *ret_moved = *argc > 1 && !strcmp((*argv)[1], "--clock");
    if (!*ret_moved)
        return -1;
    if (*argc < 3)
        return options_wrong(command, "--clock has no value");
    int code = options_time(command, "--clock", (*argv)[2], &ms);
    if (code >= 0)
        return code;
    clock_set_wall(ms);
    *argc -= 2;
    *argv += 2;
    return -1;
}

int options_end(const char *program, int code, int lost)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "%s: the answer could not be written: %s\n", program, strerror(errno));
    return lost;
}
