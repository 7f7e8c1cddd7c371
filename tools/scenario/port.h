/* SPDX-License-Identifier: Apache-2.0
 *
 * A place for a hall that is started again and again while other programs come and go on the machine.
 */
#ifndef SCENARIO_PORT_H
#define SCENARIO_PORT_H

/* A TCP port of 127.0.0.1 that is kept for the halls of this process until it ends; 0 when there is none. */
int port_reserve(void);

#endif
