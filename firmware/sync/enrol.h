/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-sync enrol: from a sheet to a terminal the hall knows. Blocks; for the command line only.
 *
 * The hall's CA is fetched and compared with the hash on the sheet before the code is sent. A lost answer costs nothing: the
 * same TLS key is used again until all files are written, and the hall then gives the same certificate.
 */
#ifndef SYNC_ENROL_H
#define SYNC_ENROL_H

#include <stdint.h>

#include "base/err.h"

/* Needs DATA/sync/register.json (wire/enrol.h), made by kioskctl. Writes DATA/sync/{tls.pem,ca.crt},
 * DATA/{root.json,root.sig} and, last, DATA/terminal.json. `built_ms`: the clock may be wrong, but it is not earlier than
 * that (version.h). -ERR_SIGNATURE: CA or root are not those of the sheet; -ERR_REFUSED: the hall says no (a wrong or
 * used-up code); -ERR_UNREACHABLE, -ERR_GONE, …: try again. */
int sync_enrol(const char *sheet_path, const char *data_dir, int64_t built_ms, struct err *e);

#endif
