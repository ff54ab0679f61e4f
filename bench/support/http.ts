/**
 * HTTP/1.1 over kept-alive sockets, with nothing that a load generator does not need: what it costs is not taken from
 * the server that shares its processors.
 */
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly http: number;
  readonly body: string;
}

export interface HttpConnections {
  /** One request; rejects when the connection breaks before the whole answer. */
  send(method: string, target: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<HttpAnswer>;
  close(): void;
}

interface Connection {
  readonly socket: Socket;
  received: Buffer;
  waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | null;
}

const HEAD_END = '\r\n\r\n';

/** At most `most` connections at once; further requests wait for one. */
export function createHttpConnections(url: string, most: number): HttpConnections {
  const { hostname, port, host } = new URL(url);
  const idle: Connection[] = [];
  const open = new Set<Connection>();
  const queue: ((connection: Connection) => void)[] = [];

  const release = (connection: Connection): void => {
    const next = queue.shift();
    if (next) next(connection);
    else idle.push(connection);
  };
  const opened = (): Connection => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const connection: Connection = { socket, received: Buffer.alloc(0), waiting: null };
    open.add(connection);
    socket.on('data', (chunk: Buffer) => {
      connection.received = connection.received.length === 0 ? chunk : Buffer.concat([connection.received, chunk]);
      const answer = answerOf(connection.received);
      if (answer instanceof Error) socket.destroy(answer);
      if (!answer || answer instanceof Error) return;
      const { waiting } = connection;
      connection.received = Buffer.alloc(0);
      connection.waiting = null;
      if (answer.closes) socket.destroy();
      else release(connection);
      waiting?.resolve(answer);
    });
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => {
      open.delete(connection);
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
      connection.waiting?.reject(failure ?? new Error('the connection closed before the answer'));
      connection.waiting = null;
      const next = queue.shift();
      if (next) next(opened());
    });
    return connection;
  };
  const free = (): Promise<Connection> => {
    const connection = idle.pop() ?? (open.size < most ? opened() : undefined);
    return connection ? Promise.resolve(connection) : new Promise((resolve) => queue.push(resolve));
  };

  return {
    async send(method, target, headers, body) {
      const connection = await free();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `${method} ${target} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${body.length}${HEAD_END}`;
      return new Promise((resolve, reject) => {
        connection.waiting = { resolve, reject };
        connection.socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
      });
    },
    close() {
      for (const { socket } of open) socket.destroy();
    },
  };
}

/** The answer that the bytes hold, null while it isn't whole, an error for one without a length. */
function answerOf(received: Buffer): (HttpAnswer & { readonly closes: boolean }) | Error | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = received.toString('latin1', 0, headEnd);
  const http = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (http === 204 || http === 304 ? '0' : undefined);
  if (length === undefined) return new Error(`an answer without content-length: ${head.split('\r\n')[0]}`);
  const from = headEnd + HEAD_END.length;
  const to = from + Number(length);
  if (received.length < to) return null;
  return { http, body: received.toString('utf8', from, to), closes: /\r\nconnection: *close/i.test(head) };
}
