/** A link between two processes that talk HTTP: it can be cut, fall silent, and stop at the n-th request. */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createTraps, type SetTrap, type Traps } from './trap.js';

export interface HttpSeen {
  readonly method: string;
  readonly path: string;
}

/**
 * `cut`: every connection breaks at once. `silent`: requests are accepted and nothing comes back; what was on its way
 * arrives when the link is open again, if anybody still waits for it.
 */
export type LinkState = 'open' | 'cut' | 'silent';

export interface HttpProxy {
  readonly url: string;
  /** Stops at the n-th request that matches: `before` the other side has it, or `after` it answered. */
  readonly arm: Traps<HttpSeen>['arm'];
  /** Where requests go from now on; the other side has a new port after a restart. */
  aim(url: string): void;
  set(state: LinkState): void;
  close(): Promise<void>;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: string[];
  readonly body: Buffer;
}

/** Listens on a free port of 127.0.0.1; without an aim every request breaks. */
export async function openHttpProxy(): Promise<HttpProxy> {
  const traps = createTraps<HttpSeen>();
  const agent = new Agent({ keepAlive: false });
  const sockets = new Set<Socket>();
  let target: string | undefined;
  let state: LinkState = 'open';
  let silenced: (() => void)[] = [];

  /** Passes the request or its answer on as the link is now; a silent link keeps it. */
  const cross = (exchange: Exchange, goOn: () => void): void => {
    if (state === 'cut') exchange.incoming.socket.destroy();
    else if (state === 'silent') silenced.push(() => cross(exchange, goOn));
    else goOn();
  };
  const stopAt = (exchange: Exchange, trap: SetTrap<HttpSeen>, failed: boolean, goOn: () => void): void =>
    trap.close(seenOf(exchange.incoming), failed, {
      goOn: () => cross(exchange, goOn),
      end: () => exchange.incoming.socket.destroy(),
    });
  const carry = (exchange: Exchange, trap: SetTrap<HttpSeen> | undefined): void => {
    if (target === undefined) {
      exchange.incoming.socket.destroy();
      return;
    }
    forward(new URL(target), agent, exchange).then(
      (answer) => {
        const goOn = () => cross(exchange, () => write(exchange, answer));
        if (trap?.moment === 'after') stopAt(exchange, trap, answer.status >= 400, goOn);
        else goOn();
      },
      () => exchange.incoming.socket.destroy(),
    );
  };

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('error', () => undefined);
    outgoing.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const exchange = { incoming, outgoing, body: Buffer.concat(chunks) };
      const trap = traps.of(seenOf(incoming));
      const goOn = () => cross(exchange, () => carry(exchange, trap));
      if (trap?.moment === 'before') stopAt(exchange, trap, false, goOn);
      else goOn();
    });
  });
  // A link never closes a connection by itself: whoever sends on it at that moment would see a fault that nobody set.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    if (state === 'cut') {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    arm: traps.arm,
    aim: (url) => {
      target = url;
    },
    set(next) {
      state = next;
      if (state === 'cut') for (const socket of sockets) socket.destroy();
      const waiting = silenced;
      silenced = [];
      for (const goOn of waiting) goOn();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        agent.destroy();
      }),
  };
}

const seenOf = ({ method = '', url = '' }: IncomingMessage): HttpSeen => ({ method, path: url.split('?')[0] ?? '' });

/** The same request, header fields and body byte for byte: signatures cover them. */
function forward(target: URL, agent: Agent, { incoming, body }: Exchange): Promise<Answer> {
  const { hostname, port } = target;
  const { method, url: path, rawHeaders } = incoming;
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers: rawHeaders as never, setHost: false });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('error', reject);
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 502, headers: answer.rawHeaders, body: Buffer.concat(chunks) }),
      );
    });
    sent.end(body);
  });
}

function write({ incoming, outgoing }: Exchange, { status, headers, body }: Answer): void {
  if (incoming.socket.destroyed) return;
  const isOfConnection = (name: string) => /^(?:connection|keep-alive|transfer-encoding|content-length)$/i.test(name);
  const kept = headers.flatMap((value, i) => (i % 2 === 0 && !isOfConnection(value) ? [value, headers[i + 1]!] : []));
  outgoing.writeHead(status, [...kept, 'content-length', String(body.length)]);
  outgoing.end(body);
}
