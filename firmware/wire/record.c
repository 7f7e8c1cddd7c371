/* SPDX-License-Identifier: Apache-2.0
 *
 * Which members a header has, by kind, and their way into JSON and back. Both directions pass the same check, so nothing
 * is written that could not be read.
 */
#include "wire/record.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"

/* What kinds carry beside the members of all; "visit" and "what" may stand in any. */
enum {
    NUMBER = 1 << 0,
    ITEM = 1 << 1, /* item, item_version, form_version */
    PROMISED = 1 << 2,
    QUEUE = 1 << 3,
    DAY = 1 << 4,
    JOB = 1 << 5, /* job, copy */
    ROLE = 1 << 6,
    SCORE = 1 << 7, /* score, set */
    STAFF = 1 << 8,
    UNTIL = 1 << 9,
    CASE = 1 << 10,
    BUNDLE = 1 << 11, /* bundle, bundle_item, part, parts */
};

static const struct carries {
    unsigned needs, may;
} carries[RECORD_KINDS] = {
    [RECORD_APPLICATION] = {NUMBER | ITEM, PROMISED | BUNDLE},
    [RECORD_SUPPLEMENT] = {CASE, 0},
    [RECORD_TICKET] = {NUMBER | QUEUE | DAY, 0},
    [RECORD_TICKET_VOID] = {NUMBER | QUEUE, DAY},
    [RECORD_RATING] = {SCORE | ITEM, NUMBER},
    [RECORD_FEEDBACK] = {0, NUMBER},
    [RECORD_APPOINTMENT] = {0, NUMBER | ITEM | QUEUE | DAY},
    [RECORD_PRINT_START] = {JOB | ROLE, NUMBER},
    [RECORD_PRINT_DONE] = {JOB | ROLE, NUMBER},
    [RECORD_PRINT_NOT] = {JOB | ROLE, NUMBER},
    [RECORD_PRINT_UNKNOWN] = {JOB | ROLE, NUMBER},
    [RECORD_PRINT_TAKEN] = {ROLE, JOB | NUMBER}, /* no job: of an earlier run of the program */
    [RECORD_PRINT_RETRACTED] = {ROLE, JOB | NUMBER},
    [RECORD_DEVICE_FAULT] = {ROLE, 0},
    [RECORD_DEVICE_RECOVERY] = {ROLE, 0},
    [RECORD_STAFF] = {STAFF, ROLE},
    [RECORD_AVAILABILITY] = {0, ITEM | ROLE | STAFF | UNTIL},
};

#define KNOWN                                                                                                               \
    "v terminal epoch seq at boot up clock kind id key visit number case item item_version form_version promised "          \
    "provisional "                                                                                                          \
    "bundle bundle_item part parts queue day job role copy score set staff until what"
#define AT_MAX INT64_C(253402300799999) /* end of the year 9999 */
#define VERSION_MAX_ 1000000000
#define COPY_MAX 99
#define SCORE_MAX 5
#define SET_MAX 1000000
#define PARTS_MAX 99

static bool is_zero(const uint8_t *p, size_t len)
{
    uint8_t any = 0;

    while (len--)
        any |= *p++;
    return !any;
}

static unsigned members_of(const struct record_header *h)
{
    unsigned m = 0;

    m |= h->number[0] ? NUMBER : 0;
    m |= h->case_number[0] ? CASE : 0;
    m |= h->item[0] || h->item_version || h->form_version ? ITEM : 0;
    m |= h->promised[0] || h->provisional ? PROMISED : 0;
    m |= h->queue[0] ? QUEUE : 0;
    m |= h->day[0] ? DAY : 0;
    m |= h->job[0] || h->copy ? JOB : 0;
    m |= h->role[0] ? ROLE : 0;
    m |= h->score || h->set ? SCORE : 0;
    m |= h->staff[0] ? STAFF : 0;
    m |= h->until ? UNTIL : 0;
    m |= h->bundle[0] || h->bundle_item[0] || h->part || h->parts ? BUNDLE : 0;
    return m;
}

/* --- the check both ways ---------------------------------------------------------------------------------------------- */

static bool text_ok(const char *s)
{
    if (!utf8_valid(s, strlen(s)))
        return false;
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return false;
    return true;
}

static bool day_ok(const char *s)
{
    struct date d;
    return !*s || record_day_parse(s, &d);
}

