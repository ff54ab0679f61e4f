/** How a payment is made to go the way that a cell wants. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readKeyFile } from '../../../src/gateway/identity/key-file.js';
import { createSignedFetch } from '../../../src/gateway/identity/signed-fetch.js';
import { systemClock, systemRandomness } from '../../../src/gateway/platform/runtime.js';
import { pause } from '../crash-load.js';
import { plainMessage, type SentMessage } from '../crash-messages.js';
import type { Banks } from './banks.js';
import type { HttpSeen } from './http-proxy.js';
import type { LinkName } from './parties.js';
import type { Path } from './points.js';
import type { Site } from './site.js';
import type { Trap } from './trap.js';
import { until } from './until.js';

export interface Steering {
  /** Puts back what was changed; after the cell. */
  end(): Promise<void>;
}

const NOTHING: Steering = { end: async () => undefined };
/** Long enough for one try that fails. */
const UNDELIVERED_MS = 1_000;
const RETRY_MS = 100;
const TRIES_MAX = 100;

export async function steer(site: Site, banks: Banks, path: Path, message: SentMessage): Promise<Steering> {
  if (path === 'no funds') await banks.once('drain', () => drain(site, banks));
  if (path === 'blocked') return blockBeforePrepare(site, message.transactions[0]!.creditWallet);
  if (path === 'too late') {
    const voted = site.link('gateway-CN').arm((seen) => seen.path === '/v1/pvp/prepare', 'after');
    return isolate(site, voted, ['gateway-KZ', 'CN-KZ'], site.times.voteMs);
  }
  if (path !== 'undelivered') return NOTHING;
  const delivering = site.link('gateway-CN').arm((seen) => seen.path === '/v1/pvp/deliver', 'before');
  return isolate(site, delivering, ['gateway-CN'], UNDELIVERED_MS);
}

/** So many times the account for large amounts has one. */
const BIG_COUNT = 20;
const DRAIN_MAX_MS = 60_000;

/** Spends what the account for large amounts has, but for less than one large amount. */
async function drain(site: Site, banks: Banks): Promise<void> {
  const uetrs: string[] = Array.from({ length: BIG_COUNT }, () => randomUUID());
  await banks.send(plainMessage(0, uetrs, 'big')).answered;
  const areSettled = async (): Promise<boolean> => {
    const { payments } = await site.state();
    return payments.filter(({ uetr, status }) => uetrs.includes(uetr) && status === 'ACCC').length === BIG_COUNT;
  };
  if (!(await until(areSettled, DRAIN_MAX_MS))) throw new Error('the account is not drained');
}

/** The issuer blocks the payee's wallet after the terms were formed and before its ledger is asked to hold. */
async function blockBeforePrepare(site: Site, wallet: string): Promise<Steering> {
  const { signer } = await readKeyFile(join(site.dataFolder, 'keys', 'issuer-cn-1.json'));
  const send = createSignedFetch({
    baseUrl: site.link('bank').url,
    signer,
    clock: systemClock,
    random: systemRandomness,
    fetch,
  });
  const setStatus = async (status: 'blocked' | 'open'): Promise<void> => {
    const body = Buffer.from(JSON.stringify({ status }));
    for (let tries = 1; ; tries += 1) {
      const headers = { 'content-type': 'application/json' };
      const target = `/v1/ledgers/CN/wallets/${wallet}/status`;
      const answer = await send(target, { method: 'POST', headers, body }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
      if (tries === TRIES_MAX) throw new Error(`the wallet can't be ${status}: HTTP ${answer?.status}`);
      await pause(RETRY_MS);
    }
  };
  const trap = site.link('gateway-CN').arm(({ path }) => path === '/v1/pvp/prepare', 'before');
  const blocked = trap.caught.then(async ({ release }) => {
    await setStatus('blocked');
    release();
  });
  blocked.catch(() => undefined);
  return {
    async end() {
      trap.disarm();
      await setStatus('open');
    },
  };
}

/** Links are cut for a time, from a request on: nobody reaches the payer's side, or the gateway not the payee's. */
function isolate(site: Site, trap: Trap<HttpSeen>, links: readonly LinkName[], forMs: number): Steering {
  const open = (): void => {
    for (const name of links) site.link(name).set('open');
  };
  void trap.caught.then(async ({ release }) => {
    for (const name of links) site.link(name).set('cut');
    release();
    await pause(forMs);
    open();
  });
  return {
    end: async () => {
      trap.disarm();
      open();
    },
  };
}
