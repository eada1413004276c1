/** Where money goes, said so that nothing else can be meant. */
const account = String.raw`(?:bank(?:ing)?\s(?:account|details?|info(?:rmation)?|data|coordinates)|account\s(?:details?|number|info)|direct\sdeposit|(?:payment|remittance|wire|wiring|ach|deposit|payout|settlement|beneficiary)\s(?:details?|instructions?|info(?:rmation)?|account|coordinates)|(?:salary|payroll|payment)\saccount|routing\s(?:number|details?)|iban|sort\scode|bankverbindung|kontoverbindung|bankdaten|kontodaten|kontonummer|gehaltskonto|rib|coordonnées\sbancaires|compte\sbancaire|datos\sbancarios|cuenta\sbancaria|coordinate\sbancarie|conto\s(?:corrente|bancario)|dados\sbancários|conta\sbancária|nib|rekeningnummer|bankgegevens|rachun(?:ek|ku)|numer\skonta|kontonumm?er|bankgiro|bankuppgifter|tilinumero|banka\s(?:hesab|bilgi)\p{L}*|банковск\p{L}+\sреквизит\p{L}*|реквизит\p{L}*)(?!\p{L})`
/** Words for accounts of any kind, and banks: only right beside the change. */
const anyAccount = String.raw`(?:konto|compte|banque|cuenta|banco|conto|banca|conta|rekening|bank|hesap|账户)(?!\p{L})`
const change = String.raw`(?:new|updated?|chang(?:e|ed|es|ing)|different|switch(?:ed|ing)?|revised|amended?|replac\w*|no\slonger|moved?|under\saudit|closed|neue[nrs]?|geändert\w*|änder\w*|wechsel\w*|gewechselt|umgestellt|nouve(?:au|aux|lle|l)|chang\w*|modifi\w*|remplac\w*|nuev[oa]s?|cambi\w*|actuali[zc]\w*|nuov[oaie]|modific\w*|aggiorn\w*|nov[oa]s?|alter\w*|atualiz\w*|mud\w*|nieuwe?|gewijzigd\w*|wijzig\w*|verander\w*|now[yeaą]\w*|zmian\w*|zmieni\w*|nya?|nytt|ändra\w*|bytt|uusi|yeni|değiş\w*|変更|新しい|变更|新的|нов\w+|измен\w+)`
/** A bank account said to be another now, in one sentence. */
export const changedAccount = new RegExp(
  [
    `(?<!\\p{L})${change}(?!\\p{L})[^.!?\\n]{0,60}(?<!\\p{L})${account}`,
    `(?<!\\p{L})${account}[^.!?\\n]{0,60}(?<!\\p{L})${change}(?!\\p{L})`,
    `(?<!\\p{L})${change}\\s(?:\\p{L}{1,3}\\s)?${anyAccount}`,
    '(?<!\\p{L})(?:changed|switched|moved)\\s(?:\\p{L}+\\s)?banks?(?!\\p{L})|bank\\s(?:gewechselt|change)',
    '(?:新しい|変更)[^。\\n]{0,30}(?:口座|振込先)|(?:口座|振込先)[^。\\n]{0,30}変更',
  ].join('|'),
  'iu',
)

const never = 'never|nie|niemals|keinesfalls|jamais|nunca|jamás|mai|nooit|nigdy|aldrig'
const not = `${never}|not|haven't|hasn't|didn't|don't|won't|nicht|pas|no|non|não|niet|inte`
/** Forms of "to change" alone: a new account is a change, but "no new account" is no denial. */
const changes = String.raw`(?:chang|updat|amend|alter|replac|modif|änder|geänder|wechsel|gewechsel|cambi|actuali[zc]|aggiorn|atualiz|mud[aoe]|wijzig|gewijzig|verander|zmian|zmieni|ändra)\p{L}*`
const changesNow = `(?:änder[nt]|wechsel[nt]|(?:chang|modifi)(?:e|e?ons|ent|ez)|wijzig(?:en|t)|verander(?:en|t)|ändra[rs]?|(?:cambi|modific)(?:a|an|amos|amo|ano)|(?:alter|mud)(?:a|am|amos))`
const tells = String.raw`(?:send|tell|ask|announc|inform|notif|e-?mail|request|mitteil|schick|nenn|bekannt|communiqu|envo|demand|comuni|envi|ped|solicit|invi|chied|stur|doorge|meld|vrag|wysył|poda|prosi|skick|meddel)\p{L}*`
const fresh = String.raw`(?:new|changed?|different|neuen?|geänderte\p{L}*|nouve(?:au|aux|lles?)|nuev[oa]s?|nuov[oaie]|nov[oa]s?|nieuwe?|now\p{L}+|ny[at]?)`

