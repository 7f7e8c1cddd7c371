/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of the hall's answer (HTTP/1.1, RFC 9112), as far as a terminal needs it. Any bytes may come in; nothing is
 * allocated.
 */
#ifndef FLEET_ANSWER_WIRE_H
#define FLEET_ANSWER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ANSWER_HEAD_MAX (8 * 1024)
#define ANSWER_BODY_MAX (64 * 1024)

struct answer_head {
    int status;            /* 200 … 599 */
    size_t body;           /* its bytes; at most ANSWER_BODY_MAX */
    bool close;            /* nothing follows on this connection */
    int64_t next_delay_ms; /* "Next-Delay-Ms": how long to stay away; 0 where it is not said */
};
/* `text`: what came up to and with the empty line. 0 or -ERR_PROTOCOL, also where its end could not be told. */
int answer_head_decode(const char *text, size_t len, struct answer_head *ret);

#endif
