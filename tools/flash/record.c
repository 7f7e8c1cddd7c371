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

#define FILE_MAX (256 * 1024)

const char *record_why(const struct run *r, const struct stick *k, char out[WORDS_MAX])
{
    char a[SIZE_TEXT_MAX], b[SIZE_TEXT_MAX];

    if (k->changed)
        return say(out, WORD_verdict_changed, "");
    switch (k->job.now.fault) {
    case WRITER_NONE:
        return say(out, WORD_verdict_same, size_text(r->image->map->used, a));
    case WRITER_GONE:
        return say(out, WORD_verdict_gone, "");
    case WRITER_FAKE:
        return say(out, WORD_verdict_fake, size_text(k->medium.size, a), size_text(k->job.now.real, b));
    case WRITER_ROT:
        return say(out, WORD_verdict_rot, size_text(k->job.now.at, a));
    case WRITER_IO:
        return say(out, WORD_verdict_io, size_text(k->job.now.at, a));
    case WRITER_IMAGE:
        return say(out, WORD_verdict_image, "");
    case WRITER_BUSY:
        return say(out, WORD_verdict_busy, "");
    case WRITER_SMALL:
        return say(out, WORD_verdict_small, "");
    case WRITER_DIED:
        return say(out, WORD_verdict_died, "");
    case WRITER_STOPPED:
        break;
    }
    return say(out, WORD_verdict_stopped_one, "");
}

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
    char name[WORDS_MAX], why[WORDS_MAX];

    jsonw_obj(w, NULL);
    jsonw_str(w, "name", stick_name(k, name));
    jsonw_str(w, "port", k->medium.port);
    jsonw_str(w, "model", k->medium.model);
    jsonw_str(w, "serial", k->medium.serial);
    jsonw_int(w, "bytes", (int64_t)k->medium.size);
    jsonw_bool(w, "good", k->state == STICK_GOOD);
    jsonw_str(w, "why", record_why(r, k, why));
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

/* --- the sheet --------------------------------------------------------------------------------------------------------- */

static const char style[] =
    "@page{size:A4;margin:14mm}*{margin:0;padding:0;box-sizing:border-box}body{font:13px/1.5 'Noto Sans CJK SC',sans-serif}"
    "h1{font-size:24px}p{margin:8px 0}.m{font-family:'Noto Sans Mono CJK SC',monospace;font-weight:700}"
    "table{border-collapse:collapse;width:100%;margin:14px 0}td,th{border-bottom:1px solid #000;padding:8px 5px;"
    "text-align:left}th{border-bottom-width:2px}.y{background:#000;color:#FFF;padding:3px 7px;border-radius:4px}"
    ".n{border:2px solid #000;padding:2px 6px;border-radius:4px}.b{border:2px solid #000;border-radius:6px;padding:10px "
    "12px}";

/* Without styles, and safe between tags. */
static void put_html(struct buf *out, const char *text)
{
    for (bool inside = false; *text; text++) {
        if (text[0] == '{' && text[1] && text[2] == '|') {
            inside = true;
            text += 2;
        } else if (*text == '}' && inside) {
            inside = false;
        } else if (strchr("<>&\"", *text)) {
            buf_addf(out, "&#%d;", *text);
        } else {
            buf_addc(out, (uint8_t)*text);
        }
    }
}

static void put_tag(struct buf *out, const char *tag, const char *class, const char *text)
{
    buf_addf(out, "<%s%s%s>", tag, *class ? " class=" : "", class);
    put_html(out, text);
    buf_addf(out, "</%s>", tag);
}

static void put_row(struct buf *out, const struct json *stick)
{
    bool good = json_bool(json_member(stick, "good"));
    char size[SIZE_TEXT_MAX], what[WORDS_MAX];

    size_text((uint64_t)json_int(json_member(stick, "bytes")), size);
    snprintf(what, sizeof what, "%.63s %s %.63s", member(stick, "model"), size, member(stick, "serial"));
    buf_adds(out, "<tr>");
    put_tag(out, "td", "", member(stick, "port"));
    put_tag(out, "td", "", what);
    put_tag(out, "td", "m", member(stick, "name"));
    buf_adds(out, "<td>");
    put_tag(out, "span", good ? "y" : "n", word(good ? WORD_verdict_good : WORD_verdict_not));
    buf_adds(out, "</td>");
    put_tag(out, "td", "", member(stick, "why"));
    buf_adds(out, "<td>&#9633;</td></tr>\n");
}

static void put_table(struct buf *out, const struct json *sticks)
{
    static const enum word heads[] = {WORD_sheet_port,   WORD_sheet_stick, WORD_sheet_unit,
                                      WORD_sheet_result, WORD_sheet_why,   WORD_sheet_label};

    buf_adds(out, "<table><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put_tag(out, "th", "", word(heads[i]));
    buf_adds(out, "</tr>\n");
    for (size_t i = 0; i < json_len(sticks); i++)
        put_row(out, json_at(sticks, i));
    buf_adds(out, "</table>\n");
}

static void put_sheet(struct buf *out, const struct json *doc, const char *code)
{
    char at[CLOCK_RFC3339_LEN + 1], text[WORDS_MAX], minute[20];

    clock_format_rfc3339(json_int(json_member(doc, "at")), at);
    snprintf(minute, sizeof minute, "%.10s %.5s", at, at + 11);
    buf_addf(out, "<!doctype html><html lang=%s><meta charset=utf-8><title>%s</title><style>%s</style><body>\n",
             words_chinese() ? "zh-CN" : "en", code, style);
    put_tag(out, "h1", "", word(WORD_sheet_title));
    put_tag(out, "p", "", say(text, WORD_sheet_made, minute));
    put_table(out, json_member(doc, "sticks"));
    buf_adds(out, "<div class=b>");
    put_tag(out, "p", "", word(WORD_sheet_copy));
    snprintf(text, sizeof text, "%.400s %s", member(doc, "line"), code);
    put_tag(out, "p", "m", text);
    buf_adds(out, "</div>\n");
    snprintf(text, sizeof text, "%s: %.31s %.31s", word(WORD_sheet_image), member(doc, "version"), member(doc, "arch"));
    put_tag(out, "p", "", text);
    put_tag(out, "p", "m", member(doc, "image"));
    put_tag(out, "p", "", word(WORD_sheet_hash));
    snprintf(text, sizeof text, "%s: %s", word(WORD_sheet_how), word(WORD_sheet_how_text));
    put_tag(out, "p", "", text);
}

int record_decode(const void *data, size_t len, const char *code, struct buf *out, struct err *e)
{
    struct json *doc = NULL;

    int rc = json_parse(data, len, FILE_MAX, &doc, e);
    if (rc == 0 && json_is_obj(doc))
        put_sheet(out, doc, code);
    else if (rc == 0)
        rc = err_set(e, ERR_INVALID, "it is no record");
    json_free(doc);
    return rc == 0 && !buf_ok(out) ? err_set(e, ERR_TOOLONG, "the sheet") : rc;
}

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
    rc = record_decode(file.data, file.len, upper, &out, e);
    snprintf(out_path, RECORD_PATH_MAX, "flash-%s.html", upper);
    if (rc == 0)
        rc = fs_write_atomic(out_path, out.data, out.len, 0644, e);
    buf_finish(&file);
    buf_finish(&out);
    return rc;
}
