/** External code sets, a code and its definition a line. Written by tools/import-codes.mjs. */
export const CLEARING_CODES = {
  ExternalCashClearingSystem1Code: `ABE EBA Euro1/Step1
ACH Automated Clearing House. Payment system that clears cash transfers and settles the proceeds in a lump sum, usually on a multilateral netting basis
ACS Canadian Dollar (CAD) - Automated Clearing Settlement System (ACSS)
AIP AL (Albania) - Albania Interbank Payment System
ART AT (Austria) - Austrian RTGS
AVP NZ (New Zealand) - New Zealand Assured Value Payments
AZM AZ (Azerbaijan) - Azerbaijan Interbank Payment System (AZIPS)
BAP BA (Bosnia and Herzegovina)
BCC SE (Sweden) - Sweden BGC Clearing CUG
BCE EC (Ecuador) - Ecuadorian Central Payment System (Sistema Central de Pagos Ecuatoriano)
BDS BB (Barbados) - Barbados RTGS (CBRTGS)
BEL BE (Belgium) - Belgium RTGS (ELLIPS)
BGN BG (Bulgaria) - Bulgaria RTGS
BHS BS (Bahamas) - Bahamas RTGS
BIS BW (Botswana) - Botswana Interbank Settlement System
BOF FI (Finland) - RTGS (BOF)
BOJ the Bank of Japan clearing system
BRL IT (Italy) - Italy RTGS (BIREL)
BSP PH (Philippines) - Philippines Payment System
CAD CA (Canada) - Canadian Large Value Transfer System (LVTS)
CAM ES (Spain)
CBA AW (Aruba) - Central Bank of Aruba CSM
CBC CW (Curaçao), SX (Sint Maarten) Central Bank of Curaçao and Sint Maarten CSM
CBJ IE (Ireland) - Irish RTGS (IRIS)
CCE Real-Time Payment System Peru
CHI US - The Clearing House CHIPS
CHP GB (UK) - British Euro RTGS (CHAPS)
CIP Cross-border Interbank Payment System (CIPS)
CIS Central Interoperability Service of the EACHA Clearing Cooperative, for exchanging SEPA payments between Automated Clearing Houses in the EEA
COE CO (Columbia) - Colombian Electronic Cheque System named CEDEC (Compensación Electrónica De Cheques)
COI CO (Columbia) - Colombian Central Bank´s ACH named CENIT (Compensación Electrónica Nacional Interbancaria)
COU CO (Columbia) - Colombian RTGS System named CUD (Cuentas de Depósito)
DDK DK (Denmark) - Danish Krone RTGS (KRONOS)
DKC DK (Denmark) - Danish Euro RTGS (KRONOS)
EBA EBA Euro1
ELS DE (Germany)
EMZ Elektronischer Massenzahlungsverkehr (EMZ) DE (Germany) – retail payment system operated by the Deutsche Bundesbank
EPM ECB (European Central Bank) - ECB Payment Mechanism
EPN US - The Clearing House EPN
ERP EBA step 1 (members)
FDA US (United States) - Federal Reserve Banks Automated Clearing House Service
FDN US (United States) - Federal Reserve Banks FedNow Service
FDW US (United States) - Federal Reserve Banks Fedwire Funds Service
FEY JP (Japan) the Foreign Exchange Yen Clearing system (FEYCS). It is the Japanese electronic interbank system for sending guaranteed and unconditional yen payments of FX deals for same day settlement from one settlement bank, on behalf of itself or its customers, to another settlement bank
FPS Faster Payments Service in UK
GIS GH (Ghana) - Ghana Interbank Settlement System (GISS)
HKL Hong Kong Clearing House Automated Transfer System (CHATS)
HKS Hong Kong Faster Payment System or FPS. A system owned and operated by the HKICL, to provide instant clearing and settlement payment services
HRK HR (Croatia) - HSVP
HRM GR (Greece) - Greek RTGS (HERMES)
HUF HU (Hungary) - VIBER
IBP ES - Spain - Iberpay Instant Payments
INC DE and NL - Equens
IMP India Immediate Payment Service
JOD JO (Jordan) - Jordan RTGS
KPS KE (Kenya) - Kenyan Electronic Payment Settlement System
LGS LU (Luxemburg) - Luxembourg RTGS (LIPS)
LKB LK (Sri Lanka) - Sri Lanka (Lankasettle)
LVL LV (Latvia)
LVT CA (Canada) - Large Value Transfer System (LVTS)
LYX CA (Canada) Lynx High Value Payment System
MEP SG (Singapore) - Singapore RTGS (MEPS+)
MOS ZA (South Africa) - South-African Multiple Option Settlement
MQQ Macao Real Time Gross Settlement System
MRS MT (Malta) - Malta Realtime Interbank Settlement System
MUP MU (Mauritius)
NAM NA (Namibian) - Namibian Interbank Settlement System
NOC NO (Norway)
NOR NICS Real (Norway)
NPP AU (Australia) - New Payments Platform (NPP)
NSS US (United States) - Federal Reserve Banks National Settlement Service
NZE NZ (New Zealand) – New Zealand Dollar RTGS (ESAS)
PCH CH (Switzerland)
PDS AU (Australia)
PEG EG (Egypt)
PNS FR (France)
PSA AT (Austria) – Austrian CSM
PTR AO (Angola) - Angola RTGS
PVE Ve (Venezuela)
ROL RO (Romania) - Romanian Electronic Payment Operations RT
ROS RO (Romania) - Romanian GSRS
RTG Real Time Gross Settlement System. Payment system that simultaneously clears individual transfers and settles them in central bank money
RTP DE (Germany)
RTR CA (Canada) Real Time Rail Payment System
SCL DE – SEPA-Clearer of the Retail Payment System operated by Deutsche Bundesbank
SCP CL (Chile) - Chilean Interbank Payment System
SEC SE (Sweden) - Swedish Euro RTGS (SEC)
SEU CH (Switzerland) – Swiss EUR RTGS named euroSIC
SIC CH (Switzerland) – Swiss CHF RTGS named SIC
SIP CH (Switzerland) – Swiss Instant Payment service in CHF operated by SIX Interbank Clearing
SIT SI (Slovenia)
SLB ES (Spain) - Spanish RTGS (SLBE)
SPG PT (Portugal) - Portuguese RTGS (SPGT)
SSK SE (Sweden) - SEK RTGS (RIX)
ST2 EBA Clearing STEP 2
STG UK (United Kingdom) - CHAPS Sterling RTGS
TBF FR (France) - French RTGS (TBF)
TCH US - The Clearing House Real-TimePayment System
TGT Target
THB TH (Thailand) - Thailand Payment System (BAHTNET)
THN TH (Thailand) - National ITMX Payment System
TIS TZ (Tanzania) - Tanzania Interbank Settlement System (TISS)
TOP NL (Netherlands) - Dutch RTGS (TOP)
TTD TT (Trinidad and Tobago ) - Trinidad and Tobago SAFE-TT
UBE United States Dollar (USD) – US Bulk Exchange Clearing System (USBE)
UIS UG (Uganda) - Uganda National Interbank Settlement System
UPI India Unified Payments Interface
VCS VocaLink Clearing System
XCT EBA step 2
ZEN JP (Japan) the Zengin system. The electronic payment system for domestic third party transfers managed by the Tokyo Bankers Association
ZET ZW (Zimbabwe) - Zimbabwe Electronic Transfer & Settlement System
ZIS ZM (Zambia) - Zambian Interbank Payment &Settlement System
ISG IS (Iceland) – Icelandic krona RTGS (MBK)
NBO NO - Norway NOK RTGS Norges Bank
ISW NG (Nigeria) - Interswitch
I27 P27 Clearing – Instant Payment Platform
B27 P27 Clearing – Batch Payment Platform
UKD UK (United Kingdom) – Pay.UK Sterling Domestic
RIX SE (Sweden) – SEK RTGS (RIX)
MOC Banco de Mocambique RTGS system
BOK KR (South Korea) – Korean Won RTGS (BOK-Wire+)
KTS PG (Papua New Guinea) – Kina Automated Transfer System RTGS (KATS RTGS)
RON RO- Romania RON RTGS National Bank of Romania
TWP Taiwan Real-Time Gross Settlement System
SRB Narodowy Bank Polski RTGS System
RBM Malawi – Malawi Interbank Transfer and Settlement System
ISR IL- Bank of Israel RTGS System Code
NFT Provides information to the remitter when incoming cross border transactions are routed through NEFT in the Indian domestic leg
RGS Provides information to the remitter when incoming cross border transactions are routed through RTGS in the Indian domestic leg
LSW LS (Lesotho) - RTGS (Wire)
REN MY (Malaysia) - RENTAS, Real Time Electronic Transfer of Funds and Securities in Ringgit denomination
IBG MY (Malaysia) - Interbank GIRO
SGA BEAC (Bank of the Central African States) RTGS (SYGMA)`,
  ExternalClearingSystemIdentification1Code: `ATBLZ Bank Branch code used in Austria
AUBSB Bank Branch code used in Australia
CACPA Bank Branch code used in Canada
CHBCC Financial Institution Identification (IID) used in Switzerland, without check digit
CHSIC Financial Institution Identification (IID) used in Switzerland, including check digit
CNAPS Bank Branch code used in China
DEBLZ Bank Branch code used in Germany
ESNCC Bank Branch code used in Spain
GBDSC Bank Branch code used in the UK
GRBIC Bank Branch code used in Greece
HKNCC Bank Branch code used in Hong Kong
IENCC Bank Branch code used in Ireland
INFSC Bank Branch code used in India
ITNCC Bank Branch code used in Italy
JPZGN Bank Branch code used in Japan
NZNCC Bank Branch code used in New Zealand
PLKNR Bank Branch code used in Poland
PTNCC Bank Branch code used in Portugal
RUCBC Bank Branch code used in Russia
SESBA Bank Branch code used in Sweden
SGIBG Bank Branch code used in Singapore
THCBC Bank Identification code used in Thailand
TWNCC Bank Branch code used in Taiwan
USABA Routing Transit number assigned by the ABA for US financial institutions
USPID Bank identifier used by CHIPs in the US
ZANCC Bank Branch code used in South Africa
NZRSA RTGS settlement account used in New Zealand
MZBMO Banco de Mocambique RTGS system
CNCIP Chinese Cross-border Interbank Payment System (CIPS) Identifier
KRBOK Participant Institution code used by BOK-Wire+ in South Korea
BRISP Bank Identification code used in Brazil (ISPB)
NACSC Clearing system Identification code used in Namibia
ZWTSS System Identification Code used in the Zimbabwe settlement system
AD Clearing System ID used in Andorra
EGNCC RTGS Clearing system Identification code used in Egypt
AE Clearing System ID used in United Arab Emirates
AF Clearing System ID used in Afghanistan
AI Clearing System ID used in Antigua and Bermuda
AL Clearing System ID used in Albania
AM Clearing System ID used in Armenia
AO Clearing System ID used in Angola
AR Clearing System ID used in Argentina
AS Clearing System ID used in American Samoa
AW Clearing System ID used in Aruba
AZ Clearing System ID used in Azerbaijan
BA Clearing System ID used in Bosnia and Herzegovina
BD Clearing System ID used in Bangladesh
BG Clearing System ID used in Bulgaria
BH Clearing System ID used in Bahrain
BI Clearing System ID used in Burundi
BL Clearing System ID used in Saint Barthelemy
BM Clearing System ID used in Bermuda
BN Clearing System ID used in Brunei Darussalam
BO Clearing System ID used in Bolivia
BS Clearing System ID used in Bahamas
BT Clearing System ID used in Bhutan
BW Clearing System ID used in Botswana
BY Clearing System ID used in Belarus
BZ Clearing System ID used in Belize
CD Clearing System ID used in Democratic Republic of The Congo
CL Clearing System ID used in Chile
CO Clearing System ID used in Colombia
CR Clearing System ID used in Costa Rica
CV Clearing System ID used in Cabo Verde
CW Clearing System ID used in Curacao
CY Clearing System ID used in Cyprus
CZ Clearing System ID used in Czech Republic
DO Clearing System ID used in Dominican Republic
DZ Clearing System ID used in Algeria
EC Clearing System ID used in Ecuador
EE Clearing System ID used in Estonia
GE Clearing System ID used in Georgia
GH Clearing System ID used in Ghana
GN Clearing System ID used in Guinea
GT Clearing System ID used in Guatemala
GY Clearing System ID used in Guyana
HN Clearing System ID used in Honduras
HR Clearing System ID used in Croatia
HT Clearing System ID used in Haiti
HU Clearing System ID used in Hungary
ID Clearing System ID used in Indonesia
IL Clearing System ID used in Israel
IQ Clearing System ID used in Iraq
IS Clearing System ID used in Iceland
JM Clearing System ID used in Jamaica
JO Clearing System ID used in Jordan
KE Clearing System ID used in Kenya
KG Clearing System ID used in The Kyrgyz Republic
KH Clearing System ID used in Cambodia
KM Clearing System ID used in Comoros
KW Clearing System ID used in Kuwait
KZ Clearing System ID used in Kazakhstan
LB Clearing System ID used in Lebanon
LK Clearing System ID used in Sri Lanka
LR Clearing System ID used in Liberia
LS Clearing System ID used in Lesotho
LT Clearing System ID used in Lithuania
LV Clearing System ID used in Latvia
LY Clearing System ID used in Libya
MD Clearing System ID used in Moldova
ME Clearing System ID used in Montenegro
MG Clearing System ID used in Madagascar
MK Clearing System ID used in North Macedonia
MN Clearing System ID used in Mongolia
MO Clearing System ID used in Macao
MR Clearing System ID used in Mauritania
MT Clearing System ID used in Malta
MU Clearing System ID used in Mauritius
MW Clearing System ID used in Malawi
MX Clearing System ID used in Mexico
MY Clearing System ID used in Malaysia
NG Clearing System ID used in Nigeria
NI Clearing System ID used in Nicaragua
NP Clearing System ID used in Nepal
OM Clearing System ID used in Oman
PA Clearing System ID used in Panama
PE Clearing System ID used in Peru
PG Clearing System ID used in Papua New Guinea
PH Clearing System ID used in Philippines
PK Clearing System ID used in Pakistan
PS Clearing System ID used in Palestine
PY Clearing System ID used in Paraguay
QA Clearing System ID used in Qatar
RO Clearing System ID used in Romania
RS Clearing System ID used in Serbia
RW Clearing System ID used in Rwanda
SA Clearing System ID used in Saudi Arabia
SC Clearing System ID used in Seychelles
SD Clearing System ID used in Sudan
SI Clearing System ID used in Slovenia
SK Clearing System ID used in Slovakia
SL Clearing System ID used in Sierra Leone
ST Clearing System ID used in Sao Tome and Principe
SV Clearing System ID used in El Salvador
SZ Clearing System ID used in Eswatini
TJ Clearing System ID used in Tajikistan
TL Clearing System ID used in Timor-Leste
TM Clearing System ID used in Turkmenistan
TN Clearing System ID used in Tunisia
TR Clearing System ID used in Turkey
TT Clearing System ID used in Trinidad and Tobago
TZ Clearing System ID used in Tanzania
UA Clearing System ID used in Ukraine
UG Clearing System ID used in Uganda
UY Clearing System ID used in Uruguay
UZ Clearing System ID used in Uzbekistan
VA Clearing System ID used in Vatican City
VE Clearing System ID used in Venezuela
VN Clearing System ID used in Vietnam
XK Clearing System ID used in Kosovo
ZM Clearing System ID used in Zambia
MARPA RTGS participant identification code used in the Kingdom of Morocco
MARAC RTGS clearing system identification used in the Kingdom of Morocco`,
} as const;
