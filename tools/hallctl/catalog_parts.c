/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of a catalogue's folder that are no items: themes, queues, synonyms, calendar.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"
#include "catalog/source_known.h"
#include "model/appointment.h"
#include "model/level.h"
#include "tools/hallctl/catalog_source.h"

/* Parses DIR/name. NULL after a finding, or without one when the file is not there. */
static struct json *read_file(struct catalog_source *s, const char *path)
{
    struct json *doc = NULL;
    struct err e = {0};
    struct buf b;
    int rc = fs_read_given(path, JSON_SIZE_MAX, &b, &e);

    if (rc == -ERR_NOTFOUND)
        return NULL;
    if (rc == 0) {
        rc = json_parse(b.data, b.len, JSON_SIZE_MAX, &doc, &e);
        buf_finish(&b);
    }
    if (rc < 0)
        source_say(s, ITEM_ERROR, path, NULL, "%s", e.text);
    return doc;
}

/* Of the whole catalogue: what stands in one of its parts. */
static void need_level(struct catalog_source *s, const struct json *doc)
{
    int needs = level_needs(LEVEL_WHOLE, doc);

    s->needs = needs > s->needs ? needs : s->needs;
}

static int take_text(const struct json *obj, const char *key, char *out, size_t cap, struct err *e)
{
    const char *text;
    int rc = json_get_str(obj, key, 1, cap - 1, &text, e);

    if (rc == 0)
        text_copy(out, cap, text);
    return rc;
}

static void check_icon(struct catalog_source *s, const char *path, const char *icons, const char *icon)
{
    char file[PATH_MAX];

    if (icons && (snprintf(file, sizeof file, "%s/%s.svg", icons, icon) >= (int)sizeof file || access(file, R_OK) < 0))
        source_say(s, ITEM_ERROR, path, "icon", "there is no icon \"%s\": use the name of a file in %s", icon, icons);
}

static int read_theme(const struct json *obj, struct item_theme *t, struct err *e)
{
    const char *english = "";
    int rc = source_known(obj, "name name_en icon", e);

    if (rc == 0)
        rc = take_text(obj, "name", t->name, sizeof t->name, e);
    if (rc == 0)
        rc = json_opt_str(obj, "name_en", 1, sizeof t->name_en - 1, &english, e);
    text_copy(t->name_en, sizeof t->name_en, english);
    return rc == 0 ? take_text(obj, "icon", t->icon, sizeof t->icon, e) : rc;
}

static int opt_text(const struct json *obj, const char *key, char *out, size_t cap, struct err *e)
{
    return json_has(obj, key) ? take_text(obj, key, out, cap, e) : 0;
}

static int read_queue_texts(const struct json *obj, struct queue *q, struct err *e)
{
    int rc = take_text(obj, "id", q->id, sizeof q->id, e);

    if (rc == 0 && !queue_id_valid(q->id))
        rc = err_set(e, ERR_INVALID, "id may hold a-z, 0-9, _ and - only");
    if (rc == 0)
        rc = take_text(obj, "name", q->name, sizeof q->name, e);
    if (rc == 0)
        rc = opt_text(obj, "name_en", q->name_en, sizeof q->name_en, e);
    if (rc == 0)
        rc = take_text(obj, "about", q->about, sizeof q->about, e);
    if (rc == 0)
        rc = opt_text(obj, "about_en", q->about_en, sizeof q->about_en, e);
    if (rc == 0)
        rc = take_text(obj, "place", q->place, sizeof q->place, e);
    if (rc == 0)
        rc = opt_text(obj, "place_en", q->place_en, sizeof q->place_en, e);
    text_copy(q->icon, sizeof q->icon, "hall");
    return rc == 0 ? opt_text(obj, "icon", q->icon, sizeof q->icon, e) : rc;
}

static int keep_json(const struct json *v, char **ret, struct err *e)
{
    struct buf text;
    int rc;

    buf_init(&text, JSON_SIZE_MAX);
    rc = json_dump(v, &text);
    *ret = rc < 0 ? NULL : strdup(buf_str(&text));
    buf_finish(&text);
    return *ret ? 0 : err_set(e, ERR_NOMEM, "keep the hours");
}

