# SPDX-License-Identifier: Apache-2.0
# Places and words of assets/ime/readings.txt, of two characters and more, the first reading of each.
FILENAME ~ /readings/ && !/^#/ && NF >= 3 { sub(/\|.*/, ""); sub(/ +$/, ""); printf "NAMED(\"%s\", \"%s\")\n", $1, substr($0, length($1) + 2) }
