/* SPDX-License-Identifier: Apache-2.0
 *
 * Entries are shared by those who have been given one, so the list is an array of fixed places; `seen` orders them.
 */
#include "drivers/printer/known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/printer/profile.h"

#define FILE_MAX (16 * 1024)
#define COUNT_MAX 1000000000
#define TIME_MAX INT64_C(4102444800000) /* 2100 */

struct known {
    char path[512]; /* "": nothing is kept */
    struct known_printer list[KNOWN_MAX];
    int seen[KNOWN_MAX]; /* 0: free */
    int turn;
};

static const char *const confirms[PROFILE_MARKERS] = {
    [PROFILE_MARKER_PAPER] = "paper-status", [PROFILE_MARKER_PROCESS_ID] = "process-id"};

static int read_count(const struct json *o, const char *key, int *ret, struct err *e)
{
    int64_t v = 0;
    int rc = json_opt_int(o, key, 0, COUNT_MAX, &v, e);

    *ret = (int)v;
    return rc;
}

static int read_dots(const struct json *o, int *ret, struct err *e)
{
    int64_t v = 0;
    int rc = json_opt_int(o, "dots", PROFILE_DOTS_MIN, PROFILE_DOTS_MAX, &v, e);

    if (rc == 0 && v % 8)
        rc = err_set(e, ERR_INVALID, "dots: %d is no multiple of 8", (int)v);
    *ret = (int)v;
    return rc;
}

static int read_roll(const struct json *o, struct roll *r, struct err *e)
{
    int rc = json_opt_bool(o, "low", &r->low, e);

    if (rc == 0)
        rc = json_opt_bool(o, "out", &r->out, e);
    if (rc == 0)
        rc = json_opt_int(o, "roll_at", 0, TIME_MAX, &r->at, e);
    if (rc == 0)
        rc = read_count(o, "fed_mm", &r->fed_mm, e);
    if (rc == 0)
        rc = read_count(o, "roll_mm", &r->used_mm, e);
    return rc == 0 ? read_count(o, "roll_papers", &r->papers, e) : rc;
}

static int read_totals(const struct json *o, struct known_printer *p, struct err *e)
{
    int rc = json_opt_int(o, "since", 0, TIME_MAX, &p->since, e);

    if (rc == 0)
        rc = read_count(o, "total_m", &p->fed_m, e);
    if (rc == 0)
        rc = read_count(o, "total_mm", &p->fed_mm, e);
    return rc == 0 ? read_count(o, "cuts", &p->cuts, e) : rc;
}

static int read_printer(const struct json *o, struct known_printer *p, struct err *e)
{
    const char *device = NULL, *confirm = NULL;
    int rc = json_known(o,
                        "device confirm dots ruled low fed_mm out roll_at roll_mm roll_papers printed unknown retracted "
                        "since total_m total_mm cuts",
                        e);

    if (rc == 0)
        rc = json_get_str(o, "device", 1, sizeof p->device - 1, &device, e);
    if (rc == 0)
        rc = json_opt_str(o, "confirm", 1, 20, &confirm, e);
    if (rc == 0)
        rc = read_dots(o, &p->dots, e);
    if (rc == 0)
        rc = json_opt_bool(o, "ruled", &p->ruled, e);
    if (rc == 0)
        rc = read_roll(o, &p->roll, e);
    if (rc == 0)
        rc = read_count(o, "printed", &p->printed, e);
    if (rc == 0)
        rc = read_count(o, "unknown", &p->unknown, e);
    if (rc == 0)
        rc = read_count(o, "retracted", &p->retracted, e);
    if (rc == 0)
        rc = read_totals(o, p, e);
    if (rc < 0)
        return rc;
    text_copy(p->device, sizeof p->device, device);
    p->confirm = -1;
    for (int i = 0; confirm && i < PROFILE_MARKERS; i++)
        if (!strcmp(confirms[i], confirm))
            p->confirm = i;
    return 0;
}

static int read_list(struct known *k, const struct json *doc, struct err *e)
{
    const struct json *arr;
    int rc = json_get_arr(doc, "printers", KNOWN_MAX, &arr, e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        rc = read_printer(json_at(arr, i), &k->list[i], e);
        k->seen[i] = ++k->turn;
    }
    return rc;
}

