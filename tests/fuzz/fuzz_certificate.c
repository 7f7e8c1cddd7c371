/* SPDX-License-Identifier: Apache-2.0
 *
 * Both ends of enrolment: any bytes as the hall's certs-only answer, and as a terminal's request for a certificate. The
 * first byte says which.
 */
#include <stdint.h>
#include <string.h>

#include "sync/enrol_cert.h"
#include "tools/hall/keys/pki.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t hash[SHA256_LEN] = {0};
    struct buf out;

    if (!size)
        return 0;
    buf_init(&out, 65536);
    if (data[0] & 1)
        pki_request_check(data + 1, size - 1, hash, NULL);
    else
        enrol_cert_pick_hash(data + 1, size - 1, hash, &out, NULL);
    buf_finish(&out);
    return 0;
}
