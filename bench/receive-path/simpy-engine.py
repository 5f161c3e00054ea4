"""Workload B in SimPy, as its users would write it: one process for each source, softirq and reader.

Arguments: seed, packets, load. Prints the result and the seconds that it took as one line of JSON. Random numbers are Python's own,
which are made in C: those of the other engines would cost it more than all the rest.
"""

import json
import sys
import time
from collections import deque
from random import Random

import simpy

SOURCES, RINGS, SOFTIRQS, SOCKETS = 4, 11, 4, 4
RING_PACKETS, SOCKET_PACKETS, POLL_PACKETS, BATCH_PACKETS = 512, 277, 64, 512
SOFTIRQ_US, BATCH_US, READ_US = 2.75, 120, 2.5
MASK = 0xFFFFFFFF


def route_of(flow):
    bits = flow * 2654435761 & MASK
    bits ^= bits >> 15
    bits = bits * 0x85EBCA6B & MASK
    bits ^= bits >> 13
    return bits % RINGS, (bits >> 8) & 3


class ReceivePath:
    def __init__(self, seed, packets, load):
        self.env = simpy.Environment()
        self.packets = packets
        self.generated = self.ring_lost = self.socket_lost = self.delivered = 0
        self.delay = 0.0
        self.routes = [route_of(flow) for flow in range(SOURCES * 64)]
        self.rings = [deque() for _ in range(RINGS)]
        self.sockets = [deque() for _ in range(SOCKETS)]
        self.enough = self.env.event()
        # Where a softirq or reader without work waits; None while it works.
        self.softirq_sleeps = [None] * SOFTIRQS
        self.reader_sleeps = [None] * SOCKETS
        for source in range(SOURCES):
            self.env.process(self.source(source, Random(16 * seed + source), load / SOURCES))
        for softirq in range(SOFTIRQS):
            self.env.process(self.softirq(softirq, [ring for ring in range(RINGS) if ring % SOFTIRQS == softirq]))
        for socket in range(SOCKETS):
            self.env.process(self.reader(socket))

    def source(self, source, random, rate):
        timeout, rings, routes = self.env.timeout, self.rings, self.routes[source * 64 : source * 64 + 64]
        sleeps = self.softirq_sleeps
        expovariate, uniform = random.expovariate, random.random
        while self.generated < self.packets:
            yield timeout(expovariate(rate))
            self.generated += 1
            ring, socket = routes[int(uniform() * 64)]
            if len(rings[ring]) >= RING_PACKETS:
                self.ring_lost += 1
                continue
            rings[ring].append((self.env.now, socket))
            sleeping = sleeps[ring % SOFTIRQS]
            if sleeping is not None:
                sleeps[ring % SOFTIRQS] = None
                sleeping.succeed()
        if not self.enough.triggered:
            self.enough.succeed()

    def softirq(self, softirq, own):
        env, timeout = self.env, self.env.timeout
        rings = [self.rings[ring] for ring in own]
        current = polled = 0
        while True:
            if not any(rings):
                self.softirq_sleeps[softirq] = sleep = env.event()
                yield sleep
            if polled >= POLL_PACKETS or not rings[current]:
                current = (current + 1) % len(rings)
                while not rings[current]:
                    current = (current + 1) % len(rings)
                polled = 0
            polled += 1
            arrived, socket = rings[current].popleft()
            yield timeout(SOFTIRQ_US)
            if len(self.sockets[socket]) >= SOCKET_PACKETS:
                self.socket_lost += 1
                continue
            self.sockets[socket].append(arrived)
            sleeping = self.reader_sleeps[socket]
            if sleeping is not None:
                self.reader_sleeps[socket] = None
                sleeping.succeed()

    def reader(self, number):
        env, socket = self.env, self.sockets[number]
        while True:
            if not socket:
                self.reader_sleeps[number] = sleep = env.event()
                yield sleep
            packets = min(len(socket), BATCH_PACKETS)
            arrived = sum([socket.popleft() for _ in range(packets)])
            yield env.timeout(BATCH_US + packets * READ_US)
            self.delivered += packets
            self.delay += packets * env.now - arrived

    def run(self):
        self.env.run(until=self.enough)


def main():
    seed, packets, load = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    start = time.perf_counter()
    path = ReceivePath(seed, packets, load)
    path.run()
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "ringLost": path.ring_lost,
                "socketLost": path.socket_lost,
                "delivered": path.delivered,
                "meanDelayUs": path.delay / path.delivered,
                "seconds": seconds,
            }
        )
    )


main()
