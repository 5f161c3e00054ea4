import { exactExponential } from './exact-exponential.js';
import { layerEnds, layerHeights, tailStart } from './ziggurat-tables.js';

/**
 * A seeded stream of random numbers, the same in every engine: sfc32 with 128 bits of state, and exponential numbers by the ziggurat.
 * Every source and every purpose has a stream of its own, so that a change of one stage leaves the numbers of the others alone.
 *
 * Source: sfc32 of PractRand (C. Doty-Humphrey); ziggurat of Marsaglia and Tsang with separate bits for layer and position.
 */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  /** @param seed integer; only its lowest 32 bits count */
  constructor(seed: number) {
    this.a = 0x9e3779b9 ^ seed;
    this.b = (0x243f6a88 + Math.imul(seed, 0x85ebca6b)) | 0;
    this.c = 0xb7e15162 | 0;
    for (let n = 0; n < 20; n++) this.bits();
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    const { b, c } = this;
    const result = (this.a + b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = b ^ (b >>> 9);
    this.b = (c + (c << 3)) | 0;
    this.c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  }

  /** Uniform between 0 and 1, neither included. */
  uniform(): number {
    return ((this.bits() >>> 0) + 0.5) / 4294967296;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    let passed = 0;
    for (;;) {
      const bits = this.bits();
      const layer = bits & 255;
      const x = (((bits >>> 8) + 0.5) / 16777216) * (layerEnds[layer] as number);
      if (x < (layerEnds[layer + 1] as number)) return passed + x;
      if (layer === 0) {
        // Without memory, the tail is the whole again.
        passed += tailStart;
        continue;
      }
      const low = layerHeights[layer] as number;
      const high = layerHeights[layer + 1] as number;
      if (low + this.uniform() * (high - low) < exactExponential(-x)) return passed + x;
    }
  }
}
