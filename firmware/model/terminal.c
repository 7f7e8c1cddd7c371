/* SPDX-License-Identifier: Apache-2.0
 *
 * terminal.json, read strictly: a terminal that misread its office would give wrong numbers for years.
 */
#include "model/terminal.h"

#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"

bool terminal_id_valid(const char *id)
{
    size_t n = strlen(id);
    if (n < 1 || n > TERMINAL_ID_MAX || id[0] < 'a' || id[0] > 'z')
        return false;
    return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static bool url_valid(const char *url)
{
    static const char scheme[] = "https://";
    if (strncmp(url, scheme, strlen(scheme)))
        return false;
    const char *host = url + strlen(scheme);
    /* no path, user or query: the programs append paths of their own */
    return *host && strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == strlen(host);
}

static int get_text(const struct json *obj, const char *key, char *out, size_t cap, struct err *e)
{
    const char *text;
    int rc = json_get_str(obj, key, 1, cap - 1, &text, e);
    if (rc == 0)
        text_copy(out, cap, text);
    return rc;
}

static int get_int(const struct json *obj, const char *key, int64_t min, int64_t max, int *ret, struct err *e)
{
    int64_t value;
    int rc = json_get_int(obj, key, min, max, &value, e);
    if (rc == 0)
        *ret = (int)value;
    return rc;
}

static int get_epoch(const struct json *obj, uint8_t epoch[EPOCH_LEN], struct err *e)
{
    const char *hex;
    size_t len;
    int rc = json_get_str(obj, "epoch", 2 * EPOCH_LEN, 2 * EPOCH_LEN, &hex, e);
    if (rc == 0 && hex_decode(hex, 2 * EPOCH_LEN, epoch, EPOCH_LEN, &len) < 0)
        rc = err_set(e, ERR_INVALID, "\"epoch\" is not hexadecimal");
    return rc;
}

static int get_place(const struct json *obj, struct place *p, struct err *e)
{
    const struct json *place;
    int rc = json_get_obj(obj, "place", &place, e);

    return rc < 0 ? rc : place_decode(place, p, e);
}

static int get_names(const struct json *obj, struct terminal_config *t, struct err *e)
{
    int rc = get_text(obj, "terminal", t->terminal, sizeof t->terminal, e);
    if (rc == 0 && !terminal_id_valid(t->terminal))
        rc = err_set(e, ERR_INVALID, "\"terminal\" may hold a-z, 0-9 and - only and starts with a letter");
    if (rc == 0)
        rc = get_text(obj, "hall", t->hall, sizeof t->hall, e);
    if (rc == 0 && !url_valid(t->hall))
        rc = err_set(e, ERR_INVALID, "\"hall\" is not https://host:port");
    text_copy(t->place.terminal, sizeof t->place.terminal, t->terminal);
    return rc;
}

static int get_all(const struct json *obj, struct terminal_config *t, struct err *e)
{
    int version;
    int rc = json_known(obj, "v terminal office registration epoch hall place", e);
    if (rc == 0)
        rc = get_int(obj, "v", 1, 1, &version, e);
    if (rc == 0)
        rc = get_names(obj, t, e);
    if (rc == 0)
        rc = get_int(obj, "office", 0, 9999, &t->office, e);
    if (rc == 0)
        rc = get_int(obj, "registration", 0, 999, &t->registration, e);
    if (rc == 0)
        rc = get_epoch(obj, t->epoch, e);
    return rc == 0 ? get_place(obj, &t->place, e) : rc;
}

int terminal_config_decode(const void *data, size_t len, struct terminal_config *ret, struct err *e)
{
    struct terminal_config t = {0};
    struct json *doc = NULL;
    int rc = json_parse(data, len, TERMINAL_CONFIG_MAX, &doc, e);
    if (rc == 0)
        rc = get_all(doc, &t, e);
    if (rc == 0)
        *ret = t;
    json_free(doc);
    return err_wrap(e, rc, "terminal.json");
}

int terminal_config_read(const char *path, struct terminal_config *ret, struct err *e)
{
    struct buf json;
    int rc = fs_read(path, TERMINAL_CONFIG_MAX, &json, e);

    if (rc == -ERR_NOTFOUND)
        return err_set(e, ERR_NOTFOUND, "this terminal is not enrolled: run kioskctl enrol --sheet FILE");
    if (rc == 0)
        rc = terminal_config_decode(json.data, json.len, ret, e);
    buf_finish(&json);
    return err_wrap(e, rc, "it is enrolled, but cannot be read");
}

int terminal_config_encode(const struct terminal_config *t, struct buf *out, struct err *e)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "terminal", t->terminal);
    jsonw_int(&w, "office", t->office);
    jsonw_int(&w, "registration", t->registration);
    jsonw_hex(&w, "epoch", t->epoch, EPOCH_LEN);
    jsonw_str(&w, "hall", t->hall);
    jsonw_obj(&w, "place");
    place_encode(&w, &t->place);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "terminal.json does not fit");
}
