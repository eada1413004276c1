import { executable, type Plan, planSchema } from '../core/plan.ts'
import type { Model } from '../core/ports.ts'
import { givesOrders } from './orders.ts'
import { planGrammar } from './plan-grammar.ts'
import { questionReading } from './prompts.ts'
import { valuesIn } from './question-values.ts'

/**
 * A question as a query plan; null where it can't be put so, where it gives its reader orders, or
 * where what the model says can't be carried out at `now` (ms since 1970). The question is data: its words
 * fill the plan's fields, which hold nothing else. @throws ServiceError
 */
export async function readQuestion(
  model: Model,
  question: string,
  now: number,
  signal: AbortSignal,
): Promise<Plan | null> {
  if (givesOrders(question)) return null
  const plan = await model.ask('plan', questionReading(question, now), {
    schema: planSchema.nullable(),
    grammar: planGrammar(valuesIn(question, now)),
    signal,
  })
  return plan && executable(plan, now) === null ? plan : null
}
