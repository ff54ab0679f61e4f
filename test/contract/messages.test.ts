/** `POST /v1/messages`: every answer that a message can get, and that repeating one moves nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueMessage } from '../../src/iso20022/catalogue/catalogue.js';
import { conform } from '../../src/iso20022/translation/conform.js';
import { createDifferences } from '../../src/iso20022/translation/difference.js';
import { moveToVersion } from '../../src/iso20022/translation/version-steps.js';
import { child, children, text } from '../../src/iso20022/tree.js';
import { writeDocument } from '../../src/iso20022/writer.js';
import { isUuidV4 } from '../../src/kernel/ids.js';
import { checked, fixtureText } from '../iso20022/support/messages.js';
import {
  available,
  BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  chinaToKazakhstan,
  expectProblem,
  fresh,
  openWorld,
  readSent,
  setDebtorAccount,
  setText,
  statusRequest,
  swap,
  type World,
} from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const DEBTOR = 'KZ-ALTNKZ20-1';
const CREDITOR = 'CN-LONGCN20-1';

/** A pacs.008.001.08 in another version; one that has no element for the UETR names it in `InstrForNxtAgt`. */
function inVersion(xml: string, id: string): string {
  const { document } = checked(xml);
  const body = catalogueMessage(id)!.bodyType;
  const transactions = children(document.root, 'CdtTrfTxInf').map((tx) =>
    moveToVersion(tx, document.messageId, id, createDifferences()),
  );
  const root = conform({ ...document.root, CdtTrfTxInf: transactions }, body, '', createDifferences());
  return writeDocument(id, root!);
}

/** What the wallets of a payment gained while `act` ran. */
async function moved(act: () => Promise<unknown>, wallets: readonly string[]): Promise<bigint[]> {
  const before = await Promise.all(wallets.map((wallet) => available(world, wallet)));
  await act();
  await world.quiet();
  const after = await Promise.all(wallets.map((wallet) => available(world, wallet)));
  return after.map((minor, i) => minor - before[i]!);
}

