/* SPDX-License-Identifier: Apache-2.0
 *
 * flash for scripts: --list, and --to with words or lines of JSON. Nobody is there to plug a stick back in.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/flash/flash.h"
#include "tools/flash/record.h"
#include "tools/flash/term.h"
#include "tools/flash/verdict.h"

#define STEP_MS 100
#define TELL_US 1000000
#define LINE_MAX_BYTES (256 * 1024)

static void put_json(struct buf *b)
{
    puts(buf_str(b));
    fflush(stdout);
    buf_finish(b);
}

static int list_json(struct flash *f)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, LINE_MAX_BYTES);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_arr(&w, "media");
    for (size_t i = 0; i < f->sticks.media.n; i++) {
        const struct stick *k = stick_at(&f->sticks, i);
        if (!k)
            continue;
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "serial", k->medium.serial);
        jsonw_str(&w, "port", *k->medium.port ? k->medium.port : "inside");
        jsonw_str(&w, "model", k->medium.model);
        jsonw_int(&w, "bytes", (int64_t)k->medium.size);
        jsonw_str(&w, "holds", stick_holds(k));
        if (k->content.holds == HOLDS_FILES)
            jsonw_int(&w, "files", (int64_t)content_files(&k->content));
        if (*k->medium.where)
            jsonw_str(&w, "where", k->medium.where);
        jsonw_bool(&w, "may", stick_may(&f->sticks, k));
        jsonw_end(&w);
    }
    jsonw_end(&w);
    jsonw_end(&w);
    put_json(&b);
    return EXIT_GOOD;
}

int flash_list(struct flash *f)
{
    char text[WORDS_MAX], size[SIZE_TEXT_MAX];
    struct buf page;

    if (f->json)
        return list_json(f);
    term_begin(&page);
    for (size_t i = 0; i < f->sticks.media.n; i++) {
        const struct stick *k = stick_at(&f->sticks, i);
        if (!k)
            continue;
        term_cell(&page, 22, *k->medium.serial ? k->medium.serial : "-");
        term_cell(&page, 7, *k->medium.port ? k->medium.port : word(WORD_list_inside));
        term_cell(&page, 17, k->medium.model);
        term_cell(&page, -9, size_text(k->medium.size, size));
        term_line(&page, stick_why(&f->sticks, k, text));
    }
    fputs("", stdout);
    for (char *line = strtok((char *)page.data, "\n"); line; line = strtok(NULL, "\n"))
        term_say(line);
    buf_finish(&page);
    return EXIT_GOOD;
}

/* --- events ------------------------------------------------------------------------------------------------------------ */

static void begin_event(const struct run *r, const char *what, struct jsonw *w, struct buf *b)
{
    double t = (double)(clock_measure_us() - r->began_us) / 1e6;
    char seconds[32];

    snprintf(seconds, sizeof seconds, "%.1f", t);
    buf_init(b, LINE_MAX_BYTES);
    jsonw_init(w, b);
    jsonw_obj(w, NULL);
    jsonw_raw(w, "t", seconds, strlen(seconds));
    jsonw_str(w, "ev", what);
}

static void end_event(struct jsonw *w, struct buf *b)
{
    jsonw_end(w);
    put_json(b);
}

static void tell_verdict(struct run *r, struct stick *k)
{
    struct verdict v = verdict_of(r, k);
    struct jsonw w;
    struct buf b;

    begin_event(r, "verdict", &w, &b);
    jsonw_str(&w, "serial", k->medium.serial);
    verdict_put(&v, &w);
    if (k->sheet)
        jsonw_str(&w, "unit", k->sheet->unit);
    end_event(&w, &b);
}

