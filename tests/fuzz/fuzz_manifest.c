/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as one of the signed files or as signatures; the first byte says which. What is read must be written and read
 * again the same.
 */
#include "tests/fuzz/again.h"
#include "wire/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(root, struct manifest_root, manifest_root_decode(bytes, len, value, NULL), manifest_root_encode(value, out, NULL),
      MANIFEST_MAX)
AGAIN(catalog, struct manifest_catalog, manifest_catalog_decode(bytes, len, value, NULL),
      manifest_catalog_encode(value, out, NULL), MANIFEST_MAX)
AGAIN(head, struct manifest_head, manifest_head_decode(bytes, len, value, NULL), manifest_head_encode(value, out, NULL),
      MANIFEST_MAX)
AGAIN(signatures, struct manifest_signatures, manifest_signatures_decode(bytes, len, value, NULL),
      manifest_signatures_encode(value, out, NULL), MANIFEST_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    switch (data[0]) {
    case 'r':
        root(data + 1, size - 1);
        break;
    case 'c':
        catalog(data + 1, size - 1);
        break;
    case 'h':
        head(data + 1, size - 1);
        break;
    default:
        signatures(data + 1, size - 1);
    }
    return 0;
}