describe('versions and envelopes', () => {
  it.each([
    ['pacs.008.001.08', CUSTOMER_08, 'pacs.002.001.10'],
    ['pacs.008.001.13', CUSTOMER_13, 'pacs.002.001.15'],
  ])('a %s is answered by the pacs.002 of its generation, final with Prefer: wait', async (name, file, report) => {
    const { xml, uetr, msgId } = fresh(world, file);
    const answer = await world.post(xml);
    expect(answer).toMatchObject({ http: 200, messageId: report, group: 'ACCC' });
    expect(answer.lines).toEqual([{ uetr, status: 'ACCC', reasons: [], texts: [] }]);
    expect(answer.headers['preference-applied']).toBe('wait=30');
    const original = child(answer.message.document.root, 'OrgnlGrpInfAndSts');
    expect([text(original, 'OrgnlMsgId'), text(original, 'OrgnlMsgNmId')]).toEqual([msgId, name]);
  });

  it.each([
    ['pacs.008.001.02', 'pacs.002.001.08'],
    ['pacs.008.001.06', 'pacs.002.001.08'],
    ['pacs.008.001.07', 'pacs.002.001.09'],
    ['pacs.008.001.09', 'pacs.002.001.11'],
    ['pacs.008.001.10', 'pacs.002.001.12'],
    ['pacs.008.001.11', 'pacs.002.001.13'],
    ['pacs.008.001.12', 'pacs.002.001.14'],
    ['pacs.008.001.14', 'pacs.002.001.16'],
  ])('a %s settles and is answered by a %s', async (name, report) => {
    const { xml, uetr, msgId } = fresh(world);
    const answer = await world.post(inVersion(xml, name));
    expect(answer).toMatchObject({ http: 200, messageId: report, group: 'ACCC' });
    const original = child(answer.message.document.root, 'OrgnlGrpInfAndSts');
    expect([text(original, 'OrgnlMsgId'), text(original, 'OrgnlMsgNmId')]).toEqual([msgId, name]);
    // Before .10 a pacs.002 has no other place for the UETR.
    expect(text(child(answer.message.document.root, 'TxInfAndSts'), 'StsId')).toBe(uetr.replaceAll('-', ''));
    expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body).toMatchObject({ status: 'ACCC' });
  });

  it.each([
    ['pacs.028.001.04', 'pacs.002.001.11'],
    ['pacs.028.001.05', 'pacs.002.001.12'],
    ['pacs.028.001.06', 'pacs.002.001.14'],
    ['pacs.028.001.07', 'pacs.002.001.16'],
  ])('a %s about two messages is answered by a %s', async (name, report) => {
    const [first, second] = [fresh(world), fresh(world, CUSTOMER_13)];
    for (const { xml } of [first, second]) await world.post(xml);
    const request = statusRequest({ uetrs: [first.uetr, second.uetr] }).replace('pacs.028.001.03', name);
    const answer = await world.post(request);
    expect(answer).toMatchObject({ http: 200, messageId: report });
    expect(answer.lines.map(({ status }) => status)).toEqual(['ACCC', 'ACCC']);
  });

  it('a pacs.008 with head.001 in an envelope settles like one without', async () => {
    const { xml, uetr } = fresh(world, 'pacs.008.001.08/with-header.xml');
    const answer = await world.post(xml);
    expect(answer).toMatchObject({ http: 200, messageId: 'pacs.002.001.10' });
    expect(answer.lines[0]).toMatchObject({ uetr, status: 'ACCC' });
  });

  it('any root may hold the one AppHdr and the one Document', async () => {
    const { xml } = fresh(
      world,
      'pacs.008.001.08/with-header.xml',
      swap('<Envelope>', '<b:BizMsg xmlns:b="urn:bank"><b:Payload>'),
      swap('</Envelope>', '</b:Payload></b:BizMsg>'),
    );
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it('a participant that wants headers gets its pacs.002 in an envelope with head.001', async () => {
    const { xml, uetr } = fresh(world, CUSTOMER_08, ...chinaToKazakhstan('1000.00'));
    const answer = await world.post(xml, { key: 'bank-longcn20' });
    expect(answer.lines[0]).toMatchObject({ uetr, status: 'ACCC' });
    expect(answer.message.header?.messageId).toBe('head.001.001.02');
  });

  it.each(['01', '02', '03', '04'])(
    'a pacs.008 in an envelope with head.001.001.%s is answered in one',
    async (version) => {
      const { xml, uetr, msgId } = fresh(world, CUSTOMER_08, ...chinaToKazakhstan('1000.00'));
      const [from = '', to = ''] = ['InstgAgt', 'InstdAgt'].map(
        (name) => new RegExp(`<${name}>[\\s\\S]*?<BICFI>([^<]*)`).exec(xml)?.[1],
      );
      const party = (bic: string) => `<FIId><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></FIId>`;
      const header =
        `<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.${version}"><Fr>${party(from)}</Fr><To>${party(to)}</To>` +
        `<BizMsgIdr>${msgId}</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr><CreDt>2026-11-23T10:20:00Z</CreDt></AppHdr>`;
      const envelope = xml.replace(/<Document[\s\S]*<\/Document>/, (document) => `<E>${header}${document}</E>`);
      const answer = await world.post(envelope, { key: 'bank-longcn20' });
      expect(answer.lines[0]).toMatchObject({ uetr, status: 'ACCC' });
      expect(answer.message.header?.messageId).toBe(`head.001.001.${version}`);
      await world.quiet();
      const entry = (await world.inbox('bank-longcn20', uetr)).find((item) => item.message === 'pacs.002.001.10');
      const report = await world.call('bank-longcn20', 'GET', `/v1/inbox/${entry?.id}`);
      expect(readSent(report.text).header?.messageId).toBe(`head.001.001.${version}`);
    },
  );

  it('a message without UETR gets one, returned in the pacs.002', async () => {
    const { xml } = fresh(world, 'pacs.008.001.08/without-uetr.xml');
    const answer = await world.post(xml);
    const [line] = answer.lines;
    expect(line).toMatchObject({ status: 'ACCC' });
    expect(isUuidV4(line?.uetr ?? '')).toBe(true);
    expect((await world.call(BANK, 'GET', `/v1/payments/${line?.uetr}`)).status).toBe(200);
  });
});

describe('202 and 200', () => {
  it('without Prefer the answer is 202 with ACTC once it is durable, and the final pacs.002 is in the inbox', async () => {
    const { xml, uetr } = fresh(world);
    const answer = await world.post(xml, { waitSeconds: null });
    expect(answer).toMatchObject({ http: 202, messageId: 'pacs.002.001.10', group: 'ACTC' });
    expect(answer.lines).toEqual([{ uetr, status: 'ACTC', reasons: [], texts: [] }]);
    expect(answer.headers['preference-applied']).toBeUndefined();
    await world.quiet();
    const entry = (await world.inbox(BANK, uetr)).find((item) => item.message === 'pacs.002.001.10');
    const report = await world.call(BANK, 'GET', `/v1/inbox/${entry?.id}`);
    expect(report.text).toContain('<TxSts>ACCC</TxSts>');
    readSent(report.text);
  });

  it('Prefer: wait=0 does not wait', async () => {
    expect((await world.post(fresh(world).xml, { waitSeconds: 0 })).http).toBe(202);
    await world.quiet();
  });

  it('a final status says when it was accepted and on which date it settled', async () => {
    const { body } = await world.post(fresh(world).xml);
    expect(body).toMatch(/<AccptncDtTm>\d{4}-\d\d-\d\dT[^<]*Z<\/AccptncDtTm>/);
    expect(body).toMatch(/<FctvIntrBkSttlmDt>\s*<Dt>\d{4}-\d\d-\d\d<\/Dt>/);
  });
});

describe('batches', () => {
  it('each CdtTrfTxInf of a batch is settled on its own and has its own TxInfAndSts', async () => {
    const { xml, uetrs } = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
    let lines: readonly { uetr: string | undefined; status: string | undefined }[] = [];
    const gained = await moved(async () => {
      const answer = await world.post(xml);
      expect(answer).toMatchObject({ http: 200, group: 'ACCC' });
      lines = answer.lines;
    }, [DEBTOR, 'KZ-ALTNKZ20-2', CREDITOR, 'CN-LONGCN20-2', 'CN-JADECN20-1']);
    expect(lines.map(({ uetr, status }) => [uetr, status])).toEqual(uetrs.map((uetr) => [uetr, 'ACCC']));
    // 1,250,000.00, 98,000.50 and 1,200.00 KZT at 0.0135, each rounded by itself: 98,000.50 gives 1,323.00675.
    expect(gained).toEqual([-125_120_000n, -9_800_050n, 1_687_500n, 132_301n, 1_620n]);
  });

  it('one refused transaction of three: the group says PART, the others settle', async () => {
    const { xml, uetrs } = fresh(world, 'pacs.008.001.08/batch-of-three.xml', swap('6228480000000000001', '9999'));
    const answer = await world.post(xml);
    expect(answer).toMatchObject({ http: 200, group: 'PART' });
    expect(answer.lines.map(({ uetr, status, reasons }) => [uetr, status, reasons])).toEqual([
      [uetrs[0], 'ACCC', []],
      [uetrs[1], 'ACCC', []],
      [uetrs[2], 'RJCT', ['AC03']],
    ]);
    expect(answer.body).toMatch(
      /<DtldNbOfTxs>2<\/DtldNbOfTxs>\s*<DtldSts>ACCC<\/DtldSts>[\s\S]*<DtldNbOfTxs>1<\/DtldNbOfTxs>\s*<DtldSts>RJCT/,
    );
  });

  it('without Prefer a batch with one refusal answers 202: PART with ACTC and RJCT', async () => {
    const { xml } = fresh(world, 'pacs.008.001.08/batch-of-three.xml', swap('6228480000000000001', '9999'));
    const answer = await world.post(xml, { waitSeconds: null });
    expect(answer).toMatchObject({ http: 202, group: 'PART' });
    expect(answer.lines.map(({ status }) => status)).toEqual(['ACTC', 'ACTC', 'RJCT']);
    await world.quiet();
  });

  it('a schema error in one transaction refuses the whole batch', async () => {
    const { xml, uetrs } = fresh(
      world,
      'pacs.008.001.08/batch-of-three.xml',
      swap('<InstrId>ALTN-000005', '<InstrId>'),
    );
    const gained = await moved(async () => {
      expect(await world.post(xml)).toMatchObject({ http: 400, messageId: 'admi.002.001.01' });
    }, [DEBTOR, 'KZ-ALTNKZ20-2']);
    expect(gained).toEqual([0n, 0n]);
    for (const uetr of uetrs) expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).status).toBe(404);
  });
});