static int read_hours(const struct json *obj, struct source_hours *ret, struct err *e)
{
    const struct json *hours = json_member(obj, "hours"), *closures = json_member(obj, "closures");
    struct queue_hours meant;
    int rc;

    if (!hours)
        return closures ? err_set(e, ERR_INVALID, "closures without hours: say the hours they are an exception of") : 0;
    rc = hours_of_json(hours, closures, &meant, e);
    if (rc == 0)
        rc = keep_json(hours, &ret->hours, e);
    if (rc == 0 && closures)
        rc = keep_json(closures, &ret->closures, e);
    return rc;
}

/* {"per_hour": 4, "days_ahead": 14}; hours are needed, for nobody is booked into a night. */
static int read_appointments(const struct json *obj, struct queue *q, struct err *e)
{
    const struct json *a = NULL;
    int64_t per_hour = 0, days = APPOINTMENT_AHEAD_MAX;
    int rc = json_opt_obj(obj, "appointments", &a, e);

    if (rc < 0 || !a)
        return rc;
    rc = source_known(a, "per_hour days_ahead", e);
    if (rc == 0)
        rc = json_get_int(a, "per_hour", 1, APPOINTMENT_PLACES_MAX, &per_hour, e);
    if (rc == 0)
        rc = json_opt_int(a, "days_ahead", 0, APPOINTMENT_AHEAD_MAX, &days, e);
    if (rc == 0 && !json_has(obj, "hours"))
        rc = err_set(e, ERR_INVALID, "appointments without hours: say the hours that can be booked");
    q->per_hour = (int)per_hour;
    q->days_ahead = (int)days;
    return err_wrap(e, rc, "appointments");
}

static int read_queue(const struct json *obj, struct queue *q, struct err *e)
{
    const char *letter;
    int64_t recall = 0;
    int rc = source_known(
        obj, "id name name_en about about_en place place_en icon letter recall open priority hours closures appointments",
        e);

    *q = (struct queue){.recall = 0};
    if (rc == 0)
        rc = read_queue_texts(obj, q, e);
    if (rc == 0)
        rc = json_opt_int(obj, "recall", 0, 20, &recall, e);
    if (rc == 0)
        rc = json_get_bool(obj, "open", &q->open, e);
    if (rc == 0)
        rc = json_opt_bool(obj, "priority", &q->priority, e);
    if (rc == 0)
        rc = json_get_str(obj, "letter", 1, 1, &letter, e);
    if (rc == 0 && (letter[0] < 'A' || letter[0] > 'Z'))
        rc = err_set(e, ERR_INVALID, "letter is no capital letter");
    if (rc == 0)
        q->letter = letter[0];
    q->recall = (int)recall;
    return rc == 0 ? read_appointments(obj, q, e) : rc;
}

/* The list at `key` of {"schema":1, key:[…]}; NULL after a finding. */
static const struct json *get_list(struct catalog_source *s, const char *path, const struct json *doc, const char *key,
                                   size_t max)
{
    const struct json *arr = NULL;
    struct err e = {0};
    char known[40];
    int64_t schema;
    int rc;

    snprintf(known, sizeof known, "schema %s", key);
    rc = source_known(doc, known, &e);
    if (rc == 0)
        rc = json_get_int(doc, "schema", 1, 1, &schema, &e);
    if (rc == 0)
        rc = json_get_arr(doc, key, max, &arr, &e);
    if (rc < 0)
        source_say(s, ITEM_ERROR, path, NULL, "%s", e.text);
    return rc < 0 ? NULL : arr;
}

/* Without the file the themes are those the items name, in the order of popularity. */
static void derive_themes(struct catalog_source *s)
{
    for (size_t i = 0; i < s->n_items; i++) {
        const struct item_file *f = s->items[i].file;

        for (size_t k = 0; f && k < f->item.themes.n; k++) {
            size_t t = 0;

            while (t < s->n_themes && strcmp(s->themes[t].name, f->item.themes.at[k]))
                t++;
            if (t < s->n_themes || t == SOURCE_THEMES_MAX)
                continue;
            text_copy(s->themes[t].name, sizeof s->themes[t].name, f->item.themes.at[k]);
            text_copy(s->themes[t].icon, sizeof s->themes[t].icon, "doc");
            s->n_themes++;
        }
    }
}

