/** What somebody can do about an incident. `step`: our sentence for it; blanks as in `fillIns`. */
interface Action {
  /** How the analyst is told of it. */
  name: string
  step: string
  /** Words of steps that do this. */
  words: RegExp
}

/** Kinds of next steps, in the order in which the analyst reads them. */
export const actions = {
  ask: {
    name: 'ask the person concerned',
    step: 'Call {person} on a number you know and ask whether it was them.',
    words:
      /\b(?:ask|call|phone|ring|speak|talk|reach|find out from|confirm|check with|hear from)\b(?!.{0,20}\b(?:bank|police|insurer|advice|lawyer)\b)/i,
  },
  leave: {
    name: 'nothing to do',
    step: 'If {person} confirms that this was planned, leave it as it is.',
    words:
      /\b(?:nothing\b(?! new)|no (?:further |other |more )?(?:steps?|action)\b|leave (?:it|the|them|both)|as it is|let (?:it|them|the .{1,30}) (?:be|run)|no change is needed|close the (?:case|drill|note)|keep the note)/i,
  },
  key: {
    name: 'turn off a key or secret',
    step: 'Deactivate {key} in AWS and replace it where it is used.',
    words:
      /\b(?:deactivate|disable|revoke|rotate|replace|renew|delete|change|turn off|withdraw|reissue|new|remove|recreate)\b.{0,50}\b(?:keys?|tokens?|secrets?|credentials?|webhooks?|certificates?|codes?)\b|\bswitch\b.{0,40}\bkeys?\b.{0,30}\boff\b|\bput .{0,40}\b(?:vault|secret manager|password manager)\b/i,
  },
  session: {
    name: 'sign an account out and renew its password and second step',
    step: 'Sign {person} out everywhere, then reset the password and the second step.',
    words:
      /\bsign(?:s|ed)?\b.{0,40}\bout\b|\bend\b.{0,40}\bsessions?\b|\bsessions\b|\b(?:reset|change|renew|set a new|new)\b.{0,60}\b(?:passwords?|logins?|pins?|second steps?|mfa|2sv)\b|\bre-?register\b|\bpassword\b.{0,40}\bchange\b|\b(?:lock|suspend|freeze)\b.{0,30}\b(?:account|login|user)/i,
  },
  rule: {
    name: 'delete a mail rule or forwarding',
    step: 'Delete the mail rule or forwarding, and look through what it hid or sent away.',
    words:
      /\b(?:delete|remove|turn off|switch off|stop|keep a copy of)\b.{0,60}\b(?:filters?|forward(?:ing|s|er)?|(?:inbox|mail) rules?|delegat\w+|routing)\b/i,
  },
  app: {
    name: 'remove an app or bot',
    step: 'Remove the app and its access to the account.',
    words:
      /\b(?:remove|revoke|delete|uninstall|block|disconnect|stop|withdraw|refuse|allow)\b.{0,60}\b(?:apps?|bots?|connectors?|extensions?|add-?ons?|integrations?|consent|grants?|packages?|plug-?ins?)\b|\b(?:remove|revoke|stop|delete) "[^"]+"/i,
  },
  share: {
    name: 'stop sharing or public access',
    step: 'Stop the sharing or public access.',
    words:
      /\b(?:public|unshare|stop(?:ped)? sharing|outside sharing|shar(?:e|ed|es|ing)\b.{0,30}\b(?:off|only|back|outside)|(?:remove|stop|end|limit|take back|withdraw|restrict|close)\b.{0,50}\b(?:shar(?:e|es|ed|ing)|links?|access|reading|guests?|snapshots?)|limit ".{1,60}" to|from #)/i,
  },
  undo: {
    name: 'put back what was changed or switch it on again',
    step: 'Put back what was changed, and switch on again what was switched off.',
    words:
      /\b(?:put .{0,40}\bback|back on|restore|recreate|undo|turn on|turn .{0,40}\bon\b|switch on|switch .{0,40}\bon\b|start logging|set .{0,40}\bback|again|re-?enable|recover|earlier versions?|cancel|change .{1,40}\bback|return .{1,40}\bto|correct|resend|move .{1,40}\bback)\b/i,
  },
  machine: {
    name: 'cut off or stop a machine',
    step: 'Cut the machine off from the network, and keep its disk.',
    words:
      /\b(?:unplug|offline|off the (?:network|internet)|from the network|out of use|reinstall|wipe|isolate|terminate|cut|stop|turn off|switch off|disconnect|take .{1,30}\boff)\b|\b(?:disk|snapshot of|reinstalled|wiped|rebuild)\b/i,
  },
  mail: {
    name: 'delete the message and warn the others',
    step: 'Delete the message, and tell everybody not to answer it.',
    words:
      /\b(?:delete|remove|report|keep)\b.{0,50}\b(?:mails?|messages?|posts?|texts?|invites?)\b|\bdo(?:n't| not) (?:pay|answer|open|click|send|call|approve|use|enter)\b|\b(?:warn|tell|remind)\b.{0,50}\b(?:everybody|everyone|all|staff|team|customers|guests|not to|nobody|others|parents|recipients)\b|\b(?:spam|phishing|as hostile|send no|buy nothing)\b/i,
  },
  bank: {
    name: 'hold or call back a payment',
    step: 'Hold the payment, and call the payee on the number you have used before.',
    words:
      /\b(?:bank|payments?|pay|transfer|recall|refunds?|invoice|card|payroll|iban|supplier|payout|money)\b/i,
  },
  account: {
    name: 'remove an account or role',
    step: 'Remove the account or role that was added.',
    words:
      /\b(?:suspend|disable)\b|\b(?:delete|remove|deactivate|take|withdraw|close)\b.{0,60}\b(?:users?|accounts?|roles?|admins?|rights|polic(?:y|ies)|members?|permissions?|login profile|group|privileges?|access)\b/i,
  },
  block: {
    name: 'block an address or close a port',
    step: 'Block {ip}.',
    words:
      /\b(?:block|refuse|ban|firewall|restrict|narrow|connections?|0\.0\.0\.0|close\b.{0,40}\b(?:port|rule|group|opening|entry|firewall)|allow only|\d+\.\d+\.\d+\.\d+)\b|"allow all"|\bport \d+/i,
  },
  check: {
    name: 'look for what else was done or taken',
    step: 'Look for what else was done from there, and list what was taken.',
    words:
      /\b(?:check|look|list|compare|review|search|find|see|read|audit|inspect|scan|trace|glance|go through|watch|save|record what|keep .{1,40}\b(?:logs?|evidence|copy|backup))\b/i,
  },
  advice: {
    name: 'get advice, tell police, insurer or those concerned',
    step: 'Get advice on telling those whose data was taken.',
    words:
      /\b(?:advice|police|insurer|lawyer|legal|authority|regulator|data protection|incident responder|report (?:it|the|to)|tell\b.{0,40}\b(?:customers|clients|patients|bank|people|owners?|concerned)|aws support|ask aws|apologi[sz]e|notify|inform)\b/i,
  },
  prevent: {
    name: 'make it harder next time',
    step: 'Agree how this is done the safe way from now on.',
    words:
      /\b(?:from now on|offer|remind|rename|name the|only (?:admins?|through|from)|in the memory|write .{1,40}\bdown|long passwords|tell \S+ (?:that|which|to say)|approved|safe way|so (?:that )?they can|keep .{1,40}\bout of|walk-through|password manager|next time|in future|alarm|vpn|agree|train|show .{0,30}\bhow\b|rule that|policy for|second step|two-step|2sv|security keys?|give each|note (?:the|that|it)|thank|make sure|teach|add a|set (?:up )?an?\b|from another|own login|prompts?)\b/i,
  },
} as const satisfies Record<string, Action>

export type ActionId = keyof typeof actions
export const actionIds = Object.keys(actions) as ActionId[]

/** What an English step does; none where its words are none of ours. */
export const actionsIn = (step: string): ActionId[] =>
  actionIds.filter((id) => actions[id].words.test(step))
