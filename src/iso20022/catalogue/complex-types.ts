/** Complex types of all messages, in the notation of notation.ts. Written by tools/import-catalogue.mjs. */
export const COMPLEX_TYPES: Record<string, string> = {
  AccountIdentification4Choice: 'IBAN IBAN2007Identifier | Othr GenericAccountIdentification1',
  AccountInterest4: 'Tp? InterestType1Choice, Rate* Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2',
  AccountNotification17:
    'Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlNtfctnInf? Max500Text',
  AccountNotification24:
    'Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry15, AddtlNtfctnInf? Max500Text',
  AccountSchemeName1Choice: 'Cd ExternalAccountIdentification1Code | Prtry Max35Text',
  ActiveCurrencyAndAmount: '= ActiveCurrencyAndAmount_SimpleType @Ccy ActiveCurrencyCode',
  ActiveOrHistoricCurrencyAnd13DecimalAmount:
    '= ActiveOrHistoricCurrencyAnd13DecimalAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode',
  ActiveOrHistoricCurrencyAndAmount: '= ActiveOrHistoricCurrencyAndAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode',
  ActiveOrHistoricCurrencyAndAmountRange2:
    'Amt ImpliedCurrencyAmountRange1Choice, CdtDbtInd? CreditDebitCode, Ccy ActiveOrHistoricCurrencyCode',
  AdditionalDateTime1: 'AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, XpryDtTm? ISODateTime',
  AddressType3Choice: 'Cd AddressType2Code | Prtry GenericIdentification30',
  AmendmentInformationDetails13:
    'OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification135, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlCdtrAgtAcct? CashAccount38, OrgnlDbtr? PartyIdentification135, OrgnlDbtrAcct? CashAccount38, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlDbtrAgtAcct? CashAccount38, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText',
  AmendmentInformationDetails15:
    'OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification272, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification8, OrgnlCdtrAgtAcct? CashAccount40, OrgnlDbtr? PartyIdentification272, OrgnlDbtrAcct? CashAccount40, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification8, OrgnlDbtrAgtAcct? CashAccount40, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText',
  AmountAndCurrencyExchange3:
    'InstdAmt? AmountAndCurrencyExchangeDetails3, TxAmt? AmountAndCurrencyExchangeDetails3, CntrValAmt? AmountAndCurrencyExchangeDetails3, AnncdPstngAmt? AmountAndCurrencyExchangeDetails3, PrtryAmt* AmountAndCurrencyExchangeDetails4',
  AmountAndCurrencyExchange4:
    'InstdAmt? AmountAndCurrencyExchangeDetails5, TxAmt? AmountAndCurrencyExchangeDetails5, CntrValAmt? AmountAndCurrencyExchangeDetails5, AnncdPstngAmt? AmountAndCurrencyExchangeDetails5, PrtryAmt* AmountAndCurrencyExchangeDetails6',
  AmountAndCurrencyExchangeDetails3: 'Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange5',
  AmountAndCurrencyExchangeDetails4: 'Tp Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange5',
  AmountAndCurrencyExchangeDetails5: 'Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange24',
  AmountAndCurrencyExchangeDetails6: 'Tp Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange24',
  AmountAndDirection35: 'Amt NonNegativeDecimalNumber, CdtDbtInd CreditDebitCode',
  AmountRangeBoundary1: 'BdryAmt ImpliedCurrencyAndAmount, Incl YesNoIndicator',
  AmountType4Choice: 'InstdAmt ActiveOrHistoricCurrencyAndAmount | EqvtAmt EquivalentAmount2',
  BankToCustomerDebitCreditNotificationV08:
    'GrpHdr GroupHeader81, Ntfctn+ AccountNotification17, SplmtryData* SupplementaryData1',
  BankToCustomerDebitCreditNotificationV13:
    'GrpHdr GroupHeader116, Ntfctn+ AccountNotification24, SplmtryData* SupplementaryData1',
  BankTransactionCodeStructure4: 'Domn? BankTransactionCodeStructure5, Prtry? ProprietaryBankTransactionCodeStructure1',
  BankTransactionCodeStructure5: 'Cd ExternalBankTransactionDomain1Code, Fmly BankTransactionCodeStructure6',
  BankTransactionCodeStructure6:
    'Cd ExternalBankTransactionFamily1Code, SubFmlyCd ExternalBankTransactionSubFamily1Code',
  BatchInformation2:
    'MsgId? Max35Text, PmtInfId? Max35Text, NbOfTxs? Max15NumericText, TtlAmt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode',
  BranchAndFinancialInstitutionIdentification6: 'FinInstnId FinancialInstitutionIdentification18, BrnchId? BranchData3',
  BranchAndFinancialInstitutionIdentification8: 'FinInstnId FinancialInstitutionIdentification23, BrnchId? BranchData5',
  BranchData3: 'Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24',
  BranchData5: 'Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress27',
  BusinessApplicationHeader5:
    'CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope',
  BusinessApplicationHeaderV02:
    'CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd* BusinessApplicationHeader5',
  CardAggregated2:
    'AddtlSvc? CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SeqNbRg? CardSequenceNumberRange1, TxDtRg? DateOrDateTimePeriod1Choice',
  CardEntry4: 'Card? PaymentCard4, POI? PointOfInteraction1, AggtdNtry? CardAggregated2, PrePdAcct? CashAccount38',
  CardEntry5: 'Card? PaymentCard4, POI? PointOfInteraction1, AggtdNtry? CardAggregated2, PrePdAcct? CashAccount40',
  CardIndividualTransaction2:
    'ICCRltdData? Max1025Text, PmtCntxt? PaymentContext3, AddtlSvc? CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SaleRefNb? Max35Text, RePresntmntRsn? ExternalRePresentmentReason1Code, SeqNb? Max35Text, TxId? TransactionIdentifier1, Pdct? Product2, VldtnDt? ISODate, VldtnSeqNb? Max35Text',
  CardSecurityInformation1: 'CSCMgmt CSCManagement1Code, CSCVal? Min3Max4NumericText',
  CardSequenceNumberRange1: 'FrstTx? Max35Text, LastTx? Max35Text',
  CardTransaction17:
    'Card? PaymentCard4, POI? PointOfInteraction1, Tx? CardTransaction3Choice, PrePdAcct? CashAccount38',
  CardTransaction18:
    'Card? PaymentCard4, POI? PointOfInteraction1, Tx? CardTransaction3Choice, PrePdAcct? CashAccount40',
  CardTransaction3Choice: 'Aggtd CardAggregated2 | Indv CardIndividualTransaction2',
  CardholderAuthentication2: 'AuthntcnMtd AuthenticationMethod1Code, AuthntcnNtty AuthenticationEntity1Code',
  CashAccount38:
    'Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1',
  CashAccount39:
    'Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1, Ownr? PartyIdentification135, Svcr? BranchAndFinancialInstitutionIdentification6',
  CashAccount40:
    'Id? AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1',
  CashAccount43:
    'Id? AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1, Ownr? PartyIdentification272, Svcr? BranchAndFinancialInstitutionIdentification8',
  CashAccountType2Choice: 'Cd ExternalCashAccountType1Code | Prtry Max35Text',
  CashAvailability1: 'Dt CashAvailabilityDate1Choice, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode',
  CashAvailabilityDate1Choice: 'NbOfDays Max15PlusSignedNumericText | ActlDt ISODate',
  CashDeposit1: 'NoteDnmtn ActiveCurrencyAndAmount, NbOfNotes Max15NumericText, Amt ActiveCurrencyAndAmount',
  CategoryPurpose1Choice: 'Cd ExternalCategoryPurpose1Code | Prtry Max35Text',
  ChargeType3Choice: 'Cd ExternalChargeType1Code | Prtry GenericIdentification3',
  Charges15: 'TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord8',
  Charges16:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification8, Tp? ChargeType3Choice',
  Charges6: 'TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord3',
  Charges7: 'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6',
  ChargesRecord3:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd? ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br? ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification6, Tax? TaxCharges2',
  ChargesRecord8:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd? ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br? ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification8, Tax? TaxCharges2',
  ClearingSystemIdentification2Choice: 'Cd ExternalClearingSystemIdentification1Code | Prtry Max35Text',
  ClearingSystemIdentification3Choice: 'Cd ExternalCashClearingSystem1Code | Prtry Max35Text',
  ClearingSystemMemberIdentification2: 'ClrSysId? ClearingSystemIdentification2Choice, MmbId Max35Text',
  Contact13:
    'NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, URLAdr? Max2048Text, EmailAdr? Max256Text, EmailPurp? Max35Text, JobTitl? Max35Text, Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd? PreferredContactMethod2Code',
  Contact4:
    'NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, EmailAdr? Max2048Text, EmailPurp? Max35Text, JobTitl? Max35Text, Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd? PreferredContactMethod1Code',
  CorporateAction82: 'EvtTp CorporateActionEventType104Choice, CorpActnEvtId Max35Text, OffclCorpActnEvtId? Max35Text',
  CorporateAction9: 'EvtTp Max35Text, EvtId Max35Text',
  CorporateActionEventType104Choice: 'Cd ExternalCorporateActionEventType1Code | Prtry GenericIdentification30',
  CreditTransferMandateData1:
    'MndtId? Max35Text, Tp? MandateTypeInformation2, DtOfSgntr? ISODate, DtOfVrfctn? ISODateTime, ElctrncSgntr? Max10KBinary, FrstPmtDt? ISODate, FnlPmtDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice',
  CreditTransferTransaction39:
    'PmtId PaymentIdentification7, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges7, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation8, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, SplmtryData* SupplementaryData1',
  CreditTransferTransaction70:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AddtlDtTm? AdditionalDateTime1, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, AgrdRate? CurrencyExchange26, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges16, MndtRltdInf? CreditTransferMandateData1, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxData1, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, SplmtryData* SupplementaryData1',
  CreditorReferenceInformation2: 'Tp? CreditorReferenceType2, Ref? Max35Text',
  CreditorReferenceInformation3: 'Tp? CreditorReferenceType3, Ref? Max35Text',
  CreditorReferenceType1Choice: 'Cd DocumentType3Code | Prtry Max35Text',
  CreditorReferenceType2: 'CdOrPrtry CreditorReferenceType1Choice, Issr? Max35Text',
  CreditorReferenceType2Choice: 'Cd ExternalCreditorReferenceType1Code | Prtry Max35Text',
  CreditorReferenceType3: 'CdOrPrtry CreditorReferenceType2Choice, Issr? Max35Text',
  CryptographicKey1Choice: 'ILPV4 HexBinaryText | Sgntr SHA256SignatureText',
  CurrencyExchange24:
    'SrcCcy ActiveOrHistoricCurrencyCode, TrgtCcy? ActiveOrHistoricCurrencyCode, UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate BaseOneRate, CtrctId? Max35Text, QtnDt? ISODateTime, XchgRateBase? PositiveNumber',
  CurrencyExchange26:
    'UnitCcy? ActiveOrHistoricCurrencyCode, QtdCcy? ActiveOrHistoricCurrencyCode, PreAgrdXchgRate BaseOneRate, QtnDtTm? ISODateTime, QtId? UUIDv4Identifier, FXAgt? BranchAndFinancialInstitutionIdentification8',
  CurrencyExchange5:
    'SrcCcy ActiveOrHistoricCurrencyCode, TrgtCcy? ActiveOrHistoricCurrencyCode, UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate BaseOneRate, CtrctId? Max35Text, QtnDt? ISODateTime',
  DateAndDateTime2Choice: 'Dt ISODate | DtTm ISODateTime',
  DateAndPlaceOfBirth1: 'BirthDt ISODate, PrvcOfBirth? Max35Text, CityOfBirth Max35Text, CtryOfBirth CountryCode',
  DateAndType1: 'Tp DateType2Choice, Dt ISODate',
  DateOrDateTimePeriod1Choice: 'Dt DatePeriod2 | DtTm DateTimePeriod1',
  DatePeriod2: 'FrDt ISODate, ToDt ISODate',
  DateTimePeriod1: 'FrDtTm ISODateTime, ToDtTm ISODateTime',
  DateType2Choice: 'Cd ExternalDateType1Code | Prtry Max35Text',
  DiscountAmountAndType1: 'Tp? DiscountAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount',
  DiscountAmountType1Choice: 'Cd ExternalDiscountAmountType1Code | Prtry Max35Text',
  DisplayCapabilities1: 'DispTp UserInterface2Code, NbOfLines Max3NumericText, LineWidth Max3NumericText',
  'Document-admi.002.001.01': 'admi.002.001.01 admi.002.001.01',
  'Document-camt.054.001.08': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV08',
  'Document-camt.054.001.13': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV13',
  'Document-pacs.002.001.10': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV10',
  'Document-pacs.002.001.15': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV15',
  'Document-pacs.008.001.08': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV08',
  'Document-pacs.008.001.13': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV13',
  'Document-pacs.028.001.03': 'FIToFIPmtStsReq FIToFIPaymentStatusRequestV03',
  DocumentAdjustment1:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, Rsn? Max4Text, AddtlInf? Max140Text',
  DocumentAmount1: 'Tp DocumentAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount',
  DocumentAmountType1Choice: 'Cd ExternalDocumentAmountType1Code | Prtry Max35Text',
  DocumentLineIdentification1: 'Tp? DocumentLineType1, Nb? Max35Text, RltdDt? ISODate',
  DocumentLineInformation1: 'Id+ DocumentLineIdentification1, Desc? Max2048Text, Amt? RemittanceAmount3',
  DocumentLineInformation2: 'Id+ DocumentLineIdentification1, Desc? Max2048Text, Amt? RemittanceAmount4',
  DocumentLineType1: 'CdOrPrtry DocumentLineType1Choice, Issr? Max35Text',
  DocumentLineType1Choice: 'Cd ExternalDocumentLineType1Code | Prtry Max35Text',
  DocumentType1: 'CdOrPrtry DocumentType2Choice, Issr? Max35Text',
  DocumentType2Choice: 'Cd ExternalDocumentType1Code | Prtry Max35Text',
  EntryDetails14: 'Btch? BatchInformation2, TxDtls* EntryTransaction15',
  EntryDetails9: 'Btch? BatchInformation2, TxDtls* EntryTransaction10',
  EntryStatus1Choice: 'Cd ExternalEntryStatus1Code | Prtry Max35Text',
  EntryTransaction10:
    'Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange3, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges6, Intrst? TransactionInterest4, RltdPties? TransactionParties6, RltdAgts? TransactionAgents5, LclInstrm? LocalInstrument2Choice, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities3Choice, FinInstrmId? SecurityIdentification19, Tax? TaxInformation8, RtrInf? PaymentReturnReason5, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction17, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EntryTransaction15:
    'Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange4, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges15, Intrst? TransactionInterest4, RltdPties? TransactionParties12, RltdAgts? TransactionAgents6, LclInstrm? LocalInstrument2Choice, PmtTpInf? PaymentTypeInformation27, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities4Choice, FinInstrmId? SecurityIdentification19, Tax? TaxData1, RtrInf? PaymentReturnReason8, RltdCorpActn? CorporateAction82, SfkpgAcct? SecuritiesAccount19, UndrlygAllcn* TransactionAllocation1, CshDpst* CashDeposit1, CardTx? CardTransaction18, InstrCpy? Max20000Text, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EquivalentAmount2: 'Amt ActiveOrHistoricCurrencyAndAmount, CcyOfTrf ActiveOrHistoricCurrencyCode',
  FIToFICustomerCreditTransferV08:
    'GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction39, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV13:
    'GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction70, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV10:
    'GrpHdr GroupHeader91, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction110, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV15:
    'GrpHdr GroupHeader120, OrgnlGrpInfAndSts* OriginalGroupHeader22, TxInfAndSts* PaymentTransaction164, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusRequestV03:
    'GrpHdr GroupHeader91, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction113, SplmtryData* SupplementaryData1',
  FinancialIdentificationSchemeName1Choice: 'Cd ExternalFinancialInstitutionIdentification1Code | Prtry Max35Text',
  FinancialInstitutionIdentification18:
    'BICFI? BICFIDec2014Identifier, ClrSysMmbId? ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24, Othr? GenericFinancialIdentification1',
  FinancialInstitutionIdentification23:
    'BICFI? BICFIDec2014Identifier, ClrSysMmbId? ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress27, Othr? GenericFinancialIdentification1',
  FinancialInstrumentQuantity1Choice:
    'Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount',
  FinancialInstrumentQuantity33Choice:
    'Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount | DgtlTknUnit Max30DecimalNumber',
  Frequency36Choice: 'Tp Frequency6Code | Prd FrequencyPeriod1 | PtInTm FrequencyAndMoment1',
  FrequencyAndMoment1: 'Tp Frequency6Code, PtInTm Exact2NumericText',
  FrequencyPeriod1: 'Tp Frequency6Code, CntPerPrd DecimalNumber',
  FromToAmountRange1: 'FrAmt AmountRangeBoundary1, ToAmt AmountRangeBoundary1',
  Garnishment3:
    'Tp GarnishmentType1, Grnshee? PartyIdentification135, GrnshmtAdmstr? PartyIdentification135, RefNb? Max140Text, Dt? ISODate, RmtdAmt? ActiveOrHistoricCurrencyAndAmount, FmlyMdclInsrncInd? TrueFalseIndicator, MplyeeTermntnInd? TrueFalseIndicator',
  Garnishment4:
    'Tp GarnishmentType1, Grnshee? PartyIdentification272, GrnshmtAdmstr? PartyIdentification272, RefNb? Max140Text, Dt? ISODate, RmtdAmt? ActiveOrHistoricCurrencyAndAmount, FmlyMdclInsrncInd? TrueFalseIndicator, MplyeeTermntnInd? TrueFalseIndicator',
  GarnishmentType1: 'CdOrPrtry GarnishmentType1Choice, Issr? Max35Text',
  GarnishmentType1Choice: 'Cd ExternalGarnishmentType1Code | Prtry Max35Text',
  GenericAccountIdentification1: 'Id Max34Text, SchmeNm? AccountSchemeName1Choice, Issr? Max35Text',
  GenericFinancialIdentification1: 'Id Max35Text, SchmeNm? FinancialIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericIdentification1: 'Id Max35Text, SchmeNm? Max35Text, Issr? Max35Text',
  GenericIdentification3: 'Id Max35Text, Issr? Max35Text',
  GenericIdentification30: 'Id Exact4AlphaNumericText, Issr Max35Text, SchmeNm? Max35Text',
  GenericIdentification32: 'Id Max35Text, Tp? PartyType3Code, Issr? PartyType4Code, ShrtNm? Max35Text',
  GenericOrganisationIdentification1:
    'Id Max35Text, SchmeNm? OrganisationIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericOrganisationIdentification3:
    'Id Max256Text, SchmeNm? OrganisationIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericPersonIdentification1: 'Id Max35Text, SchmeNm? PersonIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericPersonIdentification2: 'Id Max256Text, SchmeNm? PersonIdentificationSchemeName1Choice, Issr? Max35Text',
  GroupHeader116:
    'MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification272, MsgPgntn? Pagination1, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text',
  GroupHeader120:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlBizQry? OriginalBusinessQuery1',
  GroupHeader131:
    'MsgId Max35Text, CreDtTm ISODateTime, XpryDtTm? ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction15, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8',
  GroupHeader81:
    'MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification135, MsgPgntn? Pagination1, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text',
  GroupHeader91:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  GroupHeader93:
    'MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction7, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  IdentificationSource3Choice: 'Cd ExternalFinancialInstrumentIdentificationType1Code | Prtry Max35Text',
  ImplementationSpecification1: 'Regy Max350Text, Id Max2048Text',
  ImpliedCurrencyAmountRange1Choice:
    'FrAmt AmountRangeBoundary1 | ToAmt AmountRangeBoundary1 | FrToAmt FromToAmountRange1 | EQAmt ImpliedCurrencyAndAmount | NEQAmt ImpliedCurrencyAndAmount',
  InstructionForCreditorAgent1: 'Cd? Instruction3Code, InstrInf? Max140Text',
  InstructionForCreditorAgent3: 'Cd? ExternalCreditorAgentInstruction1Code, InstrInf? Max140Text',
  InstructionForNextAgent1: 'Cd? Instruction4Code, InstrInf? Max140Text',
  InterestRecord2:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Tp? InterestType1Choice, Rate? Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2',
  InterestType1Choice: 'Cd InterestType1Code | Prtry Max35Text',
  LocalInstrument2Choice: 'Cd ExternalLocalInstrument1Code | Prtry Max35Text',
  MandateClassification1Choice: 'Cd MandateClassification1Code | Prtry Max35Text',
  MandateRelatedData3Choice: 'DrctDbtMndt? MandateRelatedInformation16 | CdtTrfMndt? CreditTransferMandateData1',
  MandateRelatedInformation14:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails13, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateRelatedInformation16:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails15, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateSetupReason1Choice: 'Cd ExternalMandateSetupReason1Code | Prtry Max70Text',
  MandateTypeInformation2:
    'SvcLvl? ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice, Clssfctn? MandateClassification1Choice',
  MessageIdentification2: 'MsgNmId? Max35Text, MsgId? Max35Text',
  MessageReference: 'Ref Max35Text',
  NameAndAddress16: 'Nm Max140Text, Adr PostalAddress24',
  NameAndAddress18: 'Nm Max140Text, Adr PostalAddress27',
  NumberAndSumOfTransactions1: 'NbOfNtries? Max15NumericText, Sum? DecimalNumber',
  NumberAndSumOfTransactions4: 'NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35',
  NumberOfTransactionsPerStatus5:
    'DtldNbOfTxs Max15NumericText, DtldSts ExternalPaymentTransactionStatus1Code, DtldCtrlSum? DecimalNumber',
  OrganisationIdentification29:
    'AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr* GenericOrganisationIdentification1',
  OrganisationIdentification39:
    'AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr* GenericOrganisationIdentification3',
  OrganisationIdentificationSchemeName1Choice: 'Cd ExternalOrganisationIdentification1Code | Prtry Max35Text',
  OriginalAndCurrentQuantities1: 'FaceAmt ImpliedCurrencyAndAmount, AmtsdVal ImpliedCurrencyAndAmount',
  OriginalBusinessQuery1: 'MsgId Max35Text, MsgNmId? Max35Text, CreDtTm? ISODateTime',
  OriginalGroupHeader17:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation12, NbOfTxsPerSts* NumberOfTransactionsPerStatus5',
  OriginalGroupHeader22:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation14, NbOfTxsPerSts* NumberOfTransactionsPerStatus5',
  OriginalGroupInformation27:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber',
  OriginalGroupInformation29: 'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime',
  OriginalTransactionReference28:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedInformation14, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, Purp? Purpose2Choice',
  OriginalTransactionReference42:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification272, SttlmInf? SettlementInstruction15, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData3Choice, RmtInf? RemittanceInformation22, UltmtDbtr? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, Purp? Purpose2Choice',
  OtherContact1: 'ChanlTp Max4Text, Id? Max128Text',
  OtherIdentification1: 'Id Max35Text, Sfx? Max16Text, Tp IdentificationSource3Choice',
  Pagination1: 'PgNb Max5NumericText, LastPgInd YesNoIndicator',
  Party38Choice: 'OrgId OrganisationIdentification29 | PrvtId PersonIdentification13',
  Party40Choice: 'Pty PartyIdentification135 | Agt BranchAndFinancialInstitutionIdentification6',
  Party44Choice: 'OrgId PartyIdentification135 | FIId BranchAndFinancialInstitutionIdentification6',
  Party50Choice: 'Pty PartyIdentification272 | Agt BranchAndFinancialInstitutionIdentification8',
  Party52Choice: 'OrgId OrganisationIdentification39 | PrvtId PersonIdentification18',
  PartyIdentification135:
    'Nm? Max140Text, PstlAdr? PostalAddress24, Id? Party38Choice, CtryOfRes? CountryCode, CtctDtls? Contact4',
  PartyIdentification272:
    'Nm? Max140Text, PstlAdr? PostalAddress27, Id? Party52Choice, CtryOfRes? CountryCode, CtctDtls? Contact13',
  PaymentCard4:
    'PlainCardData? PlainCardData1, CardCtryCd? Exact3NumericText, CardBrnd? GenericIdentification1, AddtlCardData? Max70Text',
  PaymentContext3:
    'CardPres? TrueFalseIndicator, CrdhldrPres? TrueFalseIndicator, OnLineCntxt? TrueFalseIndicator, AttndncCntxt? AttendanceContext1Code, TxEnvt? TransactionEnvironment1Code, TxChanl? TransactionChannel1Code, AttndntMsgCpbl? TrueFalseIndicator, AttndntLang? ISO2ALanguageCode, CardDataNtryMd CardDataReading1Code, FllbckInd? TrueFalseIndicator, AuthntcnMtd? CardholderAuthentication2',
  PaymentIdentification13:
    'InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, ClrSysRef? Max35Text',
  PaymentIdentification7:
    'InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, ClrSysRef? Max35Text',
  PaymentReturnReason5:
    'OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr? PartyIdentification135, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentReturnReason8:
    'OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr? PartyIdentification272, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentTransaction110:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf* Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1',
  PaymentTransaction113:
    'StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1',
  PaymentTransaction164:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation14, ChrgsInf* Charges16, AccptncDtTm? ISODateTime, PrcgDt? DateAndDateTime2Choice, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, CdtSttlmKey? SHA256SignatureText, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlTxRef? OriginalTransactionReference42, SplmtryData* SupplementaryData1',
  PaymentTypeInformation27:
    'InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl* ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, SeqTp? SequenceType3Code, CtgyPurp? CategoryPurpose1Choice',
  PaymentTypeInformation28:
    'InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl* ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice',
  PersonIdentification13: 'DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification1',
  PersonIdentification18: 'DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification2',
  PersonIdentificationSchemeName1Choice: 'Cd ExternalPersonIdentification1Code | Prtry Max35Text',
  PlainCardData1:
    'PAN Min8Max28NumericText, CardSeqNb? Min2Max3NumericText, FctvDt? ISOYearMonth, XpryDt ISOYearMonth, SvcCd? Exact3NumericText, TrckData* TrackData1, CardSctyCd? CardSecurityInformation1',
  PointOfInteraction1:
    'Id GenericIdentification32, SysNm? Max70Text, GrpId? Max35Text, Cpblties? PointOfInteractionCapabilities1, Cmpnt* PointOfInteractionComponent1',
  PointOfInteractionCapabilities1:
    'CardRdngCpblties* CardDataReading1Code, CrdhldrVrfctnCpblties* CardholderVerificationCapability1Code, OnLineCpblties? OnLineCapability1Code, DispCpblties* DisplayCapabilities1, PrtLineWidth? Max3NumericText',
  PointOfInteractionComponent1:
    'POICmpntTp POIComponentType1Code, ManfctrId? Max35Text, Mdl? Max35Text, VrsnNb? Max16Text, SrlNb? Max35Text, ApprvlNb* Max70Text',
  PostalAddress24:
    'AdrTp? AddressType3Choice, Dept? Max70Text, SubDept? Max70Text, StrtNm? Max70Text, BldgNb? Max16Text, BldgNm? Max35Text, Flr? Max70Text, PstBx? Max16Text, Room? Max70Text, PstCd? Max16Text, TwnNm? Max35Text, TwnLctnNm? Max35Text, DstrctNm? Max35Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text',
  PostalAddress27:
    'AdrTp? AddressType3Choice, CareOf? Max140Text, Dept? Max70Text, SubDept? Max70Text, StrtNm? Max140Text, BldgNb? Max16Text, BldgNm? Max140Text, Flr? Max70Text, UnitNb? Max16Text, PstBx? Max16Text, Room? Max70Text, PstCd? Max16Text, TwnNm? Max140Text, TwnLctnNm? Max140Text, DstrctNm? Max140Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text',
  Price7: 'Tp YieldedOrValueType1Choice, Val PriceRateOrAmount3Choice',
  PriceRateOrAmount3Choice: 'Rate PercentageRate | Amt ActiveOrHistoricCurrencyAnd13DecimalAmount',
  Product2:
    'PdctCd Max70Text, UnitOfMeasr? UnitOfMeasure1Code, PdctQty? DecimalNumber, UnitPric? ImpliedCurrencyAndAmount, PdctAmt? ImpliedCurrencyAndAmount, TaxTp? Max35Text, AddtlPdctInf? Max35Text',
  ProprietaryAgent4: 'Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification6',
  ProprietaryAgent5: 'Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification8',
  ProprietaryBankTransactionCodeStructure1: 'Cd Max35Text, Issr? Max35Text',
  ProprietaryDate3: 'Tp Max35Text, Dt DateAndDateTime2Choice',
  ProprietaryParty5: 'Tp Max35Text, Pty Party40Choice',
  ProprietaryParty6: 'Tp Max35Text, Pty Party50Choice',
  ProprietaryPrice2: 'Tp Max35Text, Pric ActiveOrHistoricCurrencyAndAmount',
  ProprietaryQuantity1: 'Tp Max35Text, Qty Max35Text',
  ProprietaryReference1: 'Tp Max35Text, Ref Max35Text',
  ProxyAccountIdentification1: 'Tp? ProxyAccountType1Choice, Id Max2048Text',
  ProxyAccountType1Choice: 'Cd ExternalProxyAccountType1Code | Prtry Max35Text',
  Purpose2Choice: 'Cd ExternalPurpose1Code | Prtry Max35Text',
  Rate4: 'Tp RateType4Choice, VldtyRg? ActiveOrHistoricCurrencyAndAmountRange2',
  RateType4Choice: 'Pctg PercentageRate | Othr Max35Text',
  References74Choice:
    'SctiesSttlmTxId Max35Text | IntraPosMvmntId Max35Text | IntraBalMvmntId Max35Text | AcctSvcrTxId Max35Text | MktInfrstrctrTxId Max35Text | CtrPtyMktInfrstrctrTxId? Max35Text | PoolId Max35Text | CmonId Max35Text | TradId Max52Text | OthrTxId Max35Text',
  ReferredDocumentInformation7:
    'Tp? ReferredDocumentType4, Nb? Max35Text, RltdDt? ISODate, LineDtls* DocumentLineInformation1',
  ReferredDocumentInformation8:
    'Tp? DocumentType1, Nb? Max35Text, RltdDt? DateAndType1, LineDtls* DocumentLineInformation2',
  ReferredDocumentType3Choice: 'Cd DocumentType6Code | Prtry Max35Text',
  ReferredDocumentType4: 'CdOrPrtry ReferredDocumentType3Choice, Issr? Max35Text',
  RegulatoryAuthority2: 'Nm? Max140Text, Ctry? CountryCode',
  RegulatoryReporting3:
    'DbtCdtRptgInd? RegulatoryReportingType1Code, Authrty? RegulatoryAuthority2, Dtls* StructuredRegulatoryReporting3',
  RejectionReason2:
    'RjctgPtyRsn Max35Text, RjctnDtTm? ISODateTime, ErrLctn? Max350Text, RsnDesc? Max350Text, AddtlData? Max20000Text',
  RemittanceAmount2:
    'DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt* DiscountAmountAndType1, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt* TaxAmountAndType1, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount',
  RemittanceAmount3:
    'DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt* DiscountAmountAndType1, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt* TaxAmountAndType1, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount',
  RemittanceAmount4: 'RmtAmtAndTp* DocumentAmount1, AdjstmntAmtAndRsn* DocumentAdjustment1',
  RemittanceInformation16: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation16',
  RemittanceInformation22: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation18',
  RemittanceLocation7: 'RmtId? Max35Text, RmtLctnDtls* RemittanceLocationData1',
  RemittanceLocation8: 'RmtId? Max35Text, RmtLctnDtls* RemittanceLocationData2',
  RemittanceLocationData1: 'Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress16',
  RemittanceLocationData2: 'Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress18',
  ReportEntry10:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange3, Chrgs? Charges6, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry4, NtryDtls* EntryDetails9, AddtlNtryInf? Max500Text',
  ReportEntry15:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange4, Chrgs? Charges15, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry5, NtryDtls* EntryDetails14, AddtlNtryInf? Max500Text',
  ReportingSource1Choice: 'Cd ExternalReportingSource1Code | Prtry Max35Text',
  ReturnReason5Choice: 'Cd ExternalReturnReason1Code | Prtry Max35Text',
  SecuritiesAccount19: 'Id Max35Text, Tp? GenericIdentification30, Nm? Max70Text',
  SecurityIdentification19: 'ISIN? ISINOct2015Identifier, OthrId* OtherIdentification1, Desc? Max140Text',
  SequenceRange1: 'FrSeq Max35Text, ToSeq Max35Text',
  SequenceRange1Choice:
    'FrSeq Max35Text | ToSeq Max35Text | FrToSeq+ SequenceRange1 | EQSeq+ Max35Text | NEQSeq+ Max35Text',
  ServiceLevel8Choice: 'Cd ExternalServiceLevel1Code | Prtry Max35Text',
  SettlementDateTimeIndication1: 'DbtDtTm? ISODateTime, CdtDtTm? ISODateTime',
  SettlementInstruction15:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount40, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification8, InstgRmbrsmntAgtAcct? CashAccount40, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification8, InstdRmbrsmntAgtAcct? CashAccount40, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification8, ThrdRmbrsmntAgtAcct? CashAccount40',
  SettlementInstruction7:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount38, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstgRmbrsmntAgtAcct? CashAccount38, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct? CashAccount38, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, ThrdRmbrsmntAgtAcct? CashAccount38',
  SettlementTimeRequest2: 'CLSTm? ISOTime, TillTm? ISOTime, FrTm? ISOTime, RjctTm? ISOTime',
  SignatureEnvelope: '#any lax http://www.w3.org/2000/09/xmldsig#',
  StatusReason6Choice: 'Cd ExternalStatusReason1Code | Prtry Max35Text',
  StatusReasonInformation12: 'Orgtr? PartyIdentification135, Rsn? StatusReason6Choice, AddtlInf* Max105Text',
  StatusReasonInformation14: 'Orgtr? PartyIdentification272, Rsn? StatusReason6Choice, AddtlInf* Max105Text',
  StructuredRegulatoryReporting3:
    'Tp? Max35Text, Dt? ISODate, Ctry? CountryCode, Cd? Max10Text, Amt? ActiveOrHistoricCurrencyAndAmount, Inf* Max35Text',
  StructuredRemittanceInformation16:
    'RfrdDocInf* ReferredDocumentInformation7, RfrdDocAmt? RemittanceAmount2, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification135, Invcee? PartyIdentification135, TaxRmt? TaxInformation7, GrnshmtRmt? Garnishment3, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation18:
    'RfrdDocInf* ReferredDocumentInformation8, RfrdDocAmt? RemittanceAmount4, CdtrRefInf? CreditorReferenceInformation3, Invcr? PartyIdentification272, Invcee? PartyIdentification272, TaxRmt? TaxData1, GrnshmtRmt? Garnishment4, AddtlRmtInf{0,3} Max140Text',
  SupplementaryData1: 'PlcAndNm? Max350Text, Envlp SupplementaryDataEnvelope1',
  SupplementaryDataEnvelope1: '#any lax ##any',
  TaxAmount2:
    'Rate? PercentageRate, TaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlAmt? ActiveOrHistoricCurrencyAndAmount, Dtls* TaxRecordDetails2',
  TaxAmount3:
    'Rate? PercentageRate, TaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlAmt? ActiveOrHistoricCurrencyAndAmount, Dtls* TaxRecordDetails3',
  TaxAmountAndType1: 'Tp? TaxAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount',
  TaxAmountType1Choice: 'Cd ExternalTaxAmountType1Code | Prtry Max35Text',
  TaxAuthorisation1: 'Titl? Max35Text, Nm? Max140Text',
  TaxCharges2: 'Id? Max35Text, Rate? PercentageRate, Amt? ActiveOrHistoricCurrencyAndAmount',
  TaxData1:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, UltmtDbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord3',
  TaxInformation7:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, UltmtDbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord2',
  TaxInformation8:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord2',
  TaxParty1: 'TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text',
  TaxParty2: 'TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text, Authstn? TaxAuthorisation1',
  TaxPeriod2: 'Yr? ISODate, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriod2',
  TaxPeriod3: 'Yr? ISOYear, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriod2',
  TaxRecord2:
    'Tp? Max35Text, Ctgy? Max35Text, CtgyDtls? Max35Text, DbtrSts? Max35Text, CertId? Max35Text, FrmsCd? Max35Text, Prd? TaxPeriod2, TaxAmt? TaxAmount2, AddtlInf? Max140Text',
  TaxRecord3:
    'Tp? Max35Text, Ctgy? Max35Text, CtgyDtls? Max35Text, DbtrSts? Max35Text, CertId? Max35Text, FrmsCd? Max35Text, Prd? TaxPeriod3, TaxAmt? TaxAmount3, AddtlInf? Max140Text',
  TaxRecordDetails2: 'Prd? TaxPeriod2, Amt ActiveOrHistoricCurrencyAndAmount',
  TaxRecordDetails3: 'Prd? TaxPeriod3, Amt ActiveOrHistoricCurrencyAndAmount',
  TechnicalInputChannel1Choice: 'Cd ExternalTechnicalInputChannel1Code | Prtry Max35Text',
  TotalTransactions6:
    'TtlNtries? NumberAndSumOfTransactions4, TtlCdtNtries? NumberAndSumOfTransactions1, TtlDbtNtries? NumberAndSumOfTransactions1, TtlNtriesPerBkTxCd* TotalsPerBankTransactionCode5',
  TotalsPerBankTransactionCode5:
    'NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35, CdtNtries? NumberAndSumOfTransactions1, DbtNtries? NumberAndSumOfTransactions1, FcstInd? TrueFalseIndicator, BkTxCd BankTransactionCodeStructure4, Avlbty* CashAvailability1, Dt? DateAndDateTime2Choice',
  TrackData1: 'TrckNb? Exact1NumericText, TrckVal Max140Text',
  TransactionAgents5:
    'InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, RcvgAgt? BranchAndFinancialInstitutionIdentification6, DlvrgAgt? BranchAndFinancialInstitutionIdentification6, IssgAgt? BranchAndFinancialInstitutionIdentification6, SttlmPlc? BranchAndFinancialInstitutionIdentification6, Prtry* ProprietaryAgent4',
  TransactionAgents6:
    'InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, RcvgAgt? BranchAndFinancialInstitutionIdentification8, DlvrgAgt? BranchAndFinancialInstitutionIdentification8, IssgAgt? BranchAndFinancialInstitutionIdentification8, SttlmPlc? BranchAndFinancialInstitutionIdentification8, Prtry* ProprietaryAgent5',
  TransactionAllocation1:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Acct CashAccount40, Purp Purpose2Choice, Ref Max35Text, RltdRefs* References74Choice',
  TransactionDates3:
    'AccptncDtTm? ISODateTime, TradActvtyCtrctlSttlmDt? ISODate, TradDt? ISODate, IntrBkSttlmDt? ISODate, StartDt? ISODate, EndDt? ISODate, TxDtTm? ISODateTime, Prtry* ProprietaryDate3',
  TransactionIdentifier1: 'TxDtTm ISODateTime, TxRef Max35Text',
  TransactionInterest4: 'TtlIntrstAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* InterestRecord2',
  TransactionParties12:
    'InitgPty? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, UltmtDbtr? Party50Choice, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, TradgPty? Party50Choice, Prtry* ProprietaryParty6',
  TransactionParties6:
    'InitgPty? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, UltmtDbtr? Party40Choice, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, TradgPty? Party40Choice, Prtry* ProprietaryParty5',
  TransactionPrice4Choice: 'DealPric Price7 | Prtry+ ProprietaryPrice2',
  TransactionQuantities3Choice:
    'Qty FinancialInstrumentQuantity1Choice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1',
  TransactionQuantities4Choice:
    'Qty FinancialInstrumentQuantity33Choice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1',
  TransactionReferences6:
    'MsgId? Max35Text, AcctSvcrRef? Max35Text, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, TxId? Max35Text, MndtId? Max35Text, ChqNb? Max35Text, ClrSysRef? Max35Text, AcctOwnrTxId? Max35Text, AcctSvcrTxId? Max35Text, MktInfrstrctrTxId? Max35Text, PrcgId? Max35Text, Prtry* ProprietaryReference1',
  YieldedOrValueType1Choice: 'Yldd YesNoIndicator | ValTp PriceValueType1Code',
  'admi.002.001.01': 'RltdRef MessageReference, Rsn RejectionReason2',
};
