// The fast engine for workload B. The path is fed forward: nothing downstream changes anything upstream. So there is no
// set of events: a chunk of arrivals is generated, then each softirq runs alone to the end of the chunk, then each socket.
// The same packets meet the same fates at the same times as in the heap engine, whatever the length of a chunk. Of equal
// times a softirq's packet comes before a reader's batch, and the lower softirq before the higher.
import * as workload from './workload.mjs';

const { sources, softirqs, rings, sockets, ringPackets, socketPackets, pollPackets, softirqUs, batchUs, readUs } = workload;
const chunkPackets = 8192;
/** Packets that a source generates ahead. */
const blockPackets = chunkPackets / sources;
/** A softirq's departures in one chunk: its arrivals, and the backlog of its rings. */
const departurePlaces = chunkPackets + 4096;
const never = 1e300;
const ringMask = ringPackets - 1;

/**
 * @param {number} packets generated before it stops
 * @param {number} load packets per microsecond
 * @returns {workload.Result}
 */
export function hybridEngine(seed, packets, load) {
  const arrivals = new Arrivals(seed, load);
  const departures = new Departures();
  const servers = Array.from({ length: softirqs }, (_, softirq) => new Softirq(softirq, arrivals, departures));
  const readers = Array.from({ length: sockets }, (_, socket) => new Reader(socket, departures));
  for (let generated = 0; generated < packets; ) {
    const end = arrivals.generate(Math.min(chunkPackets, packets - generated));
    generated += arrivals.count;
    for (const server of servers) server.run(end);
    for (const reader of readers) reader.run(end, generated === packets);
  }
  const delivered = sum(readers, 'delivered');
  return { ringLost: sum(servers, 'lost'), socketLost: sum(readers, 'lost'), delivered, meanDelayUs: sum(readers, 'delay') / delivered };
}

function sum(stages, name) {
  return stages.reduce((total, stage) => total + stage[name], 0);
}

/** Arrivals of one chunk, sorted by time for each softirq; ring of the softirq and socket share a byte. */
class Arrivals {
  times = new Float64Array(softirqs * chunkPackets);
  places = new Uint8Array(softirqs * chunkPackets);
  counts = new Int32Array(softirqs);
  count = 0;
  /** What each source has generated ahead, one source's block behind the other's. */
  aheadTimes = new Float64Array(sources * blockPackets);
  aheadRoutes = new Uint16Array(sources * blockPackets);
  heads = Int32Array.from({ length: sources }, (_, source) => (source + 1) * blockPackets);
  /** Softirq, socket and ring of each flow in one number. */
  routes = Uint16Array.from(workload.ringOf, (ring, flow) => ((ring % softirqs) << 8) | (workload.socketOf[flow] << 2) | Math.floor(ring / softirqs));

  constructor(seed, load) {
    this.gapUs = sources / load;
    this.streams = workload.streamsOf(seed);
    this.next = Float64Array.from(this.streams, (stream) => stream.exponential() * this.gapUs);
  }

  /** Generates a chunk, of so many arrivals at most; `count` says how many. Returns the time of the last. */
  generate(most) {
    for (let source = 0; source < sources; source++) this.fillBlock(source);
    return this.merge(most);
  }

  fillBlock(source) {
    const { aheadTimes, aheadRoutes, heads, gapUs, routes } = this;
    const stream = this.streams[source];
    const first = source * blockPackets;
    const end = first + blockPackets;
    aheadTimes.copyWithin(first, heads[source], end);
    aheadRoutes.copyWithin(first, heads[source], end);
    let time = this.next[source];
    for (let at = first + end - heads[source]; at < end; at++) {
      aheadRoutes[at] = routes[(stream.bits() >>> 26) + source * workload.flowsOfSource];
      aheadTimes[at] = time;
      time += stream.exponential() * gapUs;
    }
    this.next[source] = time;
    heads[source] = first;
  }

