/* SPDX-License-Identifier: Apache-2.0
 *
 * Search finds the same by the index, and by its short ways without one (the scan, sets of states remembered, places kept
 * from the last key), as a plain look at every place of every name. Names and queries are made up by chance, always the same
 * ones; queries are typed and rubbed out key by key.
 */
#include "test.h"

#include "base/text.h"
#include "catalog/search.h"
#include "catalog/search_index_make.h"
#include "catalog/search_match.h"
#include "tools/hallctl/catalog_search.h"
#include "voice/pinyin.h"

#define ITEMS 600
#define QUERIES 400

static struct item_file files[ITEMS];
static struct source_item items[ITEMS];
static char names[ITEMS][120];
static struct buf packed, index_made;
static struct search *ways[2]; /* by the index, and without one */
static struct search_table table;
static struct matcher slow;
static uint8_t found[ITEMS]; /* by the plain way: 1 begins, 2 holds, 3 by another reading, 4 forgiven */
static uint32_t seed = 11;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static void make_items(void)
{
    static const char *const words[] = {"老年人", "长沙",   "校长",   "银行",   "行政", "会计", "证",   "高龄",
                                        "公路",   "律师",   "女职工", "重庆",   "重大", "申领", "转移", "接续",
                                        "养老",   "身份证", "居民",   "A类",    "IC卡", "社会", "保障", "残疾",
                                        "参加",   "音乐",   "娱乐",   "出租车", "安",   "西安", "方案", "档案"};
    static const char *const english[] = {"senior card", "driving licence", "residence permit", "pension",
                                          "a card for senior"};

    for (size_t i = 0; i < ITEMS; i++) {
        struct item_file *f = &files[i];

        for (uint32_t n = 1 + chance(5); n > 0; n--)
            strcat(names[i], words[chance(sizeof words / sizeof *words)]);
        f->item.task_name = names[i];
        f->item.is_service_terminals = chance(7) == 0;
        if (chance(3) == 0)
            f->item.keywords.at[f->item.keywords.n++] = words[chance(sizeof words / sizeof *words)];
        if (chance(2))
            f->item.server_type.at[f->item.server_type.n++] = chance(2) ? "1" : "2";
        snprintf(items[i].name_en, sizeof items[i].name_en, "%s", english[chance(sizeof english / sizeof *english)]);
        items[i].file = f;
    }
}

TEST(begin)
{
    const struct catalog_source source = {.items = items, .n_items = ITEMS};

    make_items();
    buf_init(&packed, CATALOG_SEARCH_MAX);
    CHECK_INT(catalog_search_pack(&source, &packed, NULL), 0);
    CHECK_INT(search_table_decode(packed.data, packed.len, &table, NULL), 0);
    buf_init(&index_made, SEARCH_INDEX_MAX);
    CHECK_INT(search_index_make(&table, &index_made, NULL), 0);
    CHECK_INT(search_open_index(packed.data, packed.len, index_made.data, index_made.len, &ways[0], NULL), 0);
    CHECK_INT(search_open(packed.data, packed.len, &ways[1], NULL), 0);
}

/* --- the plain way --- */

static int fit_at(const struct search_text *x, uint32_t at, uint32_t begin, uint32_t *letters)
{
    struct match_state s = {.clean = !(table.units[x->ids[at]].flags & SEARCH_INNER)};
    bool begins = at == begin || !x->ids[at - 1], clean = false, other = false;

    while (!matcher_empty(s)) {
        s = matcher_step(&slow, s, &table.units[x->ids[at++]], letters);
        clean |= s.clean >> slow.n & 1;
        other |= s.other >> slow.n & 1;
    }
    if (slow.forgiving)
        return clean || other ? 4 : 0;
    return clean ? (begins ? 1 : 2) : other ? 3 : 0;
}

/* Returns how many items were found by this. */
static int look(int text, bool forgiving, uint32_t *letters)
{
    const struct search_text *x = &table.text[text];
    uint32_t begin = 0;
    int hits = 0;

    CHECK_INT(matcher_begin(&slow, &table, forgiving, NULL), 0);
    for (uint32_t i = 0; i < ITEMS; begin = x->ends[i++])
        for (uint32_t at = begin; at < x->ends[i]; at++) {
            int fit = fit_at(x, at, begin, letters);

            hits += fit && !found[i];
            if (fit && (!found[i] || fit < found[i]))
                found[i] = (uint8_t)fit;
        }
    matcher_end(&slow);
    return hits;
}

