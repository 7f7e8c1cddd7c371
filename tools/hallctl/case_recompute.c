/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl case recompute: the dates of a case from its own record, what `show --json` printed, and a catalogue's calendar:
 * whoever doubts a date needs neither the hall nor its word.
 */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "tools/hall/cases/case_json.h"
#include "tools/hall/rules/case_wire.h"
#include "tools/hallctl/case.h"

#define SENTENCE_MAX 8192

static int read_events(const char *path, struct case_file *f, struct err *e)
{
    struct case_history h = {0};
    struct buf text;
    int rc = fs_read_given(path, CASE_LIST_MAX, &text, e);

    if (rc == 0)
        rc = case_history_decode(text.data, text.len, &h, e);
    buf_finish(&text);
    text_copy(f->number, sizeof f->number, h.number);
    text_copy(f->item, sizeof f->item, h.state.limits.item);
    memcpy(f->hash, h.hash, sizeof f->hash);
    f->state = h.state;
    return err_wrap(e, rc, "%s", path);
}

static void tell_json(const struct case_file *f, const struct deadlines *all, struct date today)
{
    struct hallctl_object o;

    hallctl_object_open(&o);
    jsonw_str(&o.w, "number", f->number);
    jsonw_str(&o.w, "stage", case_stage_word(f->state.stage));
    jsonw_hex(&o.w, "chain", f->hash, sizeof f->hash);
    jsonw_arr(&o.w, "limits");
    for (int i = 0; i < all->n; i++) {
        jsonw_obj(&o.w, NULL);
        case_json_deadline(&o.w, &all->list[i], today);
        jsonw_end(&o.w);
    }
    jsonw_end(&o.w);
    hallctl_object_print(&o);
}

static void tell(const struct case_file *f, const struct deadlines *all, struct date today, enum language l)
{
    struct buf line;

    case_say_head(f);
    for (int i = 0; i < all->n; i++) {
        buf_init(&line, SENTENCE_MAX);
        case_say_deadline(&line, &all->list[i], today, l);
        puts(buf_str(&line));
        buf_finish(&line);
    }
}

int case_recompute(struct store *s, const struct published *p, const struct case_options *o)
{
    struct case_file f = {0};
    struct catalog *catalogue = NULL;
    struct deadlines all;
    struct date today = date_of_ms(clock_wall_ms());
    struct err e = {0};
    int rc = read_events(o->events, &f, &e);

    if (rc == 0)
        rc = catalog_open(o->catalogue, &catalogue, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    deadline_fold(&f.state, catalog_calendar(catalogue), today, &all);
    if (o->json)
        tell_json(&f, &all, today);
    else
        tell(&f, &all, today, o->language_n);
    catalog_close(catalogue);
    return EXIT_OK;
}
