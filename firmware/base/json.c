/* SPDX-License-Identifier: Apache-2.0
 *
 * The reading side of JSON, over jansson. A `struct json` is a json_t; the cast stands here and nowhere else. Error texts
 * name places and rules, never content: a value may be personal.
 */
#include "base/json.h"

#include <jansson.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

#define KEY_SHOWN_MAX 48

static void *plain_alloc(size_t size)
{
    return malloc(size);
}

/* A parsed document may hold personal data: what jansson gives back is overwritten first. */
static void wiping_free(void *p)
{
    if (p)
        secret_wipe(p, malloc_usable_size(p));
    free(p);
}

__attribute__((constructor)) static void use_wiping_memory(void)
{
    json_set_alloc_funcs(plain_alloc, wiping_free);
}

static const json_t *in(const struct json *v)
{
    return (const json_t *)v;
}

static const struct json *out(const json_t *v)
{
    return (const struct json *)v;
}

/* Behind an opening quote: the position of the closing one, or len. */
static size_t skip_string(const char *s, size_t len, size_t i)
{
    while (i < len && s[i] != '"')
        i += s[i] == '\\' ? 2 : 1;
    return i;
}

/* Before parsing, so that a hostile text never costs more stack than depth 8. */
static bool too_deep(const char *s, size_t len)
{
    int depth = 0;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '"')
            i = skip_string(s, len, i + 1);
        else if (s[i] == '{' || s[i] == '[')
            depth++;
        else if (s[i] == '}' || s[i] == ']')
            depth--;
        if (depth > JSON_DEPTH_MAX)
            return true;
    }
    return false;
}

static const char *reason(enum json_error_code code)
{
    switch (code) {
    case json_error_duplicate_key:
        return "a key stands twice";
    case json_error_invalid_utf8:
        return "it is not valid UTF-8";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "it holds U+0000";
    case json_error_numeric_overflow:
        return "a number is too big";
    case json_error_premature_end_of_input:
        return "it ends too early";
    case json_error_end_of_input_expected:
        return "something follows its end";
    case json_error_out_of_memory:
    case json_error_unknown:
    case json_error_stack_overflow:
    case json_error_cannot_open_file:
    case json_error_invalid_argument:
    case json_error_invalid_syntax:
    case json_error_invalid_format:
    case json_error_wrong_type:
    case json_error_null_value:
    case json_error_item_not_found:
    case json_error_index_out_of_range:
    default:
        return "it is no JSON";
    }
}

int json_parse(const void *data, size_t len, size_t max, struct json **ret_doc, struct err *e)
{
    if (len > max)
        return err_set(e, ERR_TOOLONG, "the JSON has %zu bytes, at most %zu are allowed", len, max);
    if (len == 0)
        return err_set(e, ERR_INVALID, "it is empty, and no JSON");
    if (too_deep(data, len))
        return err_set(e, ERR_INVALID, "the JSON is nested deeper than %d", JSON_DEPTH_MAX);
    json_error_t why;
    json_t *doc = json_loadb(data, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    if (!doc) {
        enum json_error_code code = json_error_code(&why);
        enum err_code mine = code == json_error_out_of_memory ? ERR_NOMEM : ERR_INVALID;
        return err_set(e, mine, "JSON line %d column %d: %s", why.line, why.column, reason(code));
    }
    *ret_doc = (struct json *)doc;
    return 0;
}

void json_free(struct json *doc)
{
    json_decref((json_t *)doc);
}

/* Whether `key` is one of the words of `keys`. */
static bool listed(const char *keys, const char *key)
{
    size_t len = strlen(key);
    if (len == 0)
        return false;
    for (const char *at = keys; *at;) {
        size_t word = strcspn(at, " ");
        if (word == len && memcmp(at, key, len) == 0)
            return true;
        at += word;
        at += strspn(at, " ");
    }
    return false;
}

int json_known(const struct json *obj, const char *keys, struct err *e)
{
    if (!json_is_object(in(obj)))
        return err_set(e, ERR_INVALID, "it is no object");
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)in(obj), key, value)
    {
        if (listed(keys, key))
            continue;
        char shown[KEY_SHOWN_MAX];
        text_copy(shown, sizeof shown, key);
        return err_set(e, ERR_INVALID, "the key \"%s\" is unknown", shown);
    }
    return 0;
}

const char *json_key(const struct json *obj, size_t i)
{
    json_t *o = (json_t *)in(obj);
    void *at = json_object_iter(o);
    while (at && i--)
        at = json_object_iter_next(o, at);
    return at ? json_object_iter_key(at) : NULL;
}

const struct json *json_member(const struct json *obj, const char *key)
{
    return out(json_object_get(in(obj), key));
}

bool json_has(const struct json *obj, const char *key)
{
    const json_t *v = in(json_member(obj, key));
    return v && !json_is_null(v);
}

static int check_str(const json_t *v, const char *key, size_t min, size_t max, const char **ret, struct err *e)
{
    if (!json_is_string(v))
        return err_set(e, ERR_INVALID, "\"%s\" is no string", key);
    size_t len = json_string_length(v);
    if (len < min)
        return err_set(e, ERR_INVALID, "\"%s\" has %zu bytes, at least %zu are needed", key, len, min);
    if (len > max)
        return err_set(e, ERR_TOOLONG, "\"%s\" has %zu bytes, at most %zu are allowed", key, len, max);
    *ret = json_string_value(v);
    return 0;
}

