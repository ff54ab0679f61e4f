/** A gateway or a jurisdiction in a process of its own: the others are reached over signed HTTP. */
import type { RequestHandler } from 'express';
import type pg from 'pg';
import type { MessageReader } from '../iso20022/types.js';
import type { Clock, Monotonic, Randomness, Timers } from '../kernel/clock.js';
import type { LedgerCode } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Signer } from '../kernel/signature.js';
import type { Alarm } from '../pvp/jurisdiction-port.js';
import { createVerifier } from '../pvp/verify.js';
import { timesOf } from './config.js';
import { type GatewayNode, type GatewayNodeOptions, openGateway } from './gateway-node.js';
import { createAuthenticator } from './identity/authenticator.js';
import { CLOCK_SKEW_SECONDS_MAX } from './identity/http-signature.js';
import { createPgNonceStore } from './identity/nonces.pg.js';
import { partyRegister } from './identity/parties.js';
import { createSignedFetch } from './identity/signed-fetch.js';
import { coSignerKeyId, type Installation, type JurisdictionParty, keyRegister } from './installation.js';
import { createJurisdictionClient } from './jurisdiction-http/client.js';
import { type JurisdictionNode, openJurisdiction, startJurisdiction, stopJurisdiction } from './jurisdiction-node.js';
import { createRelay, type Relay } from './relay.js';
import { repeating } from './repeating.js';

/** What every process owns. */
export interface ApartRuntime {
  readonly installation: Installation;
  /** Signs this party's requests to the others. */
  readonly transport: Signer;
  readonly reader: MessageReader;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Randomness;
}

/** A gateway waits this long for a jurisdiction's answer, milliseconds; the outcome is unknown then. */
const CALL_MAX_MS = 5_000;
/** A jurisdiction waits less for a peer: meanwhile it asks nobody else. */
const PEER_CALL_MAX_MS = 2_000;
/** Domestic routes may page through much. */
const RELAY_MAX_MS = 20_000;
const READY_MAX_MS = 1_000;
const PRUNE_MS = 2_000;
const NONCES_PRUNED = 5_000;

const clientOf = (runtime: ApartRuntime, { url, config }: JurisdictionParty, callMaxMs: number) =>
  createJurisdictionClient({
    ledger: config.code,
    send: createSignedFetch({ baseUrl: url, signer: runtime.transport, clock: runtime.clock, random: runtime.random }),
    timers: runtime.timers,
    callMaxMs,
  });

export interface GatewayApartOptions extends ApartRuntime {
  readonly pool: pg.Pool;
  readonly instanceId: string;
  readonly quoteSigner: GatewayNodeOptions['quoteSigner'];
  readonly onFailure: (what: string, error: unknown) => void;
  readonly onDoubt: GatewayNodeOptions['onDoubt'];
  readonly onFunds: GatewayNodeOptions['onFunds'];
}

export interface GatewayApart {
  readonly gateway: GatewayNode;
  readonly relays: ReadonlyMap<LedgerCode, Relay>;
  /** Codes of the jurisdictions that are not ready, or can't be reached. */
  readonly waitingFor: () => Promise<readonly string[]>;
}

/** Opens a gateway over its migrated database. It needs no jurisdiction to be there. */
export async function openGatewayApart(options: GatewayApartOptions): Promise<GatewayApart> {
  const { installation, clock, timers } = options;
  const { config, jurisdictions, keys } = installation;
  const clients = new Map(jurisdictions.map((party) => [party.config.code, clientOf(options, party, CALL_MAX_MS)]));
  const gateway = await openGateway({
    ...options,
    config,
    jurisdictions: clients,
    evidence: clients,
    events: clients,
    halts: clients,
    balances: clients,
    trustedKeys: keys,
    coSignerKeyId: (code) => coSignerKeyId(keys, code, clock.now()),
    verifier: createVerifier(keyRegister(keys)),
    times: timesOf(config),
  });
  const relays = jurisdictions.map(({ config: { code }, url }) => {
    const relay = createRelay({ ledger: code, url, timers, callMaxMs: RELAY_MAX_MS });
    return [code, relay] as const;
  });
  return {
    gateway,
    relays: new Map(relays),
    waitingFor: async () => {
      const found = await Promise.all(
        jurisdictions.map(async ({ config: { code }, url }) => ((await isReady(url, timers)) ? [] : [code])),
      );
      return found.flat();
    },
  };
}

async function isReady(url: string, timers: Timers): Promise<boolean> {
  const controller = new AbortController();
  const cancel = timers.after(READY_MAX_MS, () => controller.abort());
  try {
    const answer = await fetch(new URL('/readyz', url), { signal: controller.signal, redirect: 'manual' });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  } finally {
    cancel();
  }
}

export interface JurisdictionApartOptions extends ApartRuntime {
  readonly code: LedgerCode;
  readonly ledgerPool: pg.Pool;
  readonly signerPool: pg.Pool;
  readonly ledgerSigner: Signer;
  /** The key in use first, then retired ones. */
  readonly coSigners: readonly Signer[];
  /** The oracle's key for confirming blocks. */
  readonly confirmer: Signer;
  /** Secret of the account register, 32 bytes. */
  readonly accountKey: Uint8Array;
  readonly monotonic: Monotonic;
  readonly alarm: Alarm;
  readonly onFailure: (what: string, error: unknown) => void;
}

export interface JurisdictionApart {
  readonly node: JurisdictionNode;
  /** Of participants, by this jurisdiction's own register. */
  readonly authenticate: RequestHandler;
  /** Of gateways and other jurisdictions, by the configuration. */
  readonly authenticateParty: RequestHandler;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a jurisdiction over its migrated databases, for writing. It needs nobody else to be there. */
export async function openJurisdictionApart(options: JurisdictionApartOptions): Promise<JurisdictionApart> {
  const { installation, code, clock } = options;
  const { config, jurisdictions, gateways, keys } = installation;
  const own = jurisdictions.find((party) => party.config.code === code);
  invariant(own, `jurisdiction ${code} is in the configuration`);
  const others = jurisdictions.filter((party) => party !== own);
  const node = await openJurisdiction({
    ...options,
    config: own.config,
    keys: keyRegister(keys),
    peers: new Map(others.map((party) => [party.config.code, clientOf(options, party, PEER_CALL_MAX_MS)])),
    times: timesOf(config),
  });
  const nonces = createPgNonceStore(options.ledgerPool);
  const pruning = repeating(options, PRUNE_MS, async () => {
    await nonces.prune(clock.now() - CLOCK_SKEW_SECONDS_MAX * 1_000, NONCES_PRUNED);
  });
  return {
    node,
    authenticate: createAuthenticator({ register: node.register, nonces, clock }),
    authenticateParty: createAuthenticator({ register: partyRegister([...gateways, ...others]), nonces, clock }),
    start: async () => {
      await startJurisdiction(node);
      pruning.start();
    },
    stop: async () => {
      await pruning.stop();
      await stopJurisdiction(node);
    },
  };
}
