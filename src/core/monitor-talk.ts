/** What of a text speaks to a machine that reads it instead of to people. */
export interface MonitorTalk {
  /** Weight of the signs together: 1 is a remark, 4 leaves no doubt. */
  points: number
  /** The words that say it most plainly. */
  said: string
}

/** Markup that only a chat model reads: ChatML, Llama, Mistral and role headers. */
const tokens =
  /<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id|begin_of_text)\|>|\[\/?INST\]|<<\/?SYS>>|<start_of_turn>|<end_of_turn>|^[ \t]{0,8}#{2,4}[ \t]{0,4}(?:system|instruction|assistant)[ \t]{0,4}:?[ \t]{0,8}$|<\/?(?:system|assistant|system_prompt|instructions?)>|^[ \t]{0,8}(?:system|assistant)[ \t]{0,4}(?:prompt|message|note|override)?[ \t]{0,4}:\s/im

const verbs = String.raw`(?:ignore|disregard|forget|override|bypass|ignorier\w*|vergiss|missachte\w*|ignor[ea]\w*|oubli\w*|olvid\w*|dimentic\w*|esque[cç]\w*|negeer|vergeet|zignoruj|zapomnij|ignorera|glöm)`
const objects = String.raw`(?:(?:all|any|the|your|every|these|previous|prior|earlier|above|foregoing|system|alle[ns]?|vorherigen?|bisherigen?|obigen?|deine|toutes?|les|tes|vos|précédente?s?|antérieures?|todas?|las|tus|instrucciones|anteriores|previas|tutte|le|tue|precedenti|todas|as|suas|vorige|eerdere|bovenstaande|wszystkie|poprzednie|powyższe|alla|tidigare)[\s,]{1,2}){1,4}(?:instructions?|prompts?|rules?|directions?|guidelines?|commands?|context|anweisungen|anordnungen|befehle|regeln|vorgaben|consignes|règles|directives|instrucciones|reglas|istruzioni|regole|instruções|regras|instructies|regels|instrukcje|polecenia|zasady|instruktioner|anteriores|precedenti|précédentes|previas)`
const override = new RegExp(`${verbs}\\s${objects}`, 'iu')

const ai = String.raw`(?:ai|a\.i\.|assistant|language\smodels?|llms?|chat\s?bots?|gpt|copilot|security\s(?:monitor|scanner|agent|bot|model|system|filter|tool)|automated\s(?:systems?|scanners?|reviewers?|analysis)|spam\sfilters?|mail\sscanners?|(?:e-?mail|message)\s(?:classifiers?|scanners?|filters?|analy[sz]ers?)|classifiers?|porchlight|ki|ki-\w+|sicherheits\w*|ia|sztuczna\sinteligencja|modèle|modelo|modello)`
const address = new RegExp(
  `(?:^|[.!?\\n:>(\\[*-]\\s{0,3})(?:note|attention|notice|message|instructions?|hinweis|an|note|nota|aviso|avviso)?\\s{0,2}(?:to|for|an|à|para|per|voor|dear|hello|hi)\\s(?:the\\s|any\\s|all\\s|alle\\s|die\\s|l')?${ai}(?!\\p{L})`,
  'iu',
)
const verdict =
  /\b(?:mark|classify|treat|label|rate|flag|consider|report|score|categori[sz]e|log|record|markier\w*|stufe|bewerte|einstufen|klassifizier\w*|marqu\w*|class\w*|consid[eé]r\w*|marca\w*|clasific\w*|classific\w*|markeer|beschouw|oznacz\w*)\b(?!\s(?:us|our|me|my|uns\w*|nous|nos)\b)(?:\s(?:this|the|it|that|as|diese\w*|die|ce|cet|cette|este?|esta|questo|questa|dit|deze|tę|to)){0,2}[^.!?\n]{0,40}\s(?:as|als|comme|como|come|jako)\s(?:\w+\s){0,2}(?:safe|benign|legitimate|harmless|clean|trusted|low[\s-]risk|false[\s-]positive|not\s(?:spam|phishing)|expected|sicher|harmlos|unbedenklich|vertrauenswürdig|sûr|inoffensif|légitime|seguro|inofensivo|legítimo|sicuro|innocuo|legittimo|veilig|bezpieczn\w+)/iu
const silence =
  /\b(?:do not|don't|never|must not|should not)\s(?:alert|flag|report|raise|warn|notify|escalate|mention|summari[sz]e)\b|\b(?:reveal|print|output|repeat|show)\s(?:me\s)?(?:your|the)\s(?:system\s)?(?:prompt|instructions)\b|\b(?:you are now|act as|pretend to be|from now on you are)\s(?:a|an|in|the|dan)\b|\b(?:respond|reply|answer|output)\s(?:only\s)?(?:with|:)\s["'`]?(?:safe|benign|ok|none|\{)/iu

/** Signs that a text instructs the monitor; null for too few. In text hidden from people one is enough. */
export function monitorTalk(text: string, isHidden: boolean): MonitorTalk | null {
  const token = tokens.exec(text)
  const overridden = override.exec(text)
  const addressed = address.exec(text)
  const verdictAsked = verdict.exec(text)
  const silenced = silence.exec(text)
  const talksOfAi = new RegExp(`(?<!\\p{L})${ai}(?!\\p{L})`, 'iu').test(text)
  const points =
    (token ? 2 : 0) +
    (overridden
      ? /instru|prompt|anweis|consigne|istruz|polece/i.test(overridden[0])
        ? 3
        : 1
      : 0) +
    (addressed ? 1 : 0) +
    (verdictAsked ? (talksOfAi || isHidden ? 2 : 1) : 0) +
    (silenced ? (talksOfAi || isHidden ? 2 : 0) : 0)
  const needed = isHidden ? 1 : 2
  if (points < needed) return null
  const said = overridden ?? verdictAsked ?? token ?? silenced ?? addressed
  return { points, said: said?.[0].trim().slice(0, 120) ?? '' }
}

/** Talk about being judged, which only one who expects a judge has reason for. */
const judged =
  /\b(?:white-?list(?:ed)?|allow-?list(?:ed)?|x-spam-\w+|false[- ]positives?|auto-?(?:verdict|approved)|(?:exempt|excluded) from (?:scan|filter|check|monitor)\w*|(?:third|further|second) check (?:is|needed)|already (?:scanned|reviewed|classified)|no threats? found|verdict\s?[:=])|\b(?:lines?|paragraph|text|message|mail|above)\b.{0,20}\b(?:is|are|was|were|here is)\b.{0,12}\b(?:an?|only|just)\s(?:\w+\s)?(?:example|specimen|sample|quotation)\b|\b(?:for|pour|per|zu) (?:training|scholarly|teaching|Schulungs\w*|l'entraînement) (?:purposes|use|zwecken)?|cas d'école|\bautomat\w+ filt\w+|(?:einstufung|klassifi\w+|classific\w+|classement)\b.{0,60}\b(?:harmlos|sicher|safe|sûr|benign|ausnahme)|\b(?:category|verdict|label|status|score)\s?=\s?\S/iu

const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' })

/**
 * A text without the sentences in which it speaks to, or of, who judges it; the whole text where these
 * are most of it.
 */
export function withoutMonitorTalk(text: string): string {
  const rest = [...segmenter.segment(text)]
    .map((s) => s.segment)
    .filter((s) => !judged.test(s) && monitorTalk(s, true) === null)
    .join('')
  return rest.length > 0.4 * text.length ? rest : text
}
