#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""Makes the seven sounds of the console: own work, no samples. Run in this folder to make them anew."""
import math
import struct
import wave

RATE = 22050


def tone(freq, seconds, partials=(1.0, 0.35, 0.12), attack=0.008, gain=0.8):
    """A struck bar: partials that die away, the higher ones first."""
    samples = []
    for i in range(int(RATE * seconds)):
        t = i / RATE
        value = sum(
            amp * math.sin(2 * math.pi * freq * (n + 1) * t) * math.exp(-t * (4 + 5 * n) / seconds)
            for n, amp in enumerate(partials)
        )
        fade = min(1.0, t / attack, (seconds - t) / 0.01)
        samples.append(gain * fade * value / sum(partials))
    return samples


def buzz(freq, seconds, gain=0.55):
    """A low square-like hum, unlike every other sound here."""
    samples = []
    for i in range(int(RATE * seconds)):
        t = i / RATE
        value = sum(math.sin(2 * math.pi * freq * n * t) / n for n in (1, 3, 5, 7))
        fade = min(1.0, t / 0.01, (seconds - t) / 0.02)
        samples.append(gain * fade * value / 1.7)
    return samples


def rest(seconds):
    return [0.0] * int(RATE * seconds)


SOUNDS = {
    # two rising notes
    "new": tone(784, 0.28) + tone(1175, 0.55),
    # one short
    "changed": tone(988, 0.25),
    # three falling
    "canceled": tone(880, 0.24) + tone(698, 0.24) + tone(523, 0.5),
    # two of the same, urgent
    "late": tone(659, 0.18) + rest(0.06) + tone(659, 0.35),
    # low, rough
    "fault": buzz(110, 0.3) + rest(0.1) + buzz(110, 0.3),
    # high and low in turn
    "warning": (tone(1319, 0.16) + tone(880, 0.16)) * 2 + tone(1319, 0.35),
    # one low, then two of the same above it: a question
    "attention": tone(392, 0.32) + rest(0.08) + tone(587, 0.18) + rest(0.05) + tone(587, 0.45),
}

for name, samples in SOUNDS.items():
    with wave.open(f"{name}.wav", "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", int(32767 * max(-1.0, min(1.0, s)))) for s in samples))
