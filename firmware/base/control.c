/* SPDX-License-Identifier: Apache-2.0
 *
 * See control.h.
 */
#include "base/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"

/* What stands behind `words` in `text`; NULL when it does not begin with them. */
static char *behind(char *text, const char *words)
{
    size_t len = strlen(words);

    return strncmp(text, words, len) == 0 && (!text[len] || text[len] == ' ') ? text + len : NULL;
}

static int take_number(const char *word, int64_t *ret)
{
    const char *digits = word + (*word == '-');
    size_t n = strlen(digits);

    if (n == 0 || n > 15 || digits[strspn(digits, "0123456789")])
        return -ERR_INVALID;
    *ret = strtoll(word, NULL, 10);
    return 0;
}

/* Cuts the next argument off *at; NULL when there is none. */
static char *cut(char **at, char how)
{
    char *arg = *at + strspn(*at, " ");
    size_t len = how == 'r' ? strlen(arg) : strcspn(arg, " ");

    *at = arg + len;
    if (**at)
        *(*at)++ = '\0';
    return len ? arg : NULL;
}

static int take(const char *takes, char *at, struct control_args *ret)
{
    int numbers = 0;

    for (; *takes; takes++) {
        char *arg = cut(&at, *takes);

        if (!arg && *takes == 'W')
            continue;
        if (!arg || (*takes == 'n' && take_number(arg, &ret->number[numbers++]) < 0))
            return -ERR_INVALID;
        if (*takes != 'n' && !ret->word)
            ret->word = arg;
    }
    return at[strspn(at, " ")] ? -ERR_INVALID : 0;
}

static int clock_set(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    clock_set_wall(a->number[0]);
    return 0;
}

static int advance(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    if (a->number[0] < 0)
        return err_set(e, ERR_RANGE, "the clock goes forward only: say \"clock set\"");
    clock_advance(a->number[0]);
    return 0;
}

static const struct control_command clock_commands[] = {
    {"clock set", "n", clock_set}, {"clock advance", "n", advance}, {NULL, NULL, NULL}};

static const struct control_command *find(const struct control_command *c, char *text, char **ret_at)
{
    while (c->words && !(*ret_at = behind(text, c->words)))
        c++;
    return c->words ? c : NULL;
}

static int obey(const struct control_table *t, void *ctx, char *text, struct buf *reply, struct err *e)
{
    struct control_args a = {.word = NULL};
    char *at;
    const struct control_command *clock = t->clock_moved ? find(clock_commands, text, &at) : NULL, *c = clock;

    if (!c)
        c = find(t->commands, text, &at);
    if (!c)
        return err_set(e, ERR_INVALID, "unknown command \"%.40s\"", text);
    a.command = c->words;
    if (take(c->takes, at, &a) < 0)
        return err_set(e, ERR_INVALID, "\"%s\" takes %s", c->words,
                       *c->takes ? "other arguments, or another number of them" : "no arguments");
    int rc = c->fn(ctx, &a, reply, e);
    if (rc == 0 && clock)
        t->clock_moved(ctx);
    return rc;
}

void control_obey(const struct control_table *t, void *ctx, char *text, struct buf *reply)
{
    struct err e = {0};
    struct jsonw w;
    int rc = obey(t, ctx, text, reply, &e);

    if (rc == 0 && !buf_ok(reply))
        rc = err_set(&e, ERR_TOOLONG, "the answer is too long");
    if (rc == 0 && reply->len)
        return;
    buf_reset(reply);
    jsonw_init(&w, reply);
    jsonw_obj(&w, NULL);
    jsonw_bool(&w, "ok", rc == 0);
    if (rc < 0)
        jsonw_str(&w, "error", e.text);
    jsonw_end(&w);
}
