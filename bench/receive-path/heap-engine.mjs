// The obvious engine for workload B: one heap of pending events, one event after the other.
import * as workload from './workload.mjs';

const { sources, softirqs, rings, sockets, ringPackets, socketPackets, pollPackets, batchPackets, ringOf, socketOf } = workload;

/**
 * @param {number} packets generated before it stops
 * @param {number} load packets per microsecond
 * @returns {workload.Result}
 */
export function heapEngine(seed, packets, load) {
  const path = new ReceivePath(seed, load);
  path.run(packets);
  const { ringLost, socketLost, delivered } = path;
  return { ringLost, socketLost, delivered, meanDelayUs: path.delay / delivered };
}

class ReceivePath {
  ringLost = 0;
  socketLost = 0;
  delivered = 0;
  delay = 0;
  generated = 0;
  events = new Heap();
  rings = Array.from({ length: rings }, () => new Queue(ringPackets));
  sockets = Array.from({ length: sockets }, () => new Queue(socketPackets));
  softirqs = Array.from({ length: softirqs }, (_, index) => new Softirq(this.rings.filter((_, ring) => ring % softirqs === index)));
  readers = Array.from({ length: sockets }, () => new Reader());

  constructor(seed, load) {
    this.gapUs = sources / load;
    this.streams = workload.streamsOf(seed);
    for (let source = 0; source < sources; source++) this.events.push(this.streams[source].exponential() * this.gapUs, source);
  }

  run(packets) {
    const { events } = this;
    while (this.generated < packets) {
      const id = events.ids[0];
      const time = events.times[0];
      events.pop();
      if (id < sources) this.arrive(id, time);
      else if (id < sources + softirqs) this.finishPacket(id - sources, time);
      else this.finishBatch(id - sources - softirqs, time);
    }
  }

  arrive(source, time) {
    this.generated++;
    const stream = this.streams[source];
    const flow = (stream.bits() >>> 26) + source * workload.flowsOfSource;
    const ring = ringOf[flow];
    const softirq = ring % softirqs;
    if (this.rings[ring].length >= ringPackets) this.ringLost++;
    else {
      this.rings[ring].push(time, flow);
      if (!this.softirqs[softirq].isBusy) this.servePacket(softirq, time);
    }
    this.events.push(time + stream.exponential() * this.gapUs, source);
  }

  servePacket(index, time) {
    const softirq = this.softirqs[index];
    softirq.isBusy = softirq.take();
    if (softirq.isBusy) this.events.push(time + workload.softirqUs, sources + index);
  }

  finishPacket(index, time) {
    const { flow, arrived } = this.softirqs[index];
    const socket = socketOf[flow];
    const queue = this.sockets[socket];
    if (queue.length >= socketPackets) this.socketLost++;
    else {
      queue.push(arrived, flow);
      if (!this.readers[socket].isBusy) this.startBatch(socket, time);
    }
    this.servePacket(index, time);
  }

  startBatch(socket, time) {
    const queue = this.sockets[socket];
    const reader = this.readers[socket];
    reader.packets = Math.min(queue.length, batchPackets);
    reader.isBusy = reader.packets > 0;
    if (!reader.isBusy) return;
    let arrived = 0;
    for (let n = 0; n < reader.packets; n++) {
      arrived += queue.times[queue.head];
      queue.shift();
    }
    reader.arrived = arrived;
    this.events.push(time + workload.batchUs + reader.packets * workload.readUs, sources + softirqs + socket);
  }

  finishBatch(socket, time) {
    const { packets, arrived } = this.readers[socket];
    this.delivered += packets;
    this.delay += packets * time - arrived;
    this.startBatch(socket, time);
  }
}

class Softirq {
  current = 0;
  polled = 0;
  isBusy = false;
  /** The packet in hand. */
  arrived = 0.5;
  flow = 0;

  constructor(rings) {
    this.rings = rings;
  }

  /** Takes the next packet in hand: from its ring for a poll at most, then from the next that is not empty. False when all are. */
  take() {
    const { rings } = this;
    if (this.polled < pollPackets && rings[this.current].length > 0) this.polled++;
    else {
      let index = this.current;
      let step = 0;
      do index = index + 1 < rings.length ? index + 1 : 0;
      while (rings[index].length === 0 && ++step < rings.length);
      if (rings[index].length === 0) return false;
      this.current = index;
      this.polled = 1;
    }
    const ring = rings[this.current];
    this.arrived = ring.times[ring.head];
    this.flow = ring.flows[ring.head];
    ring.shift();
    return true;
  }
}

class Reader {
  isBusy = false;
  packets = 0;
  /** Sum of the arrival times of the packets in hand. */
  arrived = 0.5;
}

class Queue {
  head = 0;
  length = 0;

  constructor(capacity) {
    this.capacity = capacity;
    this.times = new Float64Array(capacity);
    this.flows = new Int32Array(capacity);
  }

  push(time, flow) {
    const end = this.head + this.length;
    const place = end < this.capacity ? end : end - this.capacity;
    this.times[place] = time;
    this.flows[place] = flow;
    this.length++;
  }

  shift() {
    this.head = this.head + 1 < this.capacity ? this.head + 1 : 0;
    this.length--;
  }
}

/** Binary heap by (time, id) in typed arrays; of equal times a softirq's packet comes before a reader's batch. */
class Heap {
  length = 0;
  times = new Float64Array(64);
  ids = new Int32Array(64);

  push(time, id) {
    const { times, ids } = this;
    let child = this.length++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = times[parent];
      if (above < time || (above === time && ids[parent] < id)) break;
      times[child] = above;
      ids[child] = ids[parent];
      child = parent;
    }
    times[child] = time;
    ids[child] = id;
  }

  /** Takes the first event out; its time and id are times[0] and ids[0] before. */
  pop() {
    const { times, ids } = this;
    const length = --this.length;
    const time = times[length];
    const id = ids[length];
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= length) break;
      let earliest = times[child];
      if (child + 1 < length) {
        const right = times[child + 1];
        if (right < earliest || (right === earliest && ids[child + 1] < ids[child])) {
          child++;
          earliest = right;
        }
      }
      if (time < earliest || (time === earliest && id < ids[child])) break;
      times[parent] = earliest;
      ids[parent] = ids[child];
      parent = child;
    }
    times[parent] = time;
    ids[parent] = id;
  }
}
