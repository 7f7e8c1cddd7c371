# SPDX-License-Identifier: Apache-2.0
# The disk log is loaded into other programs, with and without sanitizers: it is always built without.
$(B)/libdisklog.so: tools/scenario/disk_log.c tools/scenario/disk_log.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -g -O2 -Wall -Wextra -Werror -Wno-unused-parameter -fPIC -shared -I. -o $@ $< -ldl
# hallctl of a later version, for catalogues that today's terminals do not know in full
main_of_hallctl-later := tools/hallctl/main.c tests/tools/later.c
$(eval $(call program_rule,hallctl-later))
# applications as terminals seal them, for tests of the hall
main_of_sealed-record := tests/tools/sealed_record.c
$(eval $(call program_rule,sealed-record))
programs: $(if $(FUZZ:0=),,$(B)/hallctl-later $(B)/sealed-record)
