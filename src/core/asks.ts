/** What mails and messages ask for, in the languages small companies meet most: expressions only. */

/** Words of mails that want a password or a sign-in. */
export const credential =
  /\b(?:(?:verify|confirm|validate|re-?validate|update|secure|restore|reactivate|unlock|unblock|re-?confirm|review)\s(?:\w+\s){0,3}(?:account|identity|password|mailbox|e-?mail|profile|credentials|information|details|access|login|payment|billing)|(?:log|sign)[\s-]?in|password\s(?:\w+\s){0,3}(?:expir\w+|reset|change)|(?:expir\w+|keep|change|reset)\s(?:\w+\s){0,3}password|(?:account|mailbox|access|profile|service)\s(?:\w+\s){0,4}(?:suspend\w*|limit\w*|locked|restricted|deactivat\w*|disabled|closed|terminated|deleted|on hold|blocked)|(?:mailbox|storage|quota|inbox)\s(?:\w+\s){0,4}(?:full|exceeded|limit|almost|upgrade)|unusual\s(?:sign|login|activity)|(?:re-?)?authenticat\w+|two-?factor|mfa|authenticator|quarantine\w*|(?:held|pending|undelivered|blocked)\s(?:e-?mails?|messages?)|release\s(?:\w+\s){0,2}(?:messages?|e-?mails?|all)|voice\s?mail|shared\s(?:a\s)?(?:\w+\s){0,2}(?:document|file|folder)|(?:view|open|access|review|download)\s(?:\w+\s){0,2}(?:document|file|invoice|statement|message|fax|voicemail)|e-?sign\w*|card\s(?:details|number)|payment\s(?:failed|declined|method)|customs|redelivery)\b/iu
/** The same in other languages. */
export const credentialElsewhere =
  /(?<!\p{L})(?:passwor[td]s?|kennwort|anmeld\p{L}*|einlogg\p{L}*|konto\p{L}*\s(?:\p{L}+\s){0,4}(?:gesperrt|eingeschränkt|bestätig\p{L}*|aktualisier\p{L}*|verifizier\p{L}*)|bestätig\p{L}+\s(?:\p{L}+\s){0,4}(?:konto|identität|daten|angaben)|postfach|speicherplatz|zugang\p{L}*|zollgebühr\p{L}*|nachzahlung|einfuhr\p{L}*|mot de passe|identifiant\p{L}*|connect(?:er|ez)|(?:votre|ton)\scompte|boîte\s(?:mail|aux lettres)|messagerie|confirm(?:er|ez)|mettre à jour|vérifi(?:er|ez)|douane|contraseña|clave|inici(?:ar|e|a)\ssesi[óo]n|(?:su|tu)\scuenta|verifi(?:car|que|ca)|confirm(?:ar|e|a)\s|buz[óo]n|aduana|accedi|accesso|acceda|il\s(?:suo|tuo)\s(?:account|conto|profilo)|verific(?:a|are|hi)|conferm(?:a|are|i)|casella|dogana|palavra-passe|senha|sua\sconta|entrar|acess(?:e|ar)|confirme|caixa\sde\scorreio|alfândega|wachtwoord|inloggen|uw\saccount|bevestig\p{L}*|postvak|mailbox|inklaring|hasł[oa]|zaloguj\p{L}*|potwierd\p{L}*|skrzynk\p{L}*|lösenord|logga\sin|bekräfta|brevlåda|şifre\p{L}*|giriş|hesab\p{L}*|heslo|přihlá\p{L}+|jelszó|salasana|kirjaudu)(?!\p{L})|パスワード|ログイン|アカウント|確認|密码|登录|账户|пароль|войти|аккаунт|учетн\p{L}+|κωδικ\p{L}+|로그인|비밀번호/iu