static void run_slow(const struct search_query *q, struct search_answer *ret)
{
    int hits;

    *ret = (struct search_answer){0};
    memset(found, 0, sizeof found);
    matcher_query(&slow, q->text);
    hits = look(SEARCH_NAMES, false, &ret->letters);
    if (q->english || !hits)
        hits += look(SEARCH_ENGLISH, false, &ret->letters);
    if (hits < 3 && slow.n - __builtin_popcount(slow.chars) >= 4) {
        int nearly = look(SEARCH_NAMES, true, &ret->letters);

        ret->forgiven = !hits && nearly;
        for (int i = 0; hits && i < ITEMS; i++)
            found[i] = found[i] == 4 ? 0 : found[i];
    }
    for (int i = 0; i < ITEMS; i++) {
        ret->total[SEARCH_ALL] += found[i] != 0;
        ret->total[SEARCH_AT_TERMINAL] += found[i] && table.flags[i] & SEARCH_HERE;
        ret->total[SEARCH_FOR_PERSON] += found[i] && table.flags[i] & SEARCH_PERSON;
        ret->total[SEARCH_FOR_COMPANY] += found[i] && table.flags[i] & SEARCH_COMPANY;
    }
}

static int rows_slow(bool terminal, uint32_t *rows)
{
    int n = 0;

    for (int later = 0; later <= terminal; later++)
        for (int fit = 1; fit <= 4; fit++)
            for (uint32_t i = 0; i < ITEMS; i++) {
                bool here = table.flags[i] & SEARCH_HERE;

                if (found[i] == fit && (!terminal || here != later))
                    rows[n++] = i;
            }
    return n;
}

/* --- both --- */

static int differs(struct search *fast, const struct search_query *q, const struct search_answer *b, const uint32_t *want,
                   int n)
{
    struct search_answer a;
    uint32_t got[SEARCH_PAGE_MAX];
    int failed = 0;

    search_run(fast, q, &a);
    for (int i = 0; i < SEARCH_FILTERS; i++)
        failed += a.total[i] != b->total[i];
    failed += a.letters != b->letters || a.forgiven != b->forgiven;
    for (int first = 0; first < n; first += SEARCH_PAGE_MAX) {
        int k = search_rows(fast, SEARCH_ALL, first, got, SEARCH_PAGE_MAX);

        failed += k != (n - first < SEARCH_PAGE_MAX ? n - first : SEARCH_PAGE_MAX);
        failed += memcmp(got, want + first, (size_t)k * sizeof *got) != 0;
    }
    if (failed)
        printf("# %s: %d and %d found, letters %x and %x\n", q->text, a.total[0], b->total[0], a.letters, b->letters);
    return failed;
}

static void compare(const char *text, bool terminal, bool english)
{
    const struct search_query q = {text, terminal, english};
    struct search_answer b;
    uint32_t want[ITEMS];
    int n;

    run_slow(&q, &b);
    n = rows_slow(terminal, want);
    for (int i = 0; i < 2; i++)
        CHECK_INT(differs(ways[i], &q, &b, want, n), 0);
    CHECK(!search_damaged(ways[0]));
}

/* A piece of a name: its characters, whole readings or first letters by chance, sometimes with a wrong letter. */
static void make_query(char out[128])
{
    static const char *const english[] = {"senior", "permit", "cards", "dri"};
    const char *name = names[chance(ITEMS)];
    uint32_t from = chance(4), kind = chance(5), i = 0;
    struct pinyin_walk w;
    struct pinyin_char c;

    out[0] = '\0';
    if (kind == 4 && chance(2)) {
        strcpy(out, english[chance(4)]);
        return;
    }
    pinyin_begin(&w, name);
    for (; pinyin_next(&w, &c) && i < from + 6; i++) {
        const char *reading = chance(4) || !strchr(c.all, ' ') ? c.here : strchr(c.all, ' ') + 1;
        size_t n = strlen(out), whole = strcspn(reading, "12345 ");

        if (i < from || !whole)
            continue;
        if (kind == 0 || (kind == 4 && chance(2)))
            out[n + utf8_put(c.cp, out + n)] = '\0';
        else
            snprintf(out + n, 128 - n, "%.*s", kind == 1 || (kind > 2 && chance(2)) ? 1 : (int)whole, reading);
    }
    if (chance(3) == 0 && kind && strlen(out) > 3 && out[2] > 0 && out[3] > 0)
        out[2] = (char)('a' + chance(26));
}

TEST(typed_and_rubbed_out)
{
    for (int i = 0; i < QUERIES; i++) {
        bool terminal = chance(2), english = chance(4) == 0;
        char query[128], typed[128];
        size_t all;

        make_query(query);
        all = utf8_count(query);
        for (size_t n = 1; n <= all; n++) {
            snprintf(typed, sizeof typed, "%.*s", (int)utf8_prefix(query, n), query);
            compare(typed, terminal, english);
            if (chance(6) == 0 && n > 1) { /* one key back */
                typed[utf8_prefix(query, n - 1)] = '\0';
                compare(typed, terminal, english);
            }
            if (chance(20) == 0) /* another visit */
                for (int k = 0; k < 2; k++)
                    search_forget(ways[k]);
        }
    }
}

TEST(finish)
{
    for (int k = 0; k < 2; k++)
        search_close(ways[k]);
    buf_finish(&index_made);
    buf_finish(&packed);
}

TEST_MAIN(SETUP(begin), T(typed_and_rubbed_out), TEARDOWN(finish))
