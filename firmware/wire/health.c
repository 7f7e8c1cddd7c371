/* SPDX-License-Identifier: Apache-2.0
 *
 * Health reports as JSON.
 */
#include "wire/health.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/level.h"

#define AT_MAX INT64_C(253402300799999) /* end of the year 9999 */

static bool is_word(const char *word, size_t n, size_t max)
{
    return n >= 1 && n <= max && strspn(word, "abcdefghijklmnopqrstuvwxyz-") >= n;
}

static int check_word(const char *word, size_t n, struct err *e)
{
    if (!is_word(word, n, HEALTH_WARNING_LEN))
        return err_set(e, ERR_INVALID, "a warning is a word of a-z and -, at most %d of them", HEALTH_WARNING_LEN);
    return 0;
}

static int put_warnings(struct jsonw *w, const char *words, struct err *e)
{
    char word[HEALTH_WARNING_LEN + 1];
    int rc = 0, count = 0;

    jsonw_arr(w, "warnings");
    for (size_t n; rc == 0 && *words; words += n + (words[n] == ',')) {
        n = strcspn(words, ",");
        rc = check_word(words, n, e);
        if (rc == 0 && ++count > HEALTH_WARNINGS_MAX)
            rc = err_set(e, ERR_INVALID, "a report holds %d warnings", HEALTH_WARNINGS_MAX);
        if (rc == 0) {
            snprintf(word, sizeof word, "%.*s", (int)n, words);
            jsonw_str(w, NULL, word);
        }
    }
    jsonw_end(w);
    return rc;
}

static int put_word(struct jsonw *w, const char *name, const char *word, struct err *e)
{
    if (!is_word(word, strlen(word), HEALTH_WORD_MAX))
        return err_set(e, ERR_INVALID, "%s is a word of a-z and -", name);
    jsonw_str(w, name, word);
    return 0;
}

static int put_devices(struct jsonw *w, const struct health_report *r, struct err *e)
{
    int rc = 0, told = 0;

    for (int i = 0; i < DEVICE_ROLES; i++)
        told += r->device[i][0] != '\0';
    if (!told)
        return 0;
    jsonw_obj(w, "devices");
    for (int i = 0; rc == 0 && i < DEVICE_ROLES; i++)
        if (r->device[i][0])
            rc = put_word(w, device_word((enum device_role)i), r->device[i], e);
    jsonw_end(w);
    return rc;
}

static int put_out(struct jsonw *w, const struct health_report *r, struct err *e)
{
    int rc = r->out[0] ? put_word(w, "out", r->out, e) : 0;

    if (rc == 0 && r->out[0]) {
        jsonw_int(w, "since", r->out_since_ms);
        jsonw_int(w, "until", r->out_until_ms);
    }
    return rc;
}

static int put_refused(struct jsonw *w, const struct health_report *r, struct err *e)
{
    if (!r->refused)
        return 0;
    jsonw_int(w, "refused", r->refused);
    jsonw_str(w, "why", r->why);
    return check_word(r->why, strlen(r->why), e);
}

int health_encode(const struct health_report *r, struct buf *out, struct err *e)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "version", r->version);
    jsonw_int(&w, "acked", r->acked);
    jsonw_int(&w, "head", r->head);
    jsonw_int(&w, "catalogue", r->catalogue);
    jsonw_int(&w, "level", r->level);
    jsonw_int(&w, "needs", r->needs);
    int rc = put_warnings(&w, r->warnings, e);
    if (rc == 0)
        rc = put_devices(&w, r, e);
    if (rc == 0)
        rc = put_out(&w, r, e);
    if (rc == 0)
        rc = put_refused(&w, r, e);
    if (r->halts)
        jsonw_int(&w, "halts", r->halts);
    jsonw_end(&w);
    return rc || buf_ok(out) ? rc : err_set(e, ERR_TOOLONG, "a health report");
}

static int read_warnings(const struct json *doc, char out[HEALTH_WORDS_MAX], struct err *e)
{
    const struct json *arr;
    int rc = json_get_arr(doc, "warnings", HEALTH_WARNINGS_MAX, &arr, e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *word = json_str(json_at(arr, i));

        rc = check_word(word ? word : "", word ? strlen(word) : 0, e);
        if (rc == 0)
            strcat(strcat(out, i ? "," : ""), word);
    }
    return rc;
}