describe('the same message again', () => {
  it('the same sender, MsgId and bytes: the current status, and nothing moves twice', async () => {
    const { xml, uetr } = fresh(world);
    const gained = await moved(async () => {
      expect((await world.post(xml)).lines[0]?.status).toBe('ACCC');
      const again = await world.post(xml);
      expect(again).toMatchObject({ http: 200, messageId: 'pacs.002.001.10' });
      expect(again.lines).toEqual([{ uetr, status: 'ACCC', reasons: [], texts: [] }]);
    }, [DEBTOR, CREDITOR]);
    expect(gained).toEqual([-125_000_000n, 1_687_500n]);
    expect((await world.inbox(BANK, uetr)).map(({ message }) => message).sort()).toEqual([
      'camt.054.001.08',
      'pacs.002.001.10',
    ]);
  });

  it('ten copies at the same time: one payment, the same UETR in every answer', async () => {
    const { xml, uetr } = fresh(world);
    const gained = await moved(async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => world.post(xml)));
      for (const { http, lines } of answers) {
        expect([200, 202]).toContain(http);
        expect(lines).toHaveLength(1);
        expect(lines[0]?.uetr).toBe(uetr);
        expect(['ACTC', 'PDNG', 'ACCC']).toContain(lines[0]?.status);
      }
    }, [DEBTOR, CREDITOR]);
    expect(gained).toEqual([-125_000_000n, 1_687_500n]);
  });

  it('two messages with one UETR at the same time: one is paid, the other RJCT AM05', async () => {
    const first = fresh(world);
    const second = fresh(world, CUSTOMER_08, setText('UETR', first.uetr));
    const gained = await moved(async () => {
      const answers = await Promise.all([first, second].map(({ xml }) => world.post(xml)));
      const outcomes = answers.map(({ lines }) => [lines[0]?.status, ...(lines[0]?.reasons ?? [])].join(' '));
      expect(outcomes.sort()).toEqual(['ACCC', 'RJCT AM05']);
    }, [DEBTOR, CREDITOR]);
    expect(gained).toEqual([-125_000_000n, 1_687_500n]);
  });

  it('two messages with one MsgId at the same time: one is paid, the other 409', async () => {
    const first = fresh(world);
    const second = fresh(world, CUSTOMER_08, setText('MsgId', first.msgId));
    const gained = await moved(async () => {
      const answers = await Promise.all([first, second].map(({ xml }) => world.post(xml)));
      expect(answers.map(({ http }) => http).sort()).toEqual([200, 409]);
    }, [DEBTOR, CREDITOR]);
    expect(gained).toEqual([-125_000_000n, 1_687_500n]);
  });

  it('a refused message again: its refusal, with the same reason', async () => {
    const { xml } = fresh(world, CUSTOMER_08, setDebtorAccount('UNKNOWN-1'));
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AC02'] });
    const again = await world.post(xml);
    expect(again.http).toBe(200);
    expect(again.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AC02'] });
  });

  it('the same MsgId of another bank is another message', async () => {
    const { xml, msgId } = fresh(world);
    await world.post(xml);
    const other = fresh(
      world,
      CUSTOMER_08,
      swap(/ALTNKZ20/g, 'DALAKZ20'),
      swap('KZ419010001000000001', 'KZ249020001000000001'),
      setText('MsgId', msgId),
    );
    const answer = await world.post(other.xml, { key: 'bank-dalakz20' });
    expect(answer.lines).toEqual([{ uetr: other.uetr, status: 'ACCC', reasons: [], texts: [] }]);
  });
});

