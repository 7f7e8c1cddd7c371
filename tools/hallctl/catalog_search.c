/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_search.h. Characters with their readings become units, each of which stands in the table once; names become
 * numbers of units.
 */
#include "tools/hallctl/catalog_search.h"
#include "base/must.h"
#include "base/progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "catalog/search_text.h"
#include "catalog/search_wire.h"
#include "voice/pinyin.h"

#define BUCKETS 16384

struct packer {
    char syllables[SEARCH_SYLLABLES_MAX][8];
    size_t n_syllables;
    struct search_unit *units; /* 65536 */
    uint8_t *groups;           /* of each unit */
    uint16_t *next;            /* of the same bucket; 0: none */
    uint16_t bucket[BUCKETS];
    size_t n_units;
    struct buf ends[SEARCH_TEXTS], ids[SEARCH_TEXTS], plane[SEARCH_TEXTS];
    uint32_t n[SEARCH_TEXTS];
    bool failed; /* more units or syllables than the table can number */
};

static void add32(struct buf *b, uint32_t v)
{
    const uint8_t bytes[] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};

    buf_add(b, bytes, sizeof bytes);
}

static uint16_t syllable(struct packer *p, const char *letters)
{
    size_t i = 0;

    while (i < p->n_syllables && strcmp(p->syllables[i], letters))
        i++;
    if (i == SEARCH_SYLLABLES_MAX) {
        p->failed = true;
        return 0;
    }
    if (i == p->n_syllables)
        strcpy(p->syllables[p->n_syllables++], letters);
    return (uint16_t)i;
}

/* "lv4" is typed as lv or as lu. */
static void add_reading(struct packer *p, struct search_unit *u, const char *reading)
{
    char letters[8];
    size_t n = strspn(reading, "abcdefghijklmnopqrstuvwxyz");
    uint16_t number;

    if (!n || n > 6)
        return;
    memcpy(letters, reading, n);
    letters[n] = '\0';
    for (int spelling = 0; spelling < 2; spelling++) {
        char *v = strchr(letters, 'v');

        number = syllable(p, letters);
        for (int k = 0; k < u->n; k++)
            if (u->syllables[k] == number)
                number = UINT16_MAX;
        if (number != UINT16_MAX && u->n < SEARCH_READINGS)
            u->syllables[u->n++] = number;
        if (!v)
            return;
        *v = 'u';
    }
}

static uint8_t groups_of(const struct packer *p, const struct search_unit *u)
{
    uint32_t first = 0;

    for (int k = 0; k < u->n; k++)
        first |= 1u << (p->syllables[u->syllables[k]][0] - 'a');
    return first ? search_groups(first) : (uint8_t)(1 << (u->cp & 7));
}

/* The number of a unit, new or already there. `flags` SEARCH_IN_NAMES is gained, SEARCH_INNER tells units apart. */
static uint16_t unit(struct packer *p, const struct search_unit *u, uint8_t flags)
{
    uint16_t *at = &p->bucket[(u->cp * 31 + (u->n ? u->syllables[0] : 0)) % BUCKETS];
    uint16_t i = *at;

    while (i && (p->units[i].cp != u->cp || p->units[i].n != u->n || (p->units[i].flags ^ flags) & SEARCH_INNER ||
                 memcmp(p->units[i].syllables, u->syllables, sizeof u->syllables)))
        i = p->next[i];
    if (!i && p->n_units == 65536) {
        p->failed = true;
        return 0;
    }
    if (!i) {
        i = (uint16_t)p->n_units++;
        p->units[i] = *u;
        p->groups[i] = groups_of(p, u);
        p->next[i] = *at;
        *at = i;
    }
    p->units[i].flags |= flags;
    return i;
}

static void add_unit(struct packer *p, int text, uint16_t id)
{
    const uint8_t bytes[] = {(uint8_t)id, (uint8_t)(id >> 8)};

    buf_add(&p->ids[text], bytes, sizeof bytes);
    buf_addc(&p->plane[text], p->groups[id]);
    p->n[text]++;
}

/* Every character that counts, with the reading that holds here first; then the end of a name. */
static void add_name(struct packer *p, int text, const char *name)
{
    struct pinyin_walk w;
    struct pinyin_char c;
    bool in_word = false;

    pinyin_begin(&w, name);
    while (pinyin_next(&w, &c)) {
        struct search_unit u = {.cp = search_fold(c.cp)};
        uint8_t flags = text == SEARCH_NAMES ? SEARCH_IN_NAMES : 0;
        const char latin[] = {(char)u.cp, '\0'};

        if (search_is_letter(u.cp)) {
            add_reading(p, &u, latin);
            flags |= in_word ? SEARCH_INNER : 0;
        } else {
            add_reading(p, &u, c.here);
            for (const char *r = c.all; *r; r += strcspn(r, " "), r += *r == ' ')
                add_reading(p, &u, r);
        }
        in_word = search_is_letter(u.cp);
        if (u.cp)
            add_unit(p, text, unit(p, &u, flags));
    }
    add_unit(p, text, 0);
}

