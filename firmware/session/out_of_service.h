/* SPDX-License-Identifier: Apache-2.0
 *
 * state_out_of_service.c: why nobody is served.
 */
#ifndef SESSION_OUT_OF_SERVICE_H
#define SESSION_OUT_OF_SERVICE_H

struct session;

void out_of_service_tell(struct session *s);

#endif
