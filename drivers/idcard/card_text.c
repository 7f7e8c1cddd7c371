/* SPDX-License-Identifier: Apache-2.0
 *
 * See card_text.h. One table for each kind says where a field lies and where it goes; the few that are more than text
 * (dates, sex, nation) are checked after the copy.
 */
#include "drivers/idcard/card_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "model/private_use.h"

#define TYPE_OFFSET 248
#define LATIN_END 122                        /* of the first part of the Latin name of 2023 */
#define LONG_TERM "\xE9\x95\xBF\xE6\x9C\x9F" /* 长期 */

#define FIELD_TEXT_MAX (60 * 3 + 1) /* of the longest field, the Latin name of 2017 */

/* Text as the card has it, before it is checked. UTF-8 needs at most 3 bytes for each unit. */
struct raw {
    char text[FIELD_TEXT_MAX];
    char from[8 * 3 + 1], to[8 * 3 + 1], birth[8 * 3 + 1], sex[4], nation[2 * 3 + 1], nationality[3 * 3 + 1],
        number[18 * 3 + 1], latin_more[11 * 3 + 1], permit[9 * 3 + 1], count[2 * 3 + 1];
};

struct field {
    const char *name;
    uint8_t offset, len; /* bytes in the text */
    bool in_raw;
    size_t at, cap; /* in struct identity, or in struct raw */
};
#define ID(member) false, offsetof(struct identity, member), sizeof(((struct identity *)0)->member)
#define RAW(member) true, offsetof(struct raw, member), sizeof(((struct raw *)0)->member)

static const struct field resident[] = {
    {"name", 0, 30, ID(name)},
    {"sex", 30, 2, RAW(sex)},
    {"nation", 32, 4, RAW(nation)},
    {"birth", 36, 16, RAW(birth)},
    {"address", 52, 70, ID(address)},
    {"number", 122, 36, RAW(number)},
    {"authority", 158, 30, ID(authority)},
    {"from", 188, 16, RAW(from)},
    {"to", 204, 16, RAW(to)},
    {0},
};
static const struct field hmt[] = {
    {"name", 0, 30, ID(name)},
    {"sex", 30, 2, RAW(sex)},
    {"birth", 36, 16, RAW(birth)},
    {"address", 52, 70, ID(address)},
    {"number", 122, 36, RAW(number)},
    {"authority", 158, 30, ID(authority)},
    {"from", 188, 16, RAW(from)},
    {"to", 204, 16, RAW(to)},
    {"permit", 220, 18, RAW(permit)},
    {"count", 238, 4, RAW(count)},
    {0},
};
static const struct field foreign_2017[] = {
    {"latin name", 0, 120, ID(name_latin)},
    {"sex", 120, 2, RAW(sex)},
    {"number", 122, 30, RAW(number)},
    {"nationality", 152, 6, RAW(nationality)},
    {"name", 158, 30, ID(name)},
    {"from", 188, 16, RAW(from)},
    {"to", 204, 16, RAW(to)},
    {"birth", 220, 16, RAW(birth)},
    {"authority", 240, 8, ID(authority)},
    {0},
};
static const struct field foreign_2023[] = {
    {"name", 0, 30, ID(name)},
    {"sex", 30, 2, RAW(sex)},
    {"count", 32, 4, RAW(count)},
    {"birth", 36, 16, RAW(birth)},
    {"latin name", 52, 70, ID(name_latin)},
    {"number", 122, 36, RAW(number)},
    {"from", 188, 16, RAW(from)},
    {"to", 204, 16, RAW(to)},
    {"latin name", 220, 22, RAW(latin_more)},
    {"nationality", 242, 6, RAW(nationality)},
    {0},
};

/* Fields are filled up with spaces; some that write cards fill them with NUL. */
static bool is_padding(const uint8_t unit[2])
{
    return (unit[0] == ' ' || unit[0] == 0) && unit[1] == 0;
}

/* Neither lines nor directions are on a card, and U+FFFE is what a byte order mark becomes in damaged text. */
static bool is_control(uint32_t cp)
{
    return cp < ' ' || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029 || (cp & 0xFFFE) == 0xFFFE ||
           (cp >= 0xFDD0 && cp <= 0xFDEF);
}

