/* SPDX-License-Identifier: Apache-2.0
 *
 * See card_file.h. The places of the fields are those of the kinds of card: offsets and lengths in bytes of UTF-16LE.
 */
#include "drivers/virtual/card_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"

#define FILE_MAX 8192
#define LINE_CAP 700
#define TYPE_OFFSET 248

struct place {
    char kind; /* the letter at TYPE_OFFSET; '*' any */
    const char *key;
    uint8_t offset, len;
};
static const struct place places[] = {
    /* resident and hmt */
    {' ', "name", 0, 30},
    {' ', "sex", 30, 2},
    {' ', "nation", 32, 4},
    {' ', "birth", 36, 16},
    {' ', "address", 52, 70},
    {' ', "number", 122, 36},
    {' ', "authority", 158, 30},
    {' ', "from", 188, 16},
    {' ', "to", 204, 16},
    {'J', "name", 0, 30},
    {'J', "sex", 30, 2},
    {'J', "birth", 36, 16},
    {'J', "address", 52, 70},
    {'J', "number", 122, 36},
    {'J', "authority", 158, 30},
    {'J', "from", 188, 16},
    {'J', "to", 204, 16},
    {'J', "permit", 220, 18},
    {'J', "count", 238, 4},
    /* foreigners, 2017 */
    {'I', "name-latin", 0, 120},
    {'I', "sex", 120, 2},
    {'I', "number", 122, 30},
    {'I', "nationality", 152, 6},
    {'I', "name", 158, 30},
    {'I', "from", 188, 16},
    {'I', "to", 204, 16},
    {'I', "birth", 220, 16},
    {'I', "version", 236, 4},
    {'I', "authority", 240, 8},
    /* foreigners, 2023: a long Latin name goes on at 220 */
    {'Y', "name", 0, 30},
    {'Y', "sex", 30, 2},
    {'Y', "count", 32, 4},
    {'Y', "birth", 36, 16},
    {'Y', "name-latin", 52, 70},
    {'Y', "name-more", 220, 22},
    {'Y', "number", 122, 36},
    {'Y', "from", 188, 16},
    {'Y', "to", 204, 16},
    {'Y', "nationality", 242, 6},
    {'*', "type", TYPE_OFFSET, 2},
};

struct parser {
    struct virtual_card card;
    size_t n_raw;
    char kind;
};

static void fill_with_spaces(uint8_t *out, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[i] = i % 2 ? 0 : ' ';
}

static int set_kind(struct parser *p, const char *name)
{
    static const struct {
        const char *name;
        char letter;
    } kinds[] = {{"resident", ' '}, {"hmt", 'J'}, {"foreign-2017", 'I'}, {"foreign-2023", 'Y'}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(name, kinds[i].name))
            continue;
        p->kind = kinds[i].letter;
        p->card.text[TYPE_OFFSET] = (uint8_t)p->kind;
        return 0;
    }
    return -ERR_INVALID;
}

static int add_raw(struct parser *p, const char *hex)
{
    size_t len;
    int rc = hex_decode(hex, strlen(hex), p->card.text + p->n_raw, VIRTUAL_TEXT_LEN - p->n_raw, &len);
    if (rc == 0)
        p->n_raw += len;
    return rc;
}

static int set_field(struct parser *p, const char *key, const char *value)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct place *at = &places[i];
        size_t len;
        if ((at->kind != p->kind && at->kind != '*') || strcmp(at->key, key))
            continue;
        fill_with_spaces(p->card.text + at->offset, at->len);
        return utf8_to_utf16le(value, p->card.text + at->offset, at->len, &len);
    }
    return -ERR_INVALID;
}

static int set_newest_address(struct parser *p, const char *value)
{
    size_t len;
    p->card.moved = true;
    fill_with_spaces(p->card.address, sizeof p->card.address);
    return utf8_to_utf16le(value, p->card.address, sizeof p->card.address, &len);
}

/* {E863} becomes the code point, in place: it is never longer than what stood for it. */
static int unbrace(char *value)
{
    char *out = value;
    for (const char *at = value; *at;) {
        char *end;
        unsigned long cp = *at == '{' ? strtoul(at + 1, &end, 16) : 0;
        if (*at != '{') {
            *out++ = *at++;
            continue;
        }
        char put[4];
        size_t n = *end == '}' && cp > 0 && cp <= 0x10FFFF ? utf8_put((uint32_t)cp, put) : 0;
        if (n == 0 || (size_t)(end + 1 - at) < n)
            return -ERR_INVALID;
        memcpy(out, put, n);
        out += n;
        at = end + 1;
    }
    *out = '\0';
    return 0;
}

static int parse_line(struct parser *p, char *line)
{
    char *value = strchr(line, ' ');
    if (*line == '#' || *line == '\0')
        return 0;
    if (!value || unbrace(value) < 0)
        return -ERR_INVALID;
    *value++ = '\0';
    if (!strcmp(line, "kind"))
        return set_kind(p, value);
    if (!strcmp(line, "raw"))
        return add_raw(p, value);
    if (!strcmp(line, "newest-address"))
        return set_newest_address(p, value);
    return set_field(p, line, value);
}

int card_file_parse(const char *text, struct virtual_card *ret, struct err *e)
{
    struct parser p = {.kind = ' '};
    fill_with_spaces(p.card.text, sizeof p.card.text);
    for (int number = 1; *text; number++) {
        char line[LINE_CAP];
        size_t n = strcspn(text, "\n");
        if (n >= sizeof line)
            return err_set(e, ERR_TOOLONG, "line %d is longer than %d bytes", number, LINE_CAP - 1);
        memcpy(line, text, n);
        line[n] = '\0';
        if (parse_line(&p, line) < 0)
            return err_set(e, ERR_INVALID, "line %d: unknown key for this kind of card, or a value that does not fit",
                           number);
        text += n + (text[n] == '\n');
    }
    if (p.n_raw != 0 && p.n_raw != VIRTUAL_TEXT_LEN)
        return err_set(e, ERR_INVALID, "raw: %zu bytes instead of %d", p.n_raw, VIRTUAL_TEXT_LEN);
    *ret = p.card;
    return 0;
}

int card_file_read(const char *path, struct virtual_card *ret, struct err *e)
{
    struct buf text;
    int rc = fs_read(path, FILE_MAX, &text, e);
    if (rc == 0)
        rc = err_wrap(e, card_file_parse(buf_str(&text), ret, e), "%s", path);
    buf_finish(&text);
    return rc;
}
