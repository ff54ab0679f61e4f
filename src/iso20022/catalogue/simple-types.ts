/** Simple types of all messages, in the notation of notation.ts. Written by tools/import-catalogue.mjs. */
export const SIMPLE_TYPES = String.raw`
ActiveCurrencyAndAmount_SimpleType: decimal totalDigits 18 fractionDigits 5 minInclusive 0
ActiveCurrencyCode: string pattern [A-Z]{3,3}
ActiveOrHistoricCurrencyAnd13DecimalAmount_SimpleType: decimal totalDigits 18 fractionDigits 13 minInclusive 0
ActiveOrHistoricCurrencyAndAmount_SimpleType: decimal totalDigits 18 fractionDigits 5 minInclusive 0
ActiveOrHistoricCurrencyCode: string pattern [A-Z]{3,3}
AddressType2Code: string enumeration ADDR PBOX HOME BIZZ MLTO DLVY
AnyBICDec2014Identifier: string pattern [A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}
AnyBICIdentifier: string pattern [A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}
AttendanceContext1Code: string enumeration ATTD SATT UATT
AuthenticationEntity1Code: string enumeration ICCD AGNT MERC
AuthenticationMethod1Code: string enumeration UKNW BYPS NPIN FPIN CPSG PPSG MANU MERC SCRT SNCT SCNL
Authorisation1Code: string enumeration AUTH FDET FSUM ILEV
BICFIDec2014Identifier: string pattern [A-Z0-9]{4,4}[A-Z]{2,2}[A-Z0-9]{2,2}([A-Z0-9]{3,3}){0,1}
BICFIIdentifier: string pattern [A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}
BICIdentifier: string pattern [A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}
BaseOneRate: decimal totalDigits 11 fractionDigits 10
BatchBookingIndicator: boolean
BusinessMessagePriorityCode: string
CSCManagement1Code: string enumeration PRST BYPS UNRD NCSC
CancellationIndividualStatus1Code: string enumeration RJCR ACCR PDCR
CardDataReading1Code: string enumeration TAGC PHYS BRCD MGST CICC DFLE CTLS ECTL
CardPaymentServiceType2Code: string enumeration AGGR DCCV GRTT INSP LOYT NRES PUCO RECP SOAF UNAF VCAU
CardholderVerificationCapability1Code: string enumeration MNSG NPIN FCPN FEPN FDSG FBIO MNVR FBIG APKI PKIS CHDT SCEC
CashAccountType4Code: string enumeration CASH CHAR COMM TAXE CISH TRAS SACC CACC SVGS ONDP MGLD NREX MOMA LOAN SLRY ODFT
ChargeBearerType1Code: string enumeration DEBT CRED SHAR SLEV
ChargeIncludedIndicator: boolean
ClearingChannel2Code: string enumeration RTGS RTNS MPNS BOOK
CopyDuplicate1Code: string enumeration CODU COPY DUPL
CountryCode: string pattern [A-Z]{2,2}
CreditDebitCode: string enumeration CRDT DBIT
DecimalNumber: decimal totalDigits 18 fractionDigits 17
DocumentType3Code: string enumeration RADM RPIN FXDR DISP PUOR SCOR
DocumentType5Code: string enumeration MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT
DocumentType6Code: string enumeration MSIN CNFA DNFA CINV CREN DEBN HIRI SBIN CMCN SOAC DISP BOLD VCHR AROI TSUT PUOR
EntryStatus2Code: string enumeration BOOK PDNG INFO
Exact1NumericText: string pattern [0-9]
Exact2NumericText: string pattern [0-9]{2}
Exact3NumericText: string pattern [0-9]{3}
Exact4AlphaNumericText: string pattern [a-zA-Z0-9]{4}
ExternalAccountIdentification1Code: string minLength 1 maxLength 4
ExternalBalanceSubType1Code: string minLength 1 maxLength 4
ExternalBalanceType1Code: string minLength 1 maxLength 4
ExternalBankTransactionDomain1Code: string minLength 1 maxLength 4
ExternalBankTransactionFamily1Code: string minLength 1 maxLength 4
ExternalBankTransactionSubFamily1Code: string minLength 1 maxLength 4
ExternalCancellationReason1Code: string minLength 1 maxLength 4
ExternalCardTransactionCategory1Code: string minLength 1 maxLength 4
ExternalCashAccountType1Code: string minLength 1 maxLength 4
ExternalCashClearingSystem1Code: string minLength 1 maxLength 3
ExternalCategoryPurpose1Code: string minLength 1 maxLength 4
ExternalChargeType1Code: string minLength 1 maxLength 4
ExternalClaimNonReceiptRejection1Code: string minLength 1 maxLength 4
ExternalClearingSystemIdentification1Code: string minLength 1 maxLength 5
ExternalCorporateActionEventType1Code: string minLength 1 maxLength 4
ExternalCreditLineType1Code: string minLength 1 maxLength 4
ExternalCreditorAgentInstruction1Code: string minLength 1 maxLength 4
ExternalCreditorReferenceType1Code: string minLength 1 maxLength 4
ExternalDateType1Code: string minLength 1 maxLength 4
ExternalDiscountAmountType1Code: string minLength 1 maxLength 4
ExternalDocumentAmountType1Code: string minLength 1 maxLength 4
ExternalDocumentLineType1Code: string minLength 1 maxLength 4
ExternalDocumentType1Code: string minLength 1 maxLength 4
ExternalEntryStatus1Code: string minLength 1 maxLength 4
ExternalFinancialInstitutionIdentification1Code: string minLength 1 maxLength 4
ExternalFinancialInstrumentIdentificationType1Code: string minLength 1 maxLength 4
ExternalGarnishmentType1Code: string minLength 1 maxLength 4
ExternalInvestigationExecutionConfirmation1Code: string minLength 1 maxLength 4
ExternalLocalInstrument1Code: string minLength 1 maxLength 35
ExternalMandateSetupReason1Code: string minLength 1 maxLength 4
ExternalOrganisationIdentification1Code: string minLength 1 maxLength 4
ExternalPaymentCancellationRejection1Code: string minLength 1 maxLength 4
ExternalPaymentCompensationReason1Code: string minLength 1 maxLength 4
ExternalPaymentGroupStatus1Code: string minLength 1 maxLength 4
ExternalPaymentModificationRejection1Code: string minLength 1 maxLength 4
ExternalPaymentTransactionStatus1Code: string minLength 1 maxLength 4
ExternalPersonIdentification1Code: string minLength 1 maxLength 4
ExternalProxyAccountType1Code: string minLength 1 maxLength 4
ExternalPurpose1Code: string minLength 1 maxLength 4
ExternalRePresentmentReason1Code: string minLength 1 maxLength 4
ExternalRegulatoryReportingType1Code: string minLength 1 maxLength 4
ExternalReportingSource1Code: string minLength 1 maxLength 4
ExternalReturnReason1Code: string minLength 1 maxLength 4
ExternalServiceLevel1Code: string minLength 1 maxLength 4
ExternalStatusReason1Code: string minLength 1 maxLength 4
ExternalTaxAmountType1Code: string minLength 1 maxLength 4
ExternalTechnicalInputChannel1Code: string minLength 1 maxLength 4
ExternalVerificationReason1Code: string minLength 1 maxLength 4
Frequency6Code: string enumeration YEAR MNTH QURT MIAN WEEK DAIL ADHO INDA FRTN
GroupCancellationIndicator: boolean
GroupCancellationStatus1Code: string enumeration PACR RJCR ACCR PDCR
HexBinaryText: string pattern [0-9a-fA-F]+
IBAN2007Identifier: string pattern [A-Z]{2,2}[0-9]{2,2}[a-zA-Z0-9]{1,30}
ISINOct2015Identifier: string pattern [A-Z]{2,2}[A-Z0-9]{9,9}[0-9]{1,1}
ISO2ALanguageCode: string pattern [a-z]{2,2}
ISODate: date
ISODateTime: dateTime
ISONormalisedDateTime: dateTime pattern .*Z
ISOTime: time
ISOYear: gYear
ISOYearMonth: gYearMonth
IdentificationVerificationIndicator: boolean
ImpliedCurrencyAndAmount: decimal totalDigits 18 fractionDigits 5 minInclusive 0
Instruction3Code: string enumeration CHQB HOLD PHOB TELB
Instruction4Code: string enumeration PHOA TELA
Instruction5Code: string enumeration PHOB TELB
InterestType1Code: string enumeration INDY OVRN
LEIIdentifier: string pattern [A-Z0-9]{18,18}[0-9]{2,2}
MandateClassification1Code: string enumeration FIXE USGB VARI
Max1000Text: string minLength 1 maxLength 1000
Max1025Text: string minLength 1 maxLength 1025
Max105Text: string minLength 1 maxLength 105
Max10KBinary: base64Binary minLength 1 maxLength 10240
Max10Text: string minLength 1 maxLength 10
Max128Text: string minLength 1 maxLength 128
Max140Text: string minLength 1 maxLength 140
Max15NumericText: string pattern [0-9]{1,15}
Max15PlusSignedNumericText: string pattern [\+]{0,1}[0-9]{1,15}
Max16Text: string minLength 1 maxLength 16
Max20000Text: string minLength 1 maxLength 20000
Max2048Text: string minLength 1 maxLength 2048
Max256Text: string minLength 1 maxLength 256
Max30DecimalNumber: decimal totalDigits 30 fractionDigits 29
Max34Text: string minLength 1 maxLength 34
Max350Text: string minLength 1 maxLength 350
Max35Text: string minLength 1 maxLength 35
Max3NumericText: string pattern [0-9]{1,3}
Max4AlphaNumericText: string minLength 1 maxLength 4 pattern [a-zA-Z0-9]{1,4}
Max4Text: string minLength 1 maxLength 4
Max500Text: string minLength 1 maxLength 500
Max52Text: string minLength 1 maxLength 52
Max5NumericText: string pattern [0-9]{1,5}
Max70Text: string minLength 1 maxLength 70
Min2Max3NumericText: string pattern [0-9]{2,3}
Min3Max4NumericText: string pattern [0-9]{3,4}
Min8Max28NumericText: string pattern [0-9]{8,28}
NamePrefix1Code: string enumeration DOCT MIST MISS MADM
NamePrefix2Code: string enumeration DOCT MADM MISS MIST MIKS
NonNegativeDecimalNumber: decimal totalDigits 18 fractionDigits 17 minInclusive 0
Number: decimal totalDigits 18 fractionDigits 0
OnLineCapability1Code: string enumeration OFLN ONLN SMON
POIComponentType1Code: string enumeration SOFT EMVK EMVO MRIT CHIT SECM PEDV
PartyType3Code: string enumeration OPOI MERC ACCP ITAG ACQR CISS DLIS
PartyType4Code: string enumeration MERC ACCP ITAG ACQR CISS TAXH
PaymentMethod4Code: string enumeration CHK TRF DD TRA
PercentageRate: decimal totalDigits 11 fractionDigits 10
PhoneNumber: string pattern \+[0-9]{1,3}-[0-9()+\-]{1,30}
PositiveNumber: decimal totalDigits 18 fractionDigits 0 minInclusive 1
PreferredContactMethod1Code: string enumeration LETT MAIL PHON FAXX CELL
PreferredContactMethod2Code: string enumeration MAIL FAXX LETT CELL ONLI PHON
PriceValueType1Code: string enumeration DISC PREM PARV
Priority2Code: string enumeration HIGH NORM
Priority3Code: string enumeration URGT HIGH NORM
RegulatoryReportingType1Code: string enumeration CRED DEBT BOTH
RemittanceLocationMethod2Code: string enumeration FAXI EDIC URID EMAL POST SMSM
SHA256SignatureText: string pattern ([0-9A-F][0-9A-F]){32}
SequenceType3Code: string enumeration FRST RCUR FNAL OOFF RPRE
SettlementMethod1Code: string enumeration INDA INGA COVE CLRG
TaxRecordPeriod1Code: string enumeration MM01 MM02 MM03 MM04 MM05 MM06 MM07 MM08 MM09 MM10 MM11 MM12 QTR1 QTR2 QTR3 QTR4 HLF1 HLF2
TransactionChannel1Code: string enumeration MAIL TLPH ECOM TVPY
TransactionEnvironment1Code: string enumeration MERC PRIV PUBL
TransactionIndividualStatus1Code: string enumeration ACTC RJCT PDNG ACCP ACSP ACSC ACCR ACWC
TrueFalseIndicator: boolean
UTIIdentifier: string pattern [A-Z0-9]{18}[0-9]{2}[A-Z0-9]{0,32}
UUIDv4Identifier: string pattern [a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}
UnicodeChartsCode: string
UnitOfMeasure1Code: string enumeration PIEC TONS FOOT GBGA USGA GRAM INCH KILO PUND METR CMET MMET LITR CELI MILI GBOU USOU GBQA USQA GBPI USPI MILE KMET YARD SQKI HECT ARES SMET SCMT SMIL SQMI SQYA SQFO SQIN ACRE
UserInterface2Code: string enumeration MDSP CDSP
YesNoIndicator: boolean
`;
