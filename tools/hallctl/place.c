/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl place set and forget: where a place is, by one of its terminals. The same as the staff's page
 * (tools/hall/staff/place.c).
 */
#include "tools/hallctl/place.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_map.h"
#include "tools/hallctl/hallctl.h"

#define SET "hallctl place set"
#define FORGET "hallctl place forget"

static const char usage[] =
    "hallctl place set ID --data DIR --at LAT,LON [--datum gcj02|bd09] [--json]\n"
    "hallctl place forget ID --data DIR [--json]\n"
    "hallctl place import FILE.csv --data DIR [--datum gcj02|bd09] [--json]\n"
    "hallctl place outline FILE.geojson --data DIR --office N [--datum gcj02|bd09] [--json]\n"
    "hallctl place list --data DIR [--csv|--json]\n"
    "Where terminals stand on the map of the staff's page. Coordinates are a place's: all terminals of the same zone and\n"
    "spot stand there, also those that come later.\n"
    "  ID           a terminal of that place\n"
    "  --at LAT,LON degrees as decimals, latitude first: 39.908700,116.397500; of CGCS2000, or WGS-84, as GPS and BeiDou\n"
    "               receivers show them\n"
    "  --datum WORD gcj02: read off AMap, Tencent or another public map of China; bd09: off Baidu's. They are shifted,\n"
    "               and the shift is taken away by the formulas the public knows, some metres from the truth\n"
    "import: columns terminal, latitude, longitude, or their Chinese names, in any order, between commas, semicolons or\n"
    "tabs, saved as CSV UTF-8; place list --csv makes such a file, of which only these are read. A row without coordinates\n"
    "leaves its place as it is. While one row is wrong nothing is taken.\n"
    "outline: districts as GeoJSON, Polygons and MultiPolygons with a `name`, at most 16 MB and 200 of them, in place of\n"
    "those before. They are simplified to 6,000 points; features whose geometry is null are passed over. No features: the\n"
    "map has no outlines any more.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such terminal or file, 4 refused: nothing was taken.\n";

int place_datum(const char *command, const char *word, enum datum *ret)
{
    *ret = DATUM_WGS84;
    return !word || datum_by_word(word, ret) ? -1 : options_wrong(command, "--datum is wgs84, gcj02 or bd09");
}

int place_put(struct store *s, const struct terminal *t, const struct point *at, enum datum d, struct err *e)
{
    char written[POINT_WRITTEN_LEN + 1], why[POINT_WRITTEN_LEN + 20];
    struct map_place p = {.place = t->place, .at = *at, .set_ms = clock_wall_ms()};

    point_write(at, written);
    snprintf(why, sizeof why, "%s (%s)", written, datum_word(d));
    text_copy(p.by, sizeof p.by, hallctl_who());
    int rc = map_place_set(s, t->office, &p, e);
    return rc == 0 ? store_audit(s, t->office, hallctl_who(), "place-set", t->id, why, e) : rc;
}

static int forget(struct store *s, const struct terminal *t, struct err *e)
{
    char name[ZONE_NAME_LEN + 1];

    zone_name(t->office, &t->place, name);
    int rc = map_place_forget(s, t->office, name, e);
    if (rc == 0)
        return err_set(e, ERR_STATE, "where %s is was not known", t->place.spot);
    return rc < 0 ? rc : store_audit(s, t->office, hallctl_who(), "place-forget", t->id, "", e);
}

struct place_options {
    const char *data, *at, *datum, *id;
    bool json;
    struct point point;
    enum datum of;
};

static int change(struct store *s, const struct place_options *o, struct terminal *t, struct err *e)
{
    int rc = terminal_get(s, o->id, t, e);

    if (rc == 0)
        rc = store_begin(s, e);
    if (rc < 0)
        return rc;
    rc = o->at ? place_put(s, t, &o->point, o->of, e) : forget(s, t, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

static void say(const struct place_options *o, const struct terminal *t)
{
    char written[POINT_WRITTEN_LEN + 1] = "";
    struct hallctl_object answer;

    if (o->at)
        point_write(&o->point, written);
    if (!o->json) {
        printf(o->at ? "%s, %s: %s, with all terminals there\n" : "%s, %s: on the map no more%s\n", t->place.zone,
               t->place.spot, written);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "terminal", t->id);
    jsonw_str(&answer.w, "zone", t->place.zone);
    jsonw_str(&answer.w, "spot", t->place.spot);
    jsonw_str(&answer.w, "at", written);
    hallctl_object_print(&answer);
}

/* "LAT,LON" of the command line. -1, or the exit code. */
static int read_at(struct place_options *o)
{
    char lat[POINT_TEXT_MAX * 2];
    const char *comma = strchr(o->at, ',');

    if (!comma || (size_t)(comma - o->at) >= sizeof lat)
        return options_wrong(SET, "--at is LAT,LON, as in 39.908700,116.397500");
    snprintf(lat, sizeof lat, "%.*s", (int)(comma - o->at), o->at);
    enum point_fault fault = point_read(lat, comma + 1, o->of, &o->point);
    return fault == POINT_GOOD ? -1 : options_wrong(SET, "%s", point_fault_about(fault));
}

static int one(int argc, char **argv, bool sets)
{
    struct place_options o = {.data = NULL};
    const struct option_word options[] = {
        {"--data", &o.data, NULL}, {"--at", &o.at, NULL}, {"--datum", &o.datum, NULL}, {"--json", NULL, &o.json}, {0}};
    const char *command = sets ? SET : FORGET, *id[1] = {NULL};
    struct store *s = NULL;
    struct terminal t;
    struct err e = {0};
    int n, code = options_read(command, argc, argv, usage, options, id, 1, &n);

    if (code < 0)
        code = options_fit(command, options, sets ? "--data --at" : "--data", sets ? "--datum --json" : "--json");
    if (code < 0 && n == 0)
        code = options_wrong(command, "which terminal's place");
    if (code < 0)
        code = place_datum(command, o.datum, &o.of);
    if (code < 0 && sets)
        code = read_at(&o);
    if (code >= 0)
        return code;
    o.id = id[0];
    int rc = store_open(o.data, &s, &e);
    if (rc == 0)
        rc = change(s, &o, &t, &e);
    store_close(s);
    if (rc < 0)
        return hallctl_fail(&e);
    say(&o, &t);
    return EXIT_OK;
}

int hallctl_place(int argc, char **argv)
{
    static const struct {
        const char *word;
        int (*run)(int argc, char **argv);
    } verbs[] = {{"import", hallctl_place_import}, {"outline", hallctl_place_outline}, {"list", hallctl_place_list}};
    const char *verb = argc > 1 ? argv[1] : "";

    if (strcmp(verb, "--help") == 0) {
        fputs(usage, stdout);
        return EXIT_OK;
    }
    if (strcmp(verb, "set") == 0 || strcmp(verb, "forget") == 0)
        return one(argc - 1, argv + 1, strcmp(verb, "set") == 0);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verb, verbs[i].word) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    return options_wrong("hallctl place", "which: set, forget, import, outline or list");
}