static void read_themes(struct catalog_source *s, const struct source_options *o)
{
    char path[PATH_MAX];
    struct json *doc;
    const struct json *arr;

    fs_join(path, sizeof path, o->dir, "themes.json");
    doc = read_file(s, path);
    if (!doc) {
        source_say(s, ITEM_WARNING, path, NULL,
                   "it is not there or cannot be read: themes are taken from the items, with one icon");
        derive_themes(s);
        return;
    }
    need_level(s, doc);
    arr = get_list(s, path, doc, "themes", SOURCE_THEMES_MAX);
    for (size_t i = 0; arr && i < json_len(arr); i++) {
        struct err e = {0};

        if (read_theme(json_at(arr, i), &s->themes[s->n_themes], &e) < 0) {
            source_say(s, ITEM_ERROR, path, NULL, "themes[%zu]: %s", i, e.text);
            continue;
        }
        check_icon(s, path, o->icons, s->themes[s->n_themes].icon);
        for (size_t k = 0; k < s->n_themes; k++)
            if (strcmp(s->themes[k].name, s->themes[s->n_themes].name) == 0)
                source_say(s, ITEM_ERROR, path, "name", "\"%s\" stands twice: remove one", s->themes[k].name);
        s->n_themes++;
    }
    json_free(doc);
}

static void read_queues(struct catalog_source *s, const struct source_options *o)
{
    char path[PATH_MAX];
    struct json *doc;
    const struct json *arr;

    fs_join(path, sizeof path, o->dir, "queues.json");
    doc = read_file(s, path);
    if (!doc) {
        source_say(s, ITEM_WARNING, path, NULL, "it is not there or cannot be read: terminals will give no queue numbers");
        return;
    }
    need_level(s, doc);
    arr = get_list(s, path, doc, "queues", SOURCE_QUEUES_MAX);
    for (size_t i = 0; arr && i < json_len(arr); i++) {
        struct queue *q = &s->queues[s->n_queues];
        struct err e = {0};

        if (read_queue(json_at(arr, i), q, &e) < 0 || read_hours(json_at(arr, i), &s->hours[s->n_queues], &e) < 0) {
            source_say(s, ITEM_ERROR, path, NULL, "queues[%zu]: %s", i, e.text);
            continue;
        }
        s->queue_needs[s->n_queues] = level_needs(LEVEL_QUEUE, json_at(arr, i));
        if (!s->hours[s->n_queues].hours)
            source_say(s, ITEM_WARNING, path, "hours",
                       "%s says no hours: terminals give its numbers day and night, and tell nobody when it is open",
                       q->name);
        check_icon(s, path, o->icons, q->icon);
        for (size_t k = 0; k < s->n_queues; k++)
            if (strcmp(s->queues[k].id, q->id) == 0 || s->queues[k].letter == q->letter)
                source_say(s, ITEM_ERROR, path, "queues", "%s and %s share an id or a letter: numbers would be given twice",
                           s->queues[k].name, q->name);
        s->n_queues++;
    }
    json_free(doc);
}

/* "2026-10-10" */
static bool parse_day(const char *text, struct date *ret)
{
    char digits[9];

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s", text, text + 5, text + 8);
    return date_parse8(digits, ret);
}

static void add_days(struct catalog_source *s, const char *path, const struct json *obj, bool off, int year)
{
    const char *key;

    for (size_t i = 0; (key = json_key(obj, i)); i++) {
        struct date d;

        if (!parse_day(key, &d) || d.year != year)
            source_say(s, ITEM_ERROR, path, key, "it is no day of %d: write year-month-day", year);
        else if (s->calendar.n < SOURCE_DAYS_MAX)
            s->days[s->calendar.n++] = (struct workday_exception){d, off};
    }
}

