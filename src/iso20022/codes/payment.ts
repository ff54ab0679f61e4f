/** External code sets, a code and its definition a line. Written by tools/import-codes.mjs. */
export const PAYMENT_CODES = {
  ExternalCategoryPurpose1Code: `BONU Transaction is the payment of a bonus
CASH Transaction is a general cash management instruction
CBLK A service that is settling money for a bulk of card transactions, while referring to a specific transaction file or other information like terminal ID, card acceptor ID or other transaction details
CCRD Transaction is related to a payment of credit card
CORT Transaction is related to settlement of a trade, eg a foreign exchange deal or a securities transaction
DCRD Transaction is related to a payment of debit card
DIVI Transaction is the payment of dividends
DVPM Code used to pre-advise the account servicer of a forthcoming deliver against payment instruction
EPAY Transaction is related to ePayment
FCIN Transaction is related to the payment of a fee and interest
FCOL A service that is settling card transaction related fees between two parties
GP2P General Person-to-Person Payment. Debtor and Creditor are natural persons
GOVT Transaction is a payment to or from a government department
HEDG Transaction is related to the payment of a hedging operation
ICCP Transaction is reimbursement of credit card payment
IDCP Transaction is reimbursement of debit card payment
INTC Transaction is an intra-company payment, ie, a payment between two companies belonging to the same group
INTE Transaction is the payment of interest
LBOX Transaction is related to identify cash handling via Night Safe or Lockbox by bank or vendor on behalf of a physical store
LOAN Transaction is related to the transfer of a loan to a borrower
MP2B Mobile P2B Payment
MP2P Mobile P2P Payment
OTHR Other payment purpose
PENS Transaction is the payment of pension
RPRE Collection used to re-present previously reversed or returned direct debit transactions
RRCT Transaction is related to a reimbursement for commercial reasons of a correctly received credit transfer
RVPM Code used to pre-advise the account servicer of a forthcoming receive against payment instruction
SALA Transaction is the payment of salaries
SECU Transaction is the payment of securities
SSBE Transaction is a social security benefit, ie payment made by a government to support individuals
SUPP Transaction is related to a payment to a supplier
TAXS Transaction is the payment of taxes
TRAD Transaction is related to the payment of a trade finance transaction
TREA Transaction is related to treasury operations. E.g. financial contract settlement
VATX Transaction is the payment of value added tax
WHLD Transaction is the payment of withholding tax
SWEP Classification: Cash Management. Transaction relates to a cash management instruction, requesting a sweep of the account of the Debtor above an agreed floor amount, up to a target or zero balance. The purpose is to move the funds from multiple accounts to a single bank account. Funds can move domestically or across border and more than one bank can be used
TOPG Classification: Cash Management. Transaction relates to a cash management instruction, requesting to top the account of the Creditor above a certain floor amount, up to a target or zero balance. The floor amount, if not pre-agreed by the parties involved, may be specified
ZABA Transaction relates to a cash management instruction, requesting to zero balance the account of the Debtor. Zero Balance Accounts empty or fill the balances in accounts at the same bank, in the same country into or out of a main account each day
VOST Transaction to be processed as a domestic payment instruction originated from a foreign bank
FCDT Foreign Currency Transaction that is processed between two domestic financial institutions
CIPC Transaction is a direct debit for a cash order of notes and/or coins
CONC Transaction is a direct debit for a cash order of notes and/or coins
CGWV Transaction is a payment towards a Party for the collection of cash by the Cash in Transit company
SAVG Transfer to / from savings or to retirement account
CTDF Cross border transaction initiated by US natural person that is subject to compliance with Dodd Frank 1073`,
  ExternalServiceLevel1Code: `BKTR Payment through internal book transfer
G001 Tracked Customer Credit Transfer
G002 Tracked Stop and Recall
G003 Tracked Outbound Corporate Transfer
G004 Tracked Financial Institution Transfer
NPCA Payments must be executed following the NPC Area Payment scheme
NUGP Payment must be executed as a non-urgent transaction with priority settlement
NURG Payment must be executed as a non-urgent transaction, which is typically identified as an ACH or low value transaction
PRPT Transaction must be processed according to the EBA Priority Service
SDVA Payment must be executed with same day value to the creditor
SEPA Payment must be executed following the Single Euro Payments Area scheme
SVDE Payment execution following the cheque agreement and traveller cheque agreement of the German Banking Industry Committee (Die Deutsche Kreditwirtschaft - DK) and Deutsche Bundesbank – Scheck Verrechnung Deutschland
URGP Payment must be executed as an urgent transaction cleared through a real-time gross settlement system, which is typically identified as a wire or high value transaction
URNS Payment must be executed as an urgent transaction cleared through a real-time net settlement system, which is typically identified as a wire or high value transaction
INST Used for payment initiation to identify that a Payment or Direct Debit initiation must be executed as an instant or real-time payment instrument
SRTP Request to Pay (RTP) transaction refers to an RTP scheme (such as for example the SEPA Request to Pay (SRTP) scheme)
SVAT Scheck Verarbeitung Austria (Cheque Processing)
G006 Specifies the service conditions applicable to a tracked exceptions and investigations case
G007 Specifies the service level for a tracked inbound customer credit transfer
G005 Tracked Instant Customer Credit Transfer
G009 Specifies the service level for a tracked low-value cross-border customer credit transfer
WFSM Transaction is to be treated as an advice and only applied to the account of the creditor or next agent after settlement of the cover has been confirmed
EOLO Payment is executed following a Euro One-Leg Out Scheme
SPLI A split payment is a payment that is split into several payments of lower value, namely with the purpose to comply with maximum amount thresholds applicable to some domestic Payment Market Infrastructures or to reduce counterparty liquidity risk`,
  ExternalLocalInstrument1Code: `DDMC Transaction is related to a direct debit instruction authorized under a confirmed electronic mandate
DDMP Transaction is related to a direct debit instruction authorized under a paper based mandate, supported by paper authorization signed by the debtor
DDMU Transaction is related to a direct debit instruction authorized under an unconfirmed electronic mandate requiring confirmation by the debtor
BPA Transaction is related to an Instant Credit Transfer under the rules of the Centrale Bank van Aruba, based on the EPC SCT Inst scheme, with a specific batch time-out delay
IPA Transaction is related to an Instant Credit Transfer under the rules of the Centrale Bank van Aruba, based on the EPC SCT Inst scheme
TRF Transaction is related to credit transfers
82 Transaction is related to a direct debit that is not pre authorised (Einzugsermächtigung)
83 Transaction is related to a direct debit that is pre authorised (Abbuchungsauftrag)
CPP Transaction is related to cash per post. Transaction to ultimate recipient having no bank account. Primary beneficiary is a postal service provider. Funds are paid out by cash. Additional necessary information for address and delivery options need to be attached
RTR Transaction is related to returned credit transfers
GST Transaction is related to truncated credit transfers. Conversion of physical instrument to electonric form for transmission to the paying bank and where the original paper document does not continue in the clearing process..The original instrument rules are retained throughout the life of the instrument. Transaction triggered by specific marked and populated paper slip. Reconciliation reference is secured by check digits supporting secure optical recognition. All other remittance information is truncated prior transmission
DDT Transaction is related to direct debits
RDD Transaction is related to returned direct debits
CHN Transaction is related to truncated checks. Conversion of physical instrument to electonric form for transmission to the paying bank and where the original paper document does not continue in the clearing process..The original instrument rules are retained throughout the life of the instrument
STR Transaction is related to revoked credit transfers
SDD Transaction is related to revoked direct debits
SRT Transaction is related to revoked returned credit transfers
SRD Transaction is related to revoked returned direct debits
SCN Transaction is related to revoked truncated checks
SGT Transaction is related to revoked truncated credit transfers
CARD Transaction is related to card clearing
05 Transaction is related to a direct debit that is not pre authorised (Einzugsermächtigung)
04 Transaction is related to a direct debit that is pre authorised (Abbuchungsauftrag)
ISE Transaction is related to the German Image-based Cheque Collection Procedure “Imagegestützter Scheckeinzug - ISE”
BSE Transaction is related to the German Paperless Cheque Collection procedure “Belegloser Scheckeinzug - BSE”
58 Transaction is related to a business-to-business direct debit (CSB58)
19 Transaction is related to a business-to-customer direct debit (CSB19)
ASTI Indicates that the payment is sent by an authorized third party on behalf of the participant
BACP Indicates that the payment was initiated manually using a GUI (Graphical User Interface)
MANP Indicates that the payment is sent by responsible Central Bank on behalf of the participant in case of contingency
SBTI Indicates that the payment is submitted to move liquidity to the technical account - dedicated to real-time settlement in an external system (for example ancillary system) . The payment is processed in a separate payment queue besides the normal processing
85 Transaction is related to an urgent direct debit that is pre authorised (Avis de Prélèvement accéléré)
08 Transaction is related to a direct debit that is pre authorised (Avis de Prélèvement)
89 Transaction is related to an urgent direct debit that is pre authorised (Avis de Prélèvement vérifié)
60 LCR - Lettre de Change Relevé (Recovered Bill of Exchange) and BOR - Billet à Orde Relevé (Promissory Note)
RIBA Transaction is related to a non-pre authorised collection (RIBA)
RIDO Transaction is related to a direct debit that is pre authorised and revocable (RID Ordinario)
RIDV Transaction is related to an urgent direct debit that is pre authorised and revocable (RID Veloce)
IDEAL Transaction is related to payments via internet owned by Currence
INSTNT01 The transaction is related to a regular Credit Transfer and will be instantly processed under the Dutch AOS on top of the EPC SCT scheme
INSTTC01 The transaction is related to an Instant Credit Transfer under the rules of the Dutch AOS on top of the EPC SCT Inst scheme
INSTIDEAL Transaction is related to payments via internet owned by Currence which uses an Instant Credit Transfer
INSTNT01IDEAL Transaction is related to payments via internet owned by Currence which uses a regular Credit Transfer and will be instantly processed under the Dutch AOS on top of the EPC SCT scheme
INSTTC01IDEAL Transaction is related to payments via internet owned by Currence which uses an Instant Credit Transfer under the rules of the Dutch AOS on top of the EPC SCT Inst scheme
NLDO Transaction is related to a Domestic payment initiated by PAIN.001
NLUP Transaction is related to a Domestic payment initiated by PAIN.001
SDN Transaction is related to payments via a ‘Standaard Digitale Nota’ InvoiceAcceptgiro payment
ACCEPT Transaction is related to payments via Acceptgiro owned by Currence
ICMC Transaction is related to an Incident Management Correction procedure based on the DD infrastructure
NLGOV Transaction is related to direct debit scheme owned by the NVB
IN Transaction is related to cross border customer credit transfer
ONCL Transaction is related to overnight clearing
PERI Credit transfer contains Extended Remittance Information (ERI) as defined within the applicable scheme
SDCL Transaction is related to New Zealand High Value Clearing System (HVCS) same day clearing payments
DDNR SEPA Core Direct Debit with ‘no refund’ option
DDFA SEPA Fixed Amount Direct Debit
CORE Transaction is related to SEPA direct debit -core
B2BAMIPM SEPA B2B Direct Debit AMI based on a paper mandate
B2B Transaction is related to SEPA business to business direct debit
CR1AMIPM Optional shorter time cycle (D-1) for SEPA Core Direct Debit AMI based on a paper mandate
CORAMIPM SEPA Core Direct Debit AMI based on a paper mandate
COR1 Optional shorter time cycle (D-1) for SEPA Core Direct Debit
FADAMIPM SEPA Fixed Amount Direct Debit AMI based on a paper mandate
CLSCCPERX Transaction is related to the CLSClearedFX service for Eurex. Usage: The code is mandatory for all pacs.009 payments to this service
CLSCCPLCH Transaction is related to the CLSClearedFX service for London Exchange Clearing House. Usage: The code is mandatory for all pacs.009 payments to this service
INST Transaction is related to an Instant Credit Transfer. Use case example: SEPA Instant Credit Transfer (SCT Inst)
ADD Transaction is authenticated direct debit for domestic use
UDD Transaction is unauthenticated direct debit for domestic use
CCI Transaction is related to an intra-group bank initiated cash management payment
IAT Transaction is related to international ACH
CCD Transaction is related to cash concentration or disbursement corporate counterparty
CTX Transaction is related to corporate trade exchange
PPD Transaction is related to prearranged payment or deposit consumer counterparty
CIE A credit entry initiated by or on behalf of the holder of a consumer account
RCK Transaction is related to re-presented check entry
ARC Transaction is related to accounts receivable check
WEB Transaction is related to internet initiated entry
POP Transaction is related to point-of-purchase
POS Transaction is related to point-of-sale
TEL Transaction is related to telephone initiated entry
ITP Payment via Instant Credit Transfer but Credit Transfer is also possible
CTP Payment via Credit Transfer but Instant Credit Transfer is also possible
MDP Type of New Payments Architecture (NPA) payment. Payments are processed over a three-day cycle and available to customers early in the morning of Day 3
IMD Type of Payment used within the New Payments Architecture (UK). Immediate Payments are used for payments initiated by customers using channels such as internet, mobile or telephone banking, where the customer wants the payment to be effected immediately
SOP Standing Orders are regular payments of a fixed amount paid to the same recipient on a specified date, for example, to pay rent
FDP Type of Payment used within the New Payments Architecture (UK). Forward-dated payments are one-off payments sent and received on a pre-arranged date, set-up by the customer in advance, for example, to pay a bill`,
  ExternalChargeType1Code: `BRKF Fee paid to a broker for services provided
BTCH Fee paid for processing a batch of transactions
COMM Fee paid for services provided
SUMM Summation of individual fees
AMND Payment order was changed based on request to do so from the (original) sending bank or as a result of receiving amended information from the (original) sending bank
CFEE Used when fees are assessed for cancellation of a payment
CLEF Used when fees are assessed for standard processing of financial institution type transfers
INVS Charges related to the processing of an investigation case/inquiry
INTE Interest related charges
NSTP Charge for a payment that required an intervention during processing
DEBT Claim is being submitted in response to receiving a customer credit transfer with DEBT in Charge Bearer code
TELE Charges relating to the most appropriate and efficient means of telecommunications available, for example, SWIFT, telex, telephone, facsimile, as determined by the party executing the payment instruction
ACCM Account maintenance fee
RECH Charge for a reporting message (camt.05X)`,
  ExternalCreditorAgentInstruction1Code: `CHQB (Ultimate) creditor must be paid by cheque
HOLD Amount of money must be held for the (ultimate) creditor, who will call. Pay on identification
PHOB Please advise/contact (ultimate) creditor/claimant by phone
PRTK Indicates that a payer token is requested/used
RECI Further information regarding the intended recipient
TELB Please advise/contact (ultimate) creditor/claimant by the most efficient means of telecommunication
TKCM Token found with counterparty mismatch
TKSG Single Use Token already used
TKSP Token found with suspended status
TKVE Token found with value limit rule violation
TKXP Token expired
TOKN Token information
VLTK Additional validation information to be used in conjunction with the token
SEID Use of Secondary Identification of Creditor Account (which may relate to Head Office Collection Account, Building Society Roll Number or Credit Card Primary Account Number)`,
  ExternalDocumentType1Code: `CINV Document is an invoice
CNFA Document is a credit note for the final amount settled for a commercial transaction
CONT Document is a contract evidencing an agreement between the seller and buyer for the supply of goods and/or services
CREN Document is a credit note
DEBN Document is a debit note
DISP Document is an advice of dispatch of the goods
DNFA Document is a debit note for the final amount settled for a commercial transaction
HIRI Document is an invoice for the hiring of human resources or renting goods or equipment
INVS Document is a signed invoice
MSIN Document is an invoice claiming payment for the supply of metered services, eg. Gas or electricity, supplied to a fixed meter
PROF In trade transactions, a pro forma invoice is a document that states a commitment from the seller to sell goods to the buyer at specified prices and terms. It is used to declare the value of the trade. It is not a true invoice, because it is not used to record accounts receivable for the seller and accounts payable for the buyer
PUOR Document is a purchase order
QUOT Document is a quotation setting out the conditions under which the goods and/or services are offered
SBIN Document is a statement of the transactions posted to the debtor's account at the supplier
SPRR Document is a document presented by the seller in support of the procurement of goods and/or services
TISH Document is a timesheet recording times for the provision of services and/or delivery of goods
USAR Document is a usage report indicating the consumption pattern for designated goods and/or services
AROI Document is a payment that applies to a specific source document
BOLD Document is a shipping notice
CMCN Document is an agreement between the parties, stipulating the terms and conditions of the delivery of goods or services
SOAC Document is a statement of the transactions posted to the debtor's account at the supplier
TSUT Document is a transaction identifier as assigned by the Trade Services Utility
VCHR Document is an electronic payment document`,
  ExternalDocumentLineType1Code: `ADPI Line item reference is an additional product identification assigned by the manufacturer
AISB Line item reference is an alternate International Standard Book Number (ISBN)
ASNB Line item reference is an asset number
CTNB Line item reference is a catalog number
DBSP Line item reference is Dun & Bradstreet Standard Product and Service code
EANN Line item reference is an European Article Number (EAN)
EINB Line item reference is an equipment identification number
GSNB Line item reference is a general specification number
HIBC Line item reference is a Health Care Industry Bar Code (HIBC)
ISBN Line item reference is an International Standard Book Number (ISBN)
LTNB Line item reference is a lot number
MDNB Line item reference is a model number
PRNB Line item reference is a part reference number
PTCD Line item reference is a product type code
SKNB Line item reference is a stock number
STNB Line item reference is a style number
TONB Line item reference is a technical order number
UPCC Line item reference is an UPC consumer package code
UPNB Line item reference is an Universal Product Number`,
  ExternalDocumentAmountType1Code: `APDS Addition discount based on third-party agreed business promotional activity, i.e., extra 10 percent discount for 15 days)
STDS Discount based on volume purchased
TMDS Discount based on terms negotiated for payment within a specified time period, i.e., 2/10 Net 30 (2 percent discount if paid in 10 days; otherwise, net amount is due in 30 days)
CITY Tax accessed by city jurisdictions within a country
CNTY Tax accessed by county jurisdictions within a country
LOCL Tax accessed by local jurisdictions within a country
PROV Tax accessed by province jurisdictions within a country
STAT Tax accessed by state jurisdictions within a country
CREN Amount is a credit note
DUPA Amount is due payable
PRIN Amount is the outstanding principal
TOTA Amount is the total
INTE Amount is the interest
ESCO Amount is in escrow
TAXS Amount is tax
INSU Amount is insurance
OBAL Amount is the outstanding balance
SBAL Amount is the statement balance
MIDU Amount is the minimum due
PADU Amount is past due
CRTL Amount is available credit
PBAL Amount is the previous balance
CHAR Amount is new charges, for example new charges on a credit card
FEES Amount is fees
INTC Amount is interest charges, or example interest charges on a credit card
REMI Amount remitted`,
  ExternalCreditorReferenceType1Code: `DISP Document is a dispatch advice
FXDR Document is a pre-agreed or pre-arranged foreign exchange transaction to which the payment transaction refers
PUOR Document is a purchase order
RPIN Document is a linked payment instruction to which the current payment instruction is related, for example, in a cover scenario
RADM Document is a remittance advice sent separately from the current transaction
SCOR Document is a structured communication reference provided by the creditor to identify the referred transaction`,
  ExternalDateType1Code: `INDA Relates to the invoice date
PADD Relates to the payment due date
NXBD Relates to the next billing date
NTAV Date type is not available`,
  ExternalDiscountAmountType1Code: `APDS Addition discount based on third-party agreed business promotional activity, i.e., extra 10 percent discount for 15 days)
STDS Discount based on volume purchased
TMDS Discount based on terms negotiated for payment within a specified time period, i.e., 2/10 Net 30 (2 percent discount if paid in 10 days; otherwise, net amount is due in 30 days)`,
  ExternalGarnishmentType1Code: `GNCS Garnishment from a third party payer for Child Support
GNDP Garnishment from a direct payer for Child Support
GTPP Garnishment from a third party payer to taxing agency`,
  ExternalTaxAmountType1Code: `CITY Tax accessed by city jurisdications within a country
CNTY Tax accessed by county jurisdications within a country
LOCL Tax accessed by local jurisdications within a country
PROV Tax accessed by province jurisdications within a country
STAT Tax accessed by state jurisdications within a country`,
} as const;
