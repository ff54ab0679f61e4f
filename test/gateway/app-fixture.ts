import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express, Router } from 'express';
import supertest from 'supertest';
import type { AccessEntry } from '../../src/gateway/access-log.js';
import { type AppOptions, createApp } from '../../src/gateway/app.js';
import { createDrain } from '../../src/gateway/drain.js';
import { createAuthenticator } from '../../src/gateway/identity/authenticator.js';
import { signRequest } from '../../src/gateway/identity/http-signature.js';
import { createMemoryNonceStore } from '../../src/gateway/identity/nonces.js';
import {
  createMemoryParticipantStore,
  createParticipantRegister,
  type Participant,
  type ParticipantRegister,
  type ParticipantRole,
} from '../../src/gateway/identity/participants.js';
import { gatewayApi } from '../../src/gateway/openapi.js';
import type { Bic, LedgerCode } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import { fixedBytes, NOW } from './identity/fixtures.js';

/** Who signs: a participant of each role that the routes know, with one key each. */
const CALLERS = {
  operator: { bic: 'OPERKZ20' as Bic, seed: 1 },
  bank: { bic: 'BANKKZ20' as Bic, seed: 2 },
  desk: { bic: 'DESKKZ20' as Bic, seed: 3 },
  provider: { bic: 'PROVKZ20' as Bic, seed: 4 },
  issuer: { bic: 'ISSRKZ20' as Bic, seed: 5 },
} as const satisfies Partial<Record<ParticipantRole, { bic: Bic; seed: number }>>;
export type CallerName = keyof typeof CALLERS;

export const signerOf = (caller: CallerName) => {
  const pair = generateKeyPair('ed25519', fixedBytes(CALLERS[caller].seed));
  return { signer: createSigner(caller, 'ed25519', pair.secretKey), publicKey: pair.publicKey };
};

/** A register that knows every caller. */
async function registerOfCallers(): Promise<ParticipantRegister> {
  const register = createParticipantRegister(createMemoryParticipantStore(), { now: () => NOW });
  for (const role of Object.keys(CALLERS) as CallerName[]) {
    const { bic } = CALLERS[role];
    const settings = {
      profile: 'customer',
      pacs008Version: 'pacs.008.001.08',
      withHeader: false,
      rules: 'base',
      headerVersion: 'head.001.001.02',
      characters: 'all',
    } as const;
    const ledger = role === 'bank' || role === 'issuer' ? ('KZ' as LedgerCode) : null;
    const participant: Participant = { bic, name: role, role, ledger, ...settings };
    const added = await register.addParticipant(participant);
    invariant(added.ok, `${role} is registered`);
    const { publicKey } = signerOf(role);
    await register.addKey({ keyId: role, owner: bic, suite: 'ed25519', publicKey, validFrom: 0, validTo: null });
  }
  return register;
}

export interface TestApp {
  readonly app: Express;
  readonly entries: AccessEntry[];
  readonly reported: unknown[];
  readonly register: ParticipantRegister;
}

/** The real application over routers, with a register of {@link CALLERS}, memory nonces and a clock that stands. */
export async function createTestApp(
  routers: (register: ParticipantRegister) => readonly Router[],
  change: Partial<AppOptions> = {},
): Promise<TestApp> {
  const clock = { now: () => NOW };
  const register = await registerOfCallers();
  const entries: AccessEntry[] = [];
  const reported: unknown[] = [];
  let requestCount = 0;
  const app = createApp({
    authenticator: createAuthenticator({ register, nonces: createMemoryNonceStore(), clock }),
    routers: routers(register),
    api: gatewayApi,
    waitingFor: async () => [],
    drain: createDrain(),
    clock,
    random: { uuid: () => `request-${++requestCount}` },
    log: (entry) => entries.push(entry),
    report: (error) => reported.push(error),
    ...change,
  });
  return { app, entries, reported, register };
}

let nonceCount = 0;

/** The fields that sign a request of a caller to a target as it is on the wire. */
export function signedFields(
  caller: CallerName,
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body: Buffer = Buffer.alloc(0),
): Record<string, string> {
  const mark = target.indexOf('?');
  return signRequest({
    method: method.toUpperCase(),
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark),
    ...{ headers, body },
    signer: signerOf(caller).signer,
    now: NOW,
    nonce: `nonce-${++nonceCount}`.padEnd(12, '.'),
    lifeSeconds: 60,
  });
}

/** A request signed by a caller. The body is sent as these bytes. */
export function signedCall(
  app: Express,
  caller: CallerName,
  method: string,
  target: string,
  { body = '', headers = {} }: { body?: string | Buffer | object; headers?: Record<string, string> } = {},
): supertest.Test {
  const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = Buffer.from(isJson ? JSON.stringify(body) : (body as string));
  const type: Record<string, string> =
    bytes.length > 0 ? { 'content-type': isJson ? 'application/json' : 'application/xml' } : {};
  const fields = { ...type, ...headers };
  const signature = signedFields(caller, method, target, fields, bytes);
  const agent = supertest(app) as unknown as Record<string, (url: string) => supertest.Test>;
  const call = agent[method.toLowerCase()]!(target).set({ ...fields, ...signature });
  // Bytes as they are: a parser of the client's own would change what was signed.
  return bytes.length > 0
    ? call.serialize((sent: unknown) => sent as string).send(isJson ? bytes.toString() : bytes)
    : call;
}

/** Runs an app on a free port of this host while `use` runs. */
export async function listening<T>(app: RequestListener, use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
