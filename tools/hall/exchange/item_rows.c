/* SPDX-License-Identifier: Apache-2.0
 *
 * See item_rows.h.
 */
#include "tools/hall/exchange/item_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/hash.h"
#include "tools/hall/reports/report_words.h"

#define LIST_MAX 60000 /* bytes of a list in words */
#define GUID_BYTES 16  /* of its hash, as hex */
#define HANDLE_CODE 33

static const char *word_of(const struct json *v, const char *key)
{
    const struct json *member = json_is_obj(v) ? json_member(v, key) : NULL;

    return member && json_is_str(member) ? json_str(member) : "";
}

static int64_t number_of(const struct json *v, const char *way)
{
    const struct json *member = exchange_member(v, way);

    return member && json_is_int(member) ? json_int(member) : -1;
}

bool exchange_item_belongs(const struct json *item, enum exchange_items items)
{
    const char *type = word_of(item, "task_type");

    if (json_has(item, "members")) /* a bundle: each of its members is an item of the directory */
        return false;
    switch (items) {
    case EXCHANGE_DIRECTORY:
        return true;
    case EXCHANGE_PUNISH:
        return strcmp(type, "02") == 0;
    case EXCHANGE_HANDLE:
        return strcmp(type, "03") == 0 || strcmp(type, "04") == 0;
    case EXCHANGE_CHECK:
        return strcmp(type, "06") == 0;
    case EXCHANGE_PUBLIC:
        return type[0] == '2';
    case EXCHANGE_GENERAL:
        return type[0] && type[0] != '2' && !strstr("02 03 04 06", type);
    case EXCHANGE_CASES:
        break;
    }
    return false;
}

static const struct json *parts(const struct json *item, enum exchange_row_kind kind)
{
    const char *key = kind == EXCHANGE_MATERIAL ? "materials" : kind == EXCHANGE_FEE ? "fees" : "questions";
    const struct json *list = json_member(item, key);

    return list && json_is_arr(list) ? list : NULL;
}

size_t exchange_item_parts(const struct json *item, enum exchange_row_kind kind)
{
    if (kind == EXCHANGE_ITEM)
        return 1;
    const struct json *list = parts(item, kind);
    return list ? json_len(list) : 0;
}

/* --- values --- */

static void put_guid(const struct json *item, const char *kind, size_t i, const char *name, struct exchange_row *r)
{
    char text[200], hex[2 * GUID_BYTES + 1];
    uint8_t hash[SHA256_LEN];

    snprintf(text, sizeof text, "%s\n%" PRId64 "\n%s\n%zu", word_of(item, "task_code"), number_of(item, "task_version"),
             kind, i);
    sha256(text, strlen(text), hash);
    hex_encode(hash, GUID_BYTES, hex);
    exchange_row_put(r, name, hex);
}

/* "a<between>b", of a list of texts or of one member of each of its objects. */
static void put_joined(const struct json *item, const char *list, const char *member, const char *between, const char *name,
                       struct exchange_row *r)
{
    const struct json *all = json_member(item, list);
    struct buf out;

    buf_init(&out, LIST_MAX);
    for (size_t i = 0; all && json_is_arr(all) && i < json_len(all); i++) {
        const struct json *one = json_at(all, i);
        const char *text = member ? word_of(one, member) : json_is_str(one) ? json_str(one) : "";

        if (text[0] && out.len)
            buf_adds(&out, between);
        buf_adds(&out, text);
    }
    exchange_row_put(r, name, buf_str(&out));
    buf_finish(&out);
}

static void fill(struct buf *out, enum report_word id, const char *first, const char *second, const char *third)
{
    char text[1000];

    text_fill(text, sizeof text, report_word(id), (const char *const[]){first, second, third}, 3);
    buf_adds(out, text);
}

static void put_laws(const struct json *item, struct exchange_row *r)
{
    const struct json *all = json_member(item, "by_law");
    struct buf out;

    buf_init(&out, LIST_MAX);
    for (size_t i = 0; all && json_is_arr(all) && i < json_len(all); i++) {
        if (i)
            buf_addc(&out, '\n');
        fill(&out, REPORT_WORD_flow_law, word_of(json_at(all, i), "law"), word_of(json_at(all, i), "article"), "");
    }
    exchange_row_put(r, "laws", buf_str(&out));
    buf_finish(&out);
}

