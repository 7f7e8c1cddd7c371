/* SPDX-License-Identifier: Apache-2.0
 *
 * How a voice speaks, as far as a resident chooses it.
 */
#ifndef MODEL_VOICE_H
#define MODEL_VOICE_H

#define VOICE_VOLUMES 5 /* 1 … 5 */
enum voice_speed { VOICE_SLOW, VOICE_USUAL, VOICE_FAST, VOICE_SPEEDS };

#endif
