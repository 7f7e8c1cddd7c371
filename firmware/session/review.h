/* SPDX-License-Identifier: Apache-2.0
 *
 * state_review.c: handing the application in.
 */
#ifndef SESSION_REVIEW_H
#define SESSION_REVIEW_H

struct session;
struct input;

void review_submit(struct session *s);
void review_recorded(struct session *s, const struct input *in); /* it is durable, and has its number */

#endif