static int check_common(const struct record_header *h, struct err *e)
{
    if (h->v != 1)
        return err_set(e, ERR_VERSION, "header version %d is unknown", h->v);
    if (!terminal_id_valid(h->terminal))
        return err_set(e, ERR_INVALID, "the terminal's name breaks its rules");
    if (h->seq == 0 || h->seq > INT64_MAX)
        return err_set(e, ERR_RANGE, "seq is out of range");
    if (h->at < 0 || h->at > AT_MAX || h->up < 0)
        return err_set(e, ERR_RANGE, "a time is out of range");
    if (strlen(h->boot) != CLOCK_BOOT_ID_LEN || strspn(h->boot, "0123456789abcdef-") != CLOCK_BOOT_ID_LEN)
        return err_set(e, ERR_INVALID, "boot is no boot id");
    if (is_zero(h->id, sizeof h->id))
        return err_set(e, ERR_INVALID, "id is missing");
    if (record_kind_has_body(h->kind) == is_zero(h->key, sizeof h->key))
        return err_set(e, ERR_INVALID, "key belongs to records with a body, and to no others");
    return 0;
}

static int check_by_kind(const struct record_header *h, struct err *e)
{
    const struct carries *c = &carries[h->kind];
    unsigned has = members_of(h);

    if (c->needs & ~has)
        return err_set(e, ERR_INVALID, "a member that %s needs is missing", record_kind_word(h->kind));
    if (has & ~(c->needs | c->may))
        return err_set(e, ERR_INVALID, "a member does not belong to %s", record_kind_word(h->kind));
    if ((has & ITEM) && (!h->item[0] || h->item_version < 0 || h->item_version > VERSION_MAX_ || h->form_version < 0 ||
                         h->form_version > VERSION_MAX_))
        return err_set(e, ERR_INVALID, "item or its versions are wrong");
    if ((has & JOB) && (!h->job[0] || h->copy < 1 || h->copy > COPY_MAX))
        return err_set(e, ERR_INVALID, "job or copy is wrong");
    if ((has & SCORE) && (h->score < 1 || h->score > SCORE_MAX || h->set < 1 || h->set > SET_MAX))
        return err_set(e, ERR_INVALID, "score or set is wrong");
    if ((has & BUNDLE) && (!h->bundle[0] || !h->bundle_item[0] || h->part < 1 || h->part > h->parts || h->parts > PARTS_MAX))
        return err_set(e, ERR_INVALID, "bundle, or its place in it, is wrong");
    if (h->until < 0 || h->until > AT_MAX)
        return err_set(e, ERR_RANGE, "until is out of range");
    if (!day_ok(h->promised) || !day_ok(h->day) || (h->provisional && !h->promised[0]))
        return err_set(e, ERR_INVALID, "a date is none");
    return 0;
}

static int check(const struct record_header *h, struct err *e)
{
    const char *texts[] = {h->number, h->case_number, h->item, h->queue,  h->job,
                           h->role,   h->staff,       h->what, h->bundle, h->bundle_item};

    if ((unsigned)h->kind >= RECORD_KINDS)
        return err_set(e, ERR_INVALID, "the kind is unknown");
    int rc = check_common(h, e);
    for (size_t i = 0; rc == 0 && i < sizeof texts / sizeof *texts; i++)
        if (!text_ok(texts[i]))
            rc = err_set(e, ERR_INVALID, "a text holds control characters or is no UTF-8");
    return rc ? rc : check_by_kind(h, e);
}

/* --- writing ---------------------------------------------------------------------------------------------------------- */

static void write_str(struct jsonw *w, const char *key, const char *value)
{
    if (*value)
        jsonw_str(w, key, value);
}

static void write_id(struct jsonw *w, const char *key, const uint8_t *value, size_t len)
{
    if (!is_zero(value, len))
        jsonw_hex(w, key, value, len);
}

static void write_common(struct jsonw *w, const struct record_header *h)
{
    jsonw_int(w, "v", h->v);
    jsonw_str(w, "terminal", h->terminal);
    jsonw_hex(w, "epoch", h->epoch, sizeof h->epoch);
    jsonw_int(w, "seq", (int64_t)h->seq);
    jsonw_int(w, "at", h->at);
    jsonw_str(w, "boot", h->boot);
    jsonw_int(w, "up", h->up);
    jsonw_str(w, "clock", h->clock_trusted ? "trusted" : "unsure");
    jsonw_str(w, "kind", record_kind_word(h->kind));
    jsonw_hex(w, "id", h->id, sizeof h->id);
    write_id(w, "key", h->key, sizeof h->key);
}

