import { describe, expect, test } from 'vitest';
import { isMember } from '../../../src/iso20022/codes/code-sets.js';
import { describeRules, RULES } from '../../../src/iso20022/rules/check.js';
import { RULE_PROFILES, type RuleContext, type RuleProfile } from '../../../src/iso20022/rules/rule.js';
import { ERRORS } from '../../../src/kernel/errors.js';
import { changed, FULL_CONTEXT, GOOD, type Good, goodText, violations } from './support.js';

/** `rule` is broken by `good` with these changes, at `at`, and nothing else is but what `also` names. */
interface Bad {
  readonly rule: string;
  readonly good: Good;
  readonly change: readonly (readonly [from: string | RegExp, to: string])[];
  /** End of the XPath. */
  readonly at: string;
  readonly iso: string;
  readonly also?: readonly string[];
  readonly context?: RuleContext;
  readonly profile?: RuleProfile;
}

const bad = (
  rule: string,
  good: Good,
  change: Bad['change'],
  [at, iso]: readonly [at: string, iso: string],
  more: Pick<Bad, 'also' | 'context' | 'profile'> = {},
): Bad => ({ rule, good, change, at, iso, ...more });

const SETTLED = 'CdtTrfTxInf[1]/IntrBkSttlmAmt';
const AGENT = (name: string, inside: string) => `<${name}><FinInstnId>${inside}</FinInstnId></${name}>`;
const agentOf = (name: string) => new RegExp(`<${name}>[\\s\\S]*?</${name}>`);
const address = (party: string) => new RegExp(`(<${party}>[\\s\\S]*?)<PstlAdr>[\\s\\S]*?</PstlAdr>`);
const INSTITUTION = '<Nm>Bank</Nm><PstlAdr><TwnNm>Almaty</TwnNm><Ctry>KZ</Ctry></PstlAdr>';
const CHARGES = /<ChrgsInf>[\s\S]*<\/ChrgsInf>/;
const ORGANISATION = '<Id><OrgId><AnyBIC>ALTNKZ20</AnyBIC></OrgId></Id>';
const two = /<CdtTrfTxInf>[\s\S]*<\/CdtTrfTxInf>/;
const long = 'x'.repeat(140);

