/* SPDX-License-Identifier: Apache-2.0
 *
 * The listener's TLS settings (hall.md: traps), and who a connection's certificate names.
 */
#ifndef HALL_TLS_H
#define HALL_TLS_H

#include "base/err.h"
#include "tools/hall/door/server.h"
#include "tools/hall/keys/openssl.h"

/* With `certificates` clients are asked for theirs, and the server shows its own for terminals; without, the one for staff.
 */
int tls_context(const char *dir, bool certificates, SSL_CTX **ret, struct err *e);
/* Nobody: no certificate was shown, or it names no terminal. Costs 340 µs: once a connection. */
void tls_who(SSL *ssl, struct who *ret);

#endif