static void put_flow(const struct json *item, struct exchange_row *r)
{
    const struct json *all = json_member(item, "handle_flow");
    struct buf out;

    buf_init(&out, LIST_MAX);
    for (size_t i = 0; all && json_is_arr(all) && i < json_len(all); i++) {
        const struct json *step = json_at(all, i), *limit = exchange_member(step, "limit");
        bool working = limit && strcmp(word_of(limit, "unit"), "calendar-day") != 0;
        char day[24], days[60];

        snprintf(day, sizeof day, "%" PRId64, number_of(step, "limit.day"));
        text_fill(days, sizeof days, report_word(working ? REPORT_WORD_flow_working : REPORT_WORD_flow_calendar),
                  (const char *const[]){day}, 1);
        if (i)
            buf_addc(&out, '\n');
        fill(&out, REPORT_WORD_flow_step, word_of(step, "step"), word_of(step, "post"), days);
    }
    exchange_row_put(r, "flow", buf_str(&out));
    buf_finish(&out);
}

/* 1 where a result of it can be posted; unknown where no result says how it is handed out. */
static void put_post(const struct json *item, struct exchange_row *r)
{
    const struct json *all = json_member(item, "results");
    bool says = false, posts = false;

    for (size_t i = 0; all && json_is_arr(all) && i < json_len(all); i++) {
        const struct json *ways = exchange_member(json_at(all, i), "delivery");

        for (size_t w = 0; ways && json_is_arr(ways) && w < json_len(ways); w++) {
            const char *way = json_str(json_at(ways, w));
            says = true;
            posts |= way && strcmp(way, "post") == 0;
        }
    }
    if (says)
        exchange_row_put(r, "has-post", posts ? "1" : "0");
}

static void put_fee(const struct json *part, struct exchange_row *r)
{
    int64_t cents = number_of(part, "amount_cent");
    char yuan[40], text[80];

    if (cents < 0)
        return;
    snprintf(yuan, sizeof yuan, cents % 100 ? "%" PRId64 ".%02" PRId64 : "%" PRId64, cents / 100, cents % 100);
    text_fill(text, sizeof text, report_word(REPORT_WORD_fee_amount), (const char *const[]){yuan}, 1);
    exchange_row_put(r, "fee-stand", text);
}

static void put_item(const struct json *item, struct exchange_row *r)
{
    const struct json *fees = json_member(item, "fees"), *procedures = json_member(item, "special_procedures");

    put_laws(item, r);
    put_flow(item, r);
    put_post(item, r);
    put_joined(item, "server_type", NULL, "^", "server-types", r); /* the sign between several that platforms use */
    put_joined(item, "special_procedures", NULL, "\n", "procedures", r);
    if (procedures && json_is_arr(procedures) && !json_len(procedures)) /* it says that it has none */
        exchange_row_put(r, "procedures", report_word(REPORT_WORD_none));
    put_joined(item, "results", "result_name", "\n", "result-names", r);
    put_joined(item, "fees", "by_law", "\n", "fee-laws", r);
    if (fees && json_is_arr(fees))
        exchange_row_put(r, "has-fee", json_len(fees) ? "1" : "0");
}

void exchange_item_row(const struct json *item, enum exchange_row_kind kind, size_t i, struct exchange_row *r)
{
    static const char *const kinds[] = {[EXCHANGE_ITEM] = "item",
                                        [EXCHANGE_MATERIAL] = "material",
                                        [EXCHANGE_FEE] = "fee",
                                        [EXCHANGE_QUESTION] = "question"};
    const struct json *part = kind == EXCHANGE_ITEM ? NULL : json_at(parts(item, kind), i);
    const char *code = word_of(item, "task_code");

    exchange_row_init(r, item, part);
    put_guid(item, kinds[kind], i, "row-guid", r);
    put_guid(item, kinds[EXCHANGE_ITEM], 0, "item-guid", r);
    if (strlen(code) == HANDLE_CODE)
        exchange_row_put(r, "handle-item", code);
    exchange_row_put_int(r, "place", (int64_t)i + 1);
    if (kind == EXCHANGE_ITEM)
        put_item(item, r);
    if (kind == EXCHANGE_FEE)
        put_fee(part, r);
}
