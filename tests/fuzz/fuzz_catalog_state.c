/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as state.json, what the terminal remembers of signed things: what is read is written and read again the same.
 */
#include "catalog/state.h"
#include "tests/fuzz/folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalog_state s = {0}, back = {0};

    folder_write("catalog/state.json", data, size);
    if (catalog_state_load(folder, &s, NULL) < 0)
        return 0;
    if (s.root < 1 || s.catalogue < 0 || s.catalogue_root > s.root)
        abort();
    if (catalog_state_save(folder, &s, NULL) < 0 || catalog_state_load(folder, &back, NULL) < 0 ||
        memcmp(&s, &back, sizeof s))
        abort();
    return 0;
}
