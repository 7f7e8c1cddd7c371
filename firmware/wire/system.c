/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports on the system, and orders for it, as JSON.
 */
#include "wire/system.h"

#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"

#define DAY_MIN (24 * 60)
#define TIME_MAX_MS INT64_C(253402300799999)

bool system_version_valid(const char *v)
{
    size_t n = strlen(v);

    return n > 0 && n <= SYSTEM_VERSION_LEN && *v != '.' && *v != '-' &&
           strspn(v, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.~^-") == n;
}

/* --- the terminal's word --- */

int system_report_encode(const struct system_report *r, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "running", r->running);
    jsonw_str(&w, "slot", r->slot);
    jsonw_str(&w, "other", r->other);
    jsonw_str(&w, "state", system_state_word(r->state));
    jsonw_str(&w, "version", r->version);
    jsonw_str(&w, "why", r->why);
    jsonw_int(&w, "at", r->at_s);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

/* "" where nothing is known, else a version. */
static int get_version(const struct json *doc, const char *key, char out[SYSTEM_VERSION_LEN + 1], struct err *e)
{
    const char *text = NULL;
    int rc = json_get_str(doc, key, 0, SYSTEM_VERSION_LEN, &text, e);

    if (rc == 0 && *text && !system_version_valid(text))
        rc = err_set(e, ERR_INVALID, "\"%s\" is no version", key);
    if (rc == 0)
        text_copy(out, SYSTEM_VERSION_LEN + 1, text);
    return rc;
}

static int get_why(const struct json *doc, char out[SYSTEM_WHY_MAX + 1], struct err *e)
{
    const char *text = NULL;
    int rc = json_get_str(doc, "why", 0, SYSTEM_WHY_MAX, &text, e);

    if (rc == 0 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-") < strlen(text))
        rc = err_set(e, ERR_INVALID, "\"why\" is a word of a-z, 0-9, . and -");
    if (rc == 0)
        text_copy(out, SYSTEM_WHY_MAX + 1, text);
    return rc;
}

static int get_state(const struct json *doc, struct system_report *r, struct err *e)
{
    const char *slot = NULL, *state = NULL;
    int rc = json_get_str(doc, "slot", 0, 1, &slot, e);

    if (rc == 0 && *slot && *slot != 'a' && *slot != 'b')
        rc = err_set(e, ERR_INVALID, "\"slot\" is a or b");
    if (rc == 0)
        rc = json_get_str(doc, "state", 1, 31, &state, e);
    if (rc == 0 && !system_state_by_word(state, &r->state))
        rc = err_set(e, ERR_INVALID, "\"state\" is not known");
    if (rc == 0)
        text_copy(r->slot, sizeof r->slot, slot);
    return rc;
}

static int get_report(const struct json *doc, struct system_report *ret, struct err *e)
{
    struct system_report r = {.at_s = 0};
    int rc = get_version(doc, "running", r.running, e);
    if (rc == 0)
        rc = get_version(doc, "other", r.other, e);
    if (rc == 0)
        rc = get_version(doc, "version", r.version, e);
    if (rc == 0)
        rc = get_why(doc, r.why, e);
    if (rc == 0)
        rc = get_state(doc, &r, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, TIME_MAX_MS / 1000, &r.at_s, e);
    if (rc == 0)
        *ret = r;
    return rc;
}

int system_report_decode(const void *data, size_t len, struct system_report *ret, struct err *e)
{
    struct json *doc = NULL;
    int64_t v;
    int rc = json_parse(data, len, SYSTEM_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "v running slot other state version why at", e);
    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = get_report(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "a report on the system");
}

int system_status_decode(const void *data, size_t len, struct system_report *ret, struct err *e)
{
    const char *left = "";
    struct json *doc = NULL;
    int rc = json_parse(data, len, SYSTEM_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "state version why running slot other left at", e);
    if (rc == 0)
        rc = json_opt_str(doc, "left", 0, SYSTEM_LEFT_MAX, &left, e);
    if (rc == 0)
        rc = get_report(doc, ret, e);
    if (rc == 0)
        text_copy(ret->left, sizeof ret->left, left);
    json_free(doc);
    return err_wrap(e, rc, "what became of an update");
}

int system_status_read(const char *path, struct system_report *ret, struct err *e)
{
    struct buf line;
    int rc = fs_read(path, SYSTEM_BYTES_MAX, &line, e);

    if (rc == 0)
        rc = system_status_decode(line.data, line.len, ret, e);
    buf_finish(&line);
    return rc;
}

/* --- the hall's order --- */

int system_order_encode(const struct system_order *o, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "terminal", o->terminal);
    jsonw_int(&w, "at", o->at_ms);
    jsonw_int(&w, "until", o->until_ms);
    jsonw_str(&w, "version", o->version);
    jsonw_int(&w, "size", o->size);
    jsonw_hex(&w, "sha256", o->sha256, sizeof o->sha256);
    jsonw_int(&w, "from", o->from_min);
    jsonw_int(&w, "to", o->to_min);
    jsonw_bool(&w, "go", o->go);
    jsonw_str(&w, "why", o->why);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_file(const struct json *doc, struct system_order *o, struct err *e)
{
    const char *hex = NULL;
    size_t n = 0;
    int rc = json_get_int(doc, "size", 0, SYSTEM_BUNDLE_MAX, &o->size, e);

    if (rc == 0)
        rc = json_get_str(doc, "sha256", 2 * SHA256_LEN, 2 * SHA256_LEN, &hex, e);
    if (rc == 0 && hex_decode(hex, strlen(hex), o->sha256, sizeof o->sha256, &n))
        rc = err_set(e, ERR_INVALID, "\"sha256\" is not hexadecimal");
    return rc;
}

static int get_time(const struct json *doc, struct system_order *o, struct err *e)
{
    int64_t from = 0, to = 0;
    int rc = json_get_int(doc, "at", 0, TIME_MAX_MS, &o->at_ms, e);

    if (rc == 0)
        rc = json_get_int(doc, "until", 0, TIME_MAX_MS, &o->until_ms, e);
    if (rc == 0)
        rc = json_get_int(doc, "from", 0, DAY_MIN - 1, &from, e);
    if (rc == 0)
        rc = json_get_int(doc, "to", 0, DAY_MIN - 1, &to, e);
    o->from_min = (int)from;
    o->to_min = (int)to;
    return rc == 0 ? json_get_bool(doc, "go", &o->go, e) : rc;
}

int system_order_decode(const void *data, size_t len, struct system_order *ret, struct err *e)
{
    struct system_order o = {.at_ms = 0};
    struct json *doc = NULL;
    const char *terminal = NULL;
    int rc = json_parse(data, len, SYSTEM_TEXT_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "terminal at until version size sha256 from to go why", e);
    if (rc == 0)
        rc = json_get_str(doc, "terminal", 1, TERMINAL_ID_MAX, &terminal, e);
    if (rc == 0)
        rc = get_version(doc, "version", o.version, e);
    if (rc == 0)
        rc = get_why(doc, o.why, e);
    if (rc == 0)
        rc = get_time(doc, &o, e);
    if (rc == 0)
        rc = get_file(doc, &o, e);
    if (rc == 0 && o.go && !*o.version)
        rc = err_set(e, ERR_INVALID, "it says go, and to which version not");
    if (rc == 0) {
        text_copy(o.terminal, sizeof o.terminal, terminal);
        *ret = o;
    }
    json_free(doc);
    return err_wrap(e, rc, "an order for the system");
}

int system_word_encode(const struct system_word *word, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "order", word->order);
    manifest_signature_put(&w, &word->by);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int system_word_decode(const void *data, size_t len, struct system_word *ret, struct err *e)
{
    struct system_word word = {.order = ""};
    const char *order = NULL;
    struct json *doc = NULL;
    int rc = json_parse(data, len, SYSTEM_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "order key sig", e);
    if (rc == 0)
        rc = json_get_str(doc, "order", 1, SYSTEM_TEXT_MAX, &order, e);
    if (rc == 0)
        rc = manifest_signature_get(doc, &word.by, e);
    if (rc == 0) {
        text_copy(word.order, sizeof word.order, order);
        *ret = word;
    }
    json_free(doc);
    return err_wrap(e, rc, "the hall's word for the system");
}

int system_word_verify(const struct manifest_role *hall, const char *terminal, const struct system_word *w,
                       struct system_order *ret, struct err *e)
{
    struct system_order o;
    int rc = manifest_verify_one(hall, SYSTEM_PREFIX, w->order, strlen(w->order), &w->by, e);

    if (rc == 0)
        rc = system_order_decode(w->order, strlen(w->order), &o, e);
    if (rc == 0 && strcmp(o.terminal, terminal) != 0)
        rc = err_set(e, ERR_ACCESS, "it is for terminal %s", o.terminal);
    if (rc == 0)
        *ret = o;
    return err_wrap(e, rc, "the hall's word for the system");
}

bool system_order_hour(const struct system_order *o, int minute)
{
    if (o->from_min <= o->to_min)
        return minute >= o->from_min && minute < o->to_min;
    return minute >= o->from_min || minute < o->to_min;
}
