# SPDX-License-Identifier: Apache-2.0
# The recorder is loaded into other programs, with and without sanitizers: it is always built without.
$(B)/librecorder.so: tools/scenario/recorder.c tools/scenario/recorder.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -g -O2 -Wall -Wextra -Werror -Wno-unused-parameter -fPIC -shared -I. -o $@ $< -ldl
