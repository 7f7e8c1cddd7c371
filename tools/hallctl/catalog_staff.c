/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_staff.h. Read strictly: an entry misread would let somebody in, or lock everybody out.
 */
#include "tools/hallctl/catalog_staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"

static int get_hex(const struct json *o, const char *key, uint8_t *out, size_t len, struct err *e)
{
    const char *hex;
    size_t n;
    int rc = json_get_str(o, key, 2 * len, 2 * len, &hex, e);

    if (rc == 0 && hex_decode(hex, 2 * len, out, len, &n) < 0)
        rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    return rc;
}

static int get_text(const struct json *o, const char *key, char *out, size_t cap, struct err *e)
{
    const char *s;
    int rc = json_get_str(o, key, 1, cap - 1, &s, e);

    if (rc == 0)
        text_copy(out, cap, s);
    return rc;
}

static int get_rounds(const struct json *o, int *ret, struct err *e)
{
    int64_t n;
    int rc = json_get_int(o, "rounds", PASSWORD_ROUNDS_MIN, PASSWORD_ROUNDS_MAX, &n, e);

    if (rc == 0)
        *ret = (int)n;
    return rc;
}

static int get_day(const struct json *o, struct date *ret, struct err *e)
{
    const char *s;
    char digits[9];
    int rc = json_get_str(o, "valid_until", DATE_LEN, DATE_LEN, &s, e);

    if (rc < 0)
        return rc;
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s", s, s + 5, s + 8);
    if (s[4] != '-' || s[7] != '-' || !date_parse8(digits, ret))
        return err_set(e, ERR_INVALID, "valid_until is no day: write year-month-day");
    return 0;
}

static int read_person(const struct json *o, struct staff *s, struct err *e)
{
    int rc = json_known(o, "id name role card salt rounds pin valid_until", e);

    if (rc == 0)
        rc = get_text(o, "id", s->id, sizeof s->id, e);
    if (rc == 0)
        rc = get_text(o, "name", s->name, sizeof s->name, e);
    if (rc == 0)
        rc = get_text(o, "role", s->role, sizeof s->role, e);
    if (rc == 0)
        rc = get_hex(o, "card", s->card, sizeof s->card, e);
    if (rc == 0)
        rc = get_hex(o, "salt", s->salt, sizeof s->salt, e);
    if (rc == 0)
        rc = get_rounds(o, &s->rounds, e);
    if (rc == 0)
        rc = get_hex(o, "pin", s->pin, sizeof s->pin, e);
    return rc == 0 ? get_day(o, &s->valid_until, e) : rc;
}

/* Two people with one id would share their wrong tries, two with one card could not be told apart. */
static int check_alone(const struct staff_list *l, const struct staff *s, struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->list[i].id, s->id) || !memcmp(l->list[i].card, s->card, sizeof s->card))
            return err_set(e, ERR_EXISTS, "%s and %s share an id or a card: remove one", l->list[i].id, s->id);
    return 0;
}

static int read_people(const struct json *arr, struct staff_list *l, struct err *e)
{
    int rc = 0;

    l->list = calloc(json_len(arr) + 1, sizeof *l->list); /* room for one more */
    if (!l->list)
        return err_set(e, ERR_NOMEM, "read the staff list");
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        struct staff *s = &l->list[l->n];

        rc = read_person(json_at(arr, i), s, e);
        if (rc == 0)
            rc = check_alone(l, s, e);
        rc = err_wrap(e, rc, "staff[%zu]", i);
        l->n += rc == 0;
    }
    return rc;
}

static int parse(const char *path, const char *known, struct json **ret, struct err *e)
{
    struct buf b;
    int64_t schema;
    int rc = fs_read_given(path, JSON_SIZE_MAX, &b, e);

    if (rc < 0)
        return rc;
    rc = json_parse(b.data, b.len, JSON_SIZE_MAX, ret, e);
    buf_finish(&b);
    if (rc == 0)
        rc = json_known(*ret, known, e);
    if (rc == 0)
        rc = json_get_int(*ret, "schema", 1, 1, &schema, e);
    return err_wrap(e, rc, "%s", path);
}

