import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator } from 'emulate'
import { createSlack } from '../../src/clients/slack.ts'
import type { Clock } from '../../src/core/ports.ts'
import { createSlackNotifier } from '../../src/notifiers/slack.ts'

/** `lost`: carried out, then the connection is reset; `refused`: reset before; or a status. */
export type Trouble =
  | 'lost'
  | 'refused'
  | { status: number; headers?: Record<string, string>; body: string }

export interface Call {
  method: string
  params: Record<string, string>
  /** The test clock's time. */
  at: number
}

/** Time that passes only while somebody sleeps, from a fixed moment on. */
export function createTestClock(start: number): Clock {
  let now = start
  return {
    now: () => now,
    async sleep(ms) {
      now += ms
    },
  }
}

const bodyOf = async (incoming: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** An independent Slack (emulate) behind a line that breaks when told to, and a notifier on it. */
export async function startWorkspace(seed: Record<string, unknown> = {}) {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'Harbor', domain: 'harbor' },
        users: [{ name: 'ana', real_name: 'Ana Silva', email: 'ana@harbor.example' }],
        channels: [{ name: 'general' }, { name: 'security' }],
        ...seed,
      },
    },
  })
  const clock = createTestClock(Date.now())
  const calls: Call[] = []
  const troubles: { method: string; trouble: Trouble }[] = []

  const server = createServer(async (incoming, answer) => {
    const body = await bodyOf(incoming)
    const method = incoming.url?.replace('/api/', '') ?? ''
    const params = Object.fromEntries(new URLSearchParams(body.toString()))
    calls.push({ method, params, at: clock.now() })
    const hit = troubles.findIndex((one) => one.method === method)
    const trouble = hit === -1 ? null : troubles.splice(hit, 1)[0]?.trouble
    if (trouble === 'refused') {
      incoming.socket.destroy()
      return
    }
    if (trouble && trouble !== 'lost') {
      answer.writeHead(trouble.status, trouble.headers).end(trouble.body)
      return
    }
    const onward = request(
      new URL(incoming.url ?? '/', emulator.url),
      { method: incoming.method ?? 'POST', headers: incoming.headers },
      (result) => {
        if (trouble === 'lost') {
          result.resume().on('end', () => incoming.socket.destroy())
          return
        }
        answer.writeHead(result.statusCode ?? 502, result.headers)
        result.pipe(answer)
      },
    )
    onward.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const connect = (token = 'test-token') =>
    createSlack({ token, endpoint: url, clock, log: () => {} })
  return {
    clock,
    calls,
    /** How often a method was called. */
    count: (method: string) => calls.filter((call) => call.method === method).length,
    /** The next call of the method goes wrong. */
    trouble: (method: string, trouble: Trouble) => troubles.push({ method, trouble }),
    connect,
    notifier: (channel = '#security', token?: string) =>
      createSlackNotifier({ slack: connect(token), channel, clock, log: () => {} }),
    /** Calls Slack as a person would, past the broken line. */
    async ask(method: string, params: Record<string, string>, token = 'test-token') {
      const answer = await fetch(new URL(`/api/${method}`, emulator.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new URLSearchParams(params),
      })
      return (await answer.json()) as { ok: boolean; messages?: unknown[] }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await emulator.close()
    },
  }
}
