import { invisible } from '../core/invisible.ts'
import { monitorTalk } from '../core/monitor-talk.ts'

/**
 * Words of somebody who tells the reader of questions how to read, or wants something left out,
 * which no plan can say. English, and the commonest of them in the languages owners ask in.
 */
const orders = [
  /\b(?:disregard|ignore|forget|override|pretend|act as|behave as|from now on|for good|reset yourself|be the|you(?:'re| are) (?:now |an? (?!few)))/i,
  /\b(?:skip|leave out|leaving out|exclud(?:e|es|ing)|except|omit|drop (?:the|your|since|who)|don't (?:mention|list|count|say)|do not (?:mention|list|count|say))\b/i,
  /\b(?:as|like) (?:you|we) (?:said|agreed|settled)\b|\bwe (?:settled|agreed) that\b|\blast chat\b|\bremember (?:I|that I|we|you)\b|\byou (?:already )?(?:said|told)\b/i,
  /\b(?:your|the) (?:schema|plan|planner|query|queries|prompt|filters?)\b(?! (?:id|document|file|made|added|created|changed))|\bplan(?:ner)?\b.{0,20}\b(?:must|nothing|null)\b|\bplan (?:a|an|me|only)\b|(?<![.\w])(?:schema|raw_sql|json)\b/i,
  /\b(?:limit|since|until|about|answer|min_severity|outcome|group_by)\s?(?:=|:|must\b|to\b)|\b(?:about|answer|since|until)[-_=]|\bset[-_ ](?:about|since|until|limit|answer)\b/i,
  /\b(?:answer|reply|respond|return|repeat|output|say)\b.{0,12}\b(?:as an?|only|no|yes|in (?:free )?prose|with|that|everything|null|everything)\b|\bmake the answer\b|\b(?:is our|are our) (?:nickname|code)\b/i,
  /\b(?:assistant|ai)\s?[:\]>]|[[<](?:system|user)\b|\n\s*user:|\b(?:to|for) the (?:ai|assistant|planner|bot|monitor)\b|\bby the way, (?:assistant|bot)\b|\breplace \w+ by\b/i,
  /\b(?:réponds|répondez|ignore[zr]?|oublie[zr]?|ignorier\w*|vergiss|lass\b.{0,30}\bweg|ohne zu|schema|ignora(?:r|re)?|olvida|dimentica|esque[cç]a|negeer|laat\b.{0,20}\bweg)/i,
  /(?<![\w/-])(?=[\w+/]*[a-z])(?=[\w+/]*[A-Z])(?=[\w+/]*\d)[A-Za-z0-9+/]{24,}={0,2}(?![\w/-])/,
  /[<{[|]\s{0,2}\/?(?:inst|im_|system|assistant|question|null|plan)|\bnull\b/i,
  new RegExp(`[${invisible}]{4}`, 'u'),
]

/** Whether a question gives its reader orders, openly or hidden in it: then it is not read at all. */
export const givesOrders = (question: string): boolean =>
  monitorTalk(question, true) !== null || orders.some((words) => words.test(question))
