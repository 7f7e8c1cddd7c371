/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue as staff keep it: a folder with one JSON file an item, themes.json, queues.json, and a calendar (see
 * assets/catalog/README.md). Reading it is linting it: every finding is told with file, field and remedy.
 */
#ifndef HALLCTL_CATALOG_SOURCE_H
#define HALLCTL_CATALOG_SOURCE_H

#include "catalog/catalog.h"
#include "tools/hallctl/catalog_staff.h"
#include "tools/hallctl/catalog_synonyms.h"
#include "tools/hallctl/report.h"

#define SOURCE_THEMES_MAX 12 /* what the terminal's page of themes holds */
#define SOURCE_QUEUES_MAX 5  /* what its page of queues holds */
#define SOURCE_DAYS_MAX 4000

struct source_item {
    char *path; /* owned */
    char *text; /* owned; compact JSON */
    size_t len;
    char name_en[400], dept_en[100];             /* "": the file has no English */
    size_t n_chinese;                            /* texts that have no English beside them … */
    char chinese[ITEM_PLACE_MAX + 1];            /* … and where the first stands */
    int needs;                                   /* the level of a terminal that can do it */
    struct item_file *file;                      /* owned; the form fitted to terminals. NULL: the file could not be read */
    struct item_file *members[ITEM_MEMBERS_MAX]; /* owned; of a bundle, which `file` borrows from */
    bool sound;                                  /* no error was found in the file itself */
};
struct catalog_source {
    struct source_item *items; /* by popularity, then by task_code */
    size_t n_items;
    struct item_theme themes[SOURCE_THEMES_MAX];
    size_t n_themes;
    struct queue queues[SOURCE_QUEUES_MAX];
    int queue_needs[SOURCE_QUEUES_MAX]; /* levels; of each queue, and of the catalogue as a whole */
    int needs;
    struct source_hours {
        char *hours, *closures; /* compact JSON, owned; hours NULL: it says none */
    } hours[SOURCE_QUEUES_MAX];
    size_t n_queues;
    struct staff_list staff;
    struct source_places places;
    struct synonyms synonyms;
    struct workday_exception days[SOURCE_DAYS_MAX]; /* sorted */
    struct workday_calendar calendar;
    struct report *report;
};
struct source_options {
    const char *dir;
    const char *calendar; /* NULL: DIR/calendar, or else DIR/../calendar */
    const char *icons;    /* NULL: names of icons are not looked up */
};

/* Returns a negative code only when the folder cannot be read at all; findings are counted in the report, which must
 * outlive the source. Free either way. */
int source_read(const struct source_options *o, struct report *report, struct catalog_source **ret, struct err *e);
void source_free(struct catalog_source *s); /* takes NULL */

/* How many items and queues need a higher level than the whole catalogue: terminals that take it may not be able to do
 * those. *ret_level: the highest. */
size_t source_beyond(const struct catalog_source *s, int *ret_level);

/* For the files that read the parts: one finding about a file that is no item; its code is "folder". */
void source_say(struct catalog_source *s, enum item_severity severity, const char *file, const char *field, const char *fmt,
                ...) __attribute__((format(printf, 5, 6)));
/* Paths of the *.json files of a folder, sorted by name; owned by the caller, each too. */
int source_list(const char *dir, char ***ret, size_t *ret_n, struct err *e);
/* Is NAME.json one of the folder's files that are no items? */
bool source_is_part(const char *name);
/* Joins each bundle and its members, as a terminal will (catalog_bundle.c). */
void source_join_bundles(struct catalog_source *s);
/* The other files of the folder: themes.json, queues.json, synonyms.json, the calendar (catalog_parts.c). */
void source_read_parts(struct catalog_source *s, const struct source_options *o);

#endif