const TABLE: readonly Bad[] = [
  // Header and document
  bad('header.definition', 'header', [['<MsgDefIdr>pacs.008', '<MsgDefIdr>pacs.009']], ['AppHdr/MsgDefIdr', 'CH16']),
  bad('header.definition', 'return', [['<MsgDefIdr>pacs.004', '<MsgDefIdr>pacs.008']], ['AppHdr/MsgDefIdr', 'CH16']),
  bad('header.identifier', 'cbpr', [[/(<BizMsgIdr>)[^<]*/, '$1OTHER']], ['AppHdr/BizMsgIdr', 'CH16']),
  bad('header.identifier', 'cancellation', [[/(<BizMsgIdr>)[^<]*/, '$1OTHER']], ['AppHdr/BizMsgIdr', 'CH16']),
  bad('header.sender', 'header', [['<BICFI>ALTNKZ20', '<BICFI>DALAKZ20']], ['AppHdr/Fr', 'AGNT']),
  bad('header.receiver', 'cbpr', [['<BICFI>OTKLKZ20', '<BICFI>OTKOKZ20']], ['AppHdr/To', 'AGNT']),
  bad(
    'header.given',
    'cbpr',
    [
      [/<AppHdr[\s\S]*<\/AppHdr>/, ''],
      ['<Envelope>', ''],
      ['</Envelope>', ''],
    ],
    ['/Document/FIToFICstmrCdtTrf', 'CH21'],
  ),
  bad(
    'header.version',
    'hvps',
    [
      ['head.001.001.02', 'head.001.001.01'],
      [/(<CreDt>)[^<]*/, '$12026-11-23T05:15:31Z'],
    ],
    ['AppHdr/MsgDefIdr', 'CH16'],
  ),
  bad('header.service', 'cbpr', [[/<BizSvc>.*<\/BizSvc>/, '']], ['AppHdr/BizSvc', 'CH16']),
  bad('header.service', 'cbpr', [['swift.cbprplus.03', 'swift.other']], ['AppHdr/BizSvc', 'CH16']),

  // Counts and sums
  bad('total.count', 'base', [['<NbOfTxs>1', '<NbOfTxs>2']], ['GrpHdr/NbOfTxs', 'AM19']),
  bad('total.count', 'cancellation', [['<NbOfTxs>1', '<NbOfTxs>2']], ['CtrlData/NbOfTxs', 'AM19']),
  bad(
    'total.one',
    'cbpr',
    [
      [two, '$&$&'],
      ['<NbOfTxs>1', '<NbOfTxs>2'],
    ],
    ['GrpHdr/NbOfTxs', 'AM19'],
    {
      also: ['identity.uetr-once'],
    },
  ),
  bad('total.control-sum', 'return', [['<CtrlSum>0.3<', '<CtrlSum>0.30000000000000004<']], ['GrpHdr/CtrlSum', 'AM10']),
  bad(
    'total.settlement-amount',
    'oldest',
    [['<TtlIntrBkSttlmAmt Ccy="KZT">1250000.00', '<TtlIntrBkSttlmAmt Ccy="KZT">1250000.01']],
    ['GrpHdr/TtlIntrBkSttlmAmt', 'AM10'],
  ),
  bad(
    'total.currency',
    'oldest',
    [['<TtlIntrBkSttlmAmt Ccy="KZT">', '<TtlIntrBkSttlmAmt Ccy="CNY">']],
    ['GrpHdr/TtlIntrBkSttlmAmt/@Ccy', 'AM03'],
  ),
  bad(
    'total.currency',
    'return',
    [['<TtlRtrdIntrBkSttlmAmt Ccy="KZT">', '<TtlRtrdIntrBkSttlmAmt Ccy="CNY">']],
    ['GrpHdr/TtlRtrdIntrBkSttlmAmt/@Ccy', 'AM03'],
  ),
  bad(
    'identity.uetr-once',
    'base',
    [
      [two, '$&$&'],
      ['<NbOfTxs>1', '<NbOfTxs>2'],
    ],
    ['CdtTrfTxInf[2]/PmtId/UETR', 'AM05'],
  ),

  // Settlement and time
  bad('settlement.method', 'base', [['<SttlmMtd>CLRG', '<SttlmMtd>COVE']], ['GrpHdr/SttlmInf/SttlmMtd', 'NARR']),
  bad('settlement.method-correspondent', 'cbpr', [['<SttlmMtd>INDA', '<SttlmMtd>CLRG']], ['SttlmMtd', 'NARR']),
  bad('settlement.method-clearing', 'hvps', [['<SttlmMtd>CLRG', '<SttlmMtd>INDA']], ['SttlmMtd', 'NARR']),
  bad('settlement.clearing-system', 'nexus', [[/<ClrSys>[\s\S]*<\/ClrSys>/, '']], ['SttlmInf/ClrSys', 'CH21']),
  bad(
    'settlement.one-date',
    'oldest',
    [
      ['</IntrBkSttlmAmt>', '</IntrBkSttlmAmt><IntrBkSttlmDt>2026-11-23</IntrBkSttlmDt>'],
      ['<IntrBkSttlmDt>2026-11-23', '<IntrBkSttlmDt>2026-11-22'],
    ],
    ['CdtTrfTxInf[1]/IntrBkSttlmDt', 'DT01'],
  ),
  bad('settlement.date-given', 'nexus', [[/<IntrBkSttlmDt>.*<\/IntrBkSttlmDt>/, '']], ['IntrBkSttlmDt', 'DT01']),
  bad(
    'settlement.date-past',
    'base',
    [['<IntrBkSttlmDt>2026-11-23', '<IntrBkSttlmDt>2026-11-22']],
    ['IntrBkSttlmDt', 'DT01'],
  ),
  bad(
    'settlement.date-future',
    'transfer',
    [['<IntrBkSttlmDt>2026-11-23', '<IntrBkSttlmDt>2026-11-24']],
    ['IntrBkSttlmDt', 'DT04'],
  ),
  bad(
    'settlement.expired',
    'agreedRate',
    [[/(<XpryDtTm>)[^<]*/, '$12026-11-23T10:20:00+05:00']],
    ['AddtlDtTm/XpryDtTm', 'TM01'],
  ),
  bad('time.offset', 'cbpr', [[/(<CreDtTm>[^<]*)\+05:00/, '$1']], ['GrpHdr/CreDtTm', 'CH16']),
  bad('time.offset', 'nexus', [['10:14:02+05:00', '10:14:02']], ['AgrdRate/QtnDtTm', 'CH16']),
  bad('time.day-without-offset', 'cbpr', [['2026-11-23<', '2026-11-23+05:00<']], ['IntrBkSttlmDt', 'CH16']),
  bad('time.created', 'hvps', [[/(<CreDtTm>)[^<]*/, '$12026-11-24T10:20:01+05:00']], ['GrpHdr/CreDtTm', 'DT02']),
  bad('time.accepted', 'nexus', [[/<AccptncDtTm>.*<\/AccptncDtTm>/, '']], ['CdtTrfTxInf[1]/AccptncDtTm', 'CH21']),

  // Agents
  bad(
    'agent.debtor-agent',
    'base',
    [[agentOf('DbtrAgt'), AGENT('DbtrAgt', INSTITUTION)]],
    ['DbtrAgt/FinInstnId/BICFI', 'RC03'],
  ),
  bad(
    'agent.creditor-agent',
    'oldest',
    [[agentOf('CdtrAgt'), AGENT('CdtrAgt', INSTITUTION)]],
    ['CdtrAgt/FinInstnId/BICFI', 'RC04'],
  ),
  bad(
    'agent.creditor-agent-known',
    'base',
    [[agentOf('CdtrAgt'), AGENT('CdtrAgt', '<BICFI>NOVACN20</BICFI>')]],
    ['CdtrAgt/FinInstnId/BICFI', 'RC04'],
  ),
  bad(
    'agent.instructing-agent',
    'oldest',
    [[agentOf('InstgAgt'), AGENT('InstgAgt', INSTITUTION)]],
    ['GrpHdr/InstgAgt/FinInstnId', 'AGNT'],
  ),
  bad(
    'agent.instructed-agent',
    'base',
    [[agentOf('InstdAgt'), AGENT('InstdAgt', '<BICFI>JADECN20</BICFI>')]],
    ['InstdAgt/FinInstnId/BICFI', 'AGNT'],
  ),
  bad('agent.both-given', 'nexus', [[agentOf('InstgAgt'), '']], ['CdtTrfTxInf[1]/InstgAgt', 'CH21']),
  bad('agent.intermediaries', 'nexus', [[agentOf('IntrmyAgt2'), '']], ['CdtTrfTxInf[1]/IntrmyAgt2', 'RC11']),
  bad(
    'agent.bic-country',
    'chain',
    [['<BICFI>JADECN20', '<BICFI>JADEQQ20']],
    ['PrvsInstgAgt2/FinInstnId/BICFI', 'RC01'],
  ),
  bad('agent.bic-country', 'oldest', [['<BICOrBEI>ALTNKZ20', '<BICOrBEI>ALTNQQ20']], ['OrgId/BICOrBEI', 'RC01']),
  bad(
    'agent.bic-alone',
    'cbpr',
    [[/(<CdtrAgt>\s*<FinInstnId>\s*<BICFI>.*<\/BICFI>)/, '$1<Nm>Long Bank</Nm>']],
    ['CdtrAgt/FinInstnId/Nm', 'CH17'],
  ),
  bad(
    'agent.bic-alone',
    'cbpr',
    [[/(<CdtrAgt>\s*<FinInstnId>\s*<BICFI>.*<\/BICFI>)/, `$1<PstlAdr><TwnNm>Almaty</TwnNm><Ctry>KZ</Ctry></PstlAdr>`]],
    ['CdtrAgt/FinInstnId/PstlAdr', 'CH17'],
  ),
  bad(
    'agent.name-and-address',
    'hvps',
    [['<Dbtr>', `${AGENT('IntrmyAgt1', '<Nm>Bank</Nm>')}<Dbtr>`]],
    ['IntrmyAgt1/FinInstnId', 'RC02'],
  ),
  bad(
    'agent.name-and-address',
    'cbpr',
    [
      [
        '<Dbtr>',
        `${AGENT('IntrmyAgt1', '<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>102100099996</MmbId></ClrSysMmbId>')}<Dbtr>`,
      ],
    ],
    ['IntrmyAgt1/FinInstnId', 'RC02'],
  ),
  bad(
    'agent.name-not-used',
    'nexus',
    [[/(<CdtrAgt>\s*<FinInstnId>\s*<BICFI>.*<\/BICFI>)/, '$1<Nm>Long Bank</Nm>']],
    ['CdtrAgt/FinInstnId/Nm', 'CH17'],
  ),

  // Amounts, rates and charges
  bad(
    'amount.currency-exists',
    'chain',
    [['<InstdAmt Ccy="KZT">', '<InstdAmt Ccy="XAU">']],
    ['InstdAmt/@Ccy', 'AM03'],
    {
      also: ['rate.given'],
    },
  ),
  bad(
    'amount.currency-exists',
    'return',
    [['<OrgnlIntrBkSttlmAmt Ccy="KZT">', '<OrgnlIntrBkSttlmAmt Ccy="XTS">']],
    ['TxInf[1]/OrgnlIntrBkSttlmAmt/@Ccy', 'AM03'],
  ),
  bad(
    'amount.decimals',
    'chain',
    [['<InstdAmt Ccy="KZT">1250000.00', '<InstdAmt Ccy="KZT">1250000.001']],
    ['CdtTrfTxInf[1]/InstdAmt', 'AM12'],
    { also: ['charges.sum'] },
  ),
  bad('amount.too-large', 'transfer', [['>90000000.00<', '>100000000000000000<']], [SETTLED, 'AM02']),
  bad('amount.zero', 'transfer', [['>90000000.00<', '>0.00<']], [SETTLED, 'AM01']),
  bad(
    'amount.source-currency',
    'base',
    [['<IntrBkSttlmAmt Ccy="KZT">', '<IntrBkSttlmAmt Ccy="CNY">']],
    [`${SETTLED}/@Ccy`, 'AM03'],
    { also: ['rate.given'] },
  ),
  bad('amount.instructed-given', 'nexus', [[/<InstdAmt.*<\/InstdAmt>/, '']], ['CdtTrfTxInf[1]/InstdAmt', 'AM12']),
  bad('rate.positive', 'agreedRate', [[/(<XchgRate>)[^<]*/, '$10']], ['CdtTrfTxInf[1]/XchgRate', 'AB04']),
  bad('rate.positive', 'agreedRate', [[/(<PreAgrdXchgRate>)[^<]*/, '$1-1']], ['AgrdRate/PreAgrdXchgRate', 'AB04']),
  bad('rate.given', 'hvps', [['<InstdAmt Ccy="KZT">', '<InstdAmt Ccy="CNY">']], ['CdtTrfTxInf[1]/XchgRate', 'CH21']),
  bad('rate.idle', 'hvps', [['</InstdAmt>', '</InstdAmt><XchgRate>1</XchgRate>']], ['CdtTrfTxInf[1]/XchgRate', 'CH17']),
  bad(
    'quote.one',
    'agreedRate',
    [[/<AddtlRmtInf>/, '$&/QUOTE/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa ']],
    ['RmtInf/Strd', 'AB04'],
  ),
  bad(
    'quote.uuid',
    'base',
    [['<AddtlRmtInf>', '<AddtlRmtInf>/QUOTE/aaaaaaaa-aaaa-1aaa-8aaa-aaaaaaaaaaaa ']],
    ['RmtInf/Strd', 'AB04'],
  ),
  bad(
    'condition.form',
    'base',
    [['<Purp>', '<InstrForNxtAgt><InstrInf>/EVENT/customs-1</InstrInf></InstrForNxtAgt><Purp>']],
    ['InstrForNxtAgt[1]/InstrInf', 'NARR'],
  ),
  bad(
    'condition.form',
    'batch',
    [
      [
        /<\/CdtrAcct>(?![\s\S]*<\/CdtrAcct>)/,
        '</CdtrAcct><InstrForNxtAgt><InstrInf>Call /Event/x</InstrInf></InstrForNxtAgt>',
      ],
    ],
    ['CdtTrfTxInf[3]/InstrForNxtAgt[1]/InstrInf', 'NARR'],
  ),
  bad('quote.unit-currency', 'agreedRate', [['<UnitCcy>KZT', '<UnitCcy>USD']], ['AgrdRate/UnitCcy', 'AB04']),
  bad('quote.quoted-currency', 'agreedRate', [['<QtdCcy>CNY', '<QtdCcy>KZT']], ['AgrdRate/QtdCcy', 'AB04']),
  bad('charges.borne-by-creditor', 'hvps', [['<ChrgBr>SHAR', '<ChrgBr>CRED']], ['CdtTrfTxInf[1]/ChrgsInf', 'BE19']),
  bad('charges.service-level', 'cbpr', [['<ChrgBr>SHAR', '<ChrgBr>SLEV']], ['CdtTrfTxInf[1]/ChrgBr', 'BE19']),
  bad('charges.instructed-amount', 'cbpr', [[/<InstdAmt.*<\/InstdAmt>/, '']], ['CdtTrfTxInf[1]/InstdAmt', 'AM12']),
  bad('charges.sum', 'nexus', [[/(<InstdAmt Ccy="KZT">)[^<]*/, '$11250000.01']], [SETTLED, 'AM09']),
  bad('charges.sum', 'cbpr', [[CHARGES, '']], [SETTLED, 'AM09']),
  bad('charges.sum', 'cbpr', [['<ChrgBr>SHAR', '<ChrgBr>DEBT']], [SETTLED, 'AM09']),

  // Parties, accounts, addresses
  bad('account.iban', 'oldest', [['<IBAN>KZ419', '<IBAN>KZ429']], ['DbtrAcct/Id/IBAN', 'AC01']),
  bad(
    'party.lei',
    'nexus',
    [['<BICFI>LONGCN20</BICFI>', '$&<LEI>529900T8BM49AURSDO56</LEI>']],
    ['CdtrAgt/FinInstnId/LEI', 'CH16'],
  ),
  bad('party.country', 'base', [['<Ctry>CN', '<Ctry>QQ']], ['Cdtr/PstlAdr/Ctry', 'BE09']),
  bad(
    'party.bic-alone',
    'cbpr',
    [[/(<Dbtr>\s*<Nm>.*<\/Nm>)\s*<PstlAdr>[\s\S]*?<\/PstlAdr>/, `$1${ORGANISATION}`]],
    ['CdtTrfTxInf[1]/Dbtr/Nm', 'CH17'],
  ),
  bad('party.name', 'cbpr', [[/(<Dbtr>\s*)<Nm>.*<\/Nm>/, '$1']], ['CdtTrfTxInf[1]/Dbtr', 'BE08']),
  bad('party.accounts', 'nexus', [[/<CdtrAcct>[\s\S]*<\/CdtrAcct>/, '']], ['CdtTrfTxInf[1]/CdtrAcct', 'AC03']),
  bad(
    'party.contact-not-used',
    'nexus',
    [['</Cdtr>', '<CtctDtls><Nm>Li</Nm></CtctDtls></Cdtr>']],
    ['Cdtr/CtctDtls', 'BE18'],
  ),
  bad(
    'address.town-and-country',
    'cbpr',
    [[address('Dbtr'), '$1<PstlAdr><AdrLine>Almaty</AdrLine></PstlAdr>']],
    ['Dbtr/PstlAdr/TwnNm', 'BE07'],
  ),
  bad('address.town-and-country', 'nexus', [[/(<Cdtr>[\s\S]*?)<Ctry>CN<\/Ctry>/, '$1']], ['Cdtr/PstlAdr/Ctry', 'BE04']),
  bad(
    'address.lines',
    'hvps',
    [[/(<Cdtr>[\s\S]*?<Ctry>CN<\/Ctry>)/, '$1<AdrLine>a</AdrLine><AdrLine>b</AdrLine><AdrLine>c</AdrLine>']],
    ['Cdtr/PstlAdr/AdrLine', 'BE04'],
  ),
  bad('address.given', 'nexus', [[address('Cdtr'), '$1']], ['Cdtr/PstlAdr', 'BE04']),

  // References and remittance
  bad('reference.uetr-given', 'cbpr', [[/<UETR>.*<\/UETR>/, '']], ['PmtId/UETR', 'CH21']),
  bad('reference.instruction-given', 'cbpr', [[/<InstrId>.*<\/InstrId>/, '']], ['PmtId/InstrId', 'CH21']),
  bad('reference.instruction-length', 'cbpr', [[/(<InstrId>)[^<]*/, '$1ABCDEFGHIJKLMNOPQ']], ['PmtId/InstrId', 'CH16']),
  bad('reference.slashes', 'cbpr', [['<InstrId>', '<InstrId>/']], ['PmtId/InstrId', 'CH16']),
  bad('reference.slashes', 'hvps', [[/(<EndToEndId>)[^<]*/, '$1A//B']], ['PmtId/EndToEndId', 'CH16']),
  bad('reference.slashes', 'hvps', [[/(<TxId>)[^<]*/, '$1A/']], ['PmtId/TxId', 'CH16']),
  bad('reference.characters', 'hvps', [[/(<EndToEndId>)[^<]*/, '$1A_B']], ['PmtId/EndToEndId', 'RR10']),
  bad('reference.creditor-reference', 'chain', [['RF18539', 'RF19539']], ['CdtrRefInf/Ref', 'RR09']),
  bad(
    'remittance.one-line',
    'nexus',
    [['<RmtInf>', '<RmtInf><Ustrd>a</Ustrd><Ustrd>b</Ustrd>']],
    ['RmtInf/Ustrd[2]', 'RR07'],
  ),
  bad(
    'remittance.length',
    'nexus',
    [
      [/<AddtlRmtInf>.*<\/AddtlRmtInf>/, `<AddtlRmtInf>${long}</AddtlRmtInf>`.repeat(3)],
      [/<Strd>[\s\S]*<\/Strd>/, '$&'.repeat(20)],
    ],
    ['RmtInf/Strd', 'RR07'],
  ),
  bad('remittance.tax-not-used', 'nexus', [['<RmtInf>', '<Tax><RefNb>7</RefNb></Tax><RmtInf>']], ['[1]/Tax', 'CH17']),
  bad('remittance.purpose-given', 'nexus', [[/<Purp>[\s\S]*<\/Purp>/, '']], ['[1]/Purp', 'FF07']),

  // About an earlier payment
  bad(
    'original.named',
    'statusRequest',
    [
      [/<OrgnlEndToEndId>.*<\/OrgnlEndToEndId>/, '<StsReqId>1</StsReqId>'],
      [/<OrgnlUETR>.*<\/OrgnlUETR>/, ''],
    ],
    ['TxInf[1]/OrgnlUETR', 'CH21'],
    { also: ['original.uetr-given'] },
  ),
  bad(
    'original.uetr-given',
    'cancellation',
    [[/<OrgnlUETR>.*<\/OrgnlUETR>/, '']],
    ['Undrlyg[1]/TxInf[1]/OrgnlUETR', 'CH21'],
  ),
  bad(
    'return.amount',
    'return',
    [['<OrgnlIntrBkSttlmAmt Ccy="KZT">0.30', '<OrgnlIntrBkSttlmAmt Ccy="KZT">0.29']],
    ['TxInf[1]/RtrdIntrBkSttlmAmt', 'AM09'],
  ),
  bad('return.reason-given', 'return', [[/<RtrRsnInf>[\s\S]*<\/RtrRsnInf>/, '']], ['RtrRsnInf/Rsn', 'MS03']),
  bad(
    'cancellation.reason-given',
    'cancellation',
    [[/<CxlRsnInf>[\s\S]*<\/CxlRsnInf>/, '']],
    ['CxlRsnInf/Rsn', 'MS03'],
  ),

  // Codes
  bad('code.reason', 'return', [['<Cd>AC04', '<Cd>ZZ99']], ['RtrRsnInf[1]/Rsn/Cd', 'CH16']),
  bad('code.reason', 'cancellation', [['<Cd>DUPL', '<Cd>AB04']], ['CxlRsnInf[1]/Rsn/Cd', 'CH16'], { profile: 'base' }),
  bad('code.service-level', 'cbpr', [['<Cd>G001', '<Cd>G999']], ['SvcLvl[1]/Cd', 'FF04']),
  bad(
    'code.local-instrument',
    'cbpr',
    [['</SvcLvl>', '</SvcLvl><LclInstrm><Cd>NONE</Cd></LclInstrm>']],
    ['LclInstrm/Cd', 'FF05'],
  ),
  bad('code.category-purpose', 'nexus', [['<Cd>SUPP', '<Cd>SUPX']], ['CtgyPurp/Cd', 'FF06']),
  bad('code.purpose', 'hvps', [['<Cd>GDDS', '<Cd>GDDX']], ['Purp/Cd', 'FF07']),
  bad(
    'code.clearing-member',
    'cbpr',
    [['<BICFI>LONGCN20</BICFI>', '$&<ClrSysMmbId><ClrSysId><Cd>CNAPX</Cd></ClrSysId><MmbId>1</MmbId></ClrSysMmbId>']],
    ['CdtrAgt/FinInstnId/ClrSysMmbId/ClrSysId/Cd', 'RC08'],
  ),
  bad('code.account', 'cbpr', [['</CdtrAcct>', '<Tp><Cd>CACX</Cd></Tp></CdtrAcct>']], ['CdtrAcct/Tp/Cd', 'AC12']),
  bad(
    'code.identification',
    'nexus',
    [['</Cdtr>', '<Id><OrgId><Othr><Id>1</Id><SchmeNm><Cd>TXIX</Cd></SchmeNm></Othr></OrgId></Id></Cdtr>']],
    ['Cdtr/Id/OrgId/Othr[1]/SchmeNm/Cd', 'BE15'],
  ),
  bad('code.other', 'hvps', [['<Prtry>OTKEL-KZ</Prtry>', '<Cd>QQQ</Cd>']], ['SttlmInf/ClrSys/Cd', 'CH16']),

  // Characters
  bad('characters.corridor', 'base', [], ['Dbtr/Nm', 'RR10'], { context: { ...FULL_CONTEXT, characters: 'latin' } }),
  bad('characters.corridor', 'cbpr', [['Altyn', 'Altın']], ['Dbtr/Nm', 'RR10'], {
    profile: 'hvps-plus',
    context: { characters: 'swift' },
  }),
  bad('characters.swift', 'cbpr', [['Altyn', 'Алтын']], ['Dbtr/Nm', 'RR10']),
];