/* As the card has it, without what nobody sees: padding behind it, and signs that would only turn what is shown or printed
 * into something else. They are no reason to send a resident away. */
static int decode_text(const char *name, const uint8_t *p, size_t len, char *out, size_t cap, struct err *e)
{
    char *to = out;

    while (len > 0 && is_padding(p + len - 2))
        len -= 2;
    if (utf16le_to_utf8(p, len, out, cap) < 0)
        return err_set(e, ERR_INVALID, "the card's %s is no text", name);
    for (const char *from = out, *end = out + strlen(out); from < end;) {
        uint32_t cp = (uint32_t)utf8_next(&from, end);

        if (is_control(cp))
            return err_set(e, ERR_INVALID, "the card's %s has control characters", name);
        if (!text_is_invisible(cp))
            to += utf8_put(cp, to);
    }
    while (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    return 0;
}

/* `text` is secret memory for what stands on the card before rare characters are resolved. */
static int copy_field(const uint8_t *bytes, const struct field *f, char text[FIELD_TEXT_MAX], char *out, struct err *e)
{
    int rc = decode_text(f->name, bytes + f->offset, f->len, text, FIELD_TEXT_MAX, e);
    if (rc == 0 && private_use_resolve(text, out, f->cap) < 0)
        rc = err_set(e, ERR_INVALID, "the card's %s is no text", f->name);
    return rc;
}

static int copy_fields(const uint8_t *bytes, const struct field *fields, struct identity *id, struct raw *raw, struct err *e)
{
    for (const struct field *f = fields; f->name; f++) {
        int rc = copy_field(bytes, f, raw->text, (f->in_raw ? (char *)raw : (char *)id) + f->at, e);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* ASCII of at most cap - 1 characters, all printable and none a space. */
static int copy_code(const char *name, const char *from, char *out, size_t cap, struct err *e)
{
    size_t len = strlen(from);
    if (len >= cap)
        return err_set(e, ERR_INVALID, "the card's %s is too long", name);
    for (size_t i = 0; i < len; i++) {
        if (from[i] <= ' ' || from[i] > '~')
            return err_set(e, ERR_INVALID, "the card's %s has characters that no %s has", name, name);
    }
    memcpy(out, from, len + 1);
    return 0;
}

static int parse_date(const char *name, const char *text, struct date *ret, struct err *e)
{
    if (strlen(text) != 8 || !date_parse8(text, ret))
        return err_set(e, ERR_INVALID, "the card's date \"%s\" is impossible", name);
    return 0;
}

static int check_sex(const struct raw *raw, struct identity *id, struct err *e)
{
    if (strlen(raw->sex) != 1 || !strchr("0129", raw->sex[0]))
        return err_set(e, ERR_INVALID, "the card's sex is no code of GB/T 2261.1");
    id->sex = raw->sex[0];
    return 0;
}

static int check_nation(const struct raw *raw, struct identity *id, struct err *e)
{
    if (id->kind == IDENTITY_RESIDENT && strspn(raw->nation, "0123456789") != 2)
        return err_set(e, ERR_INVALID, "the card's nation is no code of GB/T 3304");
    return copy_code("nation", raw->nation, id->nation, sizeof id->nation, e);
}

static int check_number(const struct raw *raw, struct identity *id, struct err *e)
{
    size_t want = id->kind == IDENTITY_FOREIGN_2017 ? 15 : 18;
    int rc = copy_code("number", raw->number, id->number, sizeof id->number, e);
    if (rc == 0 && strlen(id->number) != want)
        rc = err_set(e, ERR_INVALID, "the card's number does not have %zu characters", want);
    if (rc == 0 && id->number[want - 1] == 'x')
        id->number[want - 1] = 'X';
    return rc;
}

static int check_dates(const struct raw *raw, struct identity *id, struct err *e)
{
    int rc = parse_date("birth", raw->birth, &id->birth, e);
    if (rc == 0)
        rc = parse_date("valid from", raw->from, &id->valid_from, e);
    id->long_term = !strcmp(raw->to, LONG_TERM);
    if (rc == 0 && !id->long_term)
        rc = parse_date("valid to", raw->to, &id->valid_to, e);
    if (rc == 0 && !id->long_term && date_compare(id->valid_to, id->valid_from) < 0)
        rc = err_set(e, ERR_INVALID, "the card's validity ends before it begins");
    return rc;
}

/* A long Latin name goes on in a second field. A space that falls on the end of the first one looks like its padding. */
static int check_names(const struct raw *raw, struct identity *id, struct err *e)
{
    size_t used = strlen(id->name_latin), more = strlen(raw->latin_more);
    bool space = used && more && is_padding(id->card_text + LATIN_END - 2) && raw->latin_more[0] != ' ';

    if (used + space + more >= sizeof id->name_latin || (!*id->name && used + more == 0))
        return err_set(e, ERR_INVALID, "the card has no name");
    if (space)
        id->name_latin[used++] = ' ';
    memcpy(id->name_latin + used, raw->latin_more, more + 1);
    return 0;
}

static int check(const struct raw *raw, struct identity *id, struct err *e)
{
    int rc = check_names(raw, id, e);
    if (rc == 0)
        rc = check_sex(raw, id, e);
    if (rc == 0)
        rc = check_nation(raw, id, e);
    if (rc == 0)
        rc = check_dates(raw, id, e);
    if (rc == 0)
        rc = check_number(raw, id, e);
    if (rc == 0)
        rc = copy_code("nationality", raw->nationality, id->nationality, sizeof id->nationality, e);
    if (rc == 0)
        rc = copy_code("permit number", raw->permit, id->permit, sizeof id->permit, e);
    if (rc == 0)
        rc = copy_code("issue count", raw->count, id->issue_count, sizeof id->issue_count, e);
    return rc;
}

static const struct field *fields_of(const uint8_t *bytes, enum identity_kind *ret)
{
    static const struct {
        uint8_t letter;
        enum identity_kind kind;
        const struct field *fields;
    } kinds[] = {{' ', IDENTITY_RESIDENT, resident},
                 {0, IDENTITY_RESIDENT, resident}, /* padding too */
                 {'J', IDENTITY_HMT, hmt},
                 {'I', IDENTITY_FOREIGN_2017, foreign_2017},
                 {'Y', IDENTITY_FOREIGN_2023, foreign_2023}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bytes[TYPE_OFFSET] != kinds[i].letter || bytes[TYPE_OFFSET + 1] != 0)
            continue;
        *ret = kinds[i].kind;
        return kinds[i].fields;
    }
    return NULL;
}

int card_text_decode(const uint8_t bytes[CARD_TEXT_LEN], struct identity *ret, struct err *e)
{
    enum identity_kind kind;
    const struct field *fields = fields_of(bytes, &kind);
    if (!fields)
        return err_set(e, ERR_VERSION, "the card is of an unknown kind");
    struct work {
        struct identity id;
        struct raw raw;
    } *w = secret_alloc(sizeof *w);
    *w = (struct work){.id.kind = kind};
    memcpy(w->id.card_text, bytes, CARD_TEXT_LEN);
    int rc = copy_fields(bytes, fields, &w->id, &w->raw, e);
    if (rc == 0)
        rc = check(&w->raw, &w->id, e);
    if (rc == 0)
        *ret = w->id;
    secret_free(w, sizeof *w);
    return rc;
}

int card_address_decode(const uint8_t address[CARD_ADDRESS_LEN], struct identity *id, struct err *e)
{
    static const struct field newest = {"newest address", 0, CARD_ADDRESS_LEN, ID(address)};
    struct work {
        char text[FIELD_TEXT_MAX];
        struct identity id;
    } *w = secret_alloc(sizeof *w);
    int rc = copy_field(address, &newest, w->text, w->id.address, e);
    if (rc == 0 && w->id.address[0]) {
        memcpy(id->address, w->id.address, sizeof id->address);
        id->newest_address = true;
    }
    secret_free(w, sizeof *w);
    return rc;
}
