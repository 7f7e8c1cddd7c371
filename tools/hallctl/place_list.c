/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl place list: which terminal stands where, and of which nobody has said so; as CSV it is what place import reads.
 */
#include <stdio.h>

#include "tools/hall/reports/csv.h"
#include "tools/hall/store/store_map.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/place.h"

#define LIST "hallctl place list"
#define ROW_MAX 4096

static const char usage[] =
    "hallctl place list --data DIR [--csv|--json]\n"
    "Every terminal, and where its place stands on the map; those of which nobody has said so come with no coordinates.\n"
    "  --csv   terminal, office, zone, spot, device, latitude, longitude: to be filled in for hallctl place import\n"
    "  --json  [{\"terminal\",\"office\",\"zone\",\"spot\",\"device\",\"at\":\"LAT,LON\" or null},…]\n";

struct listing {
    struct hallctl_list out;
    struct store *store;
    bool csv;
    int rc;
    struct err *e;
};

static void put_csv(struct buf *row, const struct terminal *t, const struct map_place *p)
{
    char number[24];

    csv_text(row, t->id, true);
    snprintf(number, sizeof number, "%04d", t->office);
    csv_text(row, number, false);
    csv_text(row, t->place.zone, false);
    csv_text(row, t->place.spot, false);
    csv_text(row, t->place.device, false);
    snprintf(number, sizeof number, "%d.%06d", p->at.lat / POINT_UNITS, p->at.lat % POINT_UNITS);
    csv_text(row, p->at.lat ? number : "", false);
    snprintf(number, sizeof number, "%d.%06d", p->at.lon / POINT_UNITS, p->at.lon % POINT_UNITS);
    csv_text(row, p->at.lat ? number : "", false);
    csv_end(row);
}

static void put_json(struct buf *row, const struct terminal *t, const char *at)
{
    struct jsonw w;

    jsonw_init(&w, row);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "terminal", t->id);
    jsonw_int(&w, "office", t->office);
    jsonw_str(&w, "zone", t->place.zone);
    jsonw_str(&w, "spot", t->place.spot);
    jsonw_str(&w, "device", t->place.device);
    if (*at)
        jsonw_str(&w, "at", at);
    else
        jsonw_null(&w, "at");
    jsonw_end(&w);
}

static int show(void *ctx, const struct terminal *t)
{
    struct listing *l = ctx;
    char name[ZONE_NAME_LEN + 1], at[POINT_WRITTEN_LEN + 1] = "";
    struct map_place p = {.at = {0, 0}};
    struct buf row;

    zone_name(t->office, &t->place, name);
    l->rc = map_place_get(l->store, t->office, name, &p, l->e);
    if (l->rc < 0)
        return 1;
    if (l->rc == 1)
        point_write(&p.at, at);
    buf_init(&row, ROW_MAX);
    if (l->csv) {
        put_csv(&row, t, &p);
        fwrite(row.data, 1, row.len, stdout);
        buf_finish(&row);
        return 0;
    }
    if (l->out.json)
        put_json(&row, t, at);
    else
        buf_addf(&row, "%-12s %04d  %-21s  %s %s, %s", t->id, t->office, *at ? at : "not on the map", t->place.zone,
                 t->place.spot, t->place.device);
    hallctl_row(&l->out, &row);
    return 0;
}

int hallctl_place_list(int argc, char **argv)
{
    const char *data = NULL;
    struct err e = {0};
    struct listing l = {.e = &e};
    const struct option_word options[] = {
        {"--data", &data, NULL}, {"--csv", NULL, &l.csv}, {"--json", NULL, &l.out.json}, {0}};
    int n, code = options_read(LIST, argc, argv, usage, options, NULL, 0, &n);

    if (code < 0)
        code = options_fit(LIST, options, "--data", "--csv --json");
    if (code < 0 && l.csv && l.out.json)
        code = options_wrong(LIST, "--csv or --json");
    if (code >= 0)
        return code;
    int rc = store_open(data, &l.store, &e);
    if (rc == 0) {
        printf("%s", l.csv ? CSV_MARK "terminal,office,zone,spot,device,latitude,longitude\r\n" : l.out.json ? "[" : "");
        rc = terminal_each(l.store, show, &l, &e);
        rc = rc == 0 && l.rc < 0 ? l.rc : rc;
        printf("%s", l.out.json ? "\n]\n" : "");
    }
    store_close(l.store);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
