/** What a driver counts about receiving, as far as its names are known here. */
export interface DriverCounters {
  /** Packets by RX queue. */
  queuePackets: Record<string, number>;
  /** Packets that found no room in a ring or in the NIC, under the driver's own names. Two names may count the same packet. */
  ringDrops: Record<string, number>;
}

/** How drivers name the packets of RX queue N: sfc and i40e, igb/ixgbe/ice/virtio_net, mlx4/mlx5, bnxt, ena. */
const queueNames = [
  /^rx-(\d+)\.(?:rx_)?packets$/,
  /^rx_queue_(\d+)_packets$/,
  /^rx(\d+)_packets$/,
  /^\[(\d+)\]: rx_ucast_packets$/,
  /^queue_(\d+)_rx_cnt$/,
];

/** sfc, igb/ixgbe, igb, ixgbe, mlx5, mlx5, several, virtio_net and igb, ena. */
const ringDropNames =
  /^(?:(?:port_)?rx_nodesc_drop(?:s|_cnt)|rx_missed_errors|rx_no_buffer(?:_count)?|rx_no_dma_resources|rx_out_of_buffer|rx_discards_phy|rx_fifo_errors|rx_queue_\d+_drops|rx_drops)$/;

/**
 * Picks from the text of `ethtool -S DEV` what tells a receiver's story. Drivers choose their names freely; what is not
 * known here is left out rather than guessed.
 *
 * @example
 * parseEthtoolStatistics('rx_nodesc_drop_cnt: 45\nrx-4.rx_packets: 35') // => { queuePackets: { 4: 35 }, ringDrops: { rx_nodesc_drop_cnt: 45 } }
 */
export function parseEthtoolStatistics(text: string): DriverCounters {
  const counters: DriverCounters = { queuePackets: {}, ringDrops: {} };
  for (const [, name = '', value] of text.matchAll(/^\s*(\S.*?):\s*(\d+)\s*$/gm)) {
    const queue = queueNames.map((pattern) => pattern.exec(name)?.[1]).find((found) => found !== undefined);
    if (queue !== undefined) counters.queuePackets[queue] = Number(value);
    else if (ringDropNames.test(name)) counters.ringDrops[name] = Number(value);
  }
  return counters;
}