/** How people say that something stayed, or will stay, as it is. */
const unchanged = new RegExp(
  `(?<!\\p{L})(?:${[
    `(?<!you (?:have |did |do )?)(?:${not})\\s(?!only\\s)(?:[\\p{L}-]+\\s){0,2}${changes}`,
    `${changesNow}\\s(?:\\p{L}+\\s){0,3}(?:${never}|nicht|pas|niet|inte)`,
    `(?:${never}|nicht|inte)\\s[^.,;:!?\\n]{0,30}${tells}\\s[^.,;:!?\\n]{0,30}?(?<!\\p{L})${fresh}`,
    `(?:${never})\\s[^.,;:!?\\n]{0,30}?(?<!\\p{L})${fresh}(?=\\s[^.,;:!?\\n]{0,40}(?<!\\p{L})${tells})`,
    String.raw`(?:remains?|stays?|are|is)\s(?:unchanged|unaltered|(?:still\s|exactly\s)?the\ssame)|unchanged|(?:the\s)?same\sas\s(?:always|ever|before|usual|on|in)|nothing\s(?:changes|has\schanged)|(?:no\schanges?|not\sa\schange)\s(?:to|of|in)\sour`,
    String.raw`unverändert\p{L}*|bleib(?:t|en)\s(?:gleich|dieselben?|die\sgleichen?|wie\sbisher)|(?:wie|dieselben?\swie|die\sgleichen?\swie)\s(?:immer|bisher|gehabt)`,
    String.raw`inchangé\p{L}*|rest(?:e|ent)\s(?:les\smêmes|identiques?|l[ea]\smême)|(?:les\smêmes\sque|l[ea]\smême\sque|comme)\s(?:d'habitude|toujours)`,
    String.raw`sin\scambios|(?:siguen|sigue)\s(?:siendo\s)?(?:igual(?:es)?|l[oa]s\smism[oa]s|la\smisma|el\smismo)|(?:l[oa]s\smism[oa]s|la\smisma|el\smismo)\s(?:de|que)\ssiempre`,
    String.raw`invariat\p{L}*|rest(?:a|ano)\s(?:le\sstesse|gli\sstessi|l[oa]\sstess[oa])|inalterad\p{L}*|continua(?:m)?\s(?:[ao]s?\smesm[ao]s?|igua(?:l|is))`,
    String.raw`ongewijzigd|blij(?:ft|ven)\s(?:hetzelfde|dezelfde|gelijk)|bez\szmian|pozostaj\p{L}*\s(?:t[ae]n?\ssam\p{L}*|takie\ssame)|oförändra\p{L}*|(?:är|förblir)\s(?:desamma|densamma)`,
    String.raw`değişme\p{L}*|değiştirme(?!k)\p{L}*|aynı\p{L}*`,
  ].join('|')})(?!\\p{L})`,
  'giu',
)
const notYet =
  /\byet\b|noch nicht|pas encore|todavía|(?<!\p{L})aún|\bancora\b|\bainda\b|\bnog (?:niet|geen)\b|\bjeszcze\b|(?<!\p{L})ännu/iu
const anAccount = new RegExp(`(?<!\\p{L})(?:${account}|${anyAccount})`, 'iu')
/** Said as a fact, or as what to do: their account is another one now. */
const asserted = new RegExp(
  [
    `(?<!\\p{L})${account}[^.!?\\n]{0,60}(?<!\\p{L})${change}(?!\\p{L})`,
    `(?<!\\p{L})(?:our|my|unser\\p{L}*|mein\\p{L}*|notre|nos|mon|nuestr[oa]s?|mi|nostr[oaie]|noss[oa]s?|onze?|mijn|nasz\\p{L}*|vår\\p{L}*)\\s${fresh}\\s(?:${account}|${anyAccount})`,
    `(?<!\\p{L})(?:use|pay|send|remit|wire|transfer|utilis\\p{L}*|us[ae]|pag[ao]\\p{L}*|bonific\\p{L}*|betal\\p{L}*|gebruik\\p{L}*|przelew\\p{L}*|använd\\p{L}*)\\s[^.!?\\n]{0,40}(?<!\\p{L})${fresh}\\s(?:${account}|${anyAccount})`,
  ].join('|'),
  'iu',
)
const warning =
  /fraud|scam|beware|phish|fake|\bif you (?:get|receive|are)|betrug|betrüg|vorsicht|falls sie|wenn sie|fraude|arnaque|si vous recevez|estafa|cuidado|si (?:recibe|ricev)|truff|burla|oplicht|oszust|bedräg/i

/**
 * Whether a mail says that its account stays: a sentence of the account that tells of no change
 * once "has not changed" is taken out, and no other that the account has changed.
 */
export function isUnchanged(text: string): boolean {
  const sentences = text
    .split(/[.!?]\s|\r?\n\s*\r?\n/)
    .map((s) => s.replace(/\s+/g, ' '))
    .map((said) => ({ said, rest: notYet.test(said) ? said : said.replace(unchanged, ' ') }))
  const stays = sentences.some(
    ({ said, rest }) => said !== rest && anAccount.test(said) && !changedAccount.test(rest),
  )
  return stays && !sentences.some(({ rest }) => asserted.test(rest) && !warning.test(rest))
}
