/* SPDX-License-Identifier: Apache-2.0
 *
 * See peer.h: one table, read in both directions. Words are of letters, digits and -_.,: and stand one space apart.
 */
#include "wire/peer.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define FIELDS_MAX 7
#define NUMBER_LEN_MAX 19
#define WORD_BYTES "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:"

enum field_type { FIELD_NONE, FIELD_NUMBER, FIELD_WORD, FIELD_YES, FIELD_BYTES };

struct field {
    enum field_type type;
    bool may_miss;
    size_t at, size; /* of the member */
    int64_t least, most;
    const char *yes, *no;
};

#define AT(member) .at = offsetof(struct peer_line, member), .size = sizeof((struct peer_line *)0)->member
#define NUMBER(member, min, max)                                                                                            \
    {                                                                                                                       \
        .type = FIELD_NUMBER, .least = min, .most = max, AT(member)                                                         \
    }
#define MAY_NUMBER(member, min, max)                                                                                        \
    {                                                                                                                       \
        .type = FIELD_NUMBER, .may_miss = true, .least = min, .most = max, AT(member)                                       \
    }
#define WORD(member)                                                                                                        \
    {                                                                                                                       \
        .type = FIELD_WORD, AT(member)                                                                                      \
    }
#define MAY_WORD(member)                                                                                                    \
    {                                                                                                                       \
        .type = FIELD_WORD, .may_miss = true, AT(member)                                                                    \
    }
#define YES(member, when, otherwise)                                                                                        \
    {                                                                                                                       \
        .type = FIELD_YES, .yes = when, .no = otherwise, AT(member)                                                         \
    }
#define BYTES                                                                                                               \
    {                                                                                                                       \
        .type = FIELD_BYTES, AT(bytes)                                                                                      \
    }

static const struct {
    const char *word;
    enum peer_from from;
    struct field fields[FIELDS_MAX + 1]; /* the last is none */
} lines[PEER_KINDS] = {
#define PEER(name, side, text, ...) [PEER_##name] = {.word = text, .from = PEER_FROM_##side, .fields = {__VA_ARGS__}},
#include "wire/peer.def"
#undef PEER
};

/* --- reading --- */

static int take_number(const struct field *f, const char *text, size_t len, int64_t *ret)
{
    const char *digits = text + (*text == '-');
    size_t n = len - (size_t)(digits - text);
    char copy[NUMBER_LEN_MAX + 2];

    if (n == 0 || n > NUMBER_LEN_MAX || strspn(digits, "0123456789") < n || (*digits == '0' && len > 1))
        return -ERR_INVALID;
    memcpy(copy, text, len);
    copy[len] = '\0';
    *ret = strtoll(copy, NULL, 10); /* what is beyond it becomes its end */
    return *ret < f->least || *ret > f->most || (n == NUMBER_LEN_MAX && *ret == INT64_MAX) ? -ERR_INVALID : 0;
}

static int take_word(const struct field *f, const char *text, size_t len, char *ret)
{
    if (len == 0 || len >= f->size || strspn(text, WORD_BYTES) < len)
        return -ERR_INVALID;
    memcpy(ret, text, len);
    ret[len] = '\0';
    return 0;
}

static int take_yes(const struct field *f, const char *text, size_t len, bool *ret)
{
    *ret = len == strlen(f->yes) && !memcmp(text, f->yes, len);
    return *ret || (len == strlen(f->no) && !memcmp(text, f->no, len)) ? 0 : -ERR_INVALID;
}

static int take(const struct field *f, const char *text, size_t len, struct peer_line *p)
{
    void *member = (char *)p + f->at;

    switch (f->type) {
    case FIELD_NUMBER:
        return take_number(f, text, len, member);
    case FIELD_WORD:
        return take_word(f, text, len, member);
    case FIELD_YES:
        return take_yes(f, text, len, member);
    case FIELD_BYTES:
        p->bytes = text;
        return *text ? 0 : -ERR_INVALID;
    case FIELD_NONE:
        break;
    }
    return -ERR_INVALID;
}

/* What follows the line's word, which begins with the space before the first field. */
static int take_fields(const struct field *f, const char *at, struct peer_line *p)
{
    int rc = 0;

    for (; rc == 0 && f->type != FIELD_NONE && !(f->may_miss && !*at); f++) {
        if (*at != ' ')
            return -ERR_INVALID;
        size_t len = strcspn(++at, f->type == FIELD_BYTES ? "" : " ");
        rc = take(f, at, len, p);
        at += len;
    }
    return rc < 0 ? rc : *at ? -ERR_INVALID : 0;
}

int peer_decode(const char *text, enum peer_from from, struct peer_line *ret)
{
    for (int k = 0; k < PEER_KINDS; k++) {
        size_t len = strlen(lines[k].word);

        if (lines[k].from != from || strncmp(text, lines[k].word, len) || (text[len] && text[len] != ' '))
            continue;
        *ret = (struct peer_line){.kind = (enum peer_kind)k};
        return take_fields(lines[k].fields, text + len, ret);
    }
    return -ERR_INVALID;
}

/* --- writing --- */

static bool missing(const struct field *f, const struct peer_line *p)
{
    const void *member = (const char *)p + f->at;

    return f->may_miss && (f->type == FIELD_WORD ? !*(const char *)member : *(const int64_t *)member == 0);
}

static void put(const struct field *f, const struct peer_line *p, struct buf *out)
{
    const void *member = (const char *)p + f->at;

    if (missing(f, p))
        return;
    buf_addc(out, ' ');
    if (f->type == FIELD_NUMBER)
        buf_addf(out, "%lld", (long long)*(const int64_t *)member);
    else if (f->type == FIELD_WORD)
        buf_adds(out, member);
    else if (f->type == FIELD_YES)
        buf_adds(out, *(const bool *)member ? f->yes : f->no);
    else
        buf_adds(out, p->bytes ? p->bytes : "");
}

int peer_encode(const struct peer_line *p, struct buf *out)
{
    struct peer_line again;
    size_t from = out->len;

    buf_adds(out, lines[p->kind].word);
    for (const struct field *f = lines[p->kind].fields; f->type != FIELD_NONE; f++)
        put(f, p, out);
    if (!buf_ok(out))
        return -ERR_TOOLONG;
    return strchr(buf_str(out) + from, '\n') ? -ERR_INVALID : peer_decode(buf_str(out) + from, lines[p->kind].from, &again);
}
