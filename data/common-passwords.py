#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Writes the passwords that are tried first, from rules of our own: walks over the keyboard, runs, words,
names and years, Korean typed in Latin letters. Folded, eight characters or more, sorted for bsearch()."""

import itertools
import sys

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/")
LONGEST = 16
PAD = ("147", "258", "369", "789", "456", "123", "159", "357", "741", "852", "963")
WORDS = """password passwort passwd pass login admin administrator root user guest test tester testing demo welcome
hello letmein iloveyou loveyou love lovely secret private security default changeme please access open master boss
manager owner staff office computer internet network server system windows linux android iphone samsung galaxy google
naver kakao daum internet wifi dragon monkey tiger lion eagle shadow sunshine princess prince angel queen king flower
summer winter spring autumn monday friday sunday january december football baseball basketball soccer hockey batman
superman spiderman pokemon starwars matrix freedom whatever nothing something forever family mother father brother
sister friend friends chocolate coffee cookie banana orange cherry apple pizza burger chicken kimchi bibimbap gimbap
restaurant kitchen order ordersync counter cashier orders delivery pos shop store market cafe korea seoul busan
incheon daegu jeju hangul happy smile money lucky success thanks jesus maria michael jennifer jessica daniel thomas
andrew robert william charlie ashley nicole qwerty qwert qwer asdf zxcv azerty liverpool midnight trustno zxcvbnm abcd abcde abcdef a b c aa abc""".split()
SURNAMES = "kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong".split()
GIVEN = """minsu minsoo minho jihoon jiho jihun junho junyoung sungho sungmin donghyun hyunwoo jaehyun taehyung
youngsoo youngho jisoo jieun jiyoung minji minjung sujin soojin eunji eunju hyejin yuna yujin seoyeon subin
haeun boram areum misook youngja soonja""".split()
# What Korean words become when the keyboard is still in Latin: 사랑, 안녕하세요, 비밀번호, 대한민국, …
TYPED = """tkfkd tkfkdgo tkfkdgody tkfkdgksek dkssud dkssudgktpdy qlalf qlalfqjsgh eogksalsrnr gksrnr dksehlsek
dlrjahek rlarlarla rkskekfk rktlrl djaak dkqk tlqkf whdkgo qhrhtlvek gkrry tkwkd rkrp wnans wnqkd dkdlel
qhdks rhksflwk tkdwjatlrd aksemd gksrmf dhkdlvkdl dbsk alswl wlgns rlacl qldgk dustj dlstod""".split()
ENDS = """1 2 3 7 12 123 1234 12345 123456 1234567 12345678 123456789 11 111 1111 22 2222 77 777 7777 99 00 000 0000
01 007 21 69 88 486 1004 7942 1212 1313 1010 8282 2580 4321 321 ! !! 1! 12! 123! 1234! !1 !23 @ @1 @12 @123 @1234 # #1
#123 $ * . ? ~ abc qwe qwer asd asdf a1 1a 1q2w 1q2w3e 2020 2021 2022 2023 2024 2025 2026 2024! 2025! 2026!
@2024 @2025 @2026""".split()


def runs():
    for char in "0123456789abcdefghijklmnopqrstuvwxyz":
        for length in range(8, 13):
            yield char * length
    for a, b in itertools.product("0123456789", repeat=2):
        yield from ((a * 4 + b * 4), (a + b) * 4, (a + b) * 5, (a * 2 + b * 2) * 2, a * 5 + b * 5)
    for text in ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz"):
        for way in (text, text[::-1]):
            for length in range(8, 13):
                yield from (way[i:i + length] for i in range(len(way) - length + 1))


def walks():
    for row in ROWS:
        for way in (row, row[::-1]):
            for length in range(8, len(way) + 1):
                yield from (way[i:i + length] for i in range(len(way) - length + 1))
            for length in (3, 4, 5, 6):
                for start in range(0, len(way) - length + 1):
                    part = way[start:start + length]
                    yield from (part + part, part * 3, part + part[::-1])
                    yield from (part + end for end in ("123", "1234", "12345", "123!", "1234!", "1234567"))
                    yield from (begin + part for begin in ("123", "1234", "12345"))
    for a, b in itertools.permutations(COLUMNS, 2):
        yield from (a + b, a[::-1] + b, a + b[::-1], a[::-1] + b[::-1])
    for a, b in itertools.permutations(ROWS, 2):
        for length in range(4, 7):
            mixed = "".join(x + y for x, y in zip(a[:length], b[:length]))
            yield from (mixed, mixed[::-1], a[:length] + b[:length])
    for step in (1, 2):
        digits = "".join(d * 2 for d in "0123456789"[::step])
        yield from (digits[i:i + 8] for i in range(0, len(digits) - 7, 2))
    yield from ("qazwsxedc", "qazwsxedcrfv", "123qwe123", "123qwe456", "1qa2ws3ed")
    for parts in itertools.permutations(PAD, 3):
        yield "".join(parts)


def words():
    for word in WORDS:
        yield word + word
        yield word
        for end in ENDS:
            yield word + end
        for a, e, o, s in itertools.product("a@4", "e3", "o0", "s5$"):
            leet = word.translate(str.maketrans("aeos", a + e + o + s))
            yield from (leet, leet + "1", leet + "123", leet + "!")


def korean():
    for word in TYPED:
        yield from (word, word + word)
        yield from (word + end for end in ENDS)
    for name in itertools.chain(GIVEN, (s + g for s in SURNAMES for g in GIVEN)):
        yield from (name + end for end in ("", "1", "12", "123", "1234", "1004", "!"))


def main():
    found = {w for w in itertools.chain(runs(), walks(), words(), korean()) if 8 <= len(w) <= LONGEST}
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("static const char common[][%d] = {\n" % (LONGEST + 1))
        out.writelines('    "%s",\n' % w for w in sorted(found))
        out.write("};\n")


if __name__ == "__main__":
    main()
