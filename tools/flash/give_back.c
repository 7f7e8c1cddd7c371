/* SPDX-License-Identifier: Apache-2.0
 *
 * --give-back: a stick that was an installer becomes an ordinary one again.
 */
#include "tools/flash/flash.h"

int flash_give_back(struct flash *f)
{
    return EXIT_USAGE;
}
