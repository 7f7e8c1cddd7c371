/* SPDX-License-Identifier: Apache-2.0
 *
 * See codes.h.
 */
#include "tools/hall/exchange/codes.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static int take_line(struct exchange_codes *c, const char *line, size_t len, int n, struct err *e)
{
    const char *tab = memchr(line, '\t', len);
    size_t name = tab ? (size_t)(tab - line) : 0, code = tab ? len - name - 1 : 0;

    if (!name || !code || name > CODE_NAME_MAX || code > CODE_MAX || memchr(line + name + 1, '\t', code))
        return err_set(e, ERR_INVALID, "line %d: write field<TAB>code, or field.word<TAB>code", n);
    if (c->n == CODES_MAX)
        return err_set(e, ERR_TOOLONG, "line %d: more than %d codes", n, CODES_MAX);
    snprintf(c->list[c->n].name, sizeof c->list[c->n].name, "%.*s", (int)name, line);
    snprintf(c->list[c->n].code, sizeof c->list[c->n].code, "%.*s", (int)code, tab + 1);
    if (!text_is_line(c->list[c->n].name) || !text_is_line(c->list[c->n].code))
        return err_set(e, ERR_INVALID, "line %d: it is no text", n);
    for (int i = 0; i < c->n; i++)
        if (strcmp(c->list[i].name, c->list[c->n].name) == 0)
            return err_set(e, ERR_INVALID, "line %d: %s stands twice", n, c->list[i].name);
    c->n++;
    return 0;
}

int exchange_codes_decode(const char *text, size_t len, struct exchange_codes *ret, struct err *e)
{
    int rc = 0, n = 0;

    *ret = (struct exchange_codes){.n = 0};
    for (size_t at = 0, end; rc == 0 && at < len; at = end + 1) {
        const char *stop = memchr(text + at, '\n', len - at);
        end = stop ? (size_t)(stop - text) : len;
        size_t line = end - at;
        n++;
        if (line > 0 && text[end - 1] == '\r')
            line--;
        if (line > 0 && text[at] != '#')
            rc = take_line(ret, text + at, line, n, e);
    }
    return rc;
}

const char *exchange_code(const struct exchange_codes *c, const char *field, const char *word)
{
    char name[CODE_NAME_MAX + 1];
    int len = snprintf(name, sizeof name, "%s%s%s", field, word[0] ? "." : "", word);

    if (len < 0 || (size_t)len >= sizeof name)
        return "";
    for (int i = 0; i < c->n; i++)
        if (strcmp(c->list[i].name, name) == 0)
            return c->list[i].code;
    return "";
}
