/** Messages that the document shows, valid under their schemas; parties are those of the demo corridor. */

export const PACS_008_EXAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.13">
  <FIToFICstmrCdtTrf>
    <GrpHdr>
      <MsgId>ALTN-20261123-1</MsgId>
      <CreDtTm>2026-11-23T10:15:30+05:00</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>
    </GrpHdr>
    <CdtTrfTxInf>
      <PmtId>
        <EndToEndId>INV-4417</EndToEndId>
        <UETR>8a562c67-ca16-48ba-b074-65581be6f011</UETR>
      </PmtId>
      <IntrBkSttlmAmt Ccy="KZT">10000.00</IntrBkSttlmAmt>
      <IntrBkSttlmDt>2026-11-23</IntrBkSttlmDt>
      <AgrdRate>
        <PreAgrdXchgRate>0.0135</PreAgrdXchgRate>
        <QtId>5b0e3c1a-8d47-4f26-b9a1-0c6d2e7f9a34</QtId>
      </AgrdRate>
      <ChrgBr>SHAR</ChrgBr>
      <InstgAgt><FinInstnId><BICFI>ALTNKZ20</BICFI></FinInstnId></InstgAgt>
      <InstdAgt><FinInstnId><BICFI>OTKLKZ20</BICFI></FinInstnId></InstdAgt>
      <Dbtr><Nm>Dala Trading</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>KZ419010001000000001</IBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><BICFI>ALTNKZ20</BICFI></FinInstnId></DbtrAgt>
      <CdtrAgt><FinInstnId><BICFI>LONGCN20</BICFI></FinInstnId></CdtrAgt>
      <Cdtr><Nm>Longmen Machinery</Nm></Cdtr>
      <CdtrAcct><Id><Othr><Id>6222020000000000001</Id></Othr></Id></CdtrAcct>
    </CdtTrfTxInf>
  </FIToFICstmrCdtTrf>
</Document>
`;

/** The same payment, once its event is confirmed; at the rate of then, if the payee gets enough. */
export const PACS_008_EVENT_EXAMPLE = PACS_008_EXAMPLE.replace('ALTN-20261123-1', 'ALTN-20261123-3')
  .replace('8a562c67-ca16-48ba-b074-65581be6f011', '3c1f7a52-90be-4d1c-8a6e-5d2b94c7e018')
  .replace(/ *<AgrdRate>[\s\S]*<\/AgrdRate>\n/, '')
  .replace(
    '    </CdtTrfTxInf>',
    `      <InstrForNxtAgt><InstrInf>/EVENT/customs-118-26/QUOTE/RENEW/MIN/CNY130.00</InstrInf></InstrForNxtAgt>
    </CdtTrfTxInf>`,
  );

export const PACS_028_EXAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.028.001.03">
  <FIToFIPmtStsReq>
    <GrpHdr>
      <MsgId>ALTN-20261123-2</MsgId>
      <CreDtTm>2026-11-23T10:16:00+05:00</CreDtTm>
    </GrpHdr>
    <TxInf>
      <OrgnlUETR>8a562c67-ca16-48ba-b074-65581be6f011</OrgnlUETR>
    </TxInf>
  </FIToFIPmtStsReq>
</Document>
`;

export const PACS_002_EXAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.15">
  <FIToFIPmtStsRpt>
    <GrpHdr>
      <MsgId>F8a562c67ca1648bab07465581be6f011</MsgId>
      <CreDtTm>2026-11-23T05:15:31.204Z</CreDtTm>
    </GrpHdr>
    <TxInfAndSts>
      <OrgnlGrpInf>
        <OrgnlMsgId>ALTN-20261123-1</OrgnlMsgId>
        <OrgnlMsgNmId>pacs.008.001.13</OrgnlMsgNmId>
      </OrgnlGrpInf>
      <OrgnlEndToEndId>INV-4417</OrgnlEndToEndId>
      <OrgnlUETR>8a562c67-ca16-48ba-b074-65581be6f011</OrgnlUETR>
      <TxSts>ACCC</TxSts>
    </TxInfAndSts>
  </FIToFIPmtStsRpt>
</Document>
`;