static void tell_progress(struct run *r, struct stick *k)
{
    static const char *const words[] = {[WRITER_MEASURE] = "measure", [WRITER_WRITE] = "write", [WRITER_CHECK] = "check"};
    bool writes = k->job.now.phase == WRITER_WRITE;
    struct jsonw w;
    struct buf b;

    if (k->job.now.phase == WRITER_END)
        return;
    begin_event(r, words[k->job.now.phase], &w, &b);
    jsonw_str(&w, "serial", k->medium.serial);
    if (k->job.now.phase != WRITER_MEASURE)
        jsonw_int(&w, "done", (int64_t)(writes ? k->job.now.written : k->job.now.checked));
    jsonw_int(&w, "rate", (int64_t)write_job_rate(&k->job));
    end_event(&w, &b);
}

static void tell_start(struct run *r, struct stick *k)
{
    struct jsonw w;
    struct buf b;

    begin_event(r, "start", &w, &b);
    jsonw_str(&w, "serial", k->medium.serial);
    jsonw_int(&w, "bytes", (int64_t)r->image->map->used);
    end_event(&w, &b);
}

static void tell(struct run *r, struct stick *k)
{
    if (k->state == STICK_GOOD || k->state == STICK_BAD)
        tell_verdict(r, k);
    else
        tell_progress(r, k);
}

static void run_with_json(struct flash *f)
{
    int64_t told = clock_measure_us();

    f->run.event = tell;
    f->run.began_us = told;
    for (size_t i = 0; i < f->sticks.n; i++)
        if (f->sticks.list[i].chosen) {
            tell_start(&f->run, &f->sticks.list[i]);
            run_start(&f->run, &f->sticks.list[i]);
        }
    while (run_active(&f->run)) {
        run_step(&f->run, STEP_MS);
        if (clock_measure_us() - told < TELL_US)
            continue;
        told = clock_measure_us();
        for (size_t i = 0; i < f->sticks.n; i++)
            if (f->sticks.list[i].state == STICK_WRITING)
                tell_progress(&f->run, &f->sticks.list[i]);
    }
}

static int end_with_json(struct flash *f)
{
    struct flash_record record;
    struct err e = {0};
    struct jsonw w;
    struct buf b;

    int rc = record_make(&f->run, f->state, &record, &e);
    begin_event(&f->run, "end", &w, &b);
    jsonw_int(&w, "good", (int64_t)run_count(&f->run, STICK_GOOD));
    jsonw_int(&w, "bad", (int64_t)run_count(&f->run, STICK_BAD));
    jsonw_str(&w, "line", record.line);
    if (rc < 0)
        jsonw_str(&w, "record_lost", e.text);
    end_event(&w, &b);
    return flash_exit(f);
}

static int check_erase(const struct flash *f)
{
    for (int i = 0; i < f->n_erase; i++) {
        bool named = false;
        for (int k = 0; k < f->n_to; k++)
            named |= !strcmp(f->to[k], f->erase[i]);
        if (!named)
            return flash_refuse(EXIT_USAGE, WORD_refuse_erase_other, f->erase[i]);
    }
    return EXIT_GOOD;
}

int flash_to(struct flash *f)
{
    char a[SIZE_TEXT_MAX], b[SIZE_TEXT_MAX];
    struct stick *k;

    int code = check_erase(f);
    for (size_t i = 0; i < f->sticks.n; i++)
        f->sticks.list[i].chosen = false;
    for (int i = 0; code == EXIT_GOOD && i < f->n_to; i++) {
        code = flash_named(f, f->to[i], &k);
        if (code == EXIT_GOOD)
            k->chosen = true;
    }
    if (code != EXIT_GOOD)
        return code;
    if (f->sheets.n && f->sheets.n != (size_t)f->n_to)
        return flash_refuse(EXIT_SHEET, WORD_refuse_sheets, count_text(f->sheets.n, a), count_text((uint64_t)f->n_to, b));
    if (!f->yes && (f->json || !term_is_screen()))
        return flash_refuse(EXIT_USAGE, WORD_refuse_yes, "");
    if (!f->yes && !page_ask(f)) {
        term_say(word(WORD_left_nothing));
        return EXIT_STOPPED;
    }
    flash_assign(f);
    if (f->json) {
        run_with_json(f);
        return end_with_json(f);
    }
    page_write(f);
    return page_verdict(f);
}
