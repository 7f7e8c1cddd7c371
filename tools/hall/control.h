/* SPDX-License-Identifier: Apache-2.0
 *
 * hall --control FD, for tests: one request line, one answer line of JSON. On the end of the socket the hall goes on.
 *     clock set MS | clock advance MS | quit
 *     ticks N: so many seconds of connections' deadlines, and no other ones from now on
 *     fault slow MS | refuse | cut-after BYTES | disk-full | disk-ok | freeze | none
 */
#ifndef HALL_CONTROL_H
#define HALL_CONTROL_H

#include <event2/event.h>

#include "tools/hall/terminals/hall.h"
#include "tools/hall/terminals/publish.h"

struct control;

int hall_control_create(struct hall *h, struct publish *p, int fd, struct control **ret, struct err *e);
void hall_control_destroy(struct control *c); /* takes NULL */

#endif
