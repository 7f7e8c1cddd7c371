/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: what public displays were told last.
 */
#ifndef HALL_STAFF_BOARD_H
#define HALL_STAFF_BOARD_H

struct board_kept;
struct board_kept *board_create(void);
void board_destroy(struct board_kept *b); /* takes NULL */

#endif
