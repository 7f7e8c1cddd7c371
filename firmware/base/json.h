/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON from outside is checked strictly (RFC 8259, I-JSON's ban on duplicates): known keys only, types, lengths,
 * valid UTF-8 without U+0000, depth at most 8, size at most what the caller names. jansson parses; this file is its only
 * user.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"

struct json; /* a value inside a document; borrowed from the document */

#define JSON_DEPTH_MAX 8
#define JSON_SIZE_MAX (64 * 1024) /* the wire's limit; files of staff may name a larger one */

/* Parses one value that fills `data` whole. *ret_doc is owned: json_free. -ERR_INVALID, -ERR_TOOLONG. */
int json_parse(const void *data, size_t len, size_t max, struct json **ret_doc, struct err *e);
void json_free(struct json *doc); /* takes NULL; only for what json_parse returned */

/* Wherever `what` stands it names the place for the error text, e.g. "item.form.groups[0]". */

/* The value is an object and has no key outside the space-separated list. */
int json_known(const struct json *obj, const char *keys, struct err *e);
/* Names of the keys of an object, in file order; NULL past the end. Borrowed. */
const char *json_key(const struct json *obj, size_t i);

bool json_has(const struct json *obj, const char *key); /* present and not null */

/* Required members. Strings: length in bytes within min..max; borrowed. Integers within min..max. Where an error is
 * returned an object or array is NULL, which has no members and no elements; all else is untouched. */
int json_get_str(const struct json *obj, const char *key, size_t min, size_t max, const char **ret, struct err *e);
int json_get_int(const struct json *obj, const char *key, int64_t min, int64_t max, int64_t *ret, struct err *e);
int json_get_bool(const struct json *obj, const char *key, bool *ret, struct err *e);
int json_get_obj(const struct json *obj, const char *key, const struct json **ret, struct err *e);
int json_get_arr(const struct json *obj, const char *key, size_t max, const struct json **ret, struct err *e);
/* A text that is one line (text_is_line), copied: out has room for max + 1 bytes. */
int json_get_line(const struct json *obj, const char *key, size_t max, char *out, struct err *e);
/* The same for members that may be absent (or null): 0 with *ret untouched when absent. */
int json_opt_str(const struct json *obj, const char *key, size_t min, size_t max, const char **ret, struct err *e);
int json_opt_int(const struct json *obj, const char *key, int64_t min, int64_t max, int64_t *ret, struct err *e);
int json_opt_bool(const struct json *obj, const char *key, bool *ret, struct err *e);
int json_opt_obj(const struct json *obj, const char *key, const struct json **ret, struct err *e);
int json_opt_arr(const struct json *obj, const char *key, size_t max, const struct json **ret, struct err *e);

/* Any member, of any type, NULL when absent. */
const struct json *json_member(const struct json *obj, const char *key);
size_t json_len(const struct json *arr);
const struct json *json_at(const struct json *arr, size_t i); /* NULL past the end */
bool json_is_str(const struct json *v);
bool json_is_obj(const struct json *v);
bool json_is_arr(const struct json *v);
bool json_is_bool(const struct json *v);
bool json_is_int(const struct json *v);
const char *json_str(const struct json *v); /* NULL when it is no string */
int64_t json_int(const struct json *v);     /* 0 when it is no integer */
bool json_bool(const struct json *v);

/* Writes a value (also a part of a document) compactly with its keys in file order. */
int json_dump(const struct json *v, struct buf *out);

/* Writer: appends to a buffer, puts the commas itself. Errors stick in the buffer.
 *     jsonw_obj(&w, NULL); jsonw_str(&w, "kind", "ticket"); jsonw_end(&w); */
struct jsonw {
    struct buf *out;
    int depth;
    bool comma;
    char close[32];
};
void jsonw_init(struct jsonw *w, struct buf *out);
void jsonw_obj(struct jsonw *w, const char *key); /* key NULL at the top and in arrays */
void jsonw_arr(struct jsonw *w, const char *key);
void jsonw_end(struct jsonw *w); /* closes the innermost */
void jsonw_str(struct jsonw *w, const char *key, const char *value);
void jsonw_strn(struct jsonw *w, const char *key, const char *value, size_t len);
void jsonw_int(struct jsonw *w, const char *key, int64_t value);
void jsonw_bool(struct jsonw *w, const char *key, bool value);
void jsonw_null(struct jsonw *w, const char *key);
void jsonw_hex(struct jsonw *w, const char *key, const void *data, size_t len);
/* `json` is written as it is: it must be one valid value. */
void jsonw_raw(struct jsonw *w, const char *key, const char *json, size_t len);

#endif