static void read_file(struct known *k)
{
    struct buf text;
    struct json *doc;
    struct err e = {0};
    int rc;

    if (access(k->path, F_OK) != 0)
        return;
    rc = fs_read(k->path, FILE_MAX, &text, &e);
    if (rc == 0) {
        rc = json_parse(text.data, text.len, FILE_MAX, &doc, &e);
        buf_finish(&text);
    }
    if (rc == 0) {
        rc = read_list(k, doc, &e);
        json_free(doc);
    }
    if (rc == 0)
        return;
    log_warn("printer", "%s is begun anew: %s", KNOWN_FILE, e.text);
    memset(k->list, 0, sizeof k->list);
    memset(k->seen, 0, sizeof k->seen);
}

struct known *known_open(const char *folder)
{
    struct known *k = calloc(1, sizeof *k);

    must(k, "out of memory");
    if (folder && fs_join(k->path, sizeof k->path, folder, KNOWN_FILE) >= 0)
        read_file(k);
    else
        k->path[0] = '\0';
    return k;
}

void known_close(struct known *k)
{
    if (!k)
        return;
    known_save(k);
    free(k);
}

static int free_place(const struct known *k)
{
    int oldest = 0;

    for (int i = 0; i < KNOWN_MAX; i++)
        if (k->seen[i] < k->seen[oldest])
            oldest = i;
    return oldest;
}

struct known_printer *known_printer(struct known *k, const struct usb_info *info)
{
    char device[sizeof k->list->device];
    int i = 0;

    snprintf(device, sizeof device, "%04x:%04x:%s", info->vendor, info->product, *info->serial ? info->serial : info->port);
    while (i < KNOWN_MAX && (!k->seen[i] || strcmp(k->list[i].device, device)))
        i++;
    if (i == KNOWN_MAX) {
        i = free_place(k);
        k->list[i] = (struct known_printer){.confirm = -1};
        text_copy(k->list[i].device, sizeof k->list[i].device, device);
    }
    k->seen[i] = ++k->turn;
    return &k->list[i];
}

bool known_fed(struct known_printer *p, int mm, int64_t now_ms)
{
    int metres = (p->fed_mm + mm) / 1000;

    if (!p->since)
        p->since = now_ms;
    p->fed_m += metres;
    p->fed_mm = (p->fed_mm + mm) % 1000;
    p->cuts++;
    return metres > 0;
}

static void put(struct jsonw *w, const struct known_printer *p)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "device", p->device);
    if (p->confirm >= 0)
        jsonw_str(w, "confirm", confirms[p->confirm]);
    if (p->dots)
        jsonw_int(w, "dots", p->dots);
    jsonw_bool(w, "ruled", p->ruled);
    jsonw_bool(w, "low", p->roll.low);
    jsonw_int(w, "fed_mm", p->roll.fed_mm);
    jsonw_bool(w, "out", p->roll.out);
    jsonw_int(w, "roll_at", p->roll.at);
    jsonw_int(w, "roll_mm", p->roll.used_mm);
    jsonw_int(w, "roll_papers", p->roll.papers);
    jsonw_int(w, "since", p->since);
    jsonw_int(w, "total_m", p->fed_m);
    jsonw_int(w, "total_mm", p->fed_mm);
    jsonw_int(w, "cuts", p->cuts);
    jsonw_int(w, "printed", p->printed);
    jsonw_int(w, "unknown", p->unknown);
    jsonw_int(w, "retracted", p->retracted);
    jsonw_end(w);
}

int known_save(struct known *k)
{
    struct err e = {0};
    struct jsonw w;
    struct buf b;
    int rc;

    if (!k->path[0])
        return 0;
    buf_init(&b, FILE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_arr(&w, "printers");
    for (int i = 0; i < KNOWN_MAX; i++)
        if (k->seen[i])
            put(&w, &k->list[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    rc = buf_ok(&b) ? fs_write_atomic(k->path, b.data, b.len, 0640, &e) : err_set(&e, ERR_TOOLONG, "it is too long");
    if (rc < 0)
        log_warn("printer", "%s is not kept: %s", KNOWN_FILE, e.text);
    buf_finish(&b);
    return rc;
}
