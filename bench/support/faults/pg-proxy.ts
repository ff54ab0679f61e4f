/**
 * Stands between a process and its PostgreSQL server, reads the wire protocol (version 3) and can stop the process at
 * one write: before the server has seen it, or after the server has made it durable and before the process knows.
 */
import { connect, createServer, type Socket } from 'node:net';
import { createTraps, type SetTrap, type Traps } from './trap.js';

/** A statement as it was executed. */
export interface PgStatement {
  /** Name of the prepared statement; empty when it has none. */
  readonly name: string;
  readonly text: string;
  /** Parameters as they were sent: texts, or bytes. */
  readonly values: readonly (Buffer | null)[];
}

/** What becomes durable at once: a statement of its own, or all statements of a transaction at its COMMIT. */
export type PgUnit = readonly PgStatement[];

/** Where the server listens: a UNIX socket, or a port of the loopback address. */
export type PgAddress = { readonly path: string } | { readonly host: string; readonly port: number };

export interface PgProxy {
  readonly port: number;
  /** Stops the process at the n-th unit that matches. */
  readonly arm: Traps<PgUnit>['arm'];
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function openPgProxy(server: PgAddress): Promise<PgProxy> {
  const traps = createTraps<PgUnit>();
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(server);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      // One side gone means both: nobody gets an answer that was held, and nothing that was held goes on.
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    join(client, upstream, traps);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    arm: traps.arm,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * Passes both directions on, frontend messages in groups that end with Sync or Query. The client has one group under
 * way at a time, as `pg` does: what the server says after a group is the answer to it.
 */
function join(client: Socket, upstream: Socket, traps: Traps<PgUnit>): void {
  const frontend = createFrontend();
  const backend = createFrames(false);
  const waiting: Group[] = [];
  let isStopped = false;
  /** The answer that is held, as far as it has come. */
  let held: { readonly trap: SetTrap<PgUnit>; readonly unit: PgUnit; readonly bytes: Buffer[] } | undefined;
  let failed = false;
  const end = (): void => {
    client.destroy();
    upstream.destroy();
  };

  const pass = ({ bytes, unit }: Group): void => {
    const trap = unit === null ? undefined : traps.of(unit);
    if (unit === null || trap?.moment !== 'before') {
      if (unit && trap) held = { trap, unit, bytes: [] };
      upstream.write(bytes);
      return;
    }
    isStopped = true;
    const goOn = (): void => {
      isStopped = false;
      upstream.write(bytes);
      drain();
    };
    trap.close(unit, false, { goOn, end });
  };
  const drain = (): void => {
    while (!isStopped) {
      const next = waiting.shift();
      if (!next) return;
      pass(next);
    }
  };
  client.on('data', (chunk) => {
    waiting.push(...frontend.read(chunk, () => client.write('N')));
    drain();
  });

  upstream.on('data', (chunk) => {
    for (const { type, bytes } of backend.read(chunk)) {
      failed ||= type === ERROR_RESPONSE;
      if (!held) client.write(bytes);
      else held.bytes.push(bytes);
      if (type !== READY) continue;
      if (held) {
        const { trap, unit, bytes: kept } = held;
        const goOn = (): void => {
          held = undefined;
          client.write(Buffer.concat(kept));
        };
        trap.close(unit, failed, { goOn, end });
      }
      failed = false;
    }
  });
}

interface Group {
  readonly bytes: Buffer;
  /** Null for what makes nothing durable: sign-in, statements within a transaction. */
  readonly unit: PgUnit | null;
}

interface Frame {
  /** 0 for the packets before sign-in, which have no type. */
  readonly type: number;
  readonly bytes: Buffer;
  readonly body: Buffer;
}

const code = (letter: string): number => letter.charCodeAt(0);
const [PARSE, BIND, EXECUTE, SYNC, QUERY, CLOSE, DESCRIBE] = [...'PBESQCD'].map(code);
const READY = code('Z');
const ERROR_RESPONSE = code('E');
const SSL_REQUEST = 80_877_103;

/** Cuts a stream into messages: a type, then a length that counts itself. */
function createFrames(startsUntyped: boolean) {
  let rest: Buffer = Buffer.alloc(0);
  let untyped = startsUntyped;
  return {
    read(chunk: Buffer): Frame[] {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const frames: Frame[] = [];
      for (;;) {
        const head = untyped ? 0 : 1;
        if (rest.length < head + 4) return frames;
        const end = head + rest.readInt32BE(head);
        if (rest.length < end) return frames;
        const bytes = rest.subarray(0, end);
        const body = bytes.subarray(head + 4);
        frames.push({ type: untyped ? 0 : bytes[0]!, bytes, body });
        if (!(untyped && body.readInt32BE(0) === SSL_REQUEST)) untyped = false;
        rest = rest.subarray(end);
      }
    },
  };
}

/** Gathers frontend messages into groups and knows what each group makes durable. */
function createFrontend() {
  const frames = createFrames(true);
  const texts = new Map<string, string>();
  let bytes: Buffer[] = [];
  let bound: PgStatement | undefined;
  let executed: PgStatement[] = [];
  /** Statements of the open transaction; null outside of one. */
  let transaction: PgStatement[] | null = null;

  const unitOf = (statements: readonly PgStatement[]): PgUnit | null => {
    const [first] = statements;
    const word = /^\s*(\w*)/.exec(first?.text ?? '')?.[1]?.toUpperCase();
    if (word === 'BEGIN' || word === 'START') {
      transaction = [];
      return null;
    }
    if (transaction === null) return statements.length > 0 ? statements : null;
    if (word !== 'COMMIT' && word !== 'ROLLBACK') {
      transaction.push(...statements);
      return null;
    }
    const all = transaction;
    transaction = null;
    return word === 'COMMIT' ? all : null;
  };
  const group = (isExecuted: boolean): Group => {
    const made = { bytes: Buffer.concat(bytes), unit: isExecuted ? unitOf(executed) : null };
    bytes = [];
    executed = [];
    return made;
  };

  return {
    read(chunk: Buffer, refuseEncryption: () => void): Group[] {
      const groups: Group[] = [];
      for (const frame of frames.read(chunk)) {
        const { type, body } = frame;
        if (type === 0 && body.readInt32BE(0) === SSL_REQUEST) {
          refuseEncryption();
          continue;
        }
        bytes.push(frame.bytes);
        if (type === PARSE) {
          const [name, afterName] = textAt(body, 0);
          texts.set(name, textAt(body, afterName)[0]);
        } else if (type === BIND) bound = readBind(body, texts);
        else if (type === EXECUTE && bound) executed.push(bound);
        else if (type === QUERY) {
          executed.push({ name: '', text: textAt(body, 0)[0], values: [] });
          groups.push(group(true));
        } else if (type === SYNC) groups.push(group(true));
        else if (type !== CLOSE && type !== DESCRIBE && type !== EXECUTE) groups.push(group(false));
      }
      return groups;
    },
  };
}

/** A zero-terminated text and where the next field begins. */
function textAt(body: Buffer, from: number): [text: string, next: number] {
  const end = body.indexOf(0, from);
  return [body.toString('utf8', from, end), end + 1];
}

function readBind(body: Buffer, texts: ReadonlyMap<string, string>): PgStatement {
  const [, afterPortal] = textAt(body, 0);
  const [name, afterName] = textAt(body, afterPortal);
  const formatCount = body.readInt16BE(afterName);
  let at = afterName + 2 + formatCount * 2;
  const values: (Buffer | null)[] = [];
  const count = body.readInt16BE(at);
  at += 2;
  for (let i = 0; i < count; i += 1) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.subarray(at, at + length));
    at += Math.max(0, length);
  }
  return { name, text: texts.get(name) ?? '', values };
}