const label = ({ rule, good, at }: Bad): string => `${rule}: ${good}, ${at}`;

describe('usage rules, a good and a bad message each', () => {
  test.each(Object.keys(GOOD) as Good[])('nothing is wrong with the good message %s', (good) => {
    const [, profile] = GOOD[good];
    const found = violations(goodText(good), profile).filter(({ ruleId }) => ruleId !== 'agent.bic-live');
    expect(found).toEqual([]);
  });

  test.each(TABLE.map((row) => [label(row), row] as const))('%s', (_label, row) => {
    const { rule, good, change, at, iso, also = [], context = FULL_CONTEXT, profile = GOOD[good][1] } = row;
    const plain = new Set(violations(goodText(good), profile).map(({ ruleId }) => ruleId));
    const found = violations(changed(goodText(good), change), profile, context);
    const broken = found.find(({ ruleId, path }) => ruleId === rule && path.endsWith(at));
    expect(broken).toMatchObject({ iso, severity: RULES.find(({ id }) => id === rule)?.severity[profile] });
    const others = new Set(found.map(({ ruleId }) => ruleId).filter((id) => id !== rule && !plain.has(id)));
    expect([...others]).toEqual(also);
  });

  test('a BIC of test and training is told of where payments are real', () => {
    const told = violations(goodText('cbpr'), 'cbpr-plus');
    expect(new Set(told.map(({ ruleId, severity }) => `${ruleId} ${severity}`))).toEqual(
      new Set(['agent.bic-live warning']),
    );
    const live = goodText('cbpr').replaceAll('KZ20<', 'KZ22<').replaceAll('CN20<', 'CN22<');
    expect(violations(live, 'cbpr-plus', {})).toEqual([]);
  });

  test('every rule is broken by a row', () => {
    const broken = new Set([...TABLE.map(({ rule }) => rule), 'agent.bic-live']);
    expect(RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});

describe('the rule table', () => {
  test('each row is complete and its reason is a code of ISO', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const rule of RULES) {
      expect(rule.id).toMatch(/^[a-z]+(?:\.[a-z-]+)$/);
      expect(Object.keys(rule.severity).length, rule.id).toBeGreaterThan(0);
      const reason = rule.iso ?? ERRORS[rule.code].iso;
      expect(reason !== null && isMember('ExternalStatusReason1Code', reason), rule.id).toBe(true);
      for (const text of [rule.xpath, rule.demands, rule.source]) expect(text, rule.id).not.toBe('');
    }
  });

  test.each(RULE_PROFILES)('describes %s', (profile) => {
    const rows = describeRules(profile);
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) expect(Object.values(row)).not.toContain('');
  });
});
