/* SPDX-License-Identifier: Apache-2.0
 *
 * See import_text.h. Three passes: named characters become characters, then tags and what shows nothing go, then private-use
 * characters are resolved. None but the last makes a text longer.
 */
#include "tools/hallctl/import_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/private_use.h"

#define IDEOGRAPHIC_SPACE 0x3000

/* --- "&nbsp;" --- */

static const struct {
    const char *name; /* without & and ; */
    uint32_t is;
} named[] = {
    {"nbsp", 0xA0},    {"ensp", 0x2002},  {"emsp", 0x2003},  {"amp", '&'},      {"lt", '<'},
    {"gt", '>'},       {"quot", '"'},     {"apos", '\''},    {"middot", 0xB7},  {"ldquo", 0x201C},
    {"rdquo", 0x201D}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"mdash", 0x2014}, {"hellip", 0x2026},
};

/* The character that `name` stands for, without & and ;. 0: none. */
static uint32_t character_named(const char *name, size_t len)
{
    char text[10], *end;

    if (len == 0 || len >= sizeof text)
        return 0;
    memcpy(text, name, len);
    text[len] = '\0';
    if (text[0] == '#') {
        bool hex = text[1] == 'x' || text[1] == 'X';
        unsigned long cp = strtoul(text + 1 + hex, &end, hex ? 16 : 10);
        char utf8[4];

        return len > 1u + hex && !*end && text[1 + hex] != '-' && text[1 + hex] != '+' && cp <= 0x10FFFF &&
                       utf8_put((uint32_t)cp, utf8)
                   ? (uint32_t)cp
                   : 0;
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!strcasecmp(text, named[i].name))
            return named[i].is;
    return 0;
}

static unsigned resolve_names(const char *text, char *out)
{
    unsigned found = 0;

    while (*text) {
        size_t len = *text == '&' ? strcspn(text + 1, ";& ") : 0;
        uint32_t cp = len && text[1 + len] == ';' ? character_named(text + 1, len) : 0;

        if (cp) {
            found = IMPORT_TEXT_MARKUP;
            out += utf8_put(cp, out);
            text += len + 2;
        } else {
            *out++ = *text++;
        }
    }
    *out = '\0';
    return found;
}

/* --- what stands on one line --- */

struct line {
    char *out;
    size_t used;
    uint32_t last;  /* character that was put */
    bool broken;    /* a line ended behind it */
    unsigned found; /* faults */
};

/* The length of a tag that begins here; 0: "<" is a sign of its own, as in "<100". */
static size_t tag_length(const char *text)
{
    size_t head = text[0] == '<' && (text[1] == '/' || text[1] == '!');
    size_t len = text[0] == '<' ? strcspn(text, ">") : 0;
    char first = len ? text[1 + head] : '\0';

    if (!len || text[len] != '>' || !(head || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')))
        return 0;
    return memchr(text + 1, '<', len - 1) ? 0 : len + 1;
}

/* Those that stand on a line of their own. */
static bool tag_breaks(const char *tag)
{
    static const char *const words[] = {"br", "p", "div", "li", "tr", "td", "h1", "h2", "h3"};
    const char *name = tag + 1 + (tag[1] == '/');
    size_t len = strcspn(name, "/> \t\n");

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && !strncasecmp(name, words[i], len))
            return true;
    return false;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == IDEOGRAPHIC_SPACE || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F ||
           cp == 0x205F;
}

static bool is_line_end(uint32_t cp)
{
    return (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static void put(struct line *l, uint32_t cp)
{
    if (l->broken && l->used && !(text_is_wide(l->last) && text_is_wide(cp)) && !is_space(l->last) && !is_space(cp))
        l->out[l->used++] = ' ';
    l->broken = false;
    l->used += utf8_put(cp, l->out + l->used);
    l->last = cp;
}

static void take(struct line *l, uint32_t cp)
{
    if (is_line_end(cp)) {
        l->broken = true;
        l->found |= IMPORT_TEXT_SPACES;
    } else if (cp < ' ' || (cp >= 0x7F && cp < 0xA0) || text_is_invisible(cp)) {
        l->found |= IMPORT_TEXT_INVISIBLE;
    } else if (is_space(cp) && !l->used) {
        l->found |= IMPORT_TEXT_SPACES;
    } else {
        put(l, cp == 0xA0 ? ' ' : cp);
    }
}

/* In place. */
static bool cut_spaces_behind(char *text)
{
    char *end = text;

    for (const char *p = text, *stop = text + strlen(text); p < stop;)
        if (!is_space((uint32_t)utf8_next(&p, stop)))
            end = text + (p - text);
    bool cut = *end != '\0';
    *end = '\0';
    return cut;
}

static unsigned one_line(const char *text, char *out)
{
    struct line l = {.out = out};
    const char *end = text + strlen(text);

    while (text < end) {
        size_t tag = tag_length(text);

        if (tag) {
            l.found |= IMPORT_TEXT_MARKUP;
            l.broken |= tag_breaks(text);
            text += tag;
        } else {
            take(&l, (uint32_t)utf8_next(&text, end));
        }
    }
    out[l.used] = '\0';
    return l.found | (cut_spaces_behind(out) ? IMPORT_TEXT_SPACES : 0);
}

/* --- all of it --- */

unsigned import_text_mend(const char *text, char *out, size_t cap)
{
    char named_away[IMPORT_TEXT_MAX + 1], line[2 * IMPORT_TEXT_MAX + 1];
    unsigned found;

    out[0] = '\0';
    if (strlen(text) > IMPORT_TEXT_MAX)
        return 0;
    found = resolve_names(text, named_away);
    found |= one_line(named_away, line);
    for (const char *p = line, *end = line + strlen(line); p < end;)
        if (is_private_use((uint32_t)utf8_next(&p, end)))
            found |= IMPORT_TEXT_PRIVATE;
    private_use_resolve(line, out, cap);
    return found;
}