int staff_file_read(const char *path, struct staff_list *ret, struct err *e)
{
    struct json *doc = NULL;
    const struct json *arr = NULL;

    memset(ret, 0, sizeof *ret);
    int rc = parse(path, "schema salt rounds staff", &doc, e);
    if (rc == 0)
        rc = get_hex(doc, "salt", ret->salt, sizeof ret->salt, e);
    if (rc == 0)
        rc = get_rounds(doc, &ret->rounds, e);
    if (rc == 0)
        rc = json_get_arr(doc, "staff", STAFF_MAX, &arr, e);
    if (rc == 0)
        rc = read_people(arr, ret, e);
    json_free(doc);
    return rc;
}

static void write_person(struct jsonw *w, const struct staff *s)
{
    char day[DATE_LEN + 1];

    date_format(s->valid_until, day);
    jsonw_obj(w, NULL);
    jsonw_str(w, "id", s->id);
    jsonw_str(w, "name", s->name);
    jsonw_str(w, "role", s->role);
    jsonw_hex(w, "card", s->card, sizeof s->card);
    jsonw_hex(w, "salt", s->salt, sizeof s->salt);
    jsonw_int(w, "rounds", s->rounds);
    jsonw_hex(w, "pin", s->pin, sizeof s->pin);
    jsonw_str(w, "valid_until", day);
    jsonw_end(w);
}

int staff_file_write(const char *path, const struct staff_list *l, struct err *e)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "schema", 1);
    jsonw_hex(&w, "salt", l->salt, sizeof l->salt);
    jsonw_int(&w, "rounds", l->rounds);
    jsonw_arr(&w, "staff");
    for (size_t i = 0; i < l->n; i++)
        write_person(&w, &l->list[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    buf_add(&b, "\n", 1);
    int rc = buf_ok(&b) ? fs_write_atomic(path, b.data, b.len, 0644, e) : err_set(e, ERR_TOOLONG, "the staff list");
    buf_finish(&b);
    return rc;
}

static int read_place(const struct json *o, struct source_place *p, struct err *e)
{
    const char *near = "";
    int rc = json_known(o, "near window name name_en note note_en", e);

    if (rc == 0)
        rc = json_opt_str(o, "near", 0, TERMINAL_ID_MAX, &near, e);
    if (rc == 0 && *near && !terminal_id_valid(near))
        rc = err_set(e, ERR_INVALID, "near is no terminal's id");
    if (rc == 0)
        rc = json_get_bool(o, "window", &p->place.window, e);
    if (rc == 0)
        rc = get_text(o, "name", p->place.name, sizeof p->place.name, e);
    if (rc == 0)
        rc = get_text(o, "name_en", p->place.name_en, sizeof p->place.name_en, e);
    if (rc == 0)
        rc = get_text(o, "note", p->place.note, sizeof p->place.note, e);
    if (rc == 0)
        rc = get_text(o, "note_en", p->place.note_en, sizeof p->place.note_en, e);
    text_copy(p->near, sizeof p->near, near);
    return rc;
}

int places_file_read(const char *path, struct source_places *ret, struct err *e)
{
    struct json *doc = NULL;
    const struct json *arr = NULL;

    memset(ret, 0, sizeof *ret);
    int rc = parse(path, "schema places", &doc, e);
    if (rc == 0)
        rc = json_get_arr(doc, "places", PLACES_MAX, &arr, e);
    if (rc == 0 && !(ret->list = calloc(json_len(arr) + 1, sizeof *ret->list)))
        rc = err_set(e, ERR_NOMEM, "read the places");
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        rc = err_wrap(e, read_place(json_at(arr, i), &ret->list[ret->n], e), "places[%zu]", i);
        ret->n += rc == 0;
    }
    json_free(doc);
    return rc;
}
