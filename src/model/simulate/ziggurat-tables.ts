import { exactExponential, exactLogarithm } from './exact-exponential.js';

/** Where the tail begins and the area of each layer, for 256 layers. Source: Marsaglia and Tsang, The Ziggurat Method, 2000. */
export const tailStart = 7.69711747013105;
const layerArea = 0.003949659822581557;

/** Right ends of the layers of the exponential density, widest first, and the density there. */
export const layerEnds = new Float64Array(257);
export const layerHeights = new Float64Array(257);

layerEnds[0] = layerArea * exactExponential(tailStart);
layerEnds[1] = tailStart;
for (let layer = 2; layer < 256; layer++) {
  const wider = layerEnds[layer - 1] as number;
  layerEnds[layer] = -exactLogarithm(exactExponential(-wider) + layerArea / wider);
}
for (let layer = 0; layer < 257; layer++) layerHeights[layer] = exactExponential(-(layerEnds[layer] as number));