  /** Up to the end of the block that ends first. Which source is next is a coin toss, so that it is computed, not branched on. */
  merge(most) {
    const { times, places, counts, aheadTimes, aheadRoutes, heads } = this;
    let until = never;
    for (let source = 0; source < sources; source++) until = Math.min(until, aheadTimes[(source + 1) * blockPackets - 1]);
    counts.fill(0);
    let [head0, head1, head2, head3] = heads;
    let last = 0.5;
    let count = 0;
    for (; count < most; count++) {
      const isOne = (aheadTimes[head1] < aheadTimes[head0]) | 0;
      const isThree = (aheadTimes[head3] < aheadTimes[head2]) | 0;
      const low = head0 + ((head1 - head0) & -isOne);
      const high = head2 + ((head3 - head2) & -isThree);
      const isHigh = (aheadTimes[high] < aheadTimes[low]) | 0;
      const head = low + ((high - low) & -isHigh);
      const time = aheadTimes[head];
      if (time >= until) break;
      head0 += 1 & ~(isHigh | isOne);
      head1 += isOne & ~isHigh;
      head2 += isHigh & ~isThree;
      head3 += isHigh & isThree;
      const route = aheadRoutes[head];
      const softirq = route >> 8;
      const at = softirq * chunkPackets + counts[softirq]++;
      times[at] = time;
      places[at] = route & 255;
      last = time;
    }
    heads.set([head0, head1, head2, head3]);
    this.count = count;
    return last;
  }
}

/** Departures from each softirq to each socket, sorted by time; what a reader has not seen yet stays for the next chunk. */
class Departures {
  times = new Float64Array(softirqs * sockets * departurePlaces);
  arrived = new Float64Array(softirqs * sockets * departurePlaces);
  counts = new Int32Array(softirqs * sockets);
}

/**
 * A softirq with its rings. Without a backlog it takes a packet a step (Lindley); with one it takes a whole poll at once and
 * then admits what arrived meanwhile. Only the ring that is polled drains meanwhile, so that overflow is plain arithmetic.
 */
class Softirq {
  lost = 0;
  ringTimes = new Float64Array(4 * ringPackets);
  ringSockets = new Uint8Array(4 * ringPackets);
  heads = new Int32Array(4);
  lengths = new Int32Array(4);
  /** Where the next departure to each socket goes. */
  outs = new Int32Array(sockets);
  /** Time at which the poll in hand is done, when it began, and its packets. */
  done = 0;
  began = 0;
  inHand = 0;
  backlog = 0;
  current = 0;
  polled = 0;

  constructor(softirq, arrivals, departures) {
    this.softirq = softirq;
    this.arrivals = arrivals;
    this.departures = departures;
    this.rings = Math.ceil((rings - softirq) / softirqs);
  }

  run(end) {
    const { softirq, arrivals, departures, ringTimes, ringSockets, heads, lengths, outs, rings: ringCount } = this;
    const { times, places } = arrivals;
    const { times: departureTimes, arrived: departureArrived, counts } = departures;
    let arrival = softirq * chunkPackets;
    const lastArrival = arrival + arrivals.counts[softirq];
    const firstStream = softirq * sockets;
    let { done, began, inHand, backlog, current, polled } = this;
    for (let socket = 0; socket < sockets; socket++) outs[socket] = (firstStream + socket) * departurePlaces + counts[firstStream + socket];
    for (;;) {
      if (backlog === 0) {
        for (; arrival < lastArrival; arrival++) {
          const time = times[arrival];
          if (time < done) break;
          const place = places[arrival];
          const ring = place & 3;
          if (ring === current && polled < pollPackets) polled++;
          else {
            current = ring;
            polled = 1;
          }
          done = time + softirqUs;
          inHand = 0;
          const socket = place >> 2;
          const out = outs[socket]++;
          departureTimes[out] = done;
          departureArrived[out] = time;
        }
        if (arrival >= lastArrival) break;
      }
      // Whatever arrives before the poll is done joins its ring.
      const surelyFits = ringPackets - inHand;
      for (; arrival < lastArrival; arrival++) {
        const time = times[arrival];
        if (time >= done) break;
        const place = places[arrival];
        const ring = place & 3;
        const length = lengths[ring];
        if (length >= surelyFits) {
          let occupied = length;
          if (ring === current && inHand > 0) occupied += inHand - Math.min(inHand, Math.floor((time - began) / softirqUs) + 1);
          if (occupied >= ringPackets) {
            this.lost++;
            continue;
          }
        }
        const at = ring * ringPackets + ((heads[ring] + length) & ringMask);
        ringTimes[at] = time;
        ringSockets[at] = place >> 2;
        lengths[ring] = length + 1;
        backlog++;
      }
      if (backlog === 0) continue;
      if (done > end) break;
      if (polled >= pollPackets || lengths[current] === 0) {
        do current = current + 1 < ringCount ? current + 1 : 0;
        while (lengths[current] === 0);
        polled = 0;
      }
      const head = heads[current];
      inHand = Math.min(lengths[current], pollPackets - polled);
      polled += inHand;
      backlog -= inHand;
      lengths[current] -= inHand;
      heads[current] = (head + inHand) & ringMask;
      began = done;
      for (let n = 0; n < inHand; n++) {
        const at = current * ringPackets + ((head + n) & ringMask);
        const socket = ringSockets[at];
        const out = outs[socket]++;
        departureTimes[out] = began + (n + 1) * softirqUs;
        departureArrived[out] = ringTimes[at];
      }
      done = began + inHand * softirqUs;
    }
    for (let socket = 0; socket < sockets; socket++) counts[firstStream + socket] = outs[socket] - (firstStream + socket) * departurePlaces;
    this.done = done;
    this.began = began;
    this.inHand = inHand;
    this.backlog = backlog;
    this.current = current;
    this.polled = polled;
  }
}