/* {"holidays":{"2026-01-01":…},"workdays":{…},"inLieuDays":{…}}, the file named after its year. */
static void read_year(struct catalog_source *s, const char *path)
{
    int year = atoi(strrchr(path, '/') + 1);
    struct json *doc = read_file(s, path);
    const struct json *off, *work;
    struct err e = {0};

    if (!doc)
        return;
    if (year < 2000 || year > 2099)
        source_say(s, ITEM_ERROR, path, NULL, "name the file after its year: 2027.json");
    else if (source_known(doc, "holidays workdays inLieuDays", &e) < 0 || json_get_obj(doc, "holidays", &off, &e) < 0 ||
             json_get_obj(doc, "workdays", &work, &e) < 0)
        source_say(s, ITEM_ERROR, path, NULL, "%s", e.text);
    else if (s->calendar.last_year && year != s->calendar.last_year + 1)
        source_say(s, ITEM_ERROR, path, NULL, "a year is missing between %d and %d: add its file", s->calendar.last_year,
                   year);
    else {
        add_days(s, path, off, true, year);
        add_days(s, path, work, false, year);
        s->calendar.first_year = s->calendar.first_year ? s->calendar.first_year : year;
        s->calendar.last_year = year;
    }
    json_free(doc);
}

static int by_date(const void *a, const void *b)
{
    return date_compare(((const struct workday_exception *)a)->date, ((const struct workday_exception *)b)->date);
}

static void read_calendar(struct catalog_source *s, const struct source_options *o)
{
    char dir[PATH_MAX], **list = NULL;
    size_t n = 0;

    if (o->calendar)
        snprintf(dir, sizeof dir, "%s", o->calendar);
    else if (fs_join(dir, sizeof dir, o->dir, "calendar") < 0 || access(dir, R_OK) < 0)
        fs_join(dir, sizeof dir, o->dir, "../calendar");
    if (source_list(dir, &list, &n, NULL) < 0 || n == 0)
        source_say(s, ITEM_WARNING, dir, NULL,
                   "no calendar: shifted holidays are unknown, promised dates near a festival provisional");
    for (size_t i = 0; i < n; i++) {
        read_year(s, list[i]);
        free(list[i]);
    }
    free(list);
    qsort(s->days, s->calendar.n, sizeof *s->days, by_date);
    for (size_t i = 1; i < s->calendar.n; i++)
        if (date_compare(s->days[i - 1].date, s->days[i].date) == 0)
            source_say(s, ITEM_ERROR, dir, NULL, "%04d-%02d-%02d is both a holiday and a working day: remove one",
                       s->days[i].date.year, s->days[i].date.month, s->days[i].date.day);
    s->calendar.exceptions = s->days;
}

/* Both may be missing: then nobody opens the technician page, and the places are told in general. */
static void read_staff(struct catalog_source *s, const struct source_options *o)
{
    char path[PATH_MAX];
    struct err e = {0};

    fs_join(path, sizeof path, o->dir, "staff.json");
    int rc = staff_file_read(path, &s->staff, &e);
    if (rc < 0 && rc != -ERR_NOTFOUND)
        source_say(s, ITEM_ERROR, path, NULL, "%s", e.text);
    fs_join(path, sizeof path, o->dir, "places.json");
    rc = places_file_read(path, &s->places, &e);
    if (rc < 0 && rc != -ERR_NOTFOUND)
        source_say(s, ITEM_ERROR, path, NULL, "%s", e.text);
}

/* One that fits nothing is likely misspelt, and nobody would notice. */
static void read_synonyms(struct catalog_source *s, const struct source_options *o)
{
    char path[PATH_MAX];
    struct err e = {0};

    fs_join(path, sizeof path, o->dir, "synonyms.json");
    int rc = synonyms_file_read(path, &s->synonyms, &e);
    if (rc < 0 && rc != -ERR_NOTFOUND)
        source_say(s, ITEM_ERROR, path, NULL, "%s", e.text);
    for (size_t i = 0; rc == 0 && i < s->synonyms.n; i++) {
        size_t k = 0;

        while (k < s->n_items && !(s->items[k].file && s->items[k].file->item.task_name &&
                                   synonym_fits(&s->synonyms.list[i], s->items[k].file)))
            k++;
        if (k == s->n_items)
            source_say(s, ITEM_WARNING, path, "for", "synonyms[%zu]: no item is called \"%s\": nothing is found by \"%s\"",
                       i, s->synonyms.list[i].means[0], s->synonyms.list[i].say[0]);
    }
}

void source_read_parts(struct catalog_source *s, const struct source_options *o)
{
    need_level(s, NULL);
    read_themes(s, o);
    read_queues(s, o);
    read_calendar(s, o);
    read_staff(s, o);
    read_synonyms(s, o);
}
