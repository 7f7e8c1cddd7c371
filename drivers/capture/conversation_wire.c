/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/capture/conversation_wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void put_hex(struct buf *out, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_addf(out, "%02x", data[i]);
}

void conversation_put(struct buf *out, const struct conversation_transfer *t)
{
    buf_addf(out, "%lld %c ", (long long)t->ms, t->direction);
    if (t->direction == '=')
        put_hex(out, t->setup, sizeof t->setup);
    else
        buf_addf(out, "%02x", t->endpoint);
    buf_addc(out, ' ');
    put_hex(out, t->data, t->len);
    if (!t->len)
        buf_addc(out, '-');
    if (*t->failed)
        buf_addf(out, " %s", t->failed);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* False: no even number of digits, or more than fit. */
static bool take_hex(const char *word, uint8_t *out, size_t cap, size_t *ret_len)
{
    size_t n = strlen(word);

    if (n % 2 || n / 2 > cap)
        return false;
    for (size_t i = 0; i < n; i += 2) {
        if (digit(word[i]) < 0 || digit(word[i + 1]) < 0)
            return false;
        out[i / 2] = (uint8_t)(digit(word[i]) << 4 | digit(word[i + 1]));
    }
    *ret_len = n / 2;
    return true;
}

bool conversation_take(char *line, struct conversation_transfer *t)
{
    char *save = NULL, *words[5] = {NULL};
    int n = 0;
    size_t len;

    for (char *w = strtok_r(line, " ", &save); w && n < 5; w = strtok_r(NULL, " ", &save))
        words[n++] = w;
    if (n < 4 || strspn(words[0], "0123456789") != strlen(words[0]) || strlen(words[0]) > 15 || strlen(words[1]) != 1 ||
        !strchr("<>=", words[1][0]))
        return false;
    t->ms = strtoll(words[0], NULL, 10);
    t->direction = words[1][0];
    t->failed = n == 5 ? words[4] : "";
    bool control = t->direction == '=';
    if (!take_hex(words[2], control ? t->setup : &t->endpoint, control ? sizeof t->setup : 1, &len) ||
        len != (control ? 8 : 1))
        return false;
    t->len = 0;
    return !strcmp(words[3], "-") || take_hex(words[3], t->data, sizeof t->data, &t->len);
}
