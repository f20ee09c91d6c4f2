/**
 * Lets waiting messages and events run before the caller goes on. A message channel is used because
 * timers are held back in hidden tabs and clamped to 4 ms.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