static int check_int(const json_t *v, const char *key, int64_t min, int64_t max, int64_t *ret, struct err *e)
{
    if (!json_is_integer(v))
        return err_set(e, ERR_INVALID, "\"%s\" is no whole number", key);
    int64_t value = json_integer_value(v);
    if (value < min || value > max)
        return err_set(e, ERR_RANGE, "\"%s\" lies outside %lld to %lld", key, (long long)min, (long long)max);
    *ret = value;
    return 0;
}

static int check_bool(const json_t *v, const char *key, bool *ret, struct err *e)
{
    if (!json_is_boolean(v))
        return err_set(e, ERR_INVALID, "\"%s\" is neither true nor false", key);
    *ret = json_is_true(v);
    return 0;
}

static int check_obj(const json_t *v, const char *key, const struct json **ret, struct err *e)
{
    if (!json_is_object(v))
        return err_set(e, ERR_INVALID, "\"%s\" is no object", key);
    *ret = out(v);
    return 0;
}

static int check_arr(const json_t *v, const char *key, size_t max, const struct json **ret, struct err *e)
{
    if (!json_is_array(v))
        return err_set(e, ERR_INVALID, "\"%s\" is no array", key);
    if (json_array_size(v) > max)
        return err_set(e, ERR_TOOLONG, "\"%s\" has %zu elements, at most %zu are allowed", key, json_array_size(v), max);
    *ret = out(v);
    return 0;
}

static int missing(const char *key, struct err *e)
{
    return err_set(e, ERR_INVALID, "\"%s\" is missing", key);
}

int json_opt_str(const struct json *obj, const char *key, size_t min, size_t max, const char **ret, struct err *e)
{
    return json_has(obj, key) ? check_str(in(json_member(obj, key)), key, min, max, ret, e) : 0;
}

int json_opt_int(const struct json *obj, const char *key, int64_t min, int64_t max, int64_t *ret, struct err *e)
{
    return json_has(obj, key) ? check_int(in(json_member(obj, key)), key, min, max, ret, e) : 0;
}

int json_opt_bool(const struct json *obj, const char *key, bool *ret, struct err *e)
{
    return json_has(obj, key) ? check_bool(in(json_member(obj, key)), key, ret, e) : 0;
}

int json_opt_obj(const struct json *obj, const char *key, const struct json **ret, struct err *e)
{
    return json_has(obj, key) ? check_obj(in(json_member(obj, key)), key, ret, e) : 0;
}

int json_opt_arr(const struct json *obj, const char *key, size_t max, const struct json **ret, struct err *e)
{
    return json_has(obj, key) ? check_arr(in(json_member(obj, key)), key, max, ret, e) : 0;
}

int json_get_str(const struct json *obj, const char *key, size_t min, size_t max, const char **ret, struct err *e)
{
    return json_has(obj, key) ? json_opt_str(obj, key, min, max, ret, e) : missing(key, e);
}

int json_get_line(const struct json *obj, const char *key, size_t max, char *out, struct err *e)
{
    const char *text;
    int rc = json_get_str(obj, key, 1, max, &text, e);

    if (rc == 0 && !text_is_line(text))
        rc = err_set(e, ERR_INVALID, "%s is no line of text", key);
    if (rc == 0)
        text_copy(out, max + 1, text);
    return rc;
}

int json_get_int(const struct json *obj, const char *key, int64_t min, int64_t max, int64_t *ret, struct err *e)
{
    return json_has(obj, key) ? json_opt_int(obj, key, min, max, ret, e) : missing(key, e);
}

int json_get_bool(const struct json *obj, const char *key, bool *ret, struct err *e)
{
    return json_has(obj, key) ? json_opt_bool(obj, key, ret, e) : missing(key, e);
}

int json_get_obj(const struct json *obj, const char *key, const struct json **ret, struct err *e)
{
    *ret = NULL;
    return json_has(obj, key) ? json_opt_obj(obj, key, ret, e) : missing(key, e);
}

int json_get_arr(const struct json *obj, const char *key, size_t max, const struct json **ret, struct err *e)
{
    *ret = NULL;
    return json_has(obj, key) ? json_opt_arr(obj, key, max, ret, e) : missing(key, e);
}

size_t json_len(const struct json *arr)
{
    return json_array_size(in(arr));
}

const struct json *json_at(const struct json *arr, size_t i)
{
    return out(json_array_get(in(arr), i));
}

bool json_is_str(const struct json *v)
{
    return json_is_string(in(v));
}

bool json_is_obj(const struct json *v)
{
    return json_is_object(in(v));
}

bool json_is_arr(const struct json *v)
{
    return json_is_array(in(v));
}

bool json_is_bool(const struct json *v)
{
    return json_is_boolean(in(v));
}

bool json_is_int(const struct json *v)
{
    return json_is_integer(in(v));
}

const char *json_str(const struct json *v)
{
    return json_string_value(in(v));
}

int64_t json_int(const struct json *v)
{
    return json_integer_value(in(v));
}

bool json_bool(const struct json *v)
{
    return json_is_true(in(v));
}

static int append(const char *text, size_t len, void *ctx)
{
    return buf_add(ctx, text, len);
}

int json_dump(const struct json *v, struct buf *to)
{
    if (json_dump_callback(in(v), append, to, JSON_COMPACT | JSON_ENCODE_ANY) == 0)
        return 0;
    to->failed = true;
    return -ERR_TOOLONG;
}
