/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff keep in a catalogue's folder, and the list of a district: the first byte says which file it is. Whatever stands
 * there is told as a finding; nothing else may happen.
 */
#include "base/json.h"
#include "tests/fuzz/folder.h"
#include "tools/hallctl/catalog_source.h"
#include "tools/hallctl/catalog_staff.h"
#include "tools/hallctl/catalog_synonyms.h"
#include "tools/hallctl/import_row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    char letter;
    const char *name;
} files[] = {{'i', "item.json"},   {'t', "themes.json"},   {'q', "queues.json"},       {'s', "staff.json"},
             {'p', "places.json"}, {'y', "synonyms.json"}, {'c', "calendar/2026.json"}};

static void found(void *ctx, const struct import_row *row, enum import_defect defect, const char *key, const char *what)
{
    if (!import_defect_info(defect)->code || !memchr(row->code, 0, sizeof row->code))
        abort();
}

static void as_list(const uint8_t *data, size_t size)
{
    struct json *doc = NULL;

    if (json_parse(data, size, JSON_SIZE_MAX, &doc, NULL) == 0 && json_is_arr(doc))
        for (size_t i = 0; i < json_len(doc); i++) {
            struct import_row row = {.place = (int)i};

            import_row_read(json_at(doc, i), &row, found, NULL);
        }
    json_free(doc);
}

static void as_folder(void)
{
    struct source_options o = {.dir = folder};
    struct catalog_source *s = NULL;
    struct report report;
    static FILE *nowhere;

    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    report_open(&report, nowhere, true);
    source_read(&o, &report, &s, NULL);
    source_free(s);
    report_list(&report);
    report_close(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if ((uint8_t)files[i].letter == data[0]) {
            folder_write(files[i].name, data + 1, size - 1);
            as_folder();
            folder_remove(files[i].name);
            return 0;
        }
    as_list(data + 1, size - 1);
    return 0;
}
