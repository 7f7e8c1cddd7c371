/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers of a visit, put together from what the session knows.
 */
#ifndef SESSION_PAPERS_H
#define SESSION_PAPERS_H

#include "model/device.h"
#include "model/paper.h"

struct session;

/* Of the printer's role: the ticket, or what view.done is about. NULL: it does not fit. The caller's. */
struct paper *papers_compose(const struct session *s, enum device_role role);

#endif
