import { connect } from 'node:net';

/** What came back first on one connection: bytes left over may have been taken for more requests. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How long the server may take, in milliseconds. */
const PATIENCE = 30_000;
/** After this long without an answer the request was not whole: no more of it will come. */
const END_AFTER = 1_500;

/**
 * Sends bytes as they are, and reads until the server closes.
 *
 * @returns undefined if the server closed without a word
 */
export function sendBytes(port: number, bytes: Uint8Array): Promise<RawAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('The server does not answer.')));
    socket.on('connect', () => socket.write(bytes));
    const end = setTimeout(() => socket.end(), END_AFTER);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => socket.end());
    // A server that refuses a body does not wait for the rest of it.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) reject(error);
    });
    socket.on('close', () => {
      clearTimeout(end);
      resolve(read(Buffer.concat(chunks).toString('latin1')));
    });
  });
}

function read(text: string): RawAnswer | undefined {
  // The 100 that announces another answer.
  const final = text.replace(/^HTTP\/1\.1 100 [^]*?\r\n\r\n/, '');
  const end = final.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = final.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = final.slice(end + 4);
  const body = rest.slice(0, Number(headers['content-length'] ?? rest.length));
  return { status: Number(first.split(' ')[1]), headers, body: utf8(body) };
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
