/** The commands as they are run: a gateway or two and both jurisdictions, each a process with databases of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { readTrustedKeys } from '../../../src/gateway/cli/trusted-keys.js';
import { migrationsOf } from '../../../src/gateway/database-migrations.js';
import { writeDemoApart } from '../../../src/gateway/demo-apart.js';
import { readKeyFile } from '../../../src/gateway/identity/key-file.js';
import { createSignedFetch, type SignedFetch } from '../../../src/gateway/identity/signed-fetch.js';
import { type DatabaseRole, databaseVariable } from '../../../src/gateway/platform/databases.js';
import { systemClock, systemRandomness } from '../../../src/gateway/platform/runtime.js';
import { invariant } from '../../../src/kernel/result.js';
import { fixtureText } from '../../iso20022/support/messages.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';
import { expectVerified } from '../../support/verified.js';

const ROLES: readonly DatabaseRole[] = ['gateway', 'ledger-kz', 'signer-kz', 'ledger-cn', 'signer-cn'];
const SECOND_COPY_PORT = 3;
// Processes start slowly on a machine that does other things.
const UNTIL = { timeout: 150_000, interval: 50 };
const LONG = { timeout: 300_000 };

let folder: string;
let port: number;
const databases = new Map<DatabaseRole, TestDatabase>();
const children = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'otkel-apart-'));
  port = await freePorts(SECOND_COPY_PORT + 1);
  await writeDemoApart(folder, port, systemRandomness);
  for (const name of ['gateway', 'kz', 'cn']) longDeadlines(join(folder, name, 'config.json'));
  // A second copy of the gateway: the same party with a data folder, and so an instance id, of its own.
  cpSync(join(folder, 'gateway'), join(folder, 'gateway-2'), { recursive: true });
  for (const role of ROLES) databases.set(role, await testDatabase(migrationsOf(role), 1));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([...children].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
  children.clear();
});
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A loaded machine must not turn a slow test into AB03. */
function longDeadlines(path: string): void {
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...config, prepareMs: 60_000, voteMs: 120_000 }));
}

const pool = (role: DatabaseRole) => {
  const database = databases.get(role);
  invariant(database, `${role} is open`);
  return database.pool;
};