describe('pacs.028 asks for the current status', () => {
  it('by UETR', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const answer = await world.post(statusRequest({ uetrs: [uetr] }));
    expect(answer).toMatchObject({ http: 200, messageId: 'pacs.002.001.10' });
    expect(answer.lines).toEqual([{ uetr, status: 'ACCC', reasons: [], texts: [] }]);
  });

  it('of a pacs.008.001.13 it is answered in pacs.002.001.15', async () => {
    const { xml, uetr } = fresh(world, CUSTOMER_13);
    await world.post(xml);
    expect(await world.post(statusRequest({ uetrs: [uetr] }))).toMatchObject({ messageId: 'pacs.002.001.15' });
  });

  it('by MsgId: every transaction of the message', async () => {
    const { xml, uetrs, msgId } = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
    await world.post(xml);
    const answer = await world.post(statusRequest({ msgId }));
    expect(answer).toMatchObject({ http: 200, group: 'ACCC' });
    expect(answer.lines.map(({ uetr }) => uetr)).toEqual(uetrs);
  });

  it('by MsgId and EndToEndId: that transaction of the message', async () => {
    const { xml, uetrs, msgId } = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
    await world.post(xml);
    const asked = statusRequest({ msgId, endToEndId: 'INV-LM-2026-000005' });
    const answer = await world.post(asked);
    expect(answer.lines).toEqual([{ uetr: uetrs[1], status: 'ACCC', reasons: [], texts: [] }]);
  });

  it('of several messages: each with its status and counts, each transaction naming its message', async () => {
    const batch = fresh(world, 'pacs.008.001.08/batch-of-three.xml', swap('6228480000000000001', '9999'));
    const single = fresh(world, CUSTOMER_13);
    for (const { xml } of [batch, single]) await world.post(xml);
    const edits = [
      swap('ALTN-MSG-20261123-0004', batch.msgId),
      swap(/(<OrgnlUETR>)[^<]*/, `$1${batch.uetrs[2]}`),
      swap('ALTN-MSG-20261123-0001', single.msgId),
      swap('ALTN20261123000001', 'ALTN20261123000010'),
    ];
    const asked = edits.reduce((xml, edit) => edit(xml), fixtureText('pacs.028.001.03/status-of-two.xml'));
    const answer = await world.post(asked);
    expect(answer).toMatchObject({ http: 200, messageId: 'pacs.002.001.10' });
    const inBatch = { OrgnlMsgId: batch.msgId, OrgnlMsgNmId: 'pacs.008.001.08' };
    const alone = { OrgnlMsgId: single.msgId, OrgnlMsgNmId: 'pacs.008.001.13' };
    const { root } = answer.message.document;
    expect(children(root, 'OrgnlGrpInfAndSts')).toEqual([
      {
        ...inBatch,
        OrgnlNbOfTxs: '3',
        GrpSts: 'PART',
        NbOfTxsPerSts: expect.arrayContaining([
          { DtldNbOfTxs: '2', DtldSts: 'ACCC' },
          { DtldNbOfTxs: '1', DtldSts: 'RJCT' },
        ]),
      },
      { ...alone, OrgnlNbOfTxs: '1', GrpSts: 'ACCC' },
    ]);
    const lines = children(root, 'TxInfAndSts').map((line) => [child(line, 'OrgnlGrpInf'), text(line, 'OrgnlUETR')]);
    expect(lines).toEqual([
      [inBatch, batch.uetrs[2]],
      [alone, single.uetr],
    ]);
  });

  it('of payments of several messages by UETR, in any order: the lines of a message stand together', async () => {
    const first = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
    const second = fresh(world);
    for (const { xml } of [first, second]) await world.post(xml);
    const uetrs = [first.uetrs[2]!, second.uetr, first.uetrs[0]!, first.uetrs[2]!];
    const { http, lines } = await world.post(statusRequest({ uetrs }));
    expect(http).toBe(200);
    expect(lines.map(({ uetr }) => uetr)).toEqual([first.uetrs[2], first.uetrs[0], second.uetr]);
  });

  it('of two whole messages, one of which repeated a UETR of the other: both, each with its own line', async () => {
    const first = fresh(world);
    const again = fresh(world, CUSTOMER_08, setText('UETR', first.uetr));
    for (const { xml } of [first, again]) await world.post(xml);
    const group = (msgId: string) =>
      `<OrgnlGrpInf><OrgnlMsgId>${msgId}</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf>`;
    const both = swap(group(first.msgId), group(first.msgId) + group(again.msgId));
    const answer = await world.post(both(statusRequest({ msgId: first.msgId })));
    expect(answer.lines.map(({ uetr, status }) => [uetr, status])).toEqual([
      [first.uetr, 'ACCC'],
      [first.uetr, 'RJCT'],
    ]);
    const named = children(answer.message.document.root, 'TxInfAndSts').map((line) =>
      text(line, 'OrgnlGrpInf', 'OrgnlMsgId'),
    );
    expect(named).toEqual([first.msgId, again.msgId]);
  });

  it('of messages with 10,000 transactions in all it is answered, of more it is 400', async () => {
    const large = fresh(world);
    const small = fresh(world);
    for (const { xml } of [large, small]) await world.post(xml);
    const pool = world.stack.databases.get('gateway')!.pool;
    const grow = (from: number, to: number) =>
      pool.query(
        `INSERT INTO payment
         SELECT r.* FROM payment p, generate_series($2::integer, $3::integer) AS n,
                LATERAL jsonb_populate_record(p, jsonb_build_object('tx_index', n, 'owns_uetr', false)) AS r
          WHERE p.uetr = $1 AND p.owns_uetr`,
        [large.uetr, from, to],
      );
    const ask = () => world.post(statusRequest({ uetrs: [small.uetr, large.uetr] }));
    await grow(1, 9_998);
    const answer = await ask();
    expect(answer.http).toBe(200);
    const counts = children(answer.message.document.root, 'OrgnlGrpInfAndSts').map((one) => text(one, 'OrgnlNbOfTxs'));
    expect(counts).toEqual(['1', '9999']);
    await grow(9_999, 9_999);
    expect(await ask()).toMatchObject({ http: 400, messageId: 'admi.002.001.01' });
    expect((await world.post(statusRequest({ uetrs: [large.uetr] }))).http).toBe(200);
    await pool.query('DELETE FROM payment WHERE uetr = $1 AND NOT owns_uetr', [large.uetr]);
  });

  it('of one payment that is there and one that is not: 404', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const asked = statusRequest({ uetrs: [uetr, '6a3f0c5d-2000-4c7a-9d38-5e2b7f4a0001'] });
    const answer = await world.post(asked);
    expect(answer).toMatchObject({ http: 404, messageId: 'admi.002.001.01' });
    expect(answer.body).toContain('no such payment 6a3f0c5d-2000-4c7a-9d38-5e2b7f4a0001');
  });

  it('of a payment in progress: its status then, and the final one later', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml, { waitSeconds: null });
    const now = await world.post(statusRequest({ uetrs: [uetr] }));
    expect(now.http).toBe(200);
    expect(['ACTC', 'PDNG', 'ACCC']).toContain(now.lines[0]?.status);
    await world.quiet();
    expect((await world.post(statusRequest({ uetrs: [uetr] }))).lines[0]?.status).toBe('ACCC');
  });

  it('of a refused payment: RJCT with its reason', async () => {
    const { xml, uetr } = fresh(world, CUSTOMER_08, setDebtorAccount('UNKNOWN-2'));
    await world.post(xml);
    const answer = await world.post(statusRequest({ uetrs: [uetr] }));
    expect(answer).toMatchObject({ http: 200 });
    expect(answer.lines[0]).toMatchObject({ uetr, status: 'RJCT', reasons: ['AC02'] });
  });

  it('of an unknown payment: 404, as admi.002 or as a problem', async () => {
    const asked = statusRequest({ uetrs: ['6a3f0c5d-2000-4c7a-9d38-5e2b7f4a0001'] });
    expect(await world.post(asked)).toMatchObject({ http: 404, messageId: 'admi.002.001.01' });
    const problem = await world.call(BANK, 'POST', '/v1/messages', {
      body: asked,
      headers: { accept: 'application/problem+json' },
    });
    expectProblem(problem, 404, 'NOT_FOUND', null);
  });

  it('of an unknown MsgId: 404', async () => {
    expect(await world.post(statusRequest({ msgId: 'NEVER-SENT' }))).toMatchObject({ http: 404 });
  });

  it("of another bank's payment: 404, as if it were not there", async () => {
    const { xml, uetr, msgId } = fresh(world);
    await world.post(xml);
    for (const about of [{ uetrs: [uetr] }, { msgId }])
      expect(await world.post(statusRequest(about), { key: 'bank-dalakz20' })).toMatchObject({ http: 404 });
  });
});