/** What the button says. */
export const button =
  /^\W*(?:verify|confirm|validate|sign|log|review|view|open|access|release|unlock|update|keep|restore|connect|renew|activate|re-?activate|pay|settle|approve|cancel|dispute|decline|claim|register|continue|download|retrieve|listen|play|track|reschedule|schedule|respond|appeal|accept|manage|secure|check|resolve|complete|submit|bestätig|prüf|anmeld|einlogg|öffn|ansehen|anzeig|aktualis|freigeb|verläng|bezahl|zahl|jetzt|zum|zur|hier|confirm|vérifi|consult|accéd|acced|connect|se connecter|régl|pay|mettre|valid|débloqu|renouvel|télécharg|suivre|ver|verific|iniciar|entrar|actualiz|pagar|desbloque|renovar|descarg|acessar|acess|conferm|verific|accedi|entra|paga|aggiorn|sblocc|rinnov|scaric|visualizz|consult|bevestig|inlogg|bekijk|betaal|verleng|openen|naar|potwierd|zalog|zobacz|opłać|bekräfta|logga|betala|visa|onayla|giriş|öde)/iu
/** Haste and what happens otherwise. */
export const pressure =
  /\b(?:urgent\w*|immediately|within\s\d+\s(?:hours?|days?)|in\s\d+\s(?:hours?|days?)|today|tonight|final\s(?:notice|warning|reminder)|expires?|last\schance|avoid|failure to|otherwise|will be (?:deleted|closed|suspended|deactivated|lost|returned|disconnected)|action required|sofort|umgehend|innerhalb|binnen|heute|letzte|sonst|andernfalls|frist|immédiat\w*|sous\s\d+|aujourd'hui|dernier\w*|sinon|urgente|inmediat\w*|hoy|[úu]ltim\w*|entro|oggi|immediat\w*|hoje|imediat\w*|onmiddellijk|vandaag|laatste|binnen|natychmiast|dzisiaj|dziś|ostatni\w*|omedelbart|idag)\b|至急|期限|本日|以内|要対応/iu

/** Gift cards and vouchers. */
export const giftCard =
  /\bgift\s?-?(?:cards?|vouchers?|certificates?)\b|\b(?:apple|itunes|google play|steam|amazon|visa|target|vanilla|razer|xbox|playstation|ebay|walmart|sephora|paysafe|roblox|google|sephora|amex|neosurf|transcash|pcs)\s?-?(?:gift\s)?(?:cards?|karten?|vouchers?|bon|coupons?|codes?|carte)\b|\b(?:geschenk|gutschein|guthaben)-?\s?(?:karten?|codes?|gutscheine?)?\b|\b[\p{L}]{3,12}-?gutscheine?\b|\bcartes?[\s-](?:cadeaux?|pcs|prépayées?)|\btarjetas?\s(?:de\s)?(?:regalo|prepago)|\bcart[ae]\s?(?:regalo|prepagat[ae])|\bbuon[oi]\s(?:regalo|amazon)|\bcart(?:ão|ões)[\s-](?:presente|oferta)|\bcadeau(?:kaart|bon)(?:en|nen)?|\bkart[ya]?\s(?:podarunkow\w+|upominkow\w+)|\bpresentkort|\bgavekort|\blahjakort|\bhediye\s(?:kart|çek)|ギフトカード|プリペイドカード|礼品卡|подарочн\w+\sкарт/iu
/** Buying something. */
export const buys =
  /\b(?:buy|purchase|pick up|get|grab|need|arrange|source|order|kaufen?|besorgen?|besorg\w*|holen?|kauf\w*|ach[eè]t\w*|procur\w*|prendre|compr\w*|consig\w*|acquist\w*|prend\w*|ko(?:pen|op)|halen?|haal|kup\w*|köp\w*|køb\w*|kjøp\w*|osta\w*|al(?:ın|ır|man)\w*|купи\w*)\b|買|购买/iu
/** Photos or codes of cards. */
export const cardCodes =
  /\b(?:scratch|peel|reveal|photo(?:s|graph)?|pictures?|pics?|snap|(?:send|text|e-?mail|reply|give|read|forward)\b.{0,60}\b(?:codes?|numbers?|pins?|backs?)|freirubbel\w*|rubbel\w*|abrubbel\w*|fotos?|foto's|codes?|códigos?|codici|codice|gratt\w*|rasca\w*|rasp\w*|kody|kod\w*|koodi\w*|kras\w*|skrap\w*|фото|коды?)\b|コード|番号|刮开|照片/iu
/** Secrecy, surprises, being in a meeting, paying back later. */
export const covert =
  /\b(?:surprise|confidential|between us|keep (?:it|this) (?:quiet|between|to yourself)|in a meeting|can'?t (?:talk|call|take calls|pick up)|no calls?|reimburse|pay you back|square it|überraschung|vertraulich|besprechung|erstatt\w*|confidenti\w*|réunion|rembours\w*|sorpresa|reuni[óo]n|reembols\w*|riunione|rimbors\w*|surpresa|reunião|verrassing|vergadering|terugbetal\w*|niespodziank\w*|zwrócę|överraskning|möte|toplantı)\b/iu

/** The reader's own data with a service, not where the reader pays. */
export const readersOwn =
  /(?<!\p{L})(?:your|ihre?n?|deine?n?|votre|vos|sus?|tus?|(?:vostr|tu|su)[oiae]|seus?|suas?|uw|je|twoje|dina?)\s(?:\p{L}+\s)?(?:bank|payment|billing|account|konto|bankverbindung|compte|coordonnées|cuenta|datos|conto|coordinate|conta|dados|rekening|bankgegevens)/iu
/** Money changes hands. */
export const pays =
  /(?<!\p{L})(?:pay|pays|paid|payments?|payroll|wire|wired|transfers?|remit\p{L}*|invoices?|salary|wages|stipend|deposits?|balance|funds|money|überweis\p{L}*|gehalt|lohn|zahl\p{L}*|rechnung\p{L}*|virement\p{L}*|salaire|paie|facture\p{L}*|règlement\p{L}*|pag[oa]\p{L}*|nómina|ingres\p{L}*|factura\p{L}*|bonific\p{L}*|stipendio|fattur\p{L}*|sald\p{L}*|fretes|fatura|transfer\p{L}*|salário|betal\p{L}*|salaris|loon|factuur|przelew\p{L}*|wypłat\p{L}*|faktur\p{L}*|lön|löne\p{L}*|maaş|ödeme\p{L}*)(?!\p{L})/iu
/** From now on, please. */
export const instead =
  /\b(?:please|kindly|use|send|remit|pay|wire|transfer|route|future|going forward|from now on|effective|before (?:the )?(?:next|payroll)|instead|(?:ab|von) (?:sofort|jetzt|nun)|künftig\w*|bitte|überweis\w*|dorénavant|désormais|merci|veuillez|virement|en adelante|a partir de|por favor|transfer\w*|d'ora in poi|bonific\w*|cortesemente|doravante|favor|voortaan|graag|overmak\w*|proszę|przelew\w*|framöver|vänligen|lütfen)\b|お願い|今後|请/iu
/** An account that money can be sent to: IBAN, sort code, routing number, Pix key. */
export const coordinates =
  /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}\b|\b\d{2}-\d{2}-\d{2}\b[^\n]{0,24}\b\d{7,8}\b|\b(?:routing|aba|rtn|bsb|clabe)\b\D{0,12}\d{6,18}|\b(?:acc(?:ount|t)?|a\/c|konto(?:nr)?|compte|cuenta|conto|conta)\b[\s.:#nºo]{1,12}\d{6,14}\b|\bpix\b[^\n]{0,24}\d{6}/iu
/** What has become of the account that was used so far. */
export const former =
  /(?<!\p{L})(?:no longer|instead|insted|rather than|(?:old|former|previous|usual|earlier|prior) (?:account|bank|one|details|coordinates|instructions)|(?:account|bank) (?:\p{L}+ ){0,4}(?:closed|frozen|blocked|suspended|restricted|under)|frozen?|supersed\p{L}*|switched|changed banks?|separate account|(?:another|different|my|\p{L}+'s) account|(?:otra|nueva) cuenta|autre compte|andere[sn]? konto|altro conto|outra conta|andere rekening|nicht mehr|stattdessen|statt|alte[ns]? konto|gewechselt|gesperrt|geschlossen|ancien(?:ne)? (?:compte|rib|banque)|clôtur\p{L}*|bloqué\p{L}*|ne plus|au lieu|cuenta (?:de siempre|habitual|anterior|antigua)|bloquead\p{L}*|cerrad\p{L}*|en otra cuenta|ya no|non (?:usi|usare|utilizz\p{L}*) più|vecchio conto|bloccat\p{L}*|chius[oa]|contrato com o banco anterior|exclusivamente via|conta antiga|encerrad\p{L}*|oude rekening|niet meer|geblokkeerd|stare konto|stary rachunek|zamkn\p{L}*|gamla kontot|stängt|eski hesap)(?!\p{L})/iu

/** Nobody is to call back: the one check that would end it. */
export const unreachable =
  /\b(?:(?:can'?t|cannot|unable to|won'?t be able to|not able to|don'?t) (?:take|answer|receive|make|pick up|talk|speak|call|phone)\b.{0,24}|no need to (?:call|phone|ring)|(?:only|best|just) (?:by|via|on|over|through) (?:e-?mail|mail|text)|(?:phone|mobile|line)s? (?:is|are) (?:broken|down|out of order|being)|nur (?:schriftlich|per mail|per e-?mail)|nicht telefonisch|telefonisch (?:nicht|schlecht)|pas joignable|injoignable|(?:uniquement|seulement) par (?:mail|e-?mail|courriel)|no (?:puedo|podré) (?:atender|hablar|contestar)|s[óo]lo por (?:correo|e-?mail)|non (?:posso|potrò) (?:rispondere|parlare)|solo (?:via|per) (?:mail|e-?mail)|não (?:posso|consigo) (?:atender|falar)|só por e-?mail|niet (?:telefonisch )?bereikbaar|alleen per (?:mail|e-?mail)|tylko mailowo|nie mogę (?:odebrać|rozmawiać)|kan inte (?:prata|svara))/iu

/** Whom to call back: what no thief asks for. */
export const callBack =
  /\b(?:call (?:us|me|the office)? ?(?:on|at|back on)? ?(?:the|your) (?:number|contact) (?:you|on file)|(?:number|contact) you (?:already )?have)\b/iu

/** A code that proves who somebody is. */
export const loginCode =
  /(?<!\p{L})(?:(?:verification|security|one[\s-]?time|login|sign[\s-]?in|access|auth\p{L}*|confirmation|\d-digit|sms|2fa|mfa|backup|recovery)[\s-](?:pass)?codes?|otp|pass\s?codes?|(?:approve|accept|confirm|tap)\s(?:\p{L}+\s){0,4}(?:prompt|push|request|notification)|seed phrase|recovery phrase|\p{L}*(?:bestätigungs|sicherheits|anmelde|einmal)-?codes?|code\s(?:de\s)?(?:vérification|sécurité|confirmation|à\s\p{L}+\schiffres)|código\sde\s(?:verifica\p{L}+|seguran\p{L}+|seguridad|acesso|acceso)|codice\s(?:di\s)?(?:verifica|sicurezza)|verificatiecode|kod\s(?:weryfikacyjny|sms))(?!\p{L})|認証コード|確認コード|验证码/iu

/** The talk is to go on elsewhere. */
export const elsewhere =
  /(?<!\p{L})(?:whats\s?app|telegram|signal|wechat|personal (?:e-?mail|number|mobile|cell)|(?:text|message|dm|ping) me (?:on|at|directly)|(?:send|give|share) me your (?:\p{L}+ )?(?:number|cell|mobile|phone)|(?:your|best) (?:cell|mobile|phone) number|private (?:e-?mail|number)|handynummer|numéro (?:de )?(?:portable|téléphone)|número de (?:móvil|celular|telefone|teléfono)|numero di (?:cellulare|telefono)|mobiel nummer)(?!\p{L})/iu

/** A number to call is the way out: call-back fraud, and honest help lines. */
export const callNumber =
  /(?<!\p{L})(?:call|phone|ring|dial|contact|anrufen|appel(?:ez|er)|llam[ea]r?|chiam[ai]\p{L}*|lig(?:ue|ar)|bel)(?!\p{L})[^\n]{0,60}(?:\+?\(?\d[\d\s().-]{7,}\d)/iu

/** Money out of nowhere. */
export const windfall =
  /(?<!\p{L})(?:lotter(?:y|ies)|jackpot|winning number|beneficiary|next of kin|inherit\p{L}*|unclaimed|late (?:client|husband|father)|compensation (?:fund|payment)|(?:million|thousand) (?:us |united states )?(?:dollars|euros?|pounds|usd)|atm card|donat(?:e|ion) (?:of|to you)|grant (?:of|award)|you have (?:been selected|won)|erbschaft|lotterie|gewonnen|héritage|loterie|herencia|lotería|eredità|herança|loteria|erfenis|spadek)(?!\p{L})/iu

/** Threats with what was seen or taken. */
export const extortion =
  /(?<!\p{L})(?:bitcoins?|btc|wallet address|monero|webcam|recorded you|your contacts will|embarrass\p{L}*|leak(?:ed)? (?:your|the)|ransom|lösegeld|rançon|rescate|riscatto|resgate)(?!\p{L})/iu

/** Something waits and will be lost: accounts, deliveries, messages. */
export const threat =
  /(?<!\p{L})(?:suspend\p{L}*|terminat\p{L}*|deactivat\p{L}*|disabled?|blocked|restricted|limited access|permanently|will be (?:closed|deleted|lost|removed|returned)|unauthori[sz]ed|unusual|fraudulent|violation|legal action|penalt(?:y|ies)|fine|gesperrt|eingeschränkt|gelöscht|bloqué|suspendu|supprimé|bloquead\p{L}*|suspendid\p{L}*|eliminad\p{L}*|bloccat\p{L}*|sospes\p{L}*|suspens\p{L}*|geblokkeerd|zablokowan\p{L}*)(?!\p{L})/iu

/** Talk about fraud, not fraud: warnings, reports, training, jokes. */
export const reports =
  /(?<!\p{L})(?:phish\p{L}*|scam\p{L}*|spoof\p{L}*|fake|fraud(?:ster)?s?|suspicious|beware|heads[\s-]up|warning|reported|report it|don'?t (?:click|open|reply|answer|send|share|give|approve)|do not (?:click|open|reply|answer|send|share|give|approve)|never (?:ask|share|send|give)|deleted it|awareness|training|simulation|impersonat\p{L}*|betrug\p{L}*|betrüg\p{L}*|gefälscht\p{L}*|verdächtig\p{L}*|vorsicht|nicht (?:klicken|öffnen|antworten)|arnaque|hameçonnage|frauduleu\p{L}*|suspect\p{L}*|ne (?:cliquez|répondez)|estafa|fraude|sospechos\p{L}*|no (?:abr|hag|respond|clic)\p{L}*|truffa|sospett\p{L}*|non (?:cliccat|aprit|rispond)\p{L}*|golpe|suspeit\p{L}*|não (?:cli|abr|respond)\p{L}*|oplichting|nep|verdacht\p{L}*|niet (?:klikken|openen)|oszust\p{L}*|fałszyw\p{L}*|podejrzan\p{L}*)(?!\p{L})|詐欺|不審|怪しい/iu

/** Something to run or install. */
export const runsCommand =
  /(?<!\p{L})(?:powershell|terminal|cmd\.exe|run dialog|win(?:dows)?\s?\+\s?r|curl\s|bash\s|\|\s?(?:sh|bash|iex)|iex|paste (?:this|it|the)|npx?\s|pip install|chmod|sudo|extension|anydesk|teamviewer|remote (?:session|access|tool)|install (?:this|the)|terminal öffnen|installier\p{L}*|installez|instal(?:a|e|ar)\p{L}*)(?!\p{L})/iu