/* What people say for a word that is in it. */
static void add_synonyms(struct packer *p, const struct synonyms *list, const struct item_file *f)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->list[i].n_say && synonym_fits(&list->list[i], f); k++)
            add_name(p, SEARCH_NAMES, list->list[i].say[k]);
}

static void add_item(struct packer *p, const struct source_item *item, const struct synonyms *synonyms)
{
    const struct item_file *f = item->file;

    add_name(p, SEARCH_NAMES, f->item.task_name);
    for (size_t k = 0; k < f->item.keywords.n; k++)
        add_name(p, SEARCH_NAMES, f->item.keywords.at[k]);
    add_synonyms(p, synonyms, f);
    add_name(p, SEARCH_ENGLISH, item->name_en);
    for (size_t k = 0; k < f->item.keywords_en.n; k++)
        add_name(p, SEARCH_ENGLISH, f->item.keywords_en.at[k]);
    for (int text = 0; text < SEARCH_TEXTS; text++)
        add32(&p->ends[text], p->n[text]);
}

/* Whom it is for: server_type 1 is a person, all others are organisations. Without a word it is for everybody. */
static uint8_t flags_of(const struct item_file *f)
{
    uint8_t flags = f->item.is_service_terminals ? SEARCH_HERE : 0;

    for (size_t k = 0; k < f->item.server_type.n; k++)
        flags |= strcmp(f->item.server_type.at[k], "1") == 0 ? SEARCH_PERSON : SEARCH_COMPANY;
    return f->item.server_type.n ? flags : flags | SEARCH_PERSON | SEARCH_COMPANY;
}

static void pad(struct buf *out)
{
    while (out->len % 4)
        if (buf_addc(out, 0) < 0)
            return;
}

static void write_units(const struct packer *p, struct buf *out)
{
    for (size_t i = 0; i < p->n_units; i++) {
        const struct search_unit *u = &p->units[i];

        add32(out, u->cp);
        buf_addc(out, u->flags);
        buf_addc(out, u->n);
        for (int k = 0; k < SEARCH_READINGS; k++) {
            buf_addc(out, (uint8_t)u->syllables[k]);
            buf_addc(out, (uint8_t)(u->syllables[k] >> 8));
        }
    }
}

static void write_table(const struct catalog_source *s, const struct packer *p, struct buf *out)
{
    static const uint8_t nothing[SEARCH_PAD];

    add32(out, SEARCH_MAGIC);
    add32(out, (uint32_t)s->n_items);
    add32(out, (uint32_t)p->n_units);
    add32(out, (uint32_t)p->n_syllables);
    add32(out, p->n[SEARCH_NAMES]);
    add32(out, p->n[SEARCH_ENGLISH]);
    buf_add(out, p->syllables, p->n_syllables * sizeof *p->syllables);
    write_units(p, out);
    for (size_t i = 0; i < s->n_items; i++)
        buf_addc(out, flags_of(s->items[i].file));
    pad(out);
    for (int text = 0; text < SEARCH_TEXTS; text++) {
        buf_add(out, p->ends[text].data, p->ends[text].len);
        buf_add(out, p->ids[text].data, p->ids[text].len);
        pad(out);
        buf_add(out, p->plane[text].data, p->plane[text].len);
        buf_add(out, nothing, sizeof nothing);
        pad(out);
    }
}

static struct packer *packer_create(void)
{
    struct packer *p = calloc(1, sizeof *p);

    must(p && (p->units = calloc(65536, sizeof *p->units)) && (p->groups = calloc(65536, 1)) &&
             (p->next = calloc(65536, sizeof *p->next)),
         "out of memory");
    p->n_units = 1; /* the end of a name */
    for (int text = 0; text < SEARCH_TEXTS; text++) {
        buf_init(&p->ends[text], CATALOG_SEARCH_MAX);
        buf_init(&p->ids[text], CATALOG_SEARCH_MAX);
        buf_init(&p->plane[text], CATALOG_SEARCH_MAX);
    }
    return p;
}

static bool packer_good(const struct packer *p)
{
    for (int text = 0; text < SEARCH_TEXTS; text++)
        if (!buf_ok(&p->ends[text]) || !buf_ok(&p->ids[text]) || !buf_ok(&p->plane[text]))
            return false;
    return !p->failed;
}

static void packer_free(struct packer *p)
{
    for (int text = 0; text < SEARCH_TEXTS; text++) {
        buf_finish(&p->ends[text]);
        buf_finish(&p->ids[text]);
        buf_finish(&p->plane[text]);
    }
    free(p->units);
    free(p->groups);
    free(p->next);
    free(p);
}

int catalog_search_pack(const struct catalog_source *s, struct buf *out, struct err *e)
{
    struct packer *p = packer_create();
    struct progress shown;
    int rc = 0;

    progress_begin(&shown, "items made searchable");
    for (size_t i = 0; i < s->n_items; i++) {
        add_item(p, &s->items[i], &s->synonyms);
        progress_step(&shown, (int64_t)i, (int64_t)s->n_items);
    }
    progress_end(&shown);
    write_table(s, p, out);
    if (!packer_good(p) || !buf_ok(out))
        rc = err_set(e, ERR_TOOLONG, "the search table");
    packer_free(p);
    return rc;
}