static void write_by_kind(struct jsonw *w, const struct record_header *h)
{
    write_id(w, "visit", h->visit, sizeof h->visit);
    write_str(w, "number", h->number);
    write_str(w, "case", h->case_number);
    if (h->item[0]) {
        jsonw_str(w, "item", h->item);
        jsonw_int(w, "item_version", h->item_version);
        jsonw_int(w, "form_version", h->form_version);
    }
    write_str(w, "promised", h->promised);
    if (h->provisional)
        jsonw_bool(w, "provisional", true);
    if (h->bundle[0]) {
        jsonw_str(w, "bundle", h->bundle);
        jsonw_str(w, "bundle_item", h->bundle_item);
        jsonw_int(w, "part", h->part);
        jsonw_int(w, "parts", h->parts);
    }
    write_str(w, "queue", h->queue);
    write_str(w, "day", h->day);
    write_str(w, "job", h->job);
    write_str(w, "role", h->role);
    if (h->copy)
        jsonw_int(w, "copy", h->copy);
    if (h->score) {
        jsonw_int(w, "score", h->score);
        jsonw_int(w, "set", h->set);
    }
    write_str(w, "staff", h->staff);
    if (h->until)
        jsonw_int(w, "until", h->until);
    write_str(w, "what", h->what);
}