/** A socket with its reader. At the end of each batch the packets that came meanwhile are counted; they are merged only when too many came. */
class Reader {
  lost = 0;
  delivered = 0;
  delay = 0;
  isIdle = true;
  done = never;
  batch = 0;
  batchArrived = 0;
  heads = new Int32Array(softirqs);

  constructor(socket, departures) {
    this.socket = socket;
    this.departures = departures;
    this.firsts = Int32Array.from({ length: softirqs }, (_, softirq) => (softirq * sockets + socket) * departurePlaces);
  }

  run(end, isLast) {
    const { departures, firsts, heads, socket } = this;
    const { times, counts } = departures;
    for (let softirq = 0; softirq < softirqs; softirq++) {
      heads[softirq] = firsts[softirq];
      times[firsts[softirq] + counts[softirq * sockets + socket]] = never;
    }
    this.takeBatches(end, isLast);
    for (let softirq = 0; softirq < softirqs; softirq++) {
      const stream = softirq * sockets + socket;
      const last = firsts[softirq] + counts[stream];
      times.copyWithin(firsts[softirq], heads[softirq], last);
      departures.arrived.copyWithin(firsts[softirq], heads[softirq], last);
      counts[stream] = last - heads[softirq];
    }
  }

  takeBatches(end, isLast) {
    const { heads, departures } = this;
    const { times, arrived } = departures;
    for (;;) {
      if (this.isIdle) {
        const softirq = this.earliest(heads);
        const time = times[heads[softirq]];
        if (time > end) return;
        this.start(time, 1, arrived[heads[softirq]++]);
      }
      if (this.done > end && !isLast) return;
      const until = Math.min(this.done, end);
      let head0 = heads[0];
      let head1 = heads[1];
      let head2 = heads[2];
      let head3 = heads[3];
      let sumArrived = 0;
      while (times[head0] <= until) sumArrived += arrived[head0++];
      while (times[head1] <= until) sumArrived += arrived[head1++];
      while (times[head2] <= until) sumArrived += arrived[head2++];
      while (times[head3] <= until) sumArrived += arrived[head3++];
      let came = head0 + head1 + head2 + head3 - heads[0] - heads[1] - heads[2] - heads[3];
      if (came > socketPackets) {
        this.lost += came - socketPackets;
        came = socketPackets;
        sumArrived = this.mergeFirst(socketPackets);
      }
      // Whether packets of an unfinished batch fit is known; the batch itself is not delivered.
      if (this.done > end) return;
      this.delivered += this.batch;
      this.delay += this.batch * this.done - this.batchArrived;
      heads[0] = head0;
      heads[1] = head1;
      heads[2] = head2;
      heads[3] = head3;
      this.start(this.done, came, sumArrived);
    }
  }

  start(time, packets, sumArrived) {
    this.isIdle = packets === 0;
    this.batch = packets;
    this.batchArrived = sumArrived;
    this.done = this.isIdle ? never : time + batchUs + packets * readUs;
  }

  /** Sum of the arrival times of the packets that came first, over all softirqs. */
  mergeFirst(packets) {
    const at = this.heads.slice();
    let sumArrived = 0;
    for (let n = 0; n < packets; n++) sumArrived += this.departures.arrived[at[this.earliest(at)]++];
    return sumArrived;
  }

  earliest(at) {
    const { times } = this.departures;
    let softirq = 0;
    for (let candidate = 1; candidate < softirqs; candidate++) {
      if (times[at[candidate]] < times[at[softirq]]) softirq = candidate;
    }
    return softirq;
  }
}
