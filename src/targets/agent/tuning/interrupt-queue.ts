/** The RX queue that an interrupt serves, by its name in /proc/interrupts; null where it serves none, or transmission alone. */
export function interruptQueue(name: string): number | null {
  if (/(?:-tx-|-output\.)\d+$/i.test(name)) return null;
  // eth2-TxRx-3, eth2-rx-3, virtio1-input.3, mlx5_comp3@pci:0000:3b:00.0, eth2-3
  const [, queue] = /(?:-(?:TxRx|rx|Rx)-|-input\.|_comp|-)(\d+)(?:@\S+)?$/.exec(name) ?? [];
  return queue === undefined ? null : Number(queue);
}
