/* SPDX-License-Identifier: Apache-2.0
 *
 * state_region.c: leaves the form for choosing a field's region, and comes back with it.
 */
#ifndef SESSION_REGION_H
#define SESSION_REGION_H

struct session;

#define REGION_DEPTH 6

struct region {
    char codes[REGION_DEPTH][7]; /* the way down; the first is where it began */
    int depth;
};

void region_open(struct session *s, int field);

#endif
