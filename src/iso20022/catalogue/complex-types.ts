/** Complex types of all messages, in the notation of notation.ts. Written by tools/import-catalogue.mjs. */
export const COMPLEX_TYPES: Record<string, string> = {
  AccountIdentification4Choice: 'IBAN IBAN2007Identifier | Othr GenericAccountIdentification1',
  'AccountIdentification4Choice~2': '(IBAN IBAN2007Identifier | Othr GenericAccountIdentification1)',
  AccountInterest3:
    'Tp? InterestType1Choice, Rate* Rate3, FrToDt? DateTimePeriodDetails, Rsn? Max35Text, Tax? TaxCharges2',
  AccountInterest4: 'Tp? InterestType1Choice, Rate* Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2',
  AccountNotification12:
    'Id Max35Text, NtfctnPgntn? Pagination, ElctrncSeqNb? Number, LglSeqNb? Number, CreDtTm ISODateTime, FrToDt? DateTimePeriodDetails, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount25, RltdAcct? CashAccount24, Intrst* AccountInterest3, TxsSummry? TotalTransactions5, Ntry* ReportEntry8, AddtlNtfctnInf? Max500Text',
  AccountNotification17:
    'Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlNtfctnInf? Max500Text',
  AccountNotification21:
    'Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount41, RltdAcct? CashAccount40, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry13, AddtlNtfctnInf? Max500Text',
  AccountNotification22:
    'Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry14, AddtlNtfctnInf? Max500Text',
  AccountNotification24:
    'Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry15, AddtlNtfctnInf? Max500Text',
  AccountReport25:
    'Id Max35Text, RptPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, Bal* CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlRptInf? Max500Text',
  AccountReport33:
    'Id Max35Text, RptPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, Bal* CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry14, AddtlRptInf? Max500Text',
  AccountReport37:
    'Id Max35Text, RptPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, Bal* CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry15, AddtlRptInf? Max500Text',
  AccountSchemeName1Choice: 'Cd ExternalAccountIdentification1Code | Prtry Max35Text',
  'AccountSchemeName1Choice~2': '(Cd ExternalAccountIdentification1Code | Prtry Max35Text)',
  AccountStatement13:
    'Id Max35Text, StmtPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, Bal+ CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry14, AddtlStmtInf? Max500Text',
  AccountStatement14:
    'Id Max35Text, StmtPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount43, RltdAcct? CashAccount40, Intrst* AccountInterest4, Bal+ CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry15, AddtlStmtInf? Max500Text',
  AccountStatement9:
    'Id Max35Text, StmtPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, Bal+ CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlStmtInf? Max500Text',
  ActiveCurrencyAndAmount: '= ActiveCurrencyAndAmount_SimpleType @Ccy ActiveCurrencyCode',
  ActiveOrHistoricCurrencyAnd13DecimalAmount:
    '= ActiveOrHistoricCurrencyAnd13DecimalAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode',
  ActiveOrHistoricCurrencyAndAmount: '= ActiveOrHistoricCurrencyAndAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode',
  ActiveOrHistoricCurrencyAndAmountRange2:
    'Amt ImpliedCurrencyAmountRange1Choice, CdtDbtInd? CreditDebitCode, Ccy ActiveOrHistoricCurrencyCode',
  AdditionalDateTime1: 'AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, XpryDtTm? ISODateTime',
  AddressType3Choice: 'Cd AddressType2Code | Prtry GenericIdentification30',
  AmendmentInformationDetails11:
    'OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification43, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification5, OrgnlCdtrAgtAcct? CashAccount24, OrgnlDbtr? PartyIdentification43, OrgnlDbtrAcct? CashAccount24, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification5, OrgnlDbtrAgtAcct? CashAccount24, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText',
  AmendmentInformationDetails12:
    'OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification125, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification5, OrgnlCdtrAgtAcct? CashAccount24, OrgnlDbtr? PartyIdentification125, OrgnlDbtrAcct? CashAccount24, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification5, OrgnlDbtrAgtAcct? CashAccount24, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText',
  AmendmentInformationDetails13:
    'OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification135, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlCdtrAgtAcct? CashAccount38, OrgnlDbtr? PartyIdentification135, OrgnlDbtrAcct? CashAccount38, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlDbtrAgtAcct? CashAccount38, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText',
  AmendmentInformationDetails14:
    'OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification135, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlCdtrAgtAcct? CashAccount40, OrgnlDbtr? PartyIdentification135, OrgnlDbtrAcct? CashAccount40, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlDbtrAgtAcct? CashAccount40, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText',
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
  Authorisation1Choice: 'Cd Authorisation1Code | Prtry Max128Text',
  BalanceSubType1Choice: 'Cd ExternalBalanceSubType1Code | Prtry Max35Text',
  BalanceType10Choice: 'Cd ExternalBalanceType1Code | Prtry Max35Text',
  BalanceType13: 'CdOrPrtry BalanceType10Choice, SubTp? BalanceSubType1Choice',
  BankToCustomerAccountReportV08: 'GrpHdr GroupHeader81, Rpt+ AccountReport25, SplmtryData* SupplementaryData1',
  BankToCustomerAccountReportV12: 'GrpHdr GroupHeader116, Rpt+ AccountReport33, SplmtryData* SupplementaryData1',
  BankToCustomerAccountReportV13: 'GrpHdr GroupHeader116, Rpt+ AccountReport37, SplmtryData* SupplementaryData1',
  BankToCustomerDebitCreditNotificationV06:
    'GrpHdr GroupHeader58, Ntfctn+ AccountNotification12, SplmtryData* SupplementaryData1',
  BankToCustomerDebitCreditNotificationV08:
    'GrpHdr GroupHeader81, Ntfctn+ AccountNotification17, SplmtryData* SupplementaryData1',
  BankToCustomerDebitCreditNotificationV11:
    'GrpHdr GroupHeader81, Ntfctn+ AccountNotification21, SplmtryData* SupplementaryData1',
  BankToCustomerDebitCreditNotificationV12:
    'GrpHdr GroupHeader116, Ntfctn+ AccountNotification22, SplmtryData* SupplementaryData1',
  BankToCustomerDebitCreditNotificationV13:
    'GrpHdr GroupHeader116, Ntfctn+ AccountNotification24, SplmtryData* SupplementaryData1',
  BankToCustomerStatementV08: 'GrpHdr GroupHeader81, Stmt+ AccountStatement9, SplmtryData* SupplementaryData1',
  BankToCustomerStatementV12: 'GrpHdr GroupHeader116, Stmt+ AccountStatement13, SplmtryData* SupplementaryData1',
  BankToCustomerStatementV13: 'GrpHdr GroupHeader116, Stmt+ AccountStatement14, SplmtryData* SupplementaryData1',
  BankTransactionCodeStructure4: 'Domn? BankTransactionCodeStructure5, Prtry? ProprietaryBankTransactionCodeStructure1',
  BankTransactionCodeStructure5: 'Cd ExternalBankTransactionDomain1Code, Fmly BankTransactionCodeStructure6',
  BankTransactionCodeStructure6:
    'Cd ExternalBankTransactionFamily1Code, SubFmlyCd ExternalBankTransactionSubFamily1Code',
  BatchInformation2:
    'MsgId? Max35Text, PmtInfId? Max35Text, NbOfTxs? Max15NumericText, TtlAmt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode',
  BranchAndFinancialInstitutionIdentification4: 'FinInstnId FinancialInstitutionIdentification7, BrnchId? BranchData2',
  BranchAndFinancialInstitutionIdentification5: 'FinInstnId FinancialInstitutionIdentification8, BrnchId? BranchData2',
  BranchAndFinancialInstitutionIdentification6: 'FinInstnId FinancialInstitutionIdentification18, BrnchId? BranchData3',
  BranchAndFinancialInstitutionIdentification8: 'FinInstnId FinancialInstitutionIdentification23, BrnchId? BranchData5',
  BranchData2: 'Id? Max35Text, Nm? Max140Text, PstlAdr? PostalAddress6',
  BranchData3: 'Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24',
  BranchData5: 'Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress27',
  BusinessApplicationHeader1:
    'CharSet? UnicodeChartsCode, Fr Party9Choice, To Party9Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISONormalisedDateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope',
  BusinessApplicationHeader5:
    'CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope',
  BusinessApplicationHeader7:
    'CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope',
  BusinessApplicationHeader8:
    'CharSet? UnicodeChartsCode, Fr Party51Choice, To Party51Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope',
  BusinessApplicationHeaderV01:
    'CharSet? UnicodeChartsCode, Fr Party9Choice, To Party9Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISONormalisedDateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd? BusinessApplicationHeader1',
  BusinessApplicationHeaderV02:
    'CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd* BusinessApplicationHeader5',
  BusinessApplicationHeaderV03:
    'CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd* BusinessApplicationHeader7',
  BusinessApplicationHeaderV04:
    'CharSet? UnicodeChartsCode, Fr Party51Choice, To Party51Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd* BusinessApplicationHeader8',
  CancellationReason33Choice: 'Cd ExternalCancellationReason1Code | Prtry Max35Text',
  CancellationStatusReason3Choice: 'Cd ExternalPaymentCancellationRejection1Code | Prtry Max35Text',
  CancellationStatusReason4:
    'Orgtr? PartyIdentification135, Rsn? CancellationStatusReason3Choice, AddtlInf* Max105Text',
  CancellationStatusReason5:
    'Orgtr? PartyIdentification272, Rsn? CancellationStatusReason3Choice, AddtlInf* Max105Text',
  CardAggregated1:
    'AddtlSvc? CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SeqNbRg? CardSequenceNumberRange1, TxDtRg? DateOrDateTimePeriodChoice',
  CardAggregated2:
    'AddtlSvc? CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SeqNbRg? CardSequenceNumberRange1, TxDtRg? DateOrDateTimePeriod1Choice',
  CardEntry2: 'Card? PaymentCard4, POI? PointOfInteraction1, AggtdNtry? CardAggregated1, PrePdAcct? CashAccount24',
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
  CardTransaction2:
    'Card? PaymentCard4, POI? PointOfInteraction1, Tx? CardTransaction2Choice, PrePdAcct? CashAccount24',
  CardTransaction2Choice: 'Aggtd CardAggregated1 | Indv CardIndividualTransaction2',
  CardTransaction3Choice: 'Aggtd CardAggregated2 | Indv CardIndividualTransaction2',
  CardholderAuthentication2: 'AuthntcnMtd AuthenticationMethod1Code, AuthntcnNtty AuthenticationEntity1Code',
  Case3: 'Id Max35Text, Cretr Party12Choice, ReopCaseIndctn? YesNoIndicator',
  Case5: 'Id Max35Text, Cretr Party40Choice, ReopCaseIndctn? YesNoIndicator',
  Case6: 'Id Max35Text, Cretr Party50Choice, ReopCaseIndctn? YesNoIndicator',
  CaseAssignment3: 'Id Max35Text, Assgnr Party12Choice, Assgne Party12Choice, CreDtTm ISODateTime',
  CaseAssignment5: 'Id Max35Text, Assgnr Party40Choice, Assgne Party40Choice, CreDtTm ISODateTime',
  CaseAssignment6: 'Id Max35Text, Assgnr Party50Choice, Assgne Party50Choice, CreDtTm ISODateTime',
  CashAccount16:
    'Id AccountIdentification4Choice, Tp? CashAccountType2, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text',
  CashAccount24:
    'Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text',
  CashAccount25:
    'Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Ownr? PartyIdentification43, Svcr? BranchAndFinancialInstitutionIdentification5',
  CashAccount38:
    'Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1',
  CashAccount39:
    'Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1, Ownr? PartyIdentification135, Svcr? BranchAndFinancialInstitutionIdentification6',
  CashAccount40:
    'Id? AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1',
  CashAccount41:
    'Id? AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1, Ownr? PartyIdentification135, Svcr? BranchAndFinancialInstitutionIdentification6',
  CashAccount43:
    'Id? AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1, Ownr? PartyIdentification272, Svcr? BranchAndFinancialInstitutionIdentification8',
  CashAccountType2: '(Cd CashAccountType4Code | Prtry Max35Text)',
  CashAccountType2Choice: 'Cd ExternalCashAccountType1Code | Prtry Max35Text',
  CashAvailability1: 'Dt CashAvailabilityDate1Choice, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode',
  CashAvailabilityDate1Choice: 'NbOfDays Max15PlusSignedNumericText | ActlDt ISODate',
  CashBalance8:
    'Tp BalanceType13, CdtLine* CreditLine3, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Dt DateAndDateTime2Choice, Avlbty* CashAvailability1',
  CashDeposit1: 'NoteDnmtn ActiveCurrencyAndAmount, NbOfNotes Max15NumericText, Amt ActiveCurrencyAndAmount',
  CategoryPurpose1Choice: 'Cd ExternalCategoryPurpose1Code | Prtry Max35Text',
  'CategoryPurpose1Choice~2': '(Cd ExternalCategoryPurpose1Code | Prtry Max35Text)',
  ChargeType3Choice: 'Cd ExternalChargeType1Code | Prtry GenericIdentification3',
  Charges12:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6, Tp? ChargeType3Choice',
  Charges13:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6, AgtAcct? CashAccount40, Tp? ChargeType3Choice',
  Charges14:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification8, AgtAcct? CashAccount40, Tp? ChargeType3Choice',
  Charges15: 'TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord8',
  Charges16:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification8, Tp? ChargeType3Choice',
  Charges2: 'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification5',
  Charges4: 'TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord2',
  Charges6: 'TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord3',
  Charges7: 'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6',
  Charges8:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6, AgtAcct? CashAccount38',
  Charges9:
    'Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6, AgtAcct? CashAccount40',
  ChargesInformation5: 'Amt ActiveOrHistoricCurrencyAndAmount, Pty BranchAndFinancialInstitutionIdentification4',
  ChargesRecord2:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd? ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br? ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification5, Tax? TaxCharges2',
  ChargesRecord3:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd? ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br? ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification6, Tax? TaxCharges2',
  ChargesRecord8:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd? ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br? ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification8, Tax? TaxCharges2',
  ClaimNonReceipt2: 'DtPrcd ISODate, OrgnlNxtAgt? BranchAndFinancialInstitutionIdentification6',
  ClaimNonReceipt2Choice: 'Accptd ClaimNonReceipt2 | Rjctd ClaimNonReceiptRejectReason1Choice',
  ClaimNonReceipt3: 'DtPrcd ISODate, OrgnlNxtAgt? BranchAndFinancialInstitutionIdentification8',
  ClaimNonReceipt3Choice: 'Accptd ClaimNonReceipt3 | Rjctd ClaimNonReceiptRejectReason1Choice',
  ClaimNonReceiptRejectReason1Choice: 'Cd ExternalClaimNonReceiptRejection1Code | Prtry Max35Text',
  ClearingSystemIdentification2Choice: 'Cd ExternalClearingSystemIdentification1Code | Prtry Max35Text',
  'ClearingSystemIdentification2Choice~2': '(Cd ExternalClearingSystemIdentification1Code | Prtry Max35Text)',
  ClearingSystemIdentification3Choice: 'Cd ExternalCashClearingSystem1Code | Prtry Max35Text',
  'ClearingSystemIdentification3Choice~2': '(Cd ExternalCashClearingSystem1Code | Prtry Max35Text)',
  ClearingSystemMemberIdentification2: 'ClrSysId? ClearingSystemIdentification2Choice, MmbId Max35Text',
  Compensation2:
    'Amt ActiveCurrencyAndAmount, DbtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgt BranchAndFinancialInstitutionIdentification6, Rsn CompensationReason1Choice',
  Compensation3:
    'Amt ActiveCurrencyAndAmount, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Rsn CompensationReason1Choice',
  Compensation4:
    'Amt ActiveCurrencyAndAmount, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Rsn CompensationReason1Choice',
  Compensation5:
    'Amt ActiveCurrencyAndAmount, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Rsn CompensationReason1Choice',
  CompensationReason1Choice: 'Cd ExternalPaymentCompensationReason1Code | Prtry Max35Text',
  Contact13:
    'NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, URLAdr? Max2048Text, EmailAdr? Max256Text, EmailPurp? Max35Text, JobTitl? Max35Text, Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd? PreferredContactMethod2Code',
  Contact4:
    'NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, EmailAdr? Max2048Text, EmailPurp? Max35Text, JobTitl? Max35Text, Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd? PreferredContactMethod1Code',
  ContactDetails2:
    'NmPrfx? NamePrefix1Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, EmailAdr? Max2048Text, Othr? Max35Text',
  ControlData1: 'NbOfTxs Max15NumericText, CtrlSum? DecimalNumber',
  CorporateAction82: 'EvtTp CorporateActionEventType104Choice, CorpActnEvtId Max35Text, OffclCorpActnEvtId? Max35Text',
  CorporateAction9: 'EvtTp Max35Text, EvtId Max35Text',
  CorporateActionEventType104Choice: 'Cd ExternalCorporateActionEventType1Code | Prtry GenericIdentification30',
  CorrectiveGroupInformation1: 'MsgId Max35Text, MsgNmId Max35Text, CreDtTm? ISODateTime',
  CorrectiveInterbankTransaction2:
    'GrpHdr? CorrectiveGroupInformation1, InstrId? Max35Text, EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt ISODate',
  CorrectiveInterbankTransaction3:
    'GrpHdr? CorrectiveGroupInformation1, InstrId? Max35Text, EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt ISODate',
  CorrectivePaymentInitiation4:
    'GrpHdr? CorrectiveGroupInformation1, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, InstdAmt ActiveOrHistoricCurrencyAndAmount, ReqdExctnDt? DateAndDateTime2Choice, ReqdColltnDt? ISODate',
  CorrectivePaymentInitiation5:
    'GrpHdr? CorrectiveGroupInformation1, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, InstdAmt ActiveOrHistoricCurrencyAndAmount, ReqdExctnDt? DateAndDateTime2Choice, ReqdColltnDt? ISODate',
  CorrectiveTransaction4Choice: 'Initn CorrectivePaymentInitiation4 | IntrBk CorrectiveInterbankTransaction2',
  CorrectiveTransaction5Choice: 'Initn CorrectivePaymentInitiation5 | IntrBk CorrectiveInterbankTransaction3',
  CreditLine3:
    'Incl TrueFalseIndicator, Tp? CreditLineType1Choice, Amt? ActiveOrHistoricCurrencyAndAmount, Dt? DateAndDateTime2Choice',
  CreditLineType1Choice: 'Cd ExternalCreditLineType1Code | Prtry Max35Text',
  CreditTransferMandateData1:
    'MndtId? Max35Text, Tp? MandateTypeInformation2, DtOfSgntr? ISODate, DtOfVrfctn? ISODateTime, ElctrncSgntr? Max10KBinary, FrstPmtDt? ISODate, FnlPmtDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice',
  CreditTransferTransaction25:
    'PmtId PaymentIdentification3, PmtTpInf? PaymentTypeInformation21, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges2, PrvsInstgAgt? BranchAndFinancialInstitutionIdentification5, PrvsInstgAgtAcct? CashAccount24, InstgAgt? BranchAndFinancialInstitutionIdentification5, InstdAgt? BranchAndFinancialInstitutionIdentification5, IntrmyAgt1? BranchAndFinancialInstitutionIdentification5, IntrmyAgt1Acct? CashAccount24, IntrmyAgt2? BranchAndFinancialInstitutionIdentification5, IntrmyAgt2Acct? CashAccount24, IntrmyAgt3? BranchAndFinancialInstitutionIdentification5, IntrmyAgt3Acct? CashAccount24, UltmtDbtr? PartyIdentification43, InitgPty? PartyIdentification43, Dbtr PartyIdentification43, DbtrAcct? CashAccount24, DbtrAgt BranchAndFinancialInstitutionIdentification5, DbtrAgtAcct? CashAccount24, CdtrAgt BranchAndFinancialInstitutionIdentification5, CdtrAgtAcct? CashAccount24, Cdtr PartyIdentification43, CdtrAcct? CashAccount24, UltmtCdtr? PartyIdentification43, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation3, RltdRmtInf{0,10} RemittanceLocation4, RmtInf? RemittanceInformation11, SplmtryData* SupplementaryData1',
  CreditTransferTransaction30:
    'PmtId PaymentIdentification3, PmtTpInf? PaymentTypeInformation21, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges2, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification5, PrvsInstgAgt1Acct? CashAccount24, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification5, PrvsInstgAgt2Acct? CashAccount24, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification5, PrvsInstgAgt3Acct? CashAccount24, InstgAgt? BranchAndFinancialInstitutionIdentification5, InstdAgt? BranchAndFinancialInstitutionIdentification5, IntrmyAgt1? BranchAndFinancialInstitutionIdentification5, IntrmyAgt1Acct? CashAccount24, IntrmyAgt2? BranchAndFinancialInstitutionIdentification5, IntrmyAgt2Acct? CashAccount24, IntrmyAgt3? BranchAndFinancialInstitutionIdentification5, IntrmyAgt3Acct? CashAccount24, UltmtDbtr? PartyIdentification125, InitgPty? PartyIdentification125, Dbtr PartyIdentification125, DbtrAcct? CashAccount24, DbtrAgt BranchAndFinancialInstitutionIdentification5, DbtrAgtAcct? CashAccount24, CdtrAgt BranchAndFinancialInstitutionIdentification5, CdtrAgtAcct? CashAccount24, Cdtr PartyIdentification125, CdtrAcct? CashAccount24, UltmtCdtr? PartyIdentification125, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation6, RltdRmtInf{0,10} RemittanceLocation4, RmtInf? RemittanceInformation15, SplmtryData* SupplementaryData1',
  CreditTransferTransaction36:
    'PmtId PaymentIdentification7, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr? BranchAndFinancialInstitutionIdentification6, Dbtr BranchAndFinancialInstitutionIdentification6, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr BranchAndFinancialInstitutionIdentification6, CdtrAcct? CashAccount38, UltmtCdtr? BranchAndFinancialInstitutionIdentification6, InstrForCdtrAgt* InstructionForCreditorAgent2, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygCstmrCdtTrf? CreditTransferTransaction37, SplmtryData* SupplementaryData1',
  CreditTransferTransaction37:
    'UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Tax? TaxInformation8, RmtInf? RemittanceInformation16, InstdAmt? ActiveOrHistoricCurrencyAndAmount',
  CreditTransferTransaction39:
    'PmtId PaymentIdentification7, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges7, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation8, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, SplmtryData* SupplementaryData1',
  CreditTransferTransaction43:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges7, MndtRltdInf? CreditTransferMandateData1, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation8, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, SplmtryData* SupplementaryData1',
  CreditTransferTransaction44:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr? BranchAndFinancialInstitutionIdentification6, Dbtr BranchAndFinancialInstitutionIdentification6, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr BranchAndFinancialInstitutionIdentification6, CdtrAcct? CashAccount38, UltmtCdtr? BranchAndFinancialInstitutionIdentification6, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygCstmrCdtTrf? CreditTransferTransaction45, SplmtryData* SupplementaryData1',
  CreditTransferTransaction45:
    'UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Tax? TaxInformation8, RmtInf? RemittanceInformation16, InstdAmt? ActiveOrHistoricCurrencyAndAmount',
  CreditTransferTransaction50:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges7, MndtRltdInf? CreditTransferMandateData1, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification135, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation10, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation21, SplmtryData* SupplementaryData1',
  CreditTransferTransaction52:
    'UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification135, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Tax? TaxInformation10, RmtInf? RemittanceInformation21, InstdAmt? ActiveOrHistoricCurrencyAndAmount',
  CreditTransferTransaction56:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification6, Dbtr BranchAndFinancialInstitutionIdentification6, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification6, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification6, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygCstmrCdtTrf? CreditTransferTransaction52, SplmtryData* SupplementaryData1',
  CreditTransferTransaction58:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges12, MndtRltdInf? CreditTransferMandateData1, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification135, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation10, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation21, SplmtryData* SupplementaryData1',
  CreditTransferTransaction62:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification8, Dbtr BranchAndFinancialInstitutionIdentification8, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification8, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification8, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygAllcn* TransactionAllocation1, UndrlygCstmrCdtTrf? CreditTransferTransaction63, SplmtryData* SupplementaryData1',
  CreditTransferTransaction63:
    'UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Tax? TaxData1, RmtInf? RemittanceInformation22, InstdAmt? ActiveOrHistoricCurrencyAndAmount',
  CreditTransferTransaction64:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges16, MndtRltdInf? CreditTransferMandateData1, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxData1, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, SplmtryData* SupplementaryData1',
  CreditTransferTransaction67:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, XpryDtTm? ISODateTime, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification8, Dbtr BranchAndFinancialInstitutionIdentification8, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification8, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification8, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygAllcn* TransactionAllocation1, UndrlygCstmrCdtTrf? CreditTransferTransaction68, UndrlygFICdtTrf? CreditTransferTransaction69, SplmtryData* SupplementaryData1',
  CreditTransferTransaction68:
    'PmtId? PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, Tax? TaxData1, RmtInf? RemittanceInformation22, InstdAmt? ActiveOrHistoricCurrencyAndAmount',
  CreditTransferTransaction69:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, XpryDtTm? ISODateTime, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification8, Dbtr BranchAndFinancialInstitutionIdentification8, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification8, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification8, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygAllcn* TransactionAllocation1',
  CreditTransferTransaction70:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AddtlDtTm? AdditionalDateTime1, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, AgrdRate? CurrencyExchange26, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges16, MndtRltdInf? CreditTransferMandateData1, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxData1, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, SplmtryData* SupplementaryData1',
  CreditTransferTransaction72:
    'PmtId? PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, Tax? TaxData1, RmtInf? RemittanceInformation26, InstdAmt? ActiveOrHistoricCurrencyAndAmount',
  CreditTransferTransaction73:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AddtlDtTm? AdditionalDateTime1, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, AgrdRate? CurrencyExchange26, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges16, MndtRltdInf? CreditTransferMandateData1, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? PartyIdentification272, InitgPty? PartyIdentification272, Dbtr PartyIdentification272, DbtrAcct? CashAccount40, DbtrAgt BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr PartyIdentification272, CdtrAcct? CashAccount40, UltmtCdtr? PartyIdentification272, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting10, Tax? TaxData1, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation26, SplmtryData* SupplementaryData1',
  CreditTransferTransaction79:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, XpryDtTm? ISODateTime, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification8, Dbtr BranchAndFinancialInstitutionIdentification8, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification8, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification8, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting10, RmtInf? RemittanceInformation2, UndrlygAllcn* TransactionAllocation2, UndrlygCstmrCdtTrf? CreditTransferTransaction72, UndrlygFICdtTrf? CreditTransferTransaction80, SplmtryData* SupplementaryData1',
  CreditTransferTransaction80:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, XpryDtTm? ISODateTime, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification8, Dbtr BranchAndFinancialInstitutionIdentification8, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification8, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification8, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting10, RmtInf? RemittanceInformation2, UndrlygAllcn* TransactionAllocation2',
  CreditTransferTransaction82:
    'PmtId PaymentIdentification13, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, XpryDtTm? ISODateTime, PmtSgntr? CryptographicKey1Choice, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, UltmtDbtr? BranchAndFinancialInstitutionIdentification8, Dbtr BranchAndFinancialInstitutionIdentification8, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr BranchAndFinancialInstitutionIdentification8, CdtrAcct? CashAccount40, UltmtCdtr? BranchAndFinancialInstitutionIdentification8, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RmtInf? RemittanceInformation2, UndrlygAllcn* TransactionAllocation2',
  CreditTransferTransactionInformation11:
    'PmtId PaymentIdentification3, PmtTpInf? PaymentTypeInformation21, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* ChargesInformation5, PrvsInstgAgt? BranchAndFinancialInstitutionIdentification4, PrvsInstgAgtAcct? CashAccount16, InstgAgt? BranchAndFinancialInstitutionIdentification4, InstdAgt? BranchAndFinancialInstitutionIdentification4, IntrmyAgt1? BranchAndFinancialInstitutionIdentification4, IntrmyAgt1Acct? CashAccount16, IntrmyAgt2? BranchAndFinancialInstitutionIdentification4, IntrmyAgt2Acct? CashAccount16, IntrmyAgt3? BranchAndFinancialInstitutionIdentification4, IntrmyAgt3Acct? CashAccount16, UltmtDbtr? PartyIdentification32, InitgPty? PartyIdentification32, Dbtr PartyIdentification32, DbtrAcct? CashAccount16, DbtrAgt BranchAndFinancialInstitutionIdentification4, DbtrAgtAcct? CashAccount16, CdtrAgt BranchAndFinancialInstitutionIdentification4, CdtrAgtAcct? CashAccount16, Cdtr PartyIdentification32, CdtrAcct? CashAccount16, UltmtCdtr? PartyIdentification32, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, RltdRmtInf{0,10} RemittanceLocation2, RmtInf? RemittanceInformation5',
  CreditorReferenceInformation2: 'Tp? CreditorReferenceType2, Ref? Max35Text',
  CreditorReferenceInformation3: 'Tp? CreditorReferenceType3, Ref? Max35Text',
  CreditorReferenceType1Choice: 'Cd DocumentType3Code | Prtry Max35Text',
  'CreditorReferenceType1Choice~2': '(Cd DocumentType3Code | Prtry Max35Text)',
  CreditorReferenceType2: 'CdOrPrtry CreditorReferenceType1Choice, Issr? Max35Text',
  CreditorReferenceType2Choice: 'Cd ExternalCreditorReferenceType1Code | Prtry Max35Text',
  CreditorReferenceType3: 'CdOrPrtry CreditorReferenceType2Choice, Issr? Max35Text',
  CryptographicKey1Choice: 'ILPV4 HexBinaryText | Sgntr SHA256SignatureText',
  CurrencyAndAmountRange2:
    'Amt ImpliedCurrencyAmountRangeChoice, CdtDbtInd? CreditDebitCode, Ccy ActiveOrHistoricCurrencyCode',
  CurrencyExchange24:
    'SrcCcy ActiveOrHistoricCurrencyCode, TrgtCcy? ActiveOrHistoricCurrencyCode, UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate BaseOneRate, CtrctId? Max35Text, QtnDt? ISODateTime, XchgRateBase? PositiveNumber',
  CurrencyExchange26:
    'UnitCcy? ActiveOrHistoricCurrencyCode, QtdCcy? ActiveOrHistoricCurrencyCode, PreAgrdXchgRate BaseOneRate, QtnDtTm? ISODateTime, QtId? UUIDv4Identifier, FXAgt? BranchAndFinancialInstitutionIdentification8',
  CurrencyExchange5:
    'SrcCcy ActiveOrHistoricCurrencyCode, TrgtCcy? ActiveOrHistoricCurrencyCode, UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate BaseOneRate, CtrctId? Max35Text, QtnDt? ISODateTime',
  DateAndDateTime2Choice: 'Dt ISODate | DtTm ISODateTime',
  DateAndDateTimeChoice: 'Dt ISODate | DtTm ISODateTime',
  DateAndPlaceOfBirth: 'BirthDt ISODate, PrvcOfBirth? Max35Text, CityOfBirth Max35Text, CtryOfBirth CountryCode',
  DateAndPlaceOfBirth1: 'BirthDt ISODate, PrvcOfBirth? Max35Text, CityOfBirth Max35Text, CtryOfBirth CountryCode',
  DateAndType1: 'Tp DateType2Choice, Dt ISODate',
  DateOrDateTimePeriod1Choice: 'Dt DatePeriod2 | DtTm DateTimePeriod1',
  DateOrDateTimePeriodChoice: 'Dt DatePeriodDetails | DtTm DateTimePeriodDetails',
  DatePeriod2: 'FrDt ISODate, ToDt ISODate',
  DatePeriodDetails: 'FrDt ISODate, ToDt ISODate',
  DateTimePeriod1: 'FrDtTm ISODateTime, ToDtTm ISODateTime',
  DateTimePeriodDetails: 'FrDtTm ISODateTime, ToDtTm ISODateTime',
  DateType2Choice: 'Cd ExternalDateType1Code | Prtry Max35Text',
  DiscountAmountAndType1: 'Tp? DiscountAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount',
  DiscountAmountType1Choice: 'Cd ExternalDiscountAmountType1Code | Prtry Max35Text',
  DisplayCapabilities1: 'DispTp UserInterface2Code, NbOfLines Max3NumericText, LineWidth Max3NumericText',
  'Document-acmt.023.001.03': 'IdVrfctnReq IdentificationVerificationRequestV03',
  'Document-acmt.023.001.04': 'IdVrfctnReq IdentificationVerificationRequestV04',
  'Document-acmt.024.001.03': 'IdVrfctnRpt IdentificationVerificationReportV03',
  'Document-acmt.024.001.04': 'IdVrfctnRpt IdentificationVerificationReportV04',
  'Document-admi.002.001.01': 'admi.002.001.01 admi.002.001.01',
  'Document-admi.004.001.01': 'admi.004.001.01 admi.004.001.01',
  'Document-admi.004.001.02': 'SysEvtNtfctn SystemEventNotificationV02',
  'Document-admi.007.001.01': 'RctAck ReceiptAcknowledgementV01',
  'Document-camt.029.001.09': 'RsltnOfInvstgtn ResolutionOfInvestigationV09',
  'Document-camt.029.001.10': 'RsltnOfInvstgtn ResolutionOfInvestigationV10',
  'Document-camt.029.001.11': 'RsltnOfInvstgtn ResolutionOfInvestigationV11',
  'Document-camt.029.001.12': 'RsltnOfInvstgtn ResolutionOfInvestigationV12',
  'Document-camt.029.001.13': 'RsltnOfInvstgtn ResolutionOfInvestigationV13',
  'Document-camt.029.001.14': 'RsltnOfInvstgtn ResolutionOfInvestigationV14',
  'Document-camt.052.001.08': 'BkToCstmrAcctRpt BankToCustomerAccountReportV08',
  'Document-camt.052.001.12': 'BkToCstmrAcctRpt BankToCustomerAccountReportV12',
  'Document-camt.052.001.13': 'BkToCstmrAcctRpt BankToCustomerAccountReportV13',
  'Document-camt.053.001.08': 'BkToCstmrStmt BankToCustomerStatementV08',
  'Document-camt.053.001.12': 'BkToCstmrStmt BankToCustomerStatementV12',
  'Document-camt.053.001.13': 'BkToCstmrStmt BankToCustomerStatementV13',
  'Document-camt.054.001.06': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV06',
  'Document-camt.054.001.08': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV08',
  'Document-camt.054.001.11': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV11',
  'Document-camt.054.001.12': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV12',
  'Document-camt.054.001.13': 'BkToCstmrDbtCdtNtfctn BankToCustomerDebitCreditNotificationV13',
  'Document-camt.056.001.06': 'FIToFIPmtCxlReq FIToFIPaymentCancellationRequestV06',
  'Document-camt.056.001.08': 'FIToFIPmtCxlReq FIToFIPaymentCancellationRequestV08',
  'Document-camt.056.001.09': 'FIToFIPmtCxlReq FIToFIPaymentCancellationRequestV09',
  'Document-camt.056.001.10': 'FIToFIPmtCxlReq FIToFIPaymentCancellationRequestV10',
  'Document-camt.056.001.11': 'FIToFIPmtCxlReq FIToFIPaymentCancellationRequestV11',
  'Document-camt.056.001.12': 'FIToFIPmtCxlReq FIToFIPaymentCancellationRequestV12',
  'Document-pacs.002.001.08': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV08',
  'Document-pacs.002.001.09': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV09',
  'Document-pacs.002.001.10': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV10',
  'Document-pacs.002.001.11': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV11',
  'Document-pacs.002.001.12': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV12',
  'Document-pacs.002.001.13': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV13',
  'Document-pacs.002.001.14': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV14',
  'Document-pacs.002.001.15': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV15',
  'Document-pacs.002.001.16': 'FIToFIPmtStsRpt FIToFIPaymentStatusReportV16',
  'Document-pacs.004.001.09': 'PmtRtr PaymentReturnV09',
  'Document-pacs.004.001.10': 'PmtRtr PaymentReturnV10',
  'Document-pacs.004.001.11': 'PmtRtr PaymentReturnV11',
  'Document-pacs.004.001.12': 'PmtRtr PaymentReturnV12',
  'Document-pacs.004.001.13': 'PmtRtr PaymentReturnV13',
  'Document-pacs.004.001.14': 'PmtRtr PaymentReturnV14',
  'Document-pacs.004.001.15': 'PmtRtr PaymentReturnV15',
  'Document-pacs.008.001.02': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV02',
  'Document-pacs.008.001.06': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV06',
  'Document-pacs.008.001.07': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV07',
  'Document-pacs.008.001.08': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV08',
  'Document-pacs.008.001.09': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV09',
  'Document-pacs.008.001.10': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV10',
  'Document-pacs.008.001.11': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV11',
  'Document-pacs.008.001.12': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV12',
  'Document-pacs.008.001.13': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV13',
  'Document-pacs.008.001.14': 'FIToFICstmrCdtTrf FIToFICustomerCreditTransferV14',
  'Document-pacs.009.001.08': 'FICdtTrf FinancialInstitutionCreditTransferV08',
  'Document-pacs.009.001.09': 'FICdtTrf FinancialInstitutionCreditTransferV09',
  'Document-pacs.009.001.10': 'FICdtTrf FinancialInstitutionCreditTransferV10',
  'Document-pacs.009.001.11': 'FICdtTrf FinancialInstitutionCreditTransferV11',
  'Document-pacs.009.001.12': 'FICdtTrf FinancialInstitutionCreditTransferV12',
  'Document-pacs.009.001.13': 'FICdtTrf FinancialInstitutionCreditTransferV13',
  'Document-pacs.028.001.03': 'FIToFIPmtStsReq FIToFIPaymentStatusRequestV03',
  'Document-pacs.028.001.04': 'FIToFIPmtStsReq FIToFIPaymentStatusRequestV04',
  'Document-pacs.028.001.05': 'FIToFIPmtStsReq FIToFIPaymentStatusRequestV05',
  'Document-pacs.028.001.06': 'FIToFIPmtStsReq FIToFIPaymentStatusRequestV06',
  'Document-pacs.028.001.07': 'FIToFIPmtStsReq FIToFIPaymentStatusRequestV07',
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
  EntryDetails12: 'Btch? BatchInformation2, TxDtls* EntryTransaction13',
  EntryDetails13: 'Btch? BatchInformation2, TxDtls* EntryTransaction14',
  EntryDetails14: 'Btch? BatchInformation2, TxDtls* EntryTransaction15',
  EntryDetails7: 'Btch? BatchInformation2, TxDtls* EntryTransaction8',
  EntryDetails9: 'Btch? BatchInformation2, TxDtls* EntryTransaction10',
  EntryStatus1Choice: 'Cd ExternalEntryStatus1Code | Prtry Max35Text',
  EntryTransaction10:
    'Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange3, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges6, Intrst? TransactionInterest4, RltdPties? TransactionParties6, RltdAgts? TransactionAgents5, LclInstrm? LocalInstrument2Choice, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities3Choice, FinInstrmId? SecurityIdentification19, Tax? TaxInformation8, RtrInf? PaymentReturnReason5, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction17, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EntryTransaction13:
    'Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange4, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges6, Intrst? TransactionInterest4, RltdPties? TransactionParties9, RltdAgts? TransactionAgents5, LclInstrm? LocalInstrument2Choice, PmtTpInf? PaymentTypeInformation27, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation21, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities3Choice, FinInstrmId? SecurityIdentification19, Tax? TaxInformation10, RtrInf? PaymentReturnReason5, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction18, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EntryTransaction14:
    'Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange4, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges15, Intrst? TransactionInterest4, RltdPties? TransactionParties12, RltdAgts? TransactionAgents6, LclInstrm? LocalInstrument2Choice, PmtTpInf? PaymentTypeInformation27, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities3Choice, FinInstrmId? SecurityIdentification19, Tax? TaxData1, RtrInf? PaymentReturnReason8, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction18, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EntryTransaction15:
    'Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange4, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges15, Intrst? TransactionInterest4, RltdPties? TransactionParties12, RltdAgts? TransactionAgents6, LclInstrm? LocalInstrument2Choice, PmtTpInf? PaymentTypeInformation27, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation8, RmtInf? RemittanceInformation22, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities4Choice, FinInstrmId? SecurityIdentification19, Tax? TaxData1, RtrInf? PaymentReturnReason8, RltdCorpActn? CorporateAction82, SfkpgAcct? SecuritiesAccount19, UndrlygAllcn* TransactionAllocation1, CshDpst* CashDeposit1, CardTx? CardTransaction18, InstrCpy? Max20000Text, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EntryTransaction8:
    'Refs? TransactionReferences3, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, AmtDtls? AmountAndCurrencyExchange3, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges4, Intrst? TransactionInterest3, RltdPties? TransactionParties3, RltdAgts? TransactionAgents3, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation4, RmtInf? RemittanceInformation11, RltdDts? TransactionDates2, RltdPric? TransactionPrice3Choice, RltdQties* TransactionQuantities2Choice, FinInstrmId? SecurityIdentification19, Tax? TaxInformation3, RtrInf? PaymentReturnReason2, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction2, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1',
  EquivalentAmount2: 'Amt ActiveOrHistoricCurrencyAndAmount, CcyOfTrf ActiveOrHistoricCurrencyCode',
  Event1: 'EvtCd Max4AlphaNumericText, EvtParam* Max35Text, EvtDesc? Max350Text, EvtTm? ISODateTime',
  Event2: 'EvtCd Max4AlphaNumericText, EvtParam* Max35Text, EvtDesc? Max1000Text, EvtTm? ISODateTime',
  FIToFICustomerCreditTransferV02: 'GrpHdr GroupHeader33, CdtTrfTxInf+ CreditTransferTransactionInformation11',
  FIToFICustomerCreditTransferV06:
    'GrpHdr GroupHeader70, CdtTrfTxInf+ CreditTransferTransaction25, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV07:
    'GrpHdr GroupHeader70, CdtTrfTxInf+ CreditTransferTransaction30, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV08:
    'GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction39, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV09:
    'GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction43, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV10:
    'GrpHdr GroupHeader96, CdtTrfTxInf+ CreditTransferTransaction50, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV11:
    'GrpHdr GroupHeader96, CdtTrfTxInf+ CreditTransferTransaction58, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV12:
    'GrpHdr GroupHeader113, CdtTrfTxInf+ CreditTransferTransaction64, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV13:
    'GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction70, SplmtryData* SupplementaryData1',
  FIToFICustomerCreditTransferV14:
    'GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction73, SplmtryData* SupplementaryData1',
  FIToFIPaymentCancellationRequestV06:
    'Assgnmt CaseAssignment3, Case? Case3, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction16, SplmtryData* SupplementaryData1',
  FIToFIPaymentCancellationRequestV08:
    'Assgnmt CaseAssignment5, Case? Case5, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction23, SplmtryData* SupplementaryData1',
  FIToFIPaymentCancellationRequestV09:
    'Assgnmt CaseAssignment5, Case? Case5, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction26, SplmtryData* SupplementaryData1',
  FIToFIPaymentCancellationRequestV10:
    'Assgnmt CaseAssignment5, Case? Case5, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction28, SplmtryData* SupplementaryData1',
  FIToFIPaymentCancellationRequestV11:
    'Assgnmt CaseAssignment6, Case? Case6, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction34, SplmtryData* SupplementaryData1',
  FIToFIPaymentCancellationRequestV12:
    'Assgnmt CaseAssignment6, Case? Case6, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction36, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV08:
    'GrpHdr GroupHeader53, OrgnlGrpInfAndSts* OriginalGroupHeader7, TxInfAndSts* PaymentTransaction80, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV09:
    'GrpHdr GroupHeader53, OrgnlGrpInfAndSts* OriginalGroupHeader13, TxInfAndSts* PaymentTransaction91, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV10:
    'GrpHdr GroupHeader91, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction110, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV11:
    'GrpHdr GroupHeader91, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction123, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV12:
    'GrpHdr GroupHeader101, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction130, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV13:
    'GrpHdr GroupHeader101, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction142, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV14:
    'GrpHdr GroupHeader120, OrgnlGrpInfAndSts* OriginalGroupHeader22, TxInfAndSts* PaymentTransaction161, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV15:
    'GrpHdr GroupHeader120, OrgnlGrpInfAndSts* OriginalGroupHeader22, TxInfAndSts* PaymentTransaction164, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusReportV16:
    'GrpHdr GroupHeader120, OrgnlGrpInfAndSts* OriginalGroupHeader22, TxInfAndSts* PaymentTransaction177, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusRequestV03:
    'GrpHdr GroupHeader91, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction113, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusRequestV04:
    'GrpHdr GroupHeader91, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction121, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusRequestV05:
    'GrpHdr GroupHeader91, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction131, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusRequestV06:
    'GrpHdr GroupHeader109, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction158, SplmtryData* SupplementaryData1',
  FIToFIPaymentStatusRequestV07:
    'GrpHdr GroupHeader109, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction171, SplmtryData* SupplementaryData1',
  FinancialIdentificationSchemeName1Choice: 'Cd ExternalFinancialInstitutionIdentification1Code | Prtry Max35Text',
  'FinancialIdentificationSchemeName1Choice~2':
    '(Cd ExternalFinancialInstitutionIdentification1Code | Prtry Max35Text)',
  FinancialInstitutionCreditTransferV08:
    'GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction36, SplmtryData* SupplementaryData1',
  FinancialInstitutionCreditTransferV09:
    'GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction44, SplmtryData* SupplementaryData1',
  FinancialInstitutionCreditTransferV10:
    'GrpHdr GroupHeader96, CdtTrfTxInf+ CreditTransferTransaction56, SplmtryData* SupplementaryData1',
  FinancialInstitutionCreditTransferV11:
    'GrpHdr GroupHeader113, CdtTrfTxInf+ CreditTransferTransaction62, SplmtryData* SupplementaryData1',
  FinancialInstitutionCreditTransferV12:
    'GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction67, SplmtryData* SupplementaryData1',
  FinancialInstitutionCreditTransferV13:
    'GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction79, SplmtryData* SupplementaryData1',
  FinancialInstitutionIdentification18:
    'BICFI? BICFIDec2014Identifier, ClrSysMmbId? ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24, Othr? GenericFinancialIdentification1',
  FinancialInstitutionIdentification23:
    'BICFI? BICFIDec2014Identifier, ClrSysMmbId? ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress27, Othr? GenericFinancialIdentification1',
  FinancialInstitutionIdentification7:
    'BIC? BICIdentifier, ClrSysMmbId? ClearingSystemMemberIdentification2, Nm? Max140Text, PstlAdr? PostalAddress6, Othr? GenericFinancialIdentification1',
  FinancialInstitutionIdentification8:
    'BICFI? BICFIIdentifier, ClrSysMmbId? ClearingSystemMemberIdentification2, Nm? Max140Text, PstlAdr? PostalAddress6, Othr? GenericFinancialIdentification1',
  FinancialInstrumentQuantity1Choice:
    'Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount',
  FinancialInstrumentQuantity33Choice:
    'Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount | DgtlTknUnit Max30DecimalNumber',
  FinancialInstrumentQuantityChoice:
    'Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount',
  Frequency36Choice: 'Tp Frequency6Code | Prd FrequencyPeriod1 | PtInTm FrequencyAndMoment1',
  FrequencyAndMoment1: 'Tp Frequency6Code, PtInTm Exact2NumericText',
  FrequencyPeriod1: 'Tp Frequency6Code, CntPerPrd DecimalNumber',
  FromToAmountRange: 'FrAmt AmountRangeBoundary1, ToAmt AmountRangeBoundary1',
  FromToAmountRange1: 'FrAmt AmountRangeBoundary1, ToAmt AmountRangeBoundary1',
  Garnishment1:
    'Tp GarnishmentType1, Grnshee? PartyIdentification43, GrnshmtAdmstr? PartyIdentification43, RefNb? Max140Text, Dt? ISODate, RmtdAmt? ActiveOrHistoricCurrencyAndAmount, FmlyMdclInsrncInd? TrueFalseIndicator, MplyeeTermntnInd? TrueFalseIndicator',
  Garnishment2:
    'Tp GarnishmentType1, Grnshee? PartyIdentification125, GrnshmtAdmstr? PartyIdentification125, RefNb? Max140Text, Dt? ISODate, RmtdAmt? ActiveOrHistoricCurrencyAndAmount, FmlyMdclInsrncInd? TrueFalseIndicator, MplyeeTermntnInd? TrueFalseIndicator',
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
  GenericIdentification36: 'Id Max35Text, Issr Max35Text, SchmeNm? Max35Text',
  GenericOrganisationIdentification1:
    'Id Max35Text, SchmeNm? OrganisationIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericOrganisationIdentification3:
    'Id Max256Text, SchmeNm? OrganisationIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericPersonIdentification1: 'Id Max35Text, SchmeNm? PersonIdentificationSchemeName1Choice, Issr? Max35Text',
  GenericPersonIdentification2: 'Id Max256Text, SchmeNm? PersonIdentificationSchemeName1Choice, Issr? Max35Text',
  GroupHeader101:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlBizQry? OriginalBusinessQuery1',
  GroupHeader109:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8',
  GroupHeader113:
    'MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction15, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8',
  GroupHeader116:
    'MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification272, MsgPgntn? Pagination1, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text',
  GroupHeader120:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlBizQry? OriginalBusinessQuery1',
  GroupHeader123:
    'MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, GrpRtr? TrueFalseIndicator, TtlRtrdIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction15, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8',
  GroupHeader131:
    'MsgId Max35Text, CreDtTm ISODateTime, XpryDtTm? ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction15, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8',
  GroupHeader33:
    'MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInformation13, PmtTpInf? PaymentTypeInformation21, InstgAgt? BranchAndFinancialInstitutionIdentification4, InstdAgt? BranchAndFinancialInstitutionIdentification4',
  GroupHeader53:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification5, InstdAgt? BranchAndFinancialInstitutionIdentification5',
  GroupHeader58:
    'MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification43, MsgPgntn? Pagination, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text',
  GroupHeader70:
    'MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction4, PmtTpInf? PaymentTypeInformation21, InstgAgt? BranchAndFinancialInstitutionIdentification5, InstdAgt? BranchAndFinancialInstitutionIdentification5',
  GroupHeader81:
    'MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification135, MsgPgntn? Pagination1, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text',
  GroupHeader90:
    'MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, GrpRtr? TrueFalseIndicator, TtlRtrdIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction7, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  GroupHeader91:
    'MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  GroupHeader93:
    'MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction7, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  GroupHeader96:
    'MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction11, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  GroupHeader99:
    'MsgId Max35Text, CreDtTm ISODateTime, Authstn{0,2} Authorisation1Choice, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, GrpRtr? TrueFalseIndicator, TtlRtrdIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction11, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6',
  IdentificationAssignment3:
    'MsgId Max35Text, CreDtTm ISODateTime, Cretr? Party40Choice, FrstAgt? BranchAndFinancialInstitutionIdentification6, Assgnr Party40Choice, Assgne Party40Choice',
  IdentificationAssignment4:
    'MsgId Max35Text, CreDtTm ISODateTime, Cretr? Party50Choice, FrstAgt? BranchAndFinancialInstitutionIdentification8, Assgnr Party50Choice, Assgne Party50Choice',
  IdentificationInformation4:
    'Pty? PartyIdentification135, Acct? CashAccount40, Agt? BranchAndFinancialInstitutionIdentification6',
  IdentificationInformation5:
    'Pty? PartyIdentification272, Acct? CashAccount40, Agt? BranchAndFinancialInstitutionIdentification8',
  IdentificationSource3Choice: 'Cd ExternalFinancialInstrumentIdentificationType1Code | Prtry Max35Text',
  IdentificationVerification4: 'Id Max35Text, PtyAndAcctId IdentificationInformation4',
  IdentificationVerification5: 'Id Max35Text, PtyAndAcctId IdentificationInformation5',
  IdentificationVerificationReportV03:
    'Assgnmt IdentificationAssignment3, OrgnlAssgnmt? MessageIdentification7, Rpt+ VerificationReport4, SplmtryData* SupplementaryData1',
  IdentificationVerificationReportV04:
    'Assgnmt IdentificationAssignment4, OrgnlAssgnmt? MessageIdentification8, Rpt+ VerificationReport5, SplmtryData* SupplementaryData1',
  IdentificationVerificationRequestV03:
    'Assgnmt IdentificationAssignment3, Vrfctn+ IdentificationVerification4, SplmtryData* SupplementaryData1',
  IdentificationVerificationRequestV04:
    'Assgnmt IdentificationAssignment4, Vrfctn+ IdentificationVerification5, SplmtryData* SupplementaryData1',
  ImplementationSpecification1: 'Regy Max350Text, Id Max2048Text',
  ImpliedCurrencyAmountRange1Choice:
    'FrAmt AmountRangeBoundary1 | ToAmt AmountRangeBoundary1 | FrToAmt FromToAmountRange1 | EQAmt ImpliedCurrencyAndAmount | NEQAmt ImpliedCurrencyAndAmount',
  ImpliedCurrencyAmountRangeChoice:
    'FrAmt AmountRangeBoundary1 | ToAmt AmountRangeBoundary1 | FrToAmt FromToAmountRange | EQAmt ImpliedCurrencyAndAmount | NEQAmt ImpliedCurrencyAndAmount',
  InstructionForCreditorAgent1: 'Cd? Instruction3Code, InstrInf? Max140Text',
  InstructionForCreditorAgent2: 'Cd? Instruction5Code, InstrInf? Max140Text',
  InstructionForCreditorAgent3: 'Cd? ExternalCreditorAgentInstruction1Code, InstrInf? Max140Text',
  InstructionForNextAgent1: 'Cd? Instruction4Code, InstrInf? Max140Text',
  InterestRecord1:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Tp? InterestType1Choice, Rate? Rate3, FrToDt? DateTimePeriodDetails, Rsn? Max35Text, Tax? TaxCharges2',
  InterestRecord2:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Tp? InterestType1Choice, Rate? Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2',
  InterestType1Choice: 'Cd InterestType1Code | Prtry Max35Text',
  InvestigationStatus5Choice:
    'Conf ExternalInvestigationExecutionConfirmation1Code | RjctdMod+ ModificationStatusReason1Choice | DplctOf Case5 | AssgnmtCxlConf YesNoIndicator',
  InvestigationStatus6Choice:
    'Conf ExternalInvestigationExecutionConfirmation1Code | RjctdMod+ ModificationStatusReason1Choice | DplctOf Case6 | AssgnmtCxlConf YesNoIndicator',
  LocalInstrument2Choice: 'Cd ExternalLocalInstrument1Code | Prtry Max35Text',
  'LocalInstrument2Choice~2': '(Cd ExternalLocalInstrument1Code | Prtry Max35Text)',
  MandateClassification1Choice: 'Cd MandateClassification1Code | Prtry Max35Text',
  MandateRelatedData1Choice: 'DrctDbtMndt? MandateRelatedInformation14 | CdtTrfMndt? CreditTransferMandateData1',
  MandateRelatedData2Choice: 'DrctDbtMndt? MandateRelatedInformation15 | CdtTrfMndt? CreditTransferMandateData1',
  MandateRelatedData3Choice: 'DrctDbtMndt? MandateRelatedInformation16 | CdtTrfMndt? CreditTransferMandateData1',
  MandateRelatedData5Choice: 'DrctDbtMndt MandateRelatedInformation16 | CdtTrfMndt CreditTransferMandateData1',
  MandateRelatedInformation11:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails11, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateRelatedInformation12:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails12, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateRelatedInformation14:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails13, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateRelatedInformation15:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails14, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateRelatedInformation16:
    'MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails15, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText',
  MandateSetupReason1Choice: 'Cd ExternalMandateSetupReason1Code | Prtry Max70Text',
  MandateTypeInformation2:
    'SvcLvl? ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice, Clssfctn? MandateClassification1Choice',
  MessageHeader10: 'MsgId Max35Text, CreDtTm? ISODateTime, QryNm? Max35Text',
  MessageIdentification2: 'MsgNmId? Max35Text, MsgId? Max35Text',
  MessageIdentification7:
    'MsgId? Max35Text, CreDtTm? ISODateTime, FrstAgt? BranchAndFinancialInstitutionIdentification6',
  MessageIdentification8:
    'MsgId? Max35Text, CreDtTm? ISODateTime, FrstAgt? BranchAndFinancialInstitutionIdentification8',
  MessageReference: 'Ref Max35Text',
  MessageReference1: 'Ref Max35Text, MsgNm? Max35Text, RefIssr? PartyIdentification136',
  ModificationStatusReason1Choice: 'Cd ExternalPaymentModificationRejection1Code | Prtry Max35Text',
  ModificationStatusReason2:
    'Orgtr? PartyIdentification135, Rsn? ModificationStatusReason1Choice, AddtlInf* Max105Text',
  ModificationStatusReason3:
    'Orgtr? PartyIdentification272, Rsn? ModificationStatusReason1Choice, AddtlInf* Max105Text',
  NameAndAddress10: 'Nm Max140Text, Adr PostalAddress6',
  NameAndAddress16: 'Nm Max140Text, Adr PostalAddress24',
  NameAndAddress18: 'Nm Max140Text, Adr PostalAddress27',
  NameAndAddress5: 'Nm Max350Text, Adr? PostalAddress1',
  NumberAndSumOfTransactions1: 'NbOfNtries? Max15NumericText, Sum? DecimalNumber',
  NumberAndSumOfTransactions4: 'NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35',
  NumberOfCancellationsPerStatus1:
    'DtldNbOfTxs Max15NumericText, DtldSts CancellationIndividualStatus1Code, DtldCtrlSum? DecimalNumber',
  NumberOfTransactionsPerStatus1:
    'DtldNbOfTxs Max15NumericText, DtldSts TransactionIndividualStatus1Code, DtldCtrlSum? DecimalNumber',
  NumberOfTransactionsPerStatus5:
    'DtldNbOfTxs Max15NumericText, DtldSts ExternalPaymentTransactionStatus1Code, DtldCtrlSum? DecimalNumber',
  OrganisationIdentification29:
    'AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr* GenericOrganisationIdentification1',
  OrganisationIdentification39:
    'AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr* GenericOrganisationIdentification3',
  OrganisationIdentification4: 'BICOrBEI? AnyBICIdentifier, Othr* GenericOrganisationIdentification1',
  OrganisationIdentification7: 'AnyBIC? AnyBICIdentifier, Othr* GenericOrganisationIdentification1',
  OrganisationIdentification8: 'AnyBIC? AnyBICIdentifier, Othr* GenericOrganisationIdentification1',
  OrganisationIdentificationSchemeName1Choice: 'Cd ExternalOrganisationIdentification1Code | Prtry Max35Text',
  'OrganisationIdentificationSchemeName1Choice~2': '(Cd ExternalOrganisationIdentification1Code | Prtry Max35Text)',
  OriginalAndCurrentQuantities1: 'FaceAmt ImpliedCurrencyAndAmount, AmtsdVal ImpliedCurrencyAndAmount',
  OriginalBusinessQuery1: 'MsgId Max35Text, MsgNmId? Max35Text, CreDtTm? ISODateTime',
  OriginalGroupHeader13:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation11, NbOfTxsPerSts* NumberOfTransactionsPerStatus5',
  OriginalGroupHeader14:
    'OrgnlGrpCxlId? Max35Text, RslvdCase? Case5, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfTransactionsPerStatus1',
  OriginalGroupHeader15:
    'GrpCxlId? Max35Text, Case? Case5, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, GrpCxl? GroupCancellationIndicator, CxlRsnInf* PaymentCancellationReason5',
  OriginalGroupHeader17:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation12, NbOfTxsPerSts* NumberOfTransactionsPerStatus5',
  OriginalGroupHeader18:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, RtrRsnInf* PaymentReturnReason6',
  OriginalGroupHeader19:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, RtrRsnInf* PaymentReturnReason7',
  OriginalGroupHeader21:
    'GrpCxlId? Max35Text, Case? Case6, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, GrpCxl? GroupCancellationIndicator, CxlRsnInf* PaymentCancellationReason6',
  OriginalGroupHeader22:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation14, NbOfTxsPerSts* NumberOfTransactionsPerStatus5',
  OriginalGroupHeader23:
    'OrgnlGrpCxlId? Max35Text, RslvdCase? Case6, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason5, NbOfTxsPerCxlSts* NumberOfTransactionsPerStatus1',
  OriginalGroupHeader6:
    'GrpCxlId? Max35Text, Case? Case3, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, GrpCxl? GroupCancellationIndicator, CxlRsnInf* PaymentCancellationReason3',
  OriginalGroupHeader7:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation9, NbOfTxsPerSts* NumberOfTransactionsPerStatus5',
  OriginalGroupInformation27:
    'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber',
  OriginalGroupInformation29: 'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime',
  OriginalGroupInformation3: 'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime',
  OriginalGroupInformation33: 'OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime',
  OriginalPaymentInstruction30:
    'OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case5, OrgnlPmtInfId Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts* PaymentTransaction103',
  OriginalPaymentInstruction35:
    'OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case5, OrgnlPmtInfId Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts* PaymentTransaction122',
  OriginalPaymentInstruction43:
    'OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case5, OrgnlPmtInfId Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts* PaymentTransaction139',
  OriginalPaymentInstruction48:
    'OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case6, OrgnlPmtInfId Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason5, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts* PaymentTransaction153',
  OriginalPaymentInstruction54:
    'OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case6, OrgnlPmtInfId Max35Text, OrgnlGrpInf? OriginalGroupInformation33, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason5, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts* PaymentTransaction175',
  OriginalTransactionReference24:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTimeChoice, CdtrSchmeId? PartyIdentification43, SttlmInf? SettlementInstruction4, PmtTpInf? PaymentTypeInformation25, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedInformation11, RmtInf? RemittanceInformation11, UltmtDbtr? PartyIdentification43, Dbtr? PartyIdentification43, DbtrAcct? CashAccount24, DbtrAgt? BranchAndFinancialInstitutionIdentification5, DbtrAgtAcct? CashAccount24, CdtrAgt? BranchAndFinancialInstitutionIdentification5, CdtrAgtAcct? CashAccount24, Cdtr? PartyIdentification43, CdtrAcct? CashAccount24, UltmtCdtr? PartyIdentification43',
  OriginalTransactionReference27:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification125, SttlmInf? SettlementInstruction4, PmtTpInf? PaymentTypeInformation25, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedInformation12, RmtInf? RemittanceInformation15, UltmtDbtr? Party35Choice, Dbtr? Party35Choice, DbtrAcct? CashAccount24, DbtrAgt? BranchAndFinancialInstitutionIdentification5, DbtrAgtAcct? CashAccount24, CdtrAgt? BranchAndFinancialInstitutionIdentification5, CdtrAgtAcct? CashAccount24, Cdtr? Party35Choice, CdtrAcct? CashAccount24, UltmtCdtr? Party35Choice, Purp? Purpose2Choice',
  OriginalTransactionReference28:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedInformation14, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, Purp? Purpose2Choice',
  OriginalTransactionReference31:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData1Choice, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, Purp? Purpose2Choice',
  OriginalTransactionReference32:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData1Choice, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, Purp? Purpose2Choice, UndrlygCstmrCdtTrf? CreditTransferTransaction45',
  OriginalTransactionReference35:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction11, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData2Choice, RmtInf? RemittanceInformation21, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr? Party40Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice, Purp? Purpose2Choice',
  OriginalTransactionReference36:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction11, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData2Choice, RmtInf? RemittanceInformation21, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr? Party40Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice, Purp? Purpose2Choice, UndrlygCstmrCdtTrf? CreditTransferTransaction52',
  OriginalTransactionReference41:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification272, SttlmInf? SettlementInstruction15, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData3Choice, RmtInf? RemittanceInformation22, UltmtDbtr? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, Purp? Purpose2Choice, UndrlygCstmrCdtTrf? CreditTransferTransaction63',
  OriginalTransactionReference42:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification272, SttlmInf? SettlementInstruction15, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData3Choice, RmtInf? RemittanceInformation22, UltmtDbtr? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, Purp? Purpose2Choice',
  OriginalTransactionReference44:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification272, SttlmInf? SettlementInstruction15, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData3Choice, RmtInf? RemittanceInformation22, UltmtDbtr? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, Purp? Purpose2Choice, UndrlygCstmrCdtTrf? CreditTransferTransaction68, UndrlygFICdtTrf? CreditTransferTransaction69',
  OriginalTransactionReference45:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification272, SttlmInf? SettlementInstruction15, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData5Choice, RmtInf? RemittanceInformation26, UltmtDbtr? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, Purp? Purpose2Choice, UndrlygCstmrCdtTrf? CreditTransferTransaction72, UndrlygFICdtTrf? CreditTransferTransaction82',
  OriginalTransactionReference47:
    'IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification272, SttlmInf? SettlementInstruction15, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedData5Choice, RmtInf? RemittanceInformation26, UltmtDbtr? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, Purp? Purpose2Choice',
  OtherContact1: 'ChanlTp Max4Text, Id? Max128Text',
  OtherIdentification1: 'Id Max35Text, Sfx? Max16Text, Tp IdentificationSource3Choice',
  Pagination: 'PgNb Max5NumericText, LastPgInd YesNoIndicator',
  Pagination1: 'PgNb Max5NumericText, LastPgInd YesNoIndicator',
  Party10Choice: 'OrgId OrganisationIdentification7 | PrvtId PersonIdentification5',
  Party11Choice: 'OrgId OrganisationIdentification8 | PrvtId PersonIdentification5',
  Party12Choice: 'Pty PartyIdentification43 | Agt BranchAndFinancialInstitutionIdentification5',
  Party34Choice: 'OrgId OrganisationIdentification8 | PrvtId PersonIdentification13',
  Party35Choice: 'Pty PartyIdentification125 | Agt BranchAndFinancialInstitutionIdentification5',
  Party38Choice: 'OrgId OrganisationIdentification29 | PrvtId PersonIdentification13',
  Party40Choice: 'Pty PartyIdentification135 | Agt BranchAndFinancialInstitutionIdentification6',
  Party44Choice: 'OrgId PartyIdentification135 | FIId BranchAndFinancialInstitutionIdentification6',
  Party50Choice: 'Pty PartyIdentification272 | Agt BranchAndFinancialInstitutionIdentification8',
  Party51Choice: 'OrgId PartyIdentification272 | FIId BranchAndFinancialInstitutionIdentification8',
  Party52Choice: 'OrgId OrganisationIdentification39 | PrvtId PersonIdentification18',
  Party6Choice: '(OrgId OrganisationIdentification4 | PrvtId PersonIdentification5)',
  Party9Choice: 'OrgId PartyIdentification42 | FIId BranchAndFinancialInstitutionIdentification5',
  PartyIdentification120Choice:
    'AnyBIC AnyBICDec2014Identifier | PrtryId GenericIdentification36 | NmAndAdr NameAndAddress5',
  PartyIdentification125:
    'Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party34Choice, CtryOfRes? CountryCode, CtctDtls? ContactDetails2',
  PartyIdentification135:
    'Nm? Max140Text, PstlAdr? PostalAddress24, Id? Party38Choice, CtryOfRes? CountryCode, CtctDtls? Contact4',
  PartyIdentification136: 'Id PartyIdentification120Choice, LEI? LEIIdentifier',
  PartyIdentification272:
    'Nm? Max140Text, PstlAdr? PostalAddress27, Id? Party52Choice, CtryOfRes? CountryCode, CtctDtls? Contact13',
  PartyIdentification32:
    'Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party6Choice, CtryOfRes? CountryCode, CtctDtls? ContactDetails2',
  PartyIdentification42:
    'Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party10Choice, CtryOfRes? CountryCode, CtctDtls? ContactDetails2',
  PartyIdentification43:
    'Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party11Choice, CtryOfRes? CountryCode, CtctDtls? ContactDetails2',
  PaymentCancellationReason3: 'Orgtr? PartyIdentification43, Rsn? CancellationReason33Choice, AddtlInf* Max105Text',
  PaymentCancellationReason5: 'Orgtr? PartyIdentification135, Rsn? CancellationReason33Choice, AddtlInf* Max105Text',
  PaymentCancellationReason6: 'Orgtr? PartyIdentification272, Rsn? CancellationReason33Choice, AddtlInf* Max105Text',
  PaymentCard4:
    'PlainCardData? PlainCardData1, CardCtryCd? Exact3NumericText, CardBrnd? GenericIdentification1, AddtlCardData? Max70Text',
  PaymentContext3:
    'CardPres? TrueFalseIndicator, CrdhldrPres? TrueFalseIndicator, OnLineCntxt? TrueFalseIndicator, AttndncCntxt? AttendanceContext1Code, TxEnvt? TransactionEnvironment1Code, TxChanl? TransactionChannel1Code, AttndntMsgCpbl? TrueFalseIndicator, AttndntLang? ISO2ALanguageCode, CardDataNtryMd CardDataReading1Code, FllbckInd? TrueFalseIndicator, AuthntcnMtd? CardholderAuthentication2',
  PaymentIdentification13:
    'InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, ClrSysRef? Max35Text',
  PaymentIdentification3: 'InstrId? Max35Text, EndToEndId Max35Text, TxId Max35Text, ClrSysRef? Max35Text',
  PaymentIdentification7:
    'InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, ClrSysRef? Max35Text',
  PaymentReturnReason2:
    'OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr? PartyIdentification43, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentReturnReason5:
    'OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr? PartyIdentification135, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentReturnReason6: 'Orgtr? PartyIdentification135, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentReturnReason7: 'Orgtr? PartyIdentification272, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentReturnReason8:
    'OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr? PartyIdentification272, Rsn? ReturnReason5Choice, AddtlInf* Max105Text',
  PaymentReturnV09:
    'GrpHdr GroupHeader90, OrgnlGrpInf? OriginalGroupHeader18, TxInf* PaymentTransaction112, SplmtryData* SupplementaryData1',
  PaymentReturnV10:
    'GrpHdr GroupHeader90, OrgnlGrpInf? OriginalGroupHeader18, TxInf* PaymentTransaction118, SplmtryData* SupplementaryData1',
  PaymentReturnV11:
    'GrpHdr GroupHeader99, OrgnlGrpInf? OriginalGroupHeader18, TxInf* PaymentTransaction133, SplmtryData* SupplementaryData1',
  PaymentReturnV12:
    'GrpHdr GroupHeader99, OrgnlGrpInf? OriginalGroupHeader18, TxInf* PaymentTransaction146, SplmtryData* SupplementaryData1',
  PaymentReturnV13:
    'GrpHdr GroupHeader123, OrgnlGrpInf? OriginalGroupHeader19, TxInf* PaymentTransaction159, SplmtryData* SupplementaryData1',
  PaymentReturnV14:
    'GrpHdr GroupHeader123, OrgnlGrpInf? OriginalGroupHeader19, TxInf* PaymentTransaction163, SplmtryData* SupplementaryData1',
  PaymentReturnV15:
    'GrpHdr GroupHeader123, OrgnlGrpInf? OriginalGroupHeader19, TxInf* PaymentTransaction168, SplmtryData* SupplementaryData1',
  PaymentTransaction102:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf? ResolutionData1, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference28',
  PaymentTransaction103:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, OrgnlInstdAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice, OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference28',
  PaymentTransaction106:
    'CxlId? Max35Text, Case? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification6, Assgne? BranchAndFinancialInstitutionIdentification6, CxlRsnInf* PaymentCancellationReason5, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1',
  PaymentTransaction107:
    'ModStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason2, RsltnRltdInf? ResolutionData1, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference28',
  PaymentTransaction110:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf* Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1',
  PaymentTransaction112:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges7, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties7, RtrRsnInf* PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1',
  PaymentTransaction113:
    'StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1',
  PaymentTransaction116:
    'ModStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason2, RsltnRltdInf? ResolutionData2, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference31',
  PaymentTransaction118:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges7, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties8, RtrRsnInf* PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference32, SplmtryData* SupplementaryData1',
  PaymentTransaction120:
    'CxlId? Max35Text, Case? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification6, Assgne? BranchAndFinancialInstitutionIdentification6, CxlRsnInf* PaymentCancellationReason5, OrgnlTxRef? OriginalTransactionReference31, SplmtryData* SupplementaryData1',
  PaymentTransaction121:
    'StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference31, SplmtryData* SupplementaryData1',
  PaymentTransaction122:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, OrgnlInstdAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice, OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference31',
  PaymentTransaction123:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf* Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference31, SplmtryData* SupplementaryData1',
  PaymentTransaction127:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf? ResolutionData2, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference31',
  PaymentTransaction130:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf* Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference35, SplmtryData* SupplementaryData1',
  PaymentTransaction131:
    'StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference35, SplmtryData* SupplementaryData1',
  PaymentTransaction132:
    'ModStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason2, RsltnRltdInf? ResolutionData3, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference35',
  PaymentTransaction133:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, PmtTpInf? PaymentTypeInformation28, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges7, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties10, RtrRsnInf* PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference36, SplmtryData* SupplementaryData1',
  PaymentTransaction137:
    'CxlId? Max35Text, Case? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification6, Assgne? BranchAndFinancialInstitutionIdentification6, CxlRsnInf* PaymentCancellationReason5, OrgnlTxRef? OriginalTransactionReference35, SplmtryData* SupplementaryData1',
  PaymentTransaction138:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf? ResolutionData3, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference35',
  PaymentTransaction139:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, OrgnlInstdAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice, OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference35',
  PaymentTransaction142:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf* Charges12, AccptncDtTm? ISODateTime, PrcgDt? DateAndDateTime2Choice, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference35, SplmtryData* SupplementaryData1',
  PaymentTransaction146:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, PmtTpInf? PaymentTypeInformation28, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges12, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties10, RtrRsnInf* PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference36, SplmtryData* SupplementaryData1',
  PaymentTransaction147:
    'ModStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason2, RsltnRltdInf? ResolutionData4, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference35',
  PaymentTransaction148:
    'CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf? ResolutionData4, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference35',
  PaymentTransaction152:
    'CxlStsId? Max35Text, RslvdCase? Case6, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason5, RsltnRltdInf? ResolutionData5, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party50Choice, Assgne? Party50Choice, OrgnlTxRef? OriginalTransactionReference42',
  PaymentTransaction153:
    'CxlStsId? Max35Text, RslvdCase? Case6, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason5, OrgnlInstdAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice, OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference42',
  PaymentTransaction155:
    'CxlId? Max35Text, Case? Case6, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification8, Assgne? BranchAndFinancialInstitutionIdentification8, CxlRsnInf* PaymentCancellationReason6, OrgnlTxRef? OriginalTransactionReference42, SplmtryData* SupplementaryData1',
  PaymentTransaction157:
    'ModStsId? Max35Text, RslvdCase? Case6, OrgnlGrpInf OriginalGroupInformation29, OrgnlPmtInfId? Max35Text, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, ModStsRsnInf* ModificationStatusReason3, RsltnRltdInf? ResolutionData5, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party50Choice, Assgne? Party50Choice, OrgnlTxRef? OriginalTransactionReference42',
  PaymentTransaction158:
    'StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlTxRef? OriginalTransactionReference42, SplmtryData* SupplementaryData1',
  PaymentTransaction159:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, PmtTpInf? PaymentTypeInformation28, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges16, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, RtrChain? TransactionParties11, RtrRsnInf* PaymentReturnReason7, OrgnlTxRef? OriginalTransactionReference41, SplmtryData* SupplementaryData1',
  PaymentTransaction161:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation14, ChrgsInf* Charges16, AccptncDtTm? ISODateTime, PrcgDt? DateAndDateTime2Choice, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlTxRef? OriginalTransactionReference42, SplmtryData* SupplementaryData1',
  PaymentTransaction163:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, PmtTpInf? PaymentTypeInformation28, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, AgrdRate? CurrencyExchange26, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges16, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, RtrChain? TransactionParties11, RtrRsnInf* PaymentReturnReason7, OrgnlTxRef? OriginalTransactionReference44, SplmtryData* SupplementaryData1',
  PaymentTransaction164:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation14, ChrgsInf* Charges16, AccptncDtTm? ISODateTime, PrcgDt? DateAndDateTime2Choice, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, CdtSttlmKey? SHA256SignatureText, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlTxRef? OriginalTransactionReference42, SplmtryData* SupplementaryData1',
  PaymentTransaction168:
    'RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation33, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, PmtTpInf? PaymentTypeInformation28, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, AgrdRate? CurrencyExchange26, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges16, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, RtrChain? TransactionParties11, RtrRsnInf* PaymentReturnReason7, OrgnlTxRef? OriginalTransactionReference45, SplmtryData* SupplementaryData1',
  PaymentTransaction170:
    'CxlStsId? Max35Text, RslvdCase? Case6, OrgnlGrpInf? OriginalGroupInformation33, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason5, RsltnRltdInf? ResolutionData5, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party50Choice, Assgne? Party50Choice, OrgnlTxRef? OriginalTransactionReference47',
  PaymentTransaction171:
    'StsReqId? Max35Text, OrgnlGrpInf? OriginalGroupInformation33, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, AccptncDtTm? ISODateTime, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlTxRef? OriginalTransactionReference47, SplmtryData* SupplementaryData1',
  PaymentTransaction172:
    'CxlId? Max35Text, Case? Case6, OrgnlGrpInf? OriginalGroupInformation33, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification8, Assgne? BranchAndFinancialInstitutionIdentification8, CxlRsnInf* PaymentCancellationReason6, OrgnlTxRef? OriginalTransactionReference47, SplmtryData* SupplementaryData1',
  PaymentTransaction175:
    'CxlStsId? Max35Text, RslvdCase? Case6, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason5, OrgnlInstdAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice, OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference47',
  PaymentTransaction177:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation33, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation14, ChrgsInf* Charges16, AccptncDtTm? ISODateTime, PrcgDt? DateAndDateTime2Choice, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, CdtSttlmKey? SHA256SignatureText, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlTxRef? OriginalTransactionReference47, SplmtryData* SupplementaryData1',
  PaymentTransaction75:
    'CxlId? Max35Text, Case? Case3, OrgnlGrpInf? OriginalGroupInformation3, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification5, Assgne? BranchAndFinancialInstitutionIdentification5, CxlRsnInf* PaymentCancellationReason3, OrgnlTxRef? OriginalTransactionReference24, SplmtryData* SupplementaryData1',
  PaymentTransaction80:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation3, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation9, ChrgsInf* Charges2, AccptncDtTm? ISODateTime, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification5, InstdAgt? BranchAndFinancialInstitutionIdentification5, OrgnlTxRef? OriginalTransactionReference24, SplmtryData* SupplementaryData1',
  PaymentTransaction91:
    'StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation11, ChrgsInf* Charges2, AccptncDtTm? ISODateTime, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification5, InstdAgt? BranchAndFinancialInstitutionIdentification5, OrgnlTxRef? OriginalTransactionReference27, SplmtryData* SupplementaryData1',
  PaymentTypeInformation21:
    'InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl? ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice',
  PaymentTypeInformation25:
    'InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl? ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, SeqTp? SequenceType3Code, CtgyPurp? CategoryPurpose1Choice',
  PaymentTypeInformation27:
    'InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl* ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, SeqTp? SequenceType3Code, CtgyPurp? CategoryPurpose1Choice',
  PaymentTypeInformation28:
    'InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl* ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice',
  PersonIdentification13: 'DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification1',
  PersonIdentification18: 'DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification2',
  PersonIdentification5: 'DtAndPlcOfBirth? DateAndPlaceOfBirth, Othr* GenericPersonIdentification1',
  PersonIdentificationSchemeName1Choice: 'Cd ExternalPersonIdentification1Code | Prtry Max35Text',
  'PersonIdentificationSchemeName1Choice~2': '(Cd ExternalPersonIdentification1Code | Prtry Max35Text)',
  PlainCardData1:
    'PAN Min8Max28NumericText, CardSeqNb? Min2Max3NumericText, FctvDt? ISOYearMonth, XpryDt ISOYearMonth, SvcCd? Exact3NumericText, TrckData* TrackData1, CardSctyCd? CardSecurityInformation1',
  PointOfInteraction1:
    'Id GenericIdentification32, SysNm? Max70Text, GrpId? Max35Text, Cpblties? PointOfInteractionCapabilities1, Cmpnt* PointOfInteractionComponent1',
  PointOfInteractionCapabilities1:
    'CardRdngCpblties* CardDataReading1Code, CrdhldrVrfctnCpblties* CardholderVerificationCapability1Code, OnLineCpblties? OnLineCapability1Code, DispCpblties* DisplayCapabilities1, PrtLineWidth? Max3NumericText',
  PointOfInteractionComponent1:
    'POICmpntTp POIComponentType1Code, ManfctrId? Max35Text, Mdl? Max35Text, VrsnNb? Max16Text, SrlNb? Max35Text, ApprvlNb* Max70Text',
  PostalAddress1:
    'AdrTp? AddressType2Code, AdrLine{0,5} Max70Text, StrtNm? Max70Text, BldgNb? Max16Text, PstCd? Max16Text, TwnNm? Max35Text, CtrySubDvsn? Max35Text, Ctry CountryCode',
  PostalAddress24:
    'AdrTp? AddressType3Choice, Dept? Max70Text, SubDept? Max70Text, StrtNm? Max70Text, BldgNb? Max16Text, BldgNm? Max35Text, Flr? Max70Text, PstBx? Max16Text, Room? Max70Text, PstCd? Max16Text, TwnNm? Max35Text, TwnLctnNm? Max35Text, DstrctNm? Max35Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text',
  PostalAddress27:
    'AdrTp? AddressType3Choice, CareOf? Max140Text, Dept? Max70Text, SubDept? Max70Text, StrtNm? Max140Text, BldgNb? Max16Text, BldgNm? Max140Text, Flr? Max70Text, UnitNb? Max16Text, PstBx? Max16Text, Room? Max70Text, PstCd? Max16Text, TwnNm? Max140Text, TwnLctnNm? Max140Text, DstrctNm? Max140Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text',
  PostalAddress6:
    'AdrTp? AddressType2Code, Dept? Max70Text, SubDept? Max70Text, StrtNm? Max70Text, BldgNb? Max16Text, PstCd? Max16Text, TwnNm? Max35Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text',
  Price2: 'Tp YieldedOrValueType1Choice, Val PriceRateOrAmountChoice',
  Price7: 'Tp YieldedOrValueType1Choice, Val PriceRateOrAmount3Choice',
  PriceRateOrAmount3Choice: 'Rate PercentageRate | Amt ActiveOrHistoricCurrencyAnd13DecimalAmount',
  PriceRateOrAmountChoice: 'Rate PercentageRate | Amt ActiveOrHistoricCurrencyAnd13DecimalAmount',
  Product2:
    'PdctCd Max70Text, UnitOfMeasr? UnitOfMeasure1Code, PdctQty? DecimalNumber, UnitPric? ImpliedCurrencyAndAmount, PdctAmt? ImpliedCurrencyAndAmount, TaxTp? Max35Text, AddtlPdctInf? Max35Text',
  ProprietaryAgent3: 'Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification5',
  ProprietaryAgent4: 'Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification6',
  ProprietaryAgent5: 'Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification8',
  ProprietaryBankTransactionCodeStructure1: 'Cd Max35Text, Issr? Max35Text',
  ProprietaryDate2: 'Tp Max35Text, Dt DateAndDateTimeChoice',
  ProprietaryDate3: 'Tp Max35Text, Dt DateAndDateTime2Choice',
  ProprietaryParty3: 'Tp Max35Text, Pty PartyIdentification43',
  ProprietaryParty5: 'Tp Max35Text, Pty Party40Choice',
  ProprietaryParty6: 'Tp Max35Text, Pty Party50Choice',
  ProprietaryPrice2: 'Tp Max35Text, Pric ActiveOrHistoricCurrencyAndAmount',
  ProprietaryQuantity1: 'Tp Max35Text, Qty Max35Text',
  ProprietaryReference1: 'Tp Max35Text, Ref Max35Text',
  ProxyAccountIdentification1: 'Tp? ProxyAccountType1Choice, Id Max2048Text',
  ProxyAccountType1Choice: 'Cd ExternalProxyAccountType1Code | Prtry Max35Text',
  Purpose2Choice: 'Cd ExternalPurpose1Code | Prtry Max35Text',
  'Purpose2Choice~2': '(Cd ExternalPurpose1Code | Prtry Max35Text)',
  Rate3: 'Tp RateType4Choice, VldtyRg? CurrencyAndAmountRange2',
  Rate4: 'Tp RateType4Choice, VldtyRg? ActiveOrHistoricCurrencyAndAmountRange2',
  RateType4Choice: 'Pctg PercentageRate | Othr Max35Text',
  ReceiptAcknowledgementReport2: 'RltdRef MessageReference1, ReqHdlg RequestHandling2',
  ReceiptAcknowledgementV01:
    'MsgId MessageHeader10, Rpt+ ReceiptAcknowledgementReport2, SplmtryData* SupplementaryData1',
  References74Choice:
    'SctiesSttlmTxId Max35Text | IntraPosMvmntId Max35Text | IntraBalMvmntId Max35Text | AcctSvcrTxId Max35Text | MktInfrstrctrTxId Max35Text | CtrPtyMktInfrstrctrTxId? Max35Text | PoolId Max35Text | CmonId Max35Text | TradId Max52Text | OthrTxId Max35Text',
  References80Choice:
    'SctiesSttlmTxId Max35Text | IntraPosMvmntId Max35Text | IntraBalMvmntId Max35Text | AcctSvcrTxId Max35Text | MktInfrstrctrTxId Max35Text | CtrPtyMktInfrstrctrTxId Max35Text | PoolId Max35Text | CmonId Max35Text | TradId Max35Text | UnqTxIdr UTIIdentifier | OthrTxId Max35Text',
  ReferredDocumentInformation3: 'Tp? ReferredDocumentType2, Nb? Max35Text, RltdDt? ISODate',
  ReferredDocumentInformation7:
    'Tp? ReferredDocumentType4, Nb? Max35Text, RltdDt? ISODate, LineDtls* DocumentLineInformation1',
  ReferredDocumentInformation8:
    'Tp? DocumentType1, Nb? Max35Text, RltdDt? DateAndType1, LineDtls* DocumentLineInformation2',
  ReferredDocumentType1Choice: '(Cd DocumentType5Code | Prtry Max35Text)',
  ReferredDocumentType2: 'CdOrPrtry ReferredDocumentType1Choice, Issr? Max35Text',
  ReferredDocumentType3Choice: 'Cd DocumentType6Code | Prtry Max35Text',
  ReferredDocumentType4: 'CdOrPrtry ReferredDocumentType3Choice, Issr? Max35Text',
  RegulatoryAuthority2: 'Nm? Max140Text, Ctry? CountryCode',
  RegulatoryReporting10:
    'DbtCdtRptgInd RegulatoryReportingType1Code, Authrty? RegulatoryAuthority2, Dtls* StructuredRegulatoryReporting5',
  RegulatoryReporting3:
    'DbtCdtRptgInd? RegulatoryReportingType1Code, Authrty? RegulatoryAuthority2, Dtls* StructuredRegulatoryReporting3',
  RegulatoryReportingType1Choice: 'Cd ExternalRegulatoryReportingType1Code | Prtry Max35Text',
  RejectionReason2:
    'RjctgPtyRsn Max35Text, RjctnDtTm? ISODateTime, ErrLctn? Max350Text, RsnDesc? Max350Text, AddtlData? Max20000Text',
  RemittanceAmount1:
    'DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt? ActiveOrHistoricCurrencyAndAmount, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt? ActiveOrHistoricCurrencyAndAmount, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount',
  RemittanceAmount2:
    'DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt* DiscountAmountAndType1, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt* TaxAmountAndType1, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount',
  RemittanceAmount3:
    'DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt* DiscountAmountAndType1, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt* TaxAmountAndType1, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount',
  RemittanceAmount4: 'RmtAmtAndTp* DocumentAmount1, AdjstmntAmtAndRsn* DocumentAdjustment1',
  RemittanceInformation11: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation13',
  RemittanceInformation15: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation15',
  RemittanceInformation16: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation16',
  RemittanceInformation2: 'Ustrd* Max140Text',
  RemittanceInformation21: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation17',
  RemittanceInformation22: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation18',
  RemittanceInformation26: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation22',
  RemittanceInformation5: 'Ustrd* Max140Text, Strd* StructuredRemittanceInformation7',
  RemittanceLocation2:
    'RmtId? Max35Text, RmtLctnMtd? RemittanceLocationMethod2Code, RmtLctnElctrncAdr? Max2048Text, RmtLctnPstlAdr? NameAndAddress10',
  RemittanceLocation4: 'RmtId? Max35Text, RmtLctnDtls* RemittanceLocationDetails1',
  RemittanceLocation7: 'RmtId? Max35Text, RmtLctnDtls* RemittanceLocationData1',
  RemittanceLocation8: 'RmtId? Max35Text, RmtLctnDtls* RemittanceLocationData2',
  RemittanceLocationData1: 'Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress16',
  RemittanceLocationData2: 'Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress18',
  RemittanceLocationDetails1: 'Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress10',
  ReportEntry10:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange3, Chrgs? Charges6, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry4, NtryDtls* EntryDetails9, AddtlNtryInf? Max500Text',
  ReportEntry13:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange4, Chrgs? Charges6, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry5, NtryDtls* EntryDetails12, AddtlNtryInf? Max500Text',
  ReportEntry14:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange4, Chrgs? Charges15, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry5, NtryDtls* EntryDetails13, AddtlNtryInf? Max500Text',
  ReportEntry15:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange4, Chrgs? Charges15, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry5, NtryDtls* EntryDetails14, AddtlNtryInf? Max500Text',
  ReportEntry8:
    'NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus2Code, BookgDt? DateAndDateTimeChoice, ValDt? DateAndDateTimeChoice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange3, Chrgs? Charges4, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest3, CardTx? CardEntry2, NtryDtls* EntryDetails7, AddtlNtryInf? Max500Text',
  ReportingSource1Choice: 'Cd ExternalReportingSource1Code | Prtry Max35Text',
  RequestHandling2: 'StsCd Max4AlphaNumericText, StsDtTm? ISODateTime, Desc? Max140Text',
  ResolutionData1:
    'EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl? ClearingChannel2Code, Compstn? Compensation2, Chrgs* Charges7',
  ResolutionData2:
    'EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl? ClearingChannel2Code, Compstn? Compensation3, Chrgs* Charges8',
  ResolutionData3:
    'EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl? ClearingChannel2Code, Compstn? Compensation4, Chrgs* Charges9',
  ResolutionData4:
    'EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl? ClearingChannel2Code, Compstn? Compensation4, ChrgsInf* Charges13',
  ResolutionData5:
    'EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl? ClearingChannel2Code, Compstn? Compensation5, ChrgsInf* Charges14',
  ResolutionOfInvestigationV09:
    'Assgnmt CaseAssignment5, RslvdCase? Case5, Sts InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction22, ModDtls? PaymentTransaction107, ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx? CorrectiveTransaction4Choice, RsltnRltdInf? ResolutionData1, SplmtryData* SupplementaryData1',
  ResolutionOfInvestigationV10:
    'Assgnmt CaseAssignment5, RslvdCase? Case5, Sts InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction25, ModDtls? PaymentTransaction116, ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx? CorrectiveTransaction4Choice, RsltnRltdInf? ResolutionData2, SplmtryData* SupplementaryData1',
  ResolutionOfInvestigationV11:
    'Assgnmt CaseAssignment5, RslvdCase? Case5, Sts InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction29, ModDtls? PaymentTransaction132, ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx? CorrectiveTransaction5Choice, RsltnRltdInf? ResolutionData3, SplmtryData* SupplementaryData1',
  ResolutionOfInvestigationV12:
    'Assgnmt CaseAssignment5, RslvdCase? Case5, Sts InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction31, ModDtls? PaymentTransaction147, ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx? CorrectiveTransaction5Choice, RsltnRltdInf? ResolutionData4, SplmtryData* SupplementaryData1',
  ResolutionOfInvestigationV13:
    'Assgnmt CaseAssignment6, RslvdCase? Case6, Sts InvestigationStatus6Choice, CxlDtls* UnderlyingTransaction32, ModDtls? PaymentTransaction157, ClmNonRctDtls? ClaimNonReceipt3Choice, StmtDtls? StatementResolutionEntry5, CrrctnTx? CorrectiveTransaction5Choice, RsltnRltdInf? ResolutionData5, SplmtryData* SupplementaryData1',
  ResolutionOfInvestigationV14:
    'Assgnmt CaseAssignment6, RslvdCase? Case6, Sts InvestigationStatus6Choice, CxlDtls* UnderlyingTransaction35, RsltnRltdInf? ResolutionData5, SplmtryData* SupplementaryData1',
  ReturnReason5Choice: 'Cd ExternalReturnReason1Code | Prtry Max35Text',
  SecuritiesAccount19: 'Id Max35Text, Tp? GenericIdentification30, Nm? Max70Text',
  SecuritiesAttributes1: 'UnqTxIdr UTIIdentifier, Amt? ActiveCurrencyAndAmount',
  SecurityIdentification19: 'ISIN? ISINOct2015Identifier, OthrId* OtherIdentification1, Desc? Max140Text',
  SequenceRange1: 'FrSeq Max35Text, ToSeq Max35Text',
  SequenceRange1Choice:
    'FrSeq Max35Text | ToSeq Max35Text | FrToSeq+ SequenceRange1 | EQSeq+ Max35Text | NEQSeq+ Max35Text',
  ServiceLevel8Choice: 'Cd ExternalServiceLevel1Code | Prtry Max35Text',
  'ServiceLevel8Choice~2': '(Cd ExternalServiceLevel1Code | Prtry Max35Text)',
  SettlementDateTimeIndication1: 'DbtDtTm? ISODateTime, CdtDtTm? ISODateTime',
  SettlementInformation13:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount16, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, InstgRmbrsmntAgtAcct? CashAccount16, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, InstdRmbrsmntAgtAcct? CashAccount16, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, ThrdRmbrsmntAgtAcct? CashAccount16',
  SettlementInstruction11:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount40, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstgRmbrsmntAgtAcct? CashAccount40, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct? CashAccount40, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, ThrdRmbrsmntAgtAcct? CashAccount40',
  SettlementInstruction15:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount40, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification8, InstgRmbrsmntAgtAcct? CashAccount40, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification8, InstdRmbrsmntAgtAcct? CashAccount40, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification8, ThrdRmbrsmntAgtAcct? CashAccount40',
  SettlementInstruction4:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount24, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification5, InstgRmbrsmntAgtAcct? CashAccount24, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification5, InstdRmbrsmntAgtAcct? CashAccount24, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification5, ThrdRmbrsmntAgtAcct? CashAccount24',
  SettlementInstruction7:
    'SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount38, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstgRmbrsmntAgtAcct? CashAccount38, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct? CashAccount38, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, ThrdRmbrsmntAgtAcct? CashAccount38',
  SettlementTimeRequest2: 'CLSTm? ISOTime, TillTm? ISOTime, FrTm? ISOTime, RjctTm? ISOTime',
  SignatureEnvelope: '#any lax http://www.w3.org/2000/09/xmldsig#',
  StatementResolutionEntry4:
    'OrgnlGrpInf? OriginalGroupInformation29, OrgnlStmtId? Max35Text, UETR? UUIDv4Identifier, AcctSvcrRef? Max35Text, CrrctdAmt? ActiveOrHistoricCurrencyAndAmount, Chrgs* Charges6, Purp? Purpose2Choice',
  StatementResolutionEntry5:
    'OrgnlGrpInf? OriginalGroupInformation29, OrgnlStmtId? Max35Text, UETR? UUIDv4Identifier, AcctSvcrRef? Max35Text, CrrctdAmt? ActiveOrHistoricCurrencyAndAmount, Chrgs* Charges15, Purp? Purpose2Choice',
  StatusReason6Choice: 'Cd ExternalStatusReason1Code | Prtry Max35Text',
  StatusReasonInformation11: 'Orgtr? PartyIdentification125, Rsn? StatusReason6Choice, AddtlInf* Max105Text',
  StatusReasonInformation12: 'Orgtr? PartyIdentification135, Rsn? StatusReason6Choice, AddtlInf* Max105Text',
  StatusReasonInformation14: 'Orgtr? PartyIdentification272, Rsn? StatusReason6Choice, AddtlInf* Max105Text',
  StatusReasonInformation9: 'Orgtr? PartyIdentification43, Rsn? StatusReason6Choice, AddtlInf* Max105Text',
  StructuredRegulatoryReporting3:
    'Tp? Max35Text, Dt? ISODate, Ctry? CountryCode, Cd? Max10Text, Amt? ActiveOrHistoricCurrencyAndAmount, Inf* Max35Text',
  StructuredRegulatoryReporting5:
    'Tp? RegulatoryReportingType1Choice, Dt? ISODate, Ctry? CountryCode, RptgCd? Max10Text, Amt? ActiveOrHistoricCurrencyAndAmount, Inf* Max35Text',
  StructuredRemittanceInformation13:
    'RfrdDocInf* ReferredDocumentInformation7, RfrdDocAmt? RemittanceAmount2, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification43, Invcee? PartyIdentification43, TaxRmt? TaxInformation4, GrnshmtRmt? Garnishment1, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation15:
    'RfrdDocInf* ReferredDocumentInformation7, RfrdDocAmt? RemittanceAmount2, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification125, Invcee? PartyIdentification125, TaxRmt? TaxInformation7, GrnshmtRmt? Garnishment2, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation16:
    'RfrdDocInf* ReferredDocumentInformation7, RfrdDocAmt? RemittanceAmount2, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification135, Invcee? PartyIdentification135, TaxRmt? TaxInformation7, GrnshmtRmt? Garnishment3, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation17:
    'RfrdDocInf* ReferredDocumentInformation7, RfrdDocAmt? RemittanceAmount2, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification135, Invcee? PartyIdentification135, TaxRmt? TaxData1, GrnshmtRmt? Garnishment3, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation18:
    'RfrdDocInf* ReferredDocumentInformation8, RfrdDocAmt? RemittanceAmount4, CdtrRefInf? CreditorReferenceInformation3, Invcr? PartyIdentification272, Invcee? PartyIdentification272, TaxRmt? TaxData1, GrnshmtRmt? Garnishment4, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation22:
    'RfrdDocInf* ReferredDocumentInformation8, RfrdDocAmt? RemittanceAmount4, CdtrRefInf? CreditorReferenceInformation3, Invcr? PartyIdentification272, Invcee? PartyIdentification272, TaxRmt? TaxData1, GrnshmtRmt? Garnishment4, SctiesData* SecuritiesAttributes1, AddtlRmtInf{0,3} Max140Text',
  StructuredRemittanceInformation7:
    'RfrdDocInf* ReferredDocumentInformation3, RfrdDocAmt? RemittanceAmount1, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification32, Invcee? PartyIdentification32, AddtlRmtInf{0,3} Max140Text',
  SupplementaryData1: 'PlcAndNm? Max350Text, Envlp SupplementaryDataEnvelope1',
  SupplementaryDataEnvelope1: '#any lax ##any',
  SystemEventNotificationV02: 'EvtInf Event2',
  TaxAmount1:
    'Rate? PercentageRate, TaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlAmt? ActiveOrHistoricCurrencyAndAmount, Dtls* TaxRecordDetails1',
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
  TaxInformation10:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord3',
  TaxInformation3:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, AdmstnZn? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord1',
  TaxInformation4:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, UltmtDbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord1',
  TaxInformation6:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, AdmstnZn? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord2',
  TaxInformation7:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, UltmtDbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord2',
  TaxInformation8:
    'Cdtr? TaxParty1, Dbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord2',
  TaxParty1: 'TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text',
  TaxParty2: 'TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text, Authstn? TaxAuthorisation1',
  TaxPeriod1: 'Yr? ISODate, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriodDetails',
  TaxPeriod2: 'Yr? ISODate, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriod2',
  TaxPeriod3: 'Yr? ISOYear, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriod2',
  TaxRecord1:
    'Tp? Max35Text, Ctgy? Max35Text, CtgyDtls? Max35Text, DbtrSts? Max35Text, CertId? Max35Text, FrmsCd? Max35Text, Prd? TaxPeriod1, TaxAmt? TaxAmount1, AddtlInf? Max140Text',
  TaxRecord2:
    'Tp? Max35Text, Ctgy? Max35Text, CtgyDtls? Max35Text, DbtrSts? Max35Text, CertId? Max35Text, FrmsCd? Max35Text, Prd? TaxPeriod2, TaxAmt? TaxAmount2, AddtlInf? Max140Text',
  TaxRecord3:
    'Tp? Max35Text, Ctgy? Max35Text, CtgyDtls? Max35Text, DbtrSts? Max35Text, CertId? Max35Text, FrmsCd? Max35Text, Prd? TaxPeriod3, TaxAmt? TaxAmount3, AddtlInf? Max140Text',
  TaxRecordDetails1: 'Prd? TaxPeriod1, Amt ActiveOrHistoricCurrencyAndAmount',
  TaxRecordDetails2: 'Prd? TaxPeriod2, Amt ActiveOrHistoricCurrencyAndAmount',
  TaxRecordDetails3: 'Prd? TaxPeriod3, Amt ActiveOrHistoricCurrencyAndAmount',
  TechnicalInputChannel1Choice: 'Cd ExternalTechnicalInputChannel1Code | Prtry Max35Text',
  TotalTransactions5:
    'TtlNtries? NumberAndSumOfTransactions4, TtlCdtNtries? NumberAndSumOfTransactions1, TtlDbtNtries? NumberAndSumOfTransactions1, TtlNtriesPerBkTxCd* TotalsPerBankTransactionCode4',
  TotalTransactions6:
    'TtlNtries? NumberAndSumOfTransactions4, TtlCdtNtries? NumberAndSumOfTransactions1, TtlDbtNtries? NumberAndSumOfTransactions1, TtlNtriesPerBkTxCd* TotalsPerBankTransactionCode5',
  TotalsPerBankTransactionCode4:
    'NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35, FcstInd? TrueFalseIndicator, BkTxCd BankTransactionCodeStructure4, Avlbty* CashAvailability1',
  TotalsPerBankTransactionCode5:
    'NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35, CdtNtries? NumberAndSumOfTransactions1, DbtNtries? NumberAndSumOfTransactions1, FcstInd? TrueFalseIndicator, BkTxCd BankTransactionCodeStructure4, Avlbty* CashAvailability1, Dt? DateAndDateTime2Choice',
  TrackData1: 'TrckNb? Exact1NumericText, TrckVal Max140Text',
  TransactionAgents3:
    'DbtrAgt? BranchAndFinancialInstitutionIdentification5, CdtrAgt? BranchAndFinancialInstitutionIdentification5, IntrmyAgt1? BranchAndFinancialInstitutionIdentification5, IntrmyAgt2? BranchAndFinancialInstitutionIdentification5, IntrmyAgt3? BranchAndFinancialInstitutionIdentification5, RcvgAgt? BranchAndFinancialInstitutionIdentification5, DlvrgAgt? BranchAndFinancialInstitutionIdentification5, IssgAgt? BranchAndFinancialInstitutionIdentification5, SttlmPlc? BranchAndFinancialInstitutionIdentification5, Prtry* ProprietaryAgent3',
  TransactionAgents5:
    'InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, RcvgAgt? BranchAndFinancialInstitutionIdentification6, DlvrgAgt? BranchAndFinancialInstitutionIdentification6, IssgAgt? BranchAndFinancialInstitutionIdentification6, SttlmPlc? BranchAndFinancialInstitutionIdentification6, Prtry* ProprietaryAgent4',
  TransactionAgents6:
    'InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgt? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, RcvgAgt? BranchAndFinancialInstitutionIdentification8, DlvrgAgt? BranchAndFinancialInstitutionIdentification8, IssgAgt? BranchAndFinancialInstitutionIdentification8, SttlmPlc? BranchAndFinancialInstitutionIdentification8, Prtry* ProprietaryAgent5',
  TransactionAllocation1:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Acct CashAccount40, Purp Purpose2Choice, Ref Max35Text, RltdRefs* References74Choice',
  TransactionAllocation2:
    'Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Acct CashAccount40, Purp Purpose2Choice, Ref Max35Text, RltdRefs* References80Choice',
  TransactionDates2:
    'AccptncDtTm? ISODateTime, TradActvtyCtrctlSttlmDt? ISODate, TradDt? ISODate, IntrBkSttlmDt? ISODate, StartDt? ISODate, EndDt? ISODate, TxDtTm? ISODateTime, Prtry* ProprietaryDate2',
  TransactionDates3:
    'AccptncDtTm? ISODateTime, TradActvtyCtrctlSttlmDt? ISODate, TradDt? ISODate, IntrBkSttlmDt? ISODate, StartDt? ISODate, EndDt? ISODate, TxDtTm? ISODateTime, Prtry* ProprietaryDate3',
  TransactionIdentifier1: 'TxDtTm ISODateTime, TxRef Max35Text',
  TransactionInterest3: 'TtlIntrstAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* InterestRecord1',
  TransactionInterest4: 'TtlIntrstAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* InterestRecord2',
  TransactionParties10:
    'UltmtDbtr? Party40Choice, Dbtr Party40Choice, DbtrAcct? CashAccount40, InitgPty? Party40Choice, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount40, Cdtr Party40Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice',
  TransactionParties11:
    'UltmtDbtr? Party50Choice, Dbtr Party50Choice, DbtrAcct? CashAccount40, InitgPty? Party50Choice, DbtrAgt? BranchAndFinancialInstitutionIdentification8, DbtrAgtAcct? CashAccount40, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt1Acct? CashAccount40, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt2Acct? CashAccount40, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification8, PrvsInstgAgt3Acct? CashAccount40, IntrmyAgt1? BranchAndFinancialInstitutionIdentification8, IntrmyAgt1Acct? CashAccount40, IntrmyAgt2? BranchAndFinancialInstitutionIdentification8, IntrmyAgt2Acct? CashAccount40, IntrmyAgt3? BranchAndFinancialInstitutionIdentification8, IntrmyAgt3Acct? CashAccount40, CdtrAgt? BranchAndFinancialInstitutionIdentification8, CdtrAgtAcct? CashAccount40, Cdtr Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice',
  TransactionParties12:
    'InitgPty? Party50Choice, Dbtr? Party50Choice, DbtrAcct? CashAccount40, UltmtDbtr? Party50Choice, Cdtr? Party50Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party50Choice, TradgPty? Party50Choice, Prtry* ProprietaryParty6',
  TransactionParties3:
    'InitgPty? PartyIdentification43, Dbtr? PartyIdentification43, DbtrAcct? CashAccount24, UltmtDbtr? PartyIdentification43, Cdtr? PartyIdentification43, CdtrAcct? CashAccount24, UltmtCdtr? PartyIdentification43, TradgPty? PartyIdentification43, Prtry* ProprietaryParty3',
  TransactionParties6:
    'InitgPty? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, UltmtDbtr? Party40Choice, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, TradgPty? Party40Choice, Prtry* ProprietaryParty5',
  TransactionParties7:
    'UltmtDbtr? Party40Choice, Dbtr Party40Choice, InitgPty? Party40Choice, DbtrAgt? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, CdtrAgt? BranchAndFinancialInstitutionIdentification6, Cdtr Party40Choice, UltmtCdtr? Party40Choice',
  TransactionParties8:
    'UltmtDbtr? Party40Choice, Dbtr Party40Choice, DbtrAcct? CashAccount38, InitgPty? Party40Choice, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice',
  TransactionParties9:
    'InitgPty? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount40, UltmtDbtr? Party40Choice, Cdtr? Party40Choice, CdtrAcct? CashAccount40, UltmtCdtr? Party40Choice, TradgPty? Party40Choice, Prtry* ProprietaryParty5',
  TransactionPrice3Choice: 'DealPric Price2 | Prtry+ ProprietaryPrice2',
  TransactionPrice4Choice: 'DealPric Price7 | Prtry+ ProprietaryPrice2',
  TransactionQuantities2Choice:
    'Qty FinancialInstrumentQuantityChoice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1',
  TransactionQuantities3Choice:
    'Qty FinancialInstrumentQuantity1Choice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1',
  TransactionQuantities4Choice:
    'Qty FinancialInstrumentQuantity33Choice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1',
  TransactionReferences3:
    'MsgId? Max35Text, AcctSvcrRef? Max35Text, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, TxId? Max35Text, MndtId? Max35Text, ChqNb? Max35Text, ClrSysRef? Max35Text, AcctOwnrTxId? Max35Text, AcctSvcrTxId? Max35Text, MktInfrstrctrTxId? Max35Text, PrcgId? Max35Text, Prtry* ProprietaryReference1',
  TransactionReferences6:
    'MsgId? Max35Text, AcctSvcrRef? Max35Text, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, TxId? Max35Text, MndtId? Max35Text, ChqNb? Max35Text, ClrSysRef? Max35Text, AcctOwnrTxId? Max35Text, AcctSvcrTxId? Max35Text, MktInfrstrctrTxId? Max35Text, PrcgId? Max35Text, Prtry* ProprietaryReference1',
  UnderlyingTransaction16: 'OrgnlGrpInfAndCxl? OriginalGroupHeader6, TxInf* PaymentTransaction75',
  UnderlyingTransaction22:
    'OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction30, TxInfAndSts* PaymentTransaction102',
  UnderlyingTransaction23: 'OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction106',
  UnderlyingTransaction25:
    'OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction35, TxInfAndSts* PaymentTransaction127',
  UnderlyingTransaction26: 'OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction120',
  UnderlyingTransaction28: 'OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction137',
  UnderlyingTransaction29:
    'OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction43, TxInfAndSts* PaymentTransaction138',
  UnderlyingTransaction31:
    'OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction43, TxInfAndSts* PaymentTransaction148',
  UnderlyingTransaction32:
    'OrgnlGrpInfAndSts? OriginalGroupHeader23, OrgnlPmtInfAndSts* OriginalPaymentInstruction48, TxInfAndSts* PaymentTransaction152',
  UnderlyingTransaction34: 'OrgnlGrpInfAndCxl? OriginalGroupHeader21, TxInf* PaymentTransaction155',
  UnderlyingTransaction35:
    'OrgnlGrpInfAndSts? OriginalGroupHeader23, OrgnlPmtInfAndSts* OriginalPaymentInstruction54, TxInfAndSts* PaymentTransaction170',
  UnderlyingTransaction36: 'OrgnlGrpInfAndCxl? OriginalGroupHeader21, TxInf* PaymentTransaction172',
  VerificationReason1Choice: 'Cd ExternalVerificationReason1Code | Prtry Max35Text',
  VerificationReport4:
    'OrgnlId Max35Text, Vrfctn IdentificationVerificationIndicator, Rsn? VerificationReason1Choice, OrgnlPtyAndAcctId? IdentificationInformation4, UpdtdPtyAndAcctId? IdentificationInformation4',
  VerificationReport5:
    'OrgnlId Max35Text, Vrfctn IdentificationVerificationIndicator, Rsn? VerificationReason1Choice, OrgnlPtyAndAcctId? IdentificationInformation5, UpdtdPtyAndAcctId? IdentificationInformation5',
  YieldedOrValueType1Choice: 'Yldd YesNoIndicator | ValTp PriceValueType1Code',
  'admi.002.001.01': 'RltdRef MessageReference, Rsn RejectionReason2',
  'admi.004.001.01': 'EvtInf Event1',
};
