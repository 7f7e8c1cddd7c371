/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl place outline: the districts around an office's terminals.
 */
#include <stdio.h>

#include "base/fs.h"
#include "tools/hall/rules/outline.h"
#include "tools/hall/store/store_map.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/place.h"

#define OUTLINE "hallctl place outline"

static const char usage[] =
    "hallctl place outline FILE.geojson --data DIR --office N [--datum gcj02|bd09] [--json]\n"
    "Puts outlines of districts under the map of an office's terminals, in place of those before. More: hallctl place "
    "--help.\n"
    "  --json  {\"districts\":n,\"points\":n,\"of\":n,\"grid_metres\":n}\n";

static int store_outline(const char *data, int office, size_t n, const struct buf *out, struct err *e)
{
    char why[60];
    struct store *s = NULL;
    int rc = store_open(data, &s, e);

    if (rc == 0 && (rc = store_begin(s, e)) == 0) {
        snprintf(why, sizeof why, "%zu districts", n);
        rc = hallctl_office_known(s, office, e);
        if (rc == 0)
            rc = map_outline_set(s, office, out->data, n ? out->len : 0, e);
        if (rc == 0)
            rc = store_audit(s, office, hallctl_who(), "place-outline", "", why, e);
        if (rc == 0)
            rc = store_commit(s, e);
        else
            store_rollback(s);
    }
    store_close(s);
    return rc;
}

/* A millionth of a degree of latitude is a ninth of a metre. */
static int metres(const struct outline_size *size)
{
    return (size->grid + 4) / 9;
}

static void say(size_t n, const struct outline_size *size, bool json)
{
    struct hallctl_object answer;

    if (!json && !n)
        printf("the map has no outlines any more\n");
    else if (!json)
        printf("%zu districts are under the map: %zu points of %zu, on a grid of %d m\n", n, size->to, size->from,
               metres(size));
    if (!json)
        return;
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "districts", (int64_t)n);
    jsonw_int(&answer.w, "points", (int64_t)size->to);
    jsonw_int(&answer.w, "of", (int64_t)size->from);
    jsonw_int(&answer.w, "grid_metres", metres(size));
    hallctl_object_print(&answer);
}

static int take(const char *path, const char *data, int office, enum datum d, bool json)
{
    struct outline *o = NULL;
    struct outline_size size;
    struct err e = {0};
    struct buf text, out;
    int rc = fs_read_given(path, OUTLINE_FILE_MAX, &text, &e);

    buf_init(&out, OUTLINE_BYTES_MAX);
    if (rc == 0)
        rc = err_wrap(&e, outline_read(text.data, text.len, d, &o, &e), "%s", path);
    if (rc == 0)
        rc = outline_write(o, &out, &size, &e);
    if (rc == 0)
        rc = store_outline(data, office, outline_districts(o), &out, &e);
    if (rc == 0)
        say(outline_districts(o), &size, json);
    outline_free(o);
    buf_finish(&text);
    buf_finish(&out);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

int hallctl_place_outline(int argc, char **argv)
{
    const char *data = NULL, *datum = NULL, *office = NULL, *file[1] = {NULL};
    enum datum d = DATUM_WGS84;
    int64_t number = 0;
    bool json = false;
    const struct option_word options[] = {
        {"--data", &data, NULL}, {"--office", &office, NULL}, {"--datum", &datum, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(OUTLINE, argc, argv, usage, options, file, 1, &n);

    if (code < 0)
        code = options_fit(OUTLINE, options, "--data --office", "--datum --json");
    if (code < 0 && n == 0)
        code = options_wrong(OUTLINE, "which file");
    if (code < 0)
        code = options_number(OUTLINE, "--office", office, 0, 9999, &number);
    if (code < 0)
        code = place_datum(OUTLINE, datum, &d);
    return code < 0 ? take(file[0], data, (int)number, d, json) : code;
}
