/* SPDX-License-Identifier: Apache-2.0
 *
 * See record.h.
 */
#include "tools/flash/record.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "tools/flash/paper.h"
#include "tools/flash/verdict.h"

#define FILE_MAX RECORD_FILE_MAX

static int folder_path(const char *folder, char out[RECORD_PATH_MAX])
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int n;

    if (folder)
        n = snprintf(out, RECORD_PATH_MAX, "%s", folder);
    else if (state && *state)
        n = snprintf(out, RECORD_PATH_MAX, "%s/tongban-flash", state);
    else
        n = snprintf(out, RECORD_PATH_MAX, "%s/.local/state/tongban-flash", home ? home : "/root");
    return n < RECORD_PATH_MAX ? 0 : -ERR_TOOLONG;
}

static bool is_fake(const struct stick *k)
{
    return k->state == STICK_BAD && k->job.now.fault == WRITER_FAKE;
}

/* " ok=03,05": those of one kind by their names. */
static void put_names(const struct run *r, bool good, struct buf *line)
{
    const char *before = good ? " ok=" : " no=";
    char name[WORDS_MAX];

    for (size_t i = 0; i < r->sticks->n; i++) {
        const struct stick *k = &r->sticks->list[i];
        if (!run_has(k) || (k->state == STICK_GOOD) != good || is_fake(k))
            continue;
        buf_addf(line, "%s%s", before, stick_name(k, name));
        before = ",";
    }
}

static void put_line(const struct run *r, struct buf *line)
{
    char at[CLOCK_RFC3339_LEN + 1];
    size_t fakes = 0;

    clock_format_rfc3339(clock_wall_ms(), at);
    buf_addf(line, "FLASH %.4s%.2s%.2s-%.2s%.2s %s", at, at + 5, at + 8, at + 11, at + 14, r->image->manifest.version);
    put_names(r, true, line);
    put_names(r, false, line);
    for (size_t i = 0; i < r->sticks->n; i++)
        fakes += is_fake(&r->sticks->list[i]);
    if (fakes)
        buf_addf(line, " fake=%zu", fakes);
}

static void put_stick(const struct run *r, const struct stick *k, struct jsonw *w)
{
    struct verdict v = verdict_of(r, k);
    char letter[2] = {k->medium.letter, 0};

    jsonw_obj(w, NULL);
    jsonw_str(w, "letter", letter);
    jsonw_str(w, "unit", k->sheet ? k->sheet->unit : "");
    jsonw_str(w, "port", k->medium.port);
    jsonw_str(w, "model", k->medium.model);
    jsonw_str(w, "serial", k->medium.serial);
    jsonw_int(w, "bytes", (int64_t)k->medium.size);
    verdict_put(&v, w);
    if (k->sheet)
        jsonw_hex(w, "sheet", k->sheet->id, SHA256_LEN);
    jsonw_end(w);
}

static void put_file(const struct run *r, const char *line, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "line", line);
    jsonw_int(&w, "at", clock_wall_ms());
    jsonw_str(&w, "version", r->image->manifest.version);
    jsonw_str(&w, "arch", r->image->manifest.arch);
    jsonw_int(&w, "used", (int64_t)r->image->map->used);
    jsonw_hex(&w, "image", r->image->id, SHA256_LEN);
    jsonw_arr(&w, "sticks");
    for (size_t i = 0; i < r->sticks->n; i++)
        if (run_has(&r->sticks->list[i]))
            put_stick(r, &r->sticks->list[i], &w);
    jsonw_end(&w);
    jsonw_end(&w);
}

/* Crockford's base 32: no sign is taken for another. */
static void make_code(const struct buf *file, char out[RECORD_CODE_LEN + 1])
{
    static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint8_t hash[SHA256_LEN];
    uint64_t v = 0;

    sha256(file->data, file->len, hash);
    for (int i = 0; i < 5; i++)
        v = v << 8 | hash[i];
    for (int i = RECORD_CODE_LEN - 1; i >= 0; i--) {
        if (i == 4) {
            out[i] = '-';
            continue;
        }
        out[i] = signs[v & 31];
        v >>= 5;
    }
    out[RECORD_CODE_LEN] = 0;
}

