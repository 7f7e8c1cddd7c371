/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-sync enrol: from a sheet to a terminal the hall knows. Blocks; for the command line only.
 *
 * The hall's CA is fetched and compared with the hash on the sheet before the code is sent. A lost answer costs nothing: the
 * same TLS key is used again until all files are written, and the hall then gives the same certificate.
 */
#ifndef SYNC_ENROL_H
#define SYNC_ENROL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Needs DATA/sync/register.json (wire/enrol.h), made by kioskctl. Writes DATA/sync/{tls.pem,ca.crt},
 * DATA/{root.json,root.sig} and, last, DATA/terminal.json. `built_ms`: the clock may be wrong, but it is not earlier than
 * that (version.h). -ERR_SIGNATURE: CA or root are not those of the sheet; -ERR_REFUSED: the hall says no (a wrong or
 * used-up code); -ERR_UNREACHABLE, -ERR_GONE, …: try again. */
struct sync_enrolment {
    const char *sheet_path, *data_dir;
    int64_t built_ms;
    bool anew; /* DATA/sync/terminal.new.json instead of terminal.json: kioskctl puts the earlier journal aside first */
    /* The request is DATA/register.json, which kiosk made, and the results, which kiosk takes over, are ENROL_GIVEN_… */
    bool hand_over;
};
int sync_enrol(const struct sync_enrolment *how, struct err *e);

#endif
