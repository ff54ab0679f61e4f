import { describe, expect, test } from 'vitest';
import { type CorridorConfig, calendar, checkConfig, routesOf, stepsOf } from '../../src/gateway/config.js';
import { demoConfig } from '../../src/gateway/demo.js';
import { type JudgementContext, judgeCreditTransfer } from '../../src/gateway/judgement.js';
import type { RoutedParticipant } from '../../src/gateway/routing.js';
import type { RuleProfile } from '../../src/iso20022/rules/rule.js';
import type { Bic, LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import { checked, fixtureText } from '../iso20022/support/messages.js';
import { vehicleConfig } from '../support/vehicle.js';

const RECEIVED_AT = Date.parse('2026-11-23T10:20:00+05:00');

interface Setup {
  readonly senderRules?: RuleProfile;
  readonly corridor?: Partial<CorridorConfig>;
}

function contextOf({ senderRules = 'base', corridor = {} }: Setup): JudgementContext {
  const bank = (bic: string, ledger: string, rules: RuleProfile): RoutedParticipant => ({
    bic: bic as Bic,
    ledger: ledger as LedgerCode,
    profile: 'customer',
    rules,
  });
  const banks = [bank('ALTNKZ20', 'KZ', senderRules), bank('LONGCN20', 'CN', 'base')];
  return {
    operator: demoConfig.operator,
    corridors: demoConfig.corridors.map((one) => (one.source === 'KZ' ? { ...one, ...corridor } : one)),
    participant: (bic) => banks.find((one) => one.bic === bic.slice(0, 8)),
    jurisdiction: (code) => {
      const found = demoConfig.jurisdictions.find((one) => one.code === code);
      invariant(found, `${code} is configured`);
      return found;
    },
    localDate: (_code, at) => calendar('Asia/Almaty')(at),
  };
}

function judge(file: string, setup: Setup) {
  const body = Buffer.from(fixtureText(file));
  const message = checked(body);
  const posted = {
    sender: 'ALTNKZ20' as Bic,
    message,
    body,
    authorisation: Buffer.alloc(0),
    receivedAt: RECEIVED_AT,
    headerQuoteId: null,
  };
  return judgeCreditTransfer(posted, contextOf(setup)).map((one) =>
    one.kind === 'routed' ? 'routed' : one.violations.map(({ ruleId, line }) => [ruleId, line]),
  );
}

const PLAIN = 'pacs.008.001.08/customer-kzt-to-cny.xml';

describe('whose usage rules hold', () => {
  test('none but the base rules by default', () => {
    expect(judge(PLAIN, {})).toEqual(['routed']);
    expect(judge('pacs.008.001.08/batch-of-three.xml', {})).toHaveLength(3);
  });

  test("the sender's", () => {
    expect(judge('rules/pacs.008.001.08-cbpr-plus.xml', { senderRules: 'cbpr-plus' })).toEqual(['routed']);
    const [found] = judge(PLAIN, { senderRules: 'cbpr-plus' });
    expect(found).toContainEqual(['header.given', 3]);
    expect(found).not.toContainEqual(['settlement.clearing-system', 8]);
  });

  test("the corridor's, besides the sender's", () => {
    expect(judge('rules/pacs.008.001.13-nexus.xml', { corridor: { rules: 'nexus' } })).toEqual(['routed']);
    const [found] = judge(PLAIN, { senderRules: 'cbpr-plus', corridor: { rules: 'nexus' } });
    expect(found).toContainEqual(['header.given', 3]);
    expect(found).toContainEqual(['settlement.clearing-system', 8]);
  });

  test("the corridor's characters", () => {
    const [found] = judge(PLAIN, { corridor: { characters: 'latin' } });
    expect(found).toContainEqual(['characters.corridor', expect.any(Number)]);
    expect(judge('rules/pacs.008.001.08-hvps-plus.xml', { corridor: { characters: 'latin' } })).toEqual(['routed']);
  });

  test.each([
    [{ rules: 'swift' }, 'rules swift are none of base, cbpr-plus, nexus, hvps-plus'],
    [{ characters: 'ascii' }, 'characters ascii are none of latin, swift'],
  ])('a configuration with %j is refused', (change, why) => {
    const corridors = demoConfig.corridors.map((one) => ({ ...one, ...change }) as CorridorConfig);
    expect(() => checkConfig({ ...demoConfig, corridors })).toThrow(why);
  });

  const config = vehicleConfig(['KZ', 'US', 'CN']);
  const [viaUs] = config.corridors;
  const [step] = viaUs?.via ?? [];

  test('a corridor through a vehicle currency has a step for each provider', () => {
    expect(checkConfig(vehicleConfig())).toEqual(vehicleConfig());
    expect(viaUs && stepsOf(viaUs)).toEqual([
      {
        ...{ source: 'KZ', target: 'US', provider: 'OTKLKZ20' },
        ...{ sourceWallet: 'KZ-FX-PROVIDER', targetWallet: 'US-FX-PROVIDER' },
      },
      {
        ...{ source: 'US', target: 'CN', provider: 'DOLRUS20' },
        ...{ sourceWallet: 'US-FX-DOLRUS20', targetWallet: 'CN-FX-DOLRUS20' },
      },
    ]);
  });

  test.each([
    [{ via: 'US' }, 'via is not a list of ledgers with their providers'],
    [{ via: [null] }, 'via is not a list of ledgers with their providers'],
    [{ via: [{ ...step, ledger: 'JP' }] }, 'corridor names the unknown jurisdiction JP'],
    [{ via: [{ ...step, ledger: 'KZ' }] }, 'a corridor passes a jurisdiction once'],
    [{ via: [step, step] }, 'a corridor passes a jurisdiction once'],
    [{ via: [{ ...step, provider: 'DOLLAR' }] }, 'the provider of a corridor is not a BIC'],
    [{ via: [{ ...step, sourceWallet: 'a b' }] }, 'a b is not the id of a wallet'],
    [{ via: [{ ...step, sourceWallet: undefined }] }, 'two providers have the one wallet US-FX-PROVIDER on US'],
  ])('a corridor with %j is refused', (change, why) => {
    const corridors = [{ ...viaUs, ...change } as CorridorConfig];
    expect(() => checkConfig({ ...config, corridors })).toThrow(why);
  });

  const direct = { source: 'KZ', destination: 'US', provider: 'DOLRUS20', amountMaxMinor: '1' } as CorridorConfig;
  test('a pair that two providers trade, in one corridor or in two', () => {
    const others = [{ provider: 'DOLRUS20' as Bic }];
    const corridors = [...config.corridors, { ...direct, provider: 'OTKLKZ20' as Bic, others }];
    expect(checkConfig({ ...config, corridors })).toMatchObject({ corridors });
    const wallets = ['KZ-FX-DOLRUS20', 'US-FX-DOLRUS20'];
    expect(routesOf({ ...direct, provider: 'OTKLKZ20' as Bic, others })).toMatchObject([
      [{ provider: 'OTKLKZ20', sourceWallet: 'KZ-FX-PROVIDER', targetWallet: 'US-FX-PROVIDER' }],
      [{ provider: 'DOLRUS20', sourceWallet: wallets[0], targetWallet: wallets[1] }],
    ]);
  });

  test('the ways through a corridor: each provider of a step with each of the next, but none with its own wallet', () => {
    const silk = { provider: 'SILKCN20' as Bic };
    const both = { ...viaUs!, others: [silk], via: [{ ...step!, others: [silk] }] };
    expect(routesOf(both).map((route) => route.map(({ provider }) => provider))).toEqual([
      ['OTKLKZ20', 'DOLRUS20'],
      ['OTKLKZ20', 'SILKCN20'],
      ['SILKCN20', 'DOLRUS20'],
    ]);
  });

  test.each([
    [{ others: 'DOLRUS20' }, 'others is not a list of providers'],
    [{ others: [{ provider: 'DOLLAR' }] }, 'the provider of a corridor is not a BIC'],
    [{ others: [{ provider: 'DOLRUS20' }] }, 'a provider is named twice for one step'],
    [{ quoteLifeMs: 0 }, 'quoteLifeMs of a corridor is not a positive number'],
    [{ rateAgeMaxMs: '1' }, 'rateAgeMaxMs of a corridor is not a positive number'],
    [{ queue: 10 }, 'queue is not an object'],
    [{ queue: null }, 'queue is not an object'],
    [{ queue: {} }, 'waitMs of a queue is not a positive number'],
    [{ queue: { waitMs: 0 } }, 'waitMs of a queue is not a positive number'],
    [{ queue: { waitMs: 1, banks: 'ALTNKZ20' } }, 'banks of a queue is not a list of BICs'],
    [{ queue: { waitMs: 1, banks: ['ALTN'] } }, 'banks of a queue is not a list of BICs'],
  ])('a pair with %j is refused', (change, why) => {
    const corridors = [...config.corridors, { ...direct, ...change } as CorridorConfig];
    expect(() => checkConfig({ ...config, corridors })).toThrow(why);
  });

  test('one provider’s different wallets for one pair are refused', () => {
    const corridors = [direct, { ...direct, sourceWallet: 'KZ-OTHER' as WalletId }];
    expect(() => checkConfig({ ...config, corridors })).toThrow('KZ-US by DOLRUS20 is traded with different wallets');
  });
});
