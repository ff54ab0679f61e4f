/** What the console shows when something takes long, fails, is empty or is not allowed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeAttestations } from '../../src/pvp/attestation.js';
import { BANK, CUSTOMER_08, expectProblem, fresh, setDebtorAccount } from '../contract/support.js';
import { type Console, chromiumPath, expectNoFaults, openConsole } from './browser.js';

describe.skipIf(chromiumPath === undefined)('states of the console', () => {
  let open: Console;
  beforeAll(async () => {
    open = await openConsole();
  });
  afterAll(() => open.close());

  it('shows progress while an answer is awaited', async () => {
    const opened = await open.signIn('operator', 'payments');
    const { page } = opened;
    await page.getByText('There are no payments yet.').waitFor();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/v1/doubts', async (route) => {
      await asked;
      await route.continue();
    });
    await page.getByRole('link', { name: 'In doubt' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByText('Reading…').waitFor();
    answer();
    await page.getByText('No payment is in doubt.').waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expectNoFaults(opened);
    await opened.close();
  });

  it('says what failed and what to do, and goes on when asked again', async () => {
    const opened = await open.signIn('operator', 'payments');
    const { page } = opened;
    const refusal = { code: 'UNAVAILABLE', title: 'Not now', detail: 'the database is away', retry: 'later' };
    let isBroken = true;
    await page.route('**/v1/doubts', (route) =>
      isBroken
        ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(refusal) })
        : route.continue(),
    );
    await page.getByRole('link', { name: 'In doubt' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Not now: the database is away' });
    await alert.waitFor();
    expect(await alert.textContent()).toContain('The cause passes: try again in a moment.');
    isBroken = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No payment is in doubt.').waitFor();
    await alert.waitFor({ state: 'detached' });
    expect(opened.faults.every((fault) => fault.includes('503'))).toBe(true);
    await opened.close();
  });

  it('says of what is empty when it will have something', async () => {
    const opened = await open.signIn(BANK, 'ledgers/KZ');
    const { page } = opened;
    for (const [what, hint] of [
      ['There are no requests.', 'Ask for money above'],
      ['No money is held.', 'from the moment it is reserved'],
      ['There are no events.', 'POST /v1/ledgers/…/events'],
    ] as const)
      await page.locator('.empty', { hasText: what }).filter({ hasText: hint }).waitFor();
    await page.getByRole('button', { name: 'KZ-ALTNKZ20-SETTLEMENT' }).click();
    await page.locator('.empty', { hasText: 'No postings yet.' }).waitFor();
    expectNoFaults(opened);
    await opened.close();
  });

  it.each([
    ['EVENT_AWAITED', { ledger: 'KZ', eventId: 'sale-7', until: null, whoMustAct: ['event provider land'] }],
    ['LIQUIDITY_AWAITED', { priority: 'HIGH', until: '2099-01-01T00:00:00Z', whoMustAct: ['FX providers of KZ-CN'] }],
  ] as const)('says what a payment waits for and who must act: %s', async (cause, more) => {
    const { xml, uetr } = fresh(open.world, CUSTOMER_08, setDebtorAccount('NOBODYS'));
    await open.world.post(xml);
    const opened = await open.signIn('operator');
    const { page } = opened;
    // As the gateway answers of a payment that waits.
    await page.route(`**/v1/payments/${uetr}`, async (route) => {
      const payment = await (await route.fetch()).json();
      const waitsFor = { cause, since: '2026-01-01T00:00:00Z', ...more };
      await route.fulfill({ json: { ...payment, status: 'PDNG', state: 'WAITING', closedAt: null, waitsFor } });
    });
    await page.goto(`${open.url}/#/payments/${uetr}`);
    const note = page.getByRole('note').filter({ hasText: 'The payment waits' });
    await note.waitFor();
    expect(await note.textContent()).toContain(`To act: ${more.whoMustAct[0]}.`);
    expect(await note.getByText('sale-7').count()).toBe(cause === 'EVENT_AWAITED' ? 1 : 0);
    await page.locator('.timeline').getByText('Waits', { exact: true }).waitFor();
    expectNoFaults(opened);
    await opened.close();
  });

  it('shows why a ledger is frozen and what to do, and ends it when somebody says so twice', async () => {
    const { otkel, databases } = open.world.stack;
    await databases
      .get('signer-kz')!
      .pool.query('INSERT INTO signer_equivocation (pvp_id, votes, found_at) VALUES ($1, $2, 1)', [
        randomUUID(),
        encodeAttestations([]),
      ]);
    const { jurisdiction } = otkel.nodes.find(({ config }) => config.code === 'KZ')!;
    await expect.poll(() => jurisdiction.recover().then(() => jurisdiction.isFrozen())).toBe(true);
    const opened = await open.signIn('operator', 'doubts');
    const { page } = opened;
    const ledger = page.getByRole('region', { name: 'Ledger KZ' });
    await ledger.getByText('fund the suspense wallet').waitFor();
    await page.getByRole('region', { name: 'Ledger CN' }).getByText('CN takes new holds.').waitFor();
    await ledger.getByRole('button', { name: 'Take new holds again…' }).click();
    await ledger.getByRole('button', { name: 'Cancel' }).click();
    expect(jurisdiction.isFrozen()).toBe(true);
    await ledger.getByRole('button', { name: 'Take new holds again…' }).click();
    await ledger.getByText('Has the cause been found and dealt with?').waitFor();
    await ledger.getByRole('button', { name: 'Take new holds again', exact: true }).click();
    await ledger.getByText('KZ takes new holds.').waitFor();
    expect(jurisdiction.isFrozen()).toBe(false);
    expectProblem(await open.world.call(BANK, 'POST', '/v1/ledgers/KZ/unfreeze'), 403, 'FORBIDDEN', 'AGNT');
    expectNoFaults(opened);
    await opened.close();
  });

  interface Part {
    readonly role: string;
    readonly key: string;
    readonly shown: readonly string[];
    readonly refused: readonly (readonly [string, string])[];
  }
  const OVERVIEW = ['Supply', 'Newest blocks'];
  const APPROVAL = ['POST', '/v1/ledgers/KZ/requests/none/approval'] as const;
  const PARTS: readonly Part[] = [
    {
      ...{ role: 'operator', key: 'operator', shown: ['Wallets of', 'Held money'] },
      refused: [['GET', '/v1/ledgers/KZ/requests'], ['GET', '/v1/ledgers/KZ/marks'], APPROVAL],
    },
    {
      ...{ role: 'issuer', key: 'issuer-kz-1' },
      shown: ['Issuance and redemption', 'Wallets', 'Tree of money', 'Held money', 'Events'],
      refused: [
        ['GET', '/metrics'],
        ['GET', '/v1/payments'],
        ['GET', '/v1/doubts'],
      ],
    },
    {
      ...{ role: 'treasury', key: 'treasury-kz', shown: ['Wallets', 'Tree of money', 'Held money', 'Events'] },
      refused: [['GET', '/v1/ledgers/KZ/requests'], ['GET', '/metrics'], APPROVAL],
    },
    {
      ...{ role: 'oracle', key: 'oracle-kz', shown: ['Tree of money', 'Events'] },
      refused: [
        ['GET', '/v1/ledgers/KZ/wallets?owner=ORACKZ20'],
        ['GET', '/v1/ledgers/KZ/holds?kind=pvp'],
        ['GET', '/metrics'],
        APPROVAL,
      ],
    },
    {
      ...{ role: 'event provider', key: 'events-kz', shown: ['Events'] },
      refused: [
        ['GET', '/v1/ledgers/KZ/marks'],
        ['GET', '/v1/ledgers/KZ/holds?kind=event'],
        ['GET', '/metrics'],
      ],
    },
    {
      ...{ role: 'a bank of another ledger', key: 'bank-longcn20', shown: [] },
      refused: [
        ['GET', '/v1/ledgers/KZ/wallets?owner=LONGCN20'],
        ['GET', '/v1/ledgers/KZ/events?owner=LONGCN20'],
      ],
    },
  ];

  it.each(PARTS)('$role sees its parts of a ledger only, and the API refuses the others', async (part) => {
    const opened = await open.signIn(part.key, 'ledgers/KZ');
    const { page } = opened;
    const wanted = [...part.shown, ...OVERVIEW].sort();
    await expect
      .poll(async () =>
        (await page.locator('.panel > header h2').allTextContents())
          .map((text) => text.replace(/ [A-Z]{6}\d\d$/, ''))
          .sort(),
      )
      .toEqual(wanted);
    expect(await page.getByRole('button', { name: /Approve|Refuse/ }).count()).toBe(0);
    for (const [method, path] of part.refused) {
      const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
      const response = await open.world.call(part.key, method, path, body);
      expectProblem(response, 403, 'FORBIDDEN', 'AGNT');
    }
    expectNoFaults(opened);
    await opened.close();
  });
});