static int path_of(const char *folder, const char *code, char out[RECORD_PATH_MAX])
{
    char name[RECORD_CODE_LEN + 8], dir[RECORD_PATH_MAX];

    snprintf(name, sizeof name, "%.9s.json", code);
    int rc = folder_path(folder, dir);
    return rc == 0 ? fs_join(out, RECORD_PATH_MAX, dir, name) : rc;
}

static int keep(const char *folder, const struct buf *file, struct flash_record *ret, struct err *e)
{
    char dir[RECORD_PATH_MAX];

    if (folder_path(folder, dir) < 0 || path_of(folder, ret->code, ret->path) < 0)
        return err_set(e, ERR_TOOLONG, "the path of the records is too long");
    int rc = fs_mkdirs(dir, 0700, e);
    return rc == 0 ? fs_write_atomic(ret->path, file->data, file->len, 0600, e) : rc;
}

int record_make(const struct run *r, const char *folder, struct flash_record *ret, struct err *e)
{
    struct buf line, file;

    *ret = (struct flash_record){0};
    buf_init(&line, RECORD_LINE_MAX - RECORD_CODE_LEN - 2);
    buf_init(&file, FILE_MAX);
    put_line(r, &line);
    put_file(r, buf_str(&line), &file);
    make_code(&file, ret->code);
    snprintf(ret->line, sizeof ret->line, "%s %s", buf_str(&line), ret->code);
    int rc = buf_ok(&file) ? keep(folder, &file, ret, e) : err_set(e, ERR_TOOLONG, "the record");
    buf_finish(&line);
    buf_finish(&file);
    return rc;
}

/* --- sheets that were used --------------------------------------------------------------------------------------------- */

static const char *member(const struct json *o, const char *key)
{
    const char *s = json_str(json_member(o, key));

    return s ? s : "";
}

static bool file_has_sheet(const char *path, const char *id, int64_t *ret_at)
{
    struct json *doc = NULL;
    bool found = false;
    struct buf file;

    if (fs_read_given(path, FILE_MAX, &file, NULL) < 0)
        return false;
    if (json_parse(file.data, file.len, FILE_MAX, &doc, NULL) == 0) {
        const struct json *sticks = json_member(doc, "sticks");
        for (size_t i = 0; i < json_len(sticks) && !found; i++)
            found = json_bool(json_member(json_at(sticks, i), "good")) && !strcmp(member(json_at(sticks, i), "sheet"), id);
        *ret_at = json_int(json_member(doc, "at"));
    }
    json_free(doc);
    buf_finish(&file);
    return found;
}

bool record_has_sheet(const char *folder, const struct sheet *t, int64_t *ret_at)
{
    char pattern[RECORD_PATH_MAX], dir[RECORD_PATH_MAX], id[2 * SHA256_LEN + 1];
    bool found = false;
    glob_t g;

    hex_encode(t->id, SHA256_LEN, id);
    if (folder_path(folder, dir) < 0 || fs_join(pattern, sizeof pattern, dir, "*.json") < 0)
        return false;
    if (glob(pattern, 0, NULL, &g) == 0)
        for (size_t i = 0; i < g.gl_pathc && !found; i++)
            found = file_has_sheet(g.gl_pathv[i], id, ret_at);
    globfree(&g);
    return found;
}

/* --- printing one ------------------------------------------------------------------------------------------------------ */

int record_print(const char *folder, const char *code, char out_path[RECORD_PATH_MAX], struct err *e)
{
    char path[RECORD_PATH_MAX], upper[RECORD_CODE_LEN + 1] = "";
    struct buf file, out;

    for (size_t i = 0; i < RECORD_CODE_LEN && (isalnum((unsigned char)code[i]) || code[i] == '-'); i++)
        upper[i] = (char)toupper((unsigned char)code[i]);
    if (strlen(upper) != strlen(code) || path_of(folder, upper, path) < 0)
        return err_set(e, ERR_NOTFOUND, "no record has such a number");
    int rc = fs_read_given(path, FILE_MAX, &file, e);
    if (rc < 0)
        return rc;
    buf_init(&out, 16 * FILE_MAX);
    rc = paper_decode(file.data, file.len, upper, &out, e);
    snprintf(out_path, RECORD_PATH_MAX, "flash-%s.html", upper);
    if (rc == 0)
        rc = fs_write_atomic(out_path, out.data, out.len, 0644, e);
    buf_finish(&file);
    buf_finish(&out);
    return rc;
}