int record_header_encode(const struct record_header *h, struct buf *out, struct err *e)
{
    struct jsonw w;
    size_t start = out->len;

    int rc = check(h, e);
    if (rc)
        return err_wrap(e, rc, "write a record's header");
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    write_common(&w, h);
    write_by_kind(&w, h);
    jsonw_end(&w);
    if (!buf_ok(out) || out->len - start > RECORD_HEADER_MAX)
        return err_set(e, ERR_TOOLONG, "write a record's header: no room for it");
    return 0;
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

/* Each of these does nothing once *rc is set, so that a list of members reads as a list. */
static void read_text(int *rc, const struct json *o, const char *key, char *out, size_t cap, struct err *e)
{
    const char *s = "";

    if (!*rc)
        *rc = json_opt_str(o, key, 1, cap - 1, &s, e);
    if (!*rc)
        text_copy(out, cap, s);
}

static void read_hex(int *rc, const struct json *o, const char *key, uint8_t *out, size_t len, bool need, struct err *e)
{
    const char *s = NULL;
    size_t n;

    if (!*rc)
        *rc = need ? json_get_str(o, key, 2 * len, 2 * len, &s, e) : json_opt_str(o, key, 2 * len, 2 * len, &s, e);
    if (!*rc && s && hex_decode(s, strlen(s), out, len, &n))
        *rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    else if (!*rc && s && is_zero(out, len))
        *rc = err_set(e, ERR_INVALID, "%s is zero", key);
}

static void read_int(int *rc, const struct json *o, const char *key, int64_t max, bool need, int64_t *ret, struct err *e)
{
    if (!*rc)
        *rc = need ? json_get_int(o, key, 0, max, ret, e) : json_opt_int(o, key, 0, max, ret, e);
}

static int read_common(const struct json *o, struct record_header *h, struct err *e)
{
    const char *clock = "", *kind = "";
    int64_t v = 0, seq = 0;
    int rc = 0;

    read_int(&rc, o, "v", 1, true, &v, e);
    read_text(&rc, o, "terminal", h->terminal, sizeof h->terminal, e);
    read_hex(&rc, o, "epoch", h->epoch, sizeof h->epoch, true, e);
    read_int(&rc, o, "seq", INT64_MAX, true, &seq, e);
    read_int(&rc, o, "at", AT_MAX, true, &h->at, e);
    read_text(&rc, o, "boot", h->boot, sizeof h->boot, e);
    read_int(&rc, o, "up", INT64_MAX, true, &h->up, e);
    read_hex(&rc, o, "id", h->id, sizeof h->id, true, e);
    read_hex(&rc, o, "key", h->key, sizeof h->key, false, e);
    if (rc == 0)
        rc = json_get_str(o, "clock", 1, 16, &clock, e);
    if (rc == 0)
        rc = json_get_str(o, "kind", 1, 32, &kind, e);
    if (rc)
        return rc;
    int k = record_kind_by_word(kind);
    if (k < 0)
        return err_set(e, ERR_INVALID, "the kind is unknown");
    h->clock_trusted = !strcmp(clock, "trusted");
    if (!h->clock_trusted && strcmp(clock, "unsure"))
        return err_set(e, ERR_INVALID, "clock is neither trusted nor unsure");
    h->kind = (enum record_kind)k;
    h->v = (int)v;
    h->seq = (uint64_t)seq;
    return 0;
}

static int read_by_kind(const struct json *o, struct record_header *h, struct err *e)
{
    int64_t item_version = 0, form_version = 0, copy = 0, score = 0, set = 0, part = 0, parts = 0;
    bool item = json_has(o, "item"), rated = json_has(o, "score"), bundled = json_has(o, "bundle");
    int rc = 0;

    read_hex(&rc, o, "visit", h->visit, sizeof h->visit, false, e);
    read_text(&rc, o, "number", h->number, sizeof h->number, e);
    read_text(&rc, o, "case", h->case_number, sizeof h->case_number, e);
    read_text(&rc, o, "item", h->item, sizeof h->item, e);
    read_int(&rc, o, "item_version", VERSION_MAX_, item, &item_version, e);
    read_int(&rc, o, "form_version", VERSION_MAX_, item, &form_version, e);
    read_text(&rc, o, "promised", h->promised, sizeof h->promised, e);
    read_text(&rc, o, "bundle", h->bundle, sizeof h->bundle, e);
    read_text(&rc, o, "bundle_item", h->bundle_item, sizeof h->bundle_item, e);
    read_int(&rc, o, "part", PARTS_MAX, bundled, &part, e);
    read_int(&rc, o, "parts", PARTS_MAX, bundled, &parts, e);
    read_text(&rc, o, "queue", h->queue, sizeof h->queue, e);
    read_text(&rc, o, "day", h->day, sizeof h->day, e);
    read_text(&rc, o, "job", h->job, sizeof h->job, e);
    read_text(&rc, o, "role", h->role, sizeof h->role, e);
    read_int(&rc, o, "copy", COPY_MAX, false, &copy, e);
    read_int(&rc, o, "score", SCORE_MAX, false, &score, e);
    read_int(&rc, o, "set", SET_MAX, rated, &set, e);
    read_text(&rc, o, "staff", h->staff, sizeof h->staff, e);
    read_int(&rc, o, "until", AT_MAX, false, &h->until, e);
    read_text(&rc, o, "what", h->what, sizeof h->what, e);
    if (rc == 0)
        rc = json_opt_bool(o, "provisional", &h->provisional, e);
    h->item_version = (int)item_version;
    h->form_version = (int)form_version;
    h->copy = (int)copy;
    h->score = (int)score;
    h->set = (int)set;
    h->part = (int)part;
    h->parts = (int)parts;
    return rc;
}

int record_header_decode(const void *data, size_t len, struct record_header *ret, struct err *e)
{
    struct record_header h = {0};
    struct json *doc = NULL;

    int rc = json_parse(data, len, RECORD_HEADER_MAX, &doc, e);
    if (rc == 0)
        rc = json_known(doc, KNOWN, e);
    if (rc == 0)
        rc = read_common(doc, &h, e);
    if (rc == 0)
        rc = read_by_kind(doc, &h, e);
    if (rc == 0)
        rc = check(&h, e);
    json_free(doc);
    if (rc == 0)
        *ret = h;
    return err_wrap(e, rc, "read a record's header");
}

bool record_day_parse(const char *s, struct date *ret)
{
    char digits[9];

    if (strlen(s) != DATE_LEN || s[4] != '-' || s[7] != '-')
        return false;
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s", s, s + 5, s + 8);
    return date_parse8(digits, ret);
}

const char *record_seal_info(enum record_kind kind)
{
    static const char *const infos[RECORD_KINDS] = {
#define RECORD(name, word, body) [RECORD_##name] = "tongban/" word "/1",
#include "model/record.def"
#undef RECORD
    };
    return infos[kind];
}
