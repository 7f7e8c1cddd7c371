/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the files of a bundle and its members, apart by NUL. What is joined must be usable: every field of a member
 * is asked, every condition names a field above it, and a member gets answers of its own alone.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/item_members.h"
#include "model/demand.h"
#include "model/members.h"

#define FILES_MAX (1 + ITEM_MEMBERS_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const struct item *bundle)
{
    struct form_values *all = calloc(1, sizeof *all), *own = calloc(1, sizeof *own);
    const struct form *f = &bundle->form;
    struct demand d;

    for (size_t i = 0; i < f->n_fields; i++) {
        if (f->fields[i].show_if.field >= (int)i || f->fields[i].group >= (int)f->n_groups)
            abort();
        all->text[i][0] = 'x';
        form_visible(f, all, i);
        form_check(f, all, i, NULL, (struct date){2026, 1, 5});
    }
    for (size_t m = 0; m < bundle->n_joined; m++)
        members_values(bundle, m, all, own);
    demand_of(bundle, all, &d);
    free(all);
    free(own);
}

/* The files, each sound by itself; their count. */
static size_t read_in(const uint8_t *data, size_t size, struct item_file *files[FILES_MAX])
{
    size_t n = 0;

    while (size && n < FILES_MAX) {
        const uint8_t *end = memchr(data, 0, size);
        size_t len = end ? (size_t)(end - data) : size;

        if (item_file_read(data, len, LANGUAGE_ZH_CN, &files[n], NULL))
            break;
        if (item_check(files[n], NULL)) {
            item_file_free(files[n]);
            break;
        }
        item_fit_terminal(files[n++]);
        data += len + (end != NULL);
        size -= len + (end != NULL);
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct item_file *files[FILES_MAX];
    size_t n = read_in(data, size, files);

    if (n > 1 && item_members_join(files[0], files + 1, n - 1, NULL) == 0)
        use(&files[0]->item);
    for (size_t i = 0; i < n; i++)
        item_file_free(files[i]);
    return 0;
}
