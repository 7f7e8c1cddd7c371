# SPDX-License-Identifier: Apache-2.0
#
# The characters of 通用规范汉字表 and how often each is written, for hand-learn: awk -f utf8.awk -f hand.awk
# pinyin_simp.dict.yaml READINGS
FNR == 1 { file++ }
file == 1 { if (split($0, part, "\t") >= 3 && length(part[1]) < 5) often[part[1]] += part[3]; next }
{ print $1 "\t" int(often[utf8(hex(substr($1, 3)))]) }