/* Both or neither. */
static int read_refused(const struct json *doc, struct health_report *r, struct err *e)
{
    const char *why = "";
    int rc = json_opt_int(doc, "refused", 1, INT32_MAX, &r->refused, e);

    if (rc == 0)
        rc = json_opt_str(doc, "why", 1, HEALTH_WARNING_LEN, &why, e);
    if (rc == 0 && (r->refused != 0) != (*why != '\0'))
        rc = err_set(e, ERR_INVALID, "refused and why belong together");
    if (rc == 0 && r->refused)
        rc = check_word(why, strlen(why), e);
    if (rc == 0)
        text_copy(r->why, sizeof r->why, why);
    return rc;
}

static int take_word(const struct json *j, const char *name, char out[HEALTH_WORD_MAX + 1], struct err *e)
{
    const char *word = NULL;
    int rc = json_opt_str(j, name, 1, HEALTH_WORD_MAX, &word, e);

    if (rc == 0 && word && !is_word(word, strlen(word), HEALTH_WORD_MAX))
        rc = err_set(e, ERR_INVALID, "%s is a word of a-z and -", name);
    if (rc == 0)
        text_copy(out, HEALTH_WORD_MAX + 1, word ? word : "");
    return rc;
}

static int read_devices(const struct json *doc, struct health_report *r, struct err *e)
{
    const struct json *devices = NULL;
    int rc = json_opt_obj(doc, "devices", &devices, e);

    if (rc == 0 && devices)
        rc = json_known(devices, "receipt ticket reader", e);
    for (int i = 0; rc == 0 && devices && i < DEVICE_ROLES; i++)
        rc = take_word(devices, device_word((enum device_role)i), r->device[i], e);
    return rc;
}

/* `since` and `until` stand with `out`, or not at all. */
static int read_out(const struct json *doc, struct health_report *r, struct err *e)
{
    int rc = take_word(doc, "out", r->out, e);

    if (rc == 0)
        rc = json_opt_int(doc, "since", 0, AT_MAX, &r->out_since_ms, e);
    if (rc == 0)
        rc = json_opt_int(doc, "until", 0, AT_MAX, &r->out_until_ms, e);
    if (rc == 0 && !r->out[0] && (r->out_since_ms || r->out_until_ms))
        rc = err_set(e, ERR_INVALID, "since when it is out of service that is in service");
    return rc;
}

int health_decode(const void *data, size_t len, struct health_report *ret, struct err *e)
{
    struct health_report r = {.acked = 0};
    struct json *doc = NULL;
    const char *version = NULL;
    int64_t v, level = 0, needs = 0;
    int rc = json_parse(data, len, HEALTH_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "v version acked head catalogue level needs warnings devices out since until refused why halts",
                        e);
    if (rc == 0)
        rc = read_warnings(doc, r.warnings, e);
    if (rc == 0)
        rc = read_devices(doc, &r, e);
    if (rc == 0)
        rc = read_out(doc, &r, e);
    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = json_get_str(doc, "version", 1, HEALTH_VERSION_MAX, &version, e);
    if (rc == 0)
        rc = json_get_int(doc, "acked", 0, INT64_MAX, &r.acked, e);
    if (rc == 0)
        rc = json_get_int(doc, "head", 0, INT64_MAX, &r.head, e);
    if (rc == 0)
        rc = json_get_int(doc, "catalogue", 0, INT32_MAX, &r.catalogue, e);
    if (rc == 0)
        rc = json_opt_int(doc, "level", 0, LEVEL_MAX, &level, e);
    if (rc == 0)
        rc = json_opt_int(doc, "needs", 0, LEVEL_MAX, &needs, e);
    if (rc == 0)
        rc = json_opt_int(doc, "halts", 1, INT64_MAX, &r.halts, e);
    if (rc == 0)
        rc = read_refused(doc, &r, e);
    if (rc == 0) {
        r.level = (int)level;
        r.needs = (int)needs;
        text_copy(r.version, sizeof r.version, version);
        *ret = r;
    }
    json_free(doc);
    return err_wrap(e, rc, "health report");
}