/** The first of `count` ports in a row that nobody listens at. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + ((systemRandomness.bytes(2)[0]! * 256 + systemRandomness.bytes(1)[0]!) % 20_000);
    const servers = Array.from({ length: count }, () => createServer());
    const isFree = await Promise.all(
      servers.map(
        (server, i) =>
          new Promise<boolean>((resolve) => {
            server.once('error', () => resolve(false));
            server.listen(first + i, '127.0.0.1', () => resolve(true));
          }),
      ),
    );
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    if (isFree.every(Boolean)) return first;
  }
}

type Name = 'gateway' | 'gateway-2' | 'kz' | 'cn';
const portOf: Readonly<Record<Name, number>> = { gateway: 0, kz: 1, cn: 2, 'gateway-2': SECOND_COPY_PORT };
const urlOf = (name: Name): string => `http://127.0.0.1:${port + portOf[name]}`;

/** Starts a party over what `npm run build` made. */
function start(name: Name): ChildProcess {
  const command = name === 'kz' || name === 'cn' ? ['jurisdiction', name.toUpperCase()] : ['gateway'];
  const urls = ROLES.map((role) => [databaseVariable(role), databases.get(role)?.url]);
  const child = spawn(process.execPath, ['dist/src/gateway/cli/main.js', ...command], {
    env: {
      ...process.env,
      ...Object.fromEntries(urls),
      ...(command[0] === 'gateway' ? { PORT: String(port + portOf[name]) } : {}),
      OTKEL_DATA: join(folder, name),
      OTKEL_LOG_LEVEL: 'fatal',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  return child;
}

const endOf = async (child: ChildProcess): Promise<unknown> => child.exitCode ?? (await once(child, 'exit'))[0];

const readiness = async (name: Name): Promise<unknown> => {
  const answer = await fetch(`${urlOf(name)}/readyz`).catch(() => null);
  return answer === null ? null : answer.json();
};
const ready = (name: Name): Promise<void> =>
  vi.waitFor(async () => expect(await readiness(name)).toEqual({ status: 'ready' }), UNTIL);

async function signedAs(key: string, name: Name): Promise<SignedFetch> {
  const { signer } = await readKeyFile(join(folder, 'users', 'keys', `${key}.json`));
  return createSignedFetch({ baseUrl: urlOf(name), signer, clock: systemClock, random: systemRandomness });
}

const BANK = 'bank-altnkz20';
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Almaty' }).format(new Date());
const payment = () => {
  const uetr = randomUUID();
  const body = fixtureText('pacs.008.001.08/customer-kzt-to-cny.xml')
    .replace(/<MsgId>[^<]*/, `<MsgId>M-${uetr.slice(0, 18)}`)
    .replace(/<UETR>[^<]*/, `<UETR>${uetr}`)
    .replace(/<IntrBkSttlmDt>[^<]*/, `<IntrBkSttlmDt>${today}`)
    .replaceAll('>1250000.00<', '>1250.00<');
  return { uetr, body };
};
const post = async (bank: SignedFetch, body: string, waitSeconds: number) => {
  const headers = { prefer: `wait=${waitSeconds}`, accept: 'application/xml' };
  const answer = await bank('/v1/messages', { body, headers });
  return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
};

interface Items {
  readonly items: readonly { readonly id: string; readonly message: string; readonly uetr: string | null }[];
}

/** How many final pacs.002 wait in the bank's inbox for each payment. */
async function finalReports(bank: SignedFetch): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const { items } = (await (await bank('/v1/inbox?limit=500')).json()) as Items;
  for (const { message, uetr } of items)
    if (uetr !== null && message.startsWith('pacs.002')) counts.set(uetr, (counts.get(uetr) ?? 0) + 1);
  return counts;
}

it(
  'in any order of start a payment settles, and otkel send shows the wallets; each ends with exit code 0',
  LONG,
  async () => {
    const gateway = start('gateway');
    await vi.waitFor(
      async () => expect(await readiness('gateway')).toEqual({ status: 'not ready', waitingFor: ['KZ', 'CN'] }),
      UNTIL,
    );
    const early = await post(await signedAs(BANK, 'gateway'), payment().body, 0);
    expect([early.status, early.retryAfter]).toEqual([503, '1']);
    const cn = start('cn');
    await vi.waitFor(
      async () => expect(await readiness('gateway')).toEqual({ status: 'not ready', waitingFor: ['KZ'] }),
      UNTIL,
    );
    const kz = start('kz');
    await ready('gateway');
    const sender = spawn(
      process.execPath,
      ['dist/src/gateway/cli/main.js', 'send', '--json', '--url', urlOf('gateway')],
      {
        env: { ...process.env, OTKEL_DATA: join(folder, 'users') },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.add(sender);
    const sent = JSON.parse(await text(sender.stdout)) as Record<string, unknown>;
    expect(sent).toMatchObject({
      status: 'ACCC',
      legs: [
        { debit: { before: '1000000000.00', after: '998750000.00' } },
        { credit: { before: '20000000.00', after: '20016875.00' } },
      ],
    });
    for (const child of [cn, gateway, kz]) child.kill('SIGTERM');
    expect(await Promise.all([gateway, kz, cn].map(endOf))).toEqual([0, 0, 0]);
  },
);

it('a gateway that is told to stop answers what is in flight, turns new requests away, and exits 0', LONG, async () => {
  const [gateway, kz, cn] = [start('gateway'), start('kz'), start('cn')];
  await ready('gateway');
  const bank = await signedAs(BANK, 'gateway');
  const held = payment();
  // The payee's ledger is locked, so that the payment is under way for as long as the test wants.
  const lock = await lockedLedger();
  const answer = post(bank, held.body, 30);
  await vi.waitFor(async () => expect(await isAccepted(held.uetr)).toBe(true), UNTIL);
  gateway.kill('SIGTERM');
  await vi.waitFor(async () => {
    const refused = await post(bank, payment().body, 0);
    expect([refused.status, refused.retryAfter]).toEqual([503, '1']);
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'UNAVAILABLE', detail: 'the process is stopping' });
  }, UNTIL);
  expect(gateway.exitCode).toBeNull();
  await lock.release();
  const told = await answer;
  expect(told.status).toBe(200);
  expect(told.text).toMatch(/<TxSts>(?:ACCC|RJCT)</);
  expect(await endOf(gateway)).toBe(0);
  for (const child of [kz, cn]) child.kill('SIGTERM');
  expect(await Promise.all([kz, cn].map(endOf))).toEqual([0, 0]);
});

/** Keeps everybody from the holds of the payee's ledger until released. */
async function lockedLedger(): Promise<{ release(): Promise<void> }> {
  const client = await pool('ledger-cn').connect();
  await client.query('BEGIN; LOCK TABLE hold IN ACCESS EXCLUSIVE MODE');
  return {
    release: async () => {
      await client.query('ROLLBACK');
      client.release();
    },
  };
}

async function isAccepted(uetr: string): Promise<boolean> {
  const { rows } = await pool('gateway').query('SELECT 1 FROM payment WHERE uetr = $1', [uetr]);
  return rows.length > 0;
}

it('two gateways on one database: one is killed under load, and the other finishes its payments', LONG, async () => {
  const [first] = [start('gateway'), start('gateway-2'), start('kz'), start('cn')];
  await Promise.all([ready('gateway'), ready('gateway-2')]);
  const bank = await signedAs(BANK, 'gateway');
  const payments = Array.from({ length: 60 }, payment);
  let answered = 0;
  const posted = payments.map(async ({ body }) => {
    const { status } = await post(bank, body, 30);
    answered += 1;
    return status;
  });
  const settled = Promise.allSettled(posted);
  await vi.waitFor(() => expect(answered).toBeGreaterThan(0), UNTIL);
  first?.kill('SIGKILL');
  const answers = await settled;
  const other = await signedAs(BANK, 'gateway-2');
  const unanswered = payments.filter((_, i) => answers[i]?.status === 'rejected');
  expect(unanswered.length).toBeGreaterThan(0);
  // What got no answer is sent again, same bytes: accepted before or not, it is paid once.
  for (const { body } of unanswered) expect([200, 202]).toContain((await post(other, body, 0)).status);
  await vi.waitFor(async () => {
    const reports = await finalReports(other);
    expect(payments.filter(({ uetr }) => !reports.has(uetr)).length).toBe(0);
  }, UNTIL);
  const reports = await finalReports(other);
  expect(payments.map(({ uetr }) => reports.get(uetr))).toEqual(payments.map(() => 1));
  const { rows } = await pool('gateway').query<{ status: string; count: number }>(
    'SELECT status, count(*)::integer AS count FROM payment WHERE uetr = ANY ($1) GROUP BY status',
    [payments.map(({ uetr }) => uetr)],
  );
  expect(rows).toEqual([{ status: 'ACCC', count: payments.length }]);
  // What all tests here left, as long as there are processes that bring it to its end.
  const folders = await Promise.all(['kz', 'cn'].map((name) => readTrustedKeys(join(folder, name, 'keys'))));
  const pools = new Map(ROLES.map((role) => [role, pool(role)]));
  await expectVerified(
    pools,
    folders.flatMap(({ jurisdictions }) => jurisdictions),
  );
});
