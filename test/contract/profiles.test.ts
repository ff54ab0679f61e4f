/** What a participant's profile does to its payments: usage rules for what it sends, header and letters of what it gets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRules } from '../../src/iso20022/rules/check.js';
import { child, text } from '../../src/iso20022/tree.js';
import {
  type Edit,
  fresh,
  newSigner,
  openWorld,
  readSent,
  sendSigned,
  setCreditorAccount,
  setText,
  setWithin,
  swap,
  type World,
} from './support.js';

const XML = { 'content-type': 'application/xml', accept: 'application/xml' };
const [strict, latin] = [newSigner('stri-1'), newSigner('lati-1')];
const BANKS = [
  { bic: 'STRIKZ20', ledger: 'KZ', signer: strict, profile: { rules: 'cbpr-plus', withHeader: true } },
  {
    bic: 'LATICN20',
    ledger: 'CN',
    signer: latin,
    profile: { rules: 'cbpr-plus', withHeader: true, pacs008Version: 'pacs.008.001.08', characters: 'z' },
  },
  { bic: 'HANXCN20', ledger: 'CN', signer: newSigner('hanx-1'), profile: { characters: 'x-han' } },
];

let world: World;
beforeAll(async () => {
  world = await openWorld();
  for (const { bic, ledger, signer, profile } of BANKS) {
    const { publicKey } = signer;
    const keys = [{ keyId: signer.signer.keyId, suite: 'ed25519', publicKey }];
    const participant = { bic, name: bic, role: 'bank', ledger, ...profile, keys };
    const added = await world.json('operator', 'POST', '/v1/participants', participant);
    expect(added).toMatchObject({ status: 201, body: { bic, ...profile } });
    const walletId = `${ledger}-${bic}-1`;
    const wallet = { walletId, kind: 'customer', ownerBic: bic };
    expect((await world.json('operator', 'POST', `/v1/ledgers/${ledger}/wallets`, wallet)).status).toBe(201);
    const account = { agentBic: bic, accountId: `ACCOUNT-AT-${bic}`, walletId };
    expect((await world.json('operator', 'POST', `/v1/ledgers/${ledger}/accounts`, account)).status).toBe(201);
  }
});
afterAll(() => world.close());

const to = (bic: string): readonly Edit[] => [
  setWithin('CdtrAgt', 'BICFI', bic),
  setCreditorAccount(`ACCOUNT-AT-${bic}`),
];

const payment = async (uetr: string) => (await world.call('operator', 'GET', `/v1/payments/${uetr}`)).body;

describe('a creditor agent that takes Latin letters only', () => {
  it('gets a transliterated pacs.008 in its version with the header of its service; the payment shows the losses', async () => {
    const { xml, uetr } = fresh(world, undefined, ...to('LATICN20'));
    expect((await world.post(xml)).lines[0]).toMatchObject({ uetr, status: 'ACCC' });
    await world.quiet();

    const { body: inbox } = await sendSigned(world, latin.signer, 'GET', '/v1/inbox');
    const item = inbox.items.find(({ message }: { message: string }) => message.startsWith('pacs.008'));
    expect(item).toMatchObject({ message: 'pacs.008.001.08', uetr });
    const sent = readSent((await sendSigned(world, latin.signer, 'GET', `/v1/inbox/${item.id}`)).text);
    expect(text(sent.header?.root, 'BizSvc')).toMatch(/^swift\.cbprplus\.\d\d$/);
    const transaction = child(sent.document.root, 'CdtTrfTxInf');
    expect(text(transaction, 'Dbtr', 'Nm')).toBe('TOO "Altyn Dala Qurylys"');
    expect(text(transaction, 'Dbtr', 'PstlAdr', 'TwnNm')).toBe('Almaty');
    const broken = checkRules(sent, { profiles: ['cbpr-plus'] }).filter(({ severity }) => severity === 'error');
    // The two ledgers are a clearing system of their own, whatever the profile.
    expect(broken.map(({ ruleId }) => ruleId)).toEqual(['settlement.method-correspondent']);

    const dbtr = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Dbtr';
    expect((await payment(uetr)).losses).toEqual([
      expect.objectContaining({
        kind: 'transliterated',
        from: `${dbtr}/Nm`,
        before: 'ТОО «Алтын Дала Құрылыс»',
        after: 'TOO "Altyn Dala Qurylys"',
      }),
      expect.objectContaining({ from: `${dbtr}/PstlAdr/StrtNm`, after: 'prospekt Abylai khana' }),
      expect.objectContaining({ from: `${dbtr}/PstlAdr/TwnNm`, before: 'Алматы', after: 'Almaty' }),
    ]);
  });

  const chinese = setWithin('Cdtr', 'Nm', '上海远航贸易');

  it('a Chinese name is refused with RR10 before any money moves', async () => {
    const before = await world.balances();
    const { xml, uetr } = fresh(world, undefined, ...to('LATICN20'), chinese);
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['RR10'] });
    expect(await payment(uetr)).toMatchObject({ reason: { code: 'CHARACTERS_UNSUPPORTED' }, losses: [], legs: [] });
    expect(await world.balances()).toEqual(before);
  });

  it('a Chinese name passes where the profile takes it, and is no loss', async () => {
    const { xml, uetr } = fresh(world, undefined, ...to('HANXCN20'), chinese);
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
    const { losses } = await payment(uetr);
    expect(losses.length).toBeGreaterThan(0);
    expect(losses.filter(({ from }: { from: string }) => from.includes('/Cdtr/'))).toEqual([]);
  });
});

describe('a sender whose profile is cbpr-plus', () => {
  const ofStrict = [setWithin('InstgAgt', 'BICFI', 'STRIKZ20'), setWithin('DbtrAgt', 'BICFI', 'STRIKZ20')];

  it('is refused for the rules that base has not, all at once, where a base sender is paid', async () => {
    const edits = [setText('ChrgBr', 'SLEV')];
    expect((await world.post(fresh(world, undefined, ...edits).xml)).lines[0]).toMatchObject({ status: 'ACCC' });

    const { xml, uetr } = fresh(world, undefined, ...ofStrict, ...edits, swap(/<DbtrAcct>[\s\S]*<\/DbtrAcct>/, ''));
    const options = { body: xml, headers: { ...XML, prefer: 'wait=30' } };
    const answer = await sendSigned(world, strict.signer, 'POST', '/v1/messages', options);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('charges.service-level: ');
    const { status, violations } = await payment(uetr);
    expect(status).toBe('RJCT');
    expect(violations.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining([
        'header.given',
        'charges.service-level',
        'characters.swift',
        'settlement.method-correspondent',
      ]),
    );
    const charges = violations.find(({ code }: { code: string }) => code === 'charges.service-level');
    const line = xml.split('\n').findIndex((one) => one.includes('<ChrgBr>')) + 1;
    expect(charges).toMatchObject({
      isoReason: 'BE19',
      xpath: '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/ChrgBr',
      line,
    });
  });
});
